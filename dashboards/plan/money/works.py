"""The key works: on the map, together by district, and one by one with what stands in their way."""

from collections.abc import Iterator, Mapping
from html import escape

import polars as pl

from dashboards import formats
from dashboards.plan import delays, places, shown, states, truth_line
from dashboards.plan.money import amounts, pace, works_map
from dashboards.plan.money.known import Known
from dashboards.plan.money.tables import Column, Line, table
from dashboards.plan.money.where import ALL, NOWHERE, address, districts
from dashboards.session import Session
from dashboards.words import Words, translator
from data.places import Place
from kpis.plans import works as key_works
from kpis.plans.states import FINISHED

AT_ONCE = 100
"""Works listed on one page of the list."""

Row = truth_line.Row


def block(session: Session, known: Known, district: str, page: int) -> str:
    """The works of a district, or of ALL, as HTML: in a sentence, on the map, together and one by one; `page` of the list."""
    _, rows = translator(session.locale), found(session, known)
    heading = escape(_("Key works by neighbourhood"))
    if rows.is_empty():
        nothing = escape(_("No action of this plan is marked as a key work yet; its page is where that is said."))
        return f"<h2>{heading}</h2><p>{nothing}</p>"
    chosen = of(rows, district)
    said, beside = escape(sentence(session, chosen)), by_district(session, known, rows, district)
    return (
        f'<h2>{heading}</h2><p class="why">{said}</p>{_about(session, known, district)}'
        f'<div class="works"><div>{works_map.drawn(session, known, chosen, district)}</div>'
        f"<div>{beside}</div></div>{listed(session, known, chosen, district, page)}"
    )


def _about(session: Session, known: Known, district: str) -> str:
    """From the district that was chosen to everything about it; from all to the list."""
    place = districts(session, known.plan.place).get(district)
    return places.link(session, known.plan, place) if district != NOWHERE else ""


def found(session: Session, known: Known) -> pl.DataFrame:
    """Every key work with its district; a place inside a district counts there."""
    held = districts(session, known.plan.place)
    lies = {place.id: _district(session, place, held) for place in session.definitions.places}
    return key_works.works(known.truth, {place: district for place, district in lies.items() if district})


def _district(session: Session, place: Place | None, held: Mapping[str, Place]) -> str | None:
    while place and place.id not in held:
        place = session.definitions.place.get(place.parent or "")
    return place.id if place else None


def of(rows: pl.DataFrame, district: str) -> pl.DataFrame:
    """The works of the district that was chosen; of all where none was."""
    if district == ALL:
        return rows
    return rows.filter(pl.col("district").is_null() if district == NOWHERE else pl.col("district") == district)


def sentence(session: Session, rows: pl.DataFrame) -> str:
    """ "15 key works for 48.2 million euros: 4 are late, 3 are finished." """
    _, number = translator(session.locale), rows.height
    late, done = int((rows["state"] == "late").sum()), int(rows["state"].is_in(FINISHED).sum())
    cost = ", ".join(amounts.said(row["budget"], row["currency"], session.locale) for row in _budgets(rows).iter_rows(named=True))
    count = _.ngettext("{n} key work", "{n} key works", number, n=amounts.count(number, session.locale))
    whole = _("{works} for {cost}", works=count, cost=cost) if cost else count
    told = [
        _.ngettext("{n} is late", "{n} are late", late, n=formats.number(late, 0, session.locale)) if late else _("none is late"),
        _.ngettext("{n} is finished", "{n} are finished", done, n=formats.number(done, 0, session.locale))
        if done
        else _("none is finished"),
    ]
    return f"{whole}: {', '.join(told)}. {_furthest(session, rows, _)}".strip()


def _furthest(session: Session, rows: pl.DataFrame, _: Words) -> str:
    """The work that is the furthest behind, where one is."""
    found = rows.filter(pl.col("delay_days") > 0).sort("delay_days", descending=True, maintain_order=True).head(1)
    for row in found.iter_rows(named=True):
        days = delays.span(row["delay_days"], session.locale)
        return _("The furthest behind is {work}: {days} at its pace.", work=shown.name(session, row["name"]), days=days)
    return ""


def _budgets(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.drop_nulls("budget").group_by("currency", maintain_order=True).agg(pl.col("budget").sum())


def by_district(session: Session, known: Known, rows: pl.DataFrame, chosen: str) -> str:
    """How many works each district has, and for how much; those outside any district are a row of their own."""
    _, held = translator(session.locale), districts(session, known.plan.place)
    order = {name: place for place, name in enumerate(held)}
    sums = sorted(key_works.together(rows, ["district"]).iter_rows(named=True), key=lambda row: order.get(row["district"], len(order)))
    alone = _alone(rows)
    columns = [
        Column(_("Neighbourhood")), Column(_("Works"), "number"), Column(_("Late works"), "number"), Column(_("Finished"), "number"),
        Column(amounts.named_in(_("Budget in force"), alone), "number"), Column(amounts.named_in(_("Paid"), alone), "number"),
    ]  # fmt: skip
    lines = [
        _together(session, row, _district_link(session, known, row["district"], chosen, _), alone, _chosen(row["district"], chosen))
        for row in sums
    ]
    if len(lines) > 1:
        everything = escape(_("All works"))
        lines += [_together(session, row, f"<b>{everything}</b>", alone, "whole") for row in key_works.together(rows).iter_rows(named=True)]
    return table(_("Key works by neighbourhood"), columns, lines, brief=True)


def _alone(rows: pl.DataFrame) -> str | None:
    """The currency, where all amounts have the same."""
    found = rows["currency"].drop_nulls().unique()
    return found[0] if len(found) == 1 else None


def _chosen(place: str | None, chosen: str) -> str:
    return "chosen" if chosen == (place or NOWHERE) else ""


def _together(session: Session, row: Row, name: str, alone: str | None, kind: str = "") -> Line:
    told = [formats.number(row[number], 0, session.locale) for number in ("works", "late", "finished")]
    money = (amounts.beside(row[amount], row["currency"], alone, session.locale) for amount in ("budget", "paid"))
    return Line([name, *told, *map(escape, money)], kind)


def _district_link(session: Session, known: Known, place: str | None, chosen: str, _: Words) -> str:
    """The name of a district as a link to its works, or back to all where it is chosen."""
    district, held = place or NOWHERE, districts(session, known.plan.place)
    name = session.say(held[district].name) if district in held else _("Outside any neighbourhood")
    current = ' aria-current="true"' if _chosen(place, chosen) else ""
    return f'<a href="{escape(address(session, known, ALL if current else district))}"{current}>{escape(name)}</a>'


def listed(session: Session, known: Known, rows: pl.DataFrame, district: str, page: int) -> str:
    """The works one by one under their districts, at most AT_ONCE, with links to the others."""
    _, alone = translator(session.locale), _alone(rows)
    order = {name: place for place, name in enumerate(districts(session, known.plan.place))}
    ordered = rows.sort(pl.col("district").replace_strict(order, default=len(order), return_dtype=pl.Int64), maintain_order=True)
    first = (page - 1) * AT_ONCE if 0 < page <= -(-rows.height // AT_ONCE) else 0
    columns = [
        Column(_("Key work")), Column(_("State"), "state"), Column(_("Progress")), Column(_("What stands in its way"), "why-not"),
        Column(_("Delay at its pace"), "delay"), Column(amounts.named_in(_("Budget in force"), alone), "amount"),
    ]  # fmt: skip
    lines = _under_districts(session, known, ordered.slice(first, AT_ONCE), alone, _)
    drawn = table(_("Key works, in each neighbourhood those late first"), columns, lines, brief=True)
    return drawn + _pages(session, known, rows.height, first, district, _)


def _under_districts(session: Session, known: Known, rows: pl.DataFrame, alone: str | None, _: Words) -> Iterator[Line]:
    names = choices(session, known)
    for place, works in rows.group_by("district", maintain_order=True):
        yield Line([escape(names[str(place[0] or NOWHERE)])])
        yield from (_work(session, known, row, alone, _) for row in works.iter_rows(named=True))


def _pages(session: Session, known: Known, number: int, first: int, district: str, _: Words) -> str:
    if number <= AT_ONCE:
        return ""
    locale, page = session.locale, first // AT_ONCE + 1
    last = min(first + AT_ONCE, number)
    said = _("Works {first} to {last} of {n}", first=first + 1, last=last, n=formats.number(number, 0, locale))
    links = [
        f'<a href="{escape(address(session, known, district, works=str(other)))}">{escape(word)}</a>'
        for other, word, there in ((page - 1, _("Those before"), first > 0), (page + 1, _("Those after"), last < number))
        if there
    ]
    return f'<p class="pages">{" · ".join([escape(said), *links])}</p>'


def _work(session: Session, known: Known, row: Row, alone: str | None, _: Words) -> Line:
    locale = session.locale
    off = "" if row["latitude"] is not None and row["longitude"] is not None else _note(_("not on the map"))
    place = "" if row["district"] or not row["place"] else _note(_place(session, row["place"]))
    proved = truth_line.small(session, row) + _note(_("{share} proved", share=truth_line.share(row["proved"], locale)))
    paid = "" if row["paid_share"] is None else _note(_("{share} paid", share=truth_line.share(row["paid_share"], locale)))
    budget = escape(amounts.beside(row["budget"], row["currency"], alone, locale)) + paid
    return Line([
        pace.action(session, row) + place + off, states.mark(row["state"], locale), proved, escape(limit(session, known, row["id"])),
        delay(session, row), budget,
    ])  # fmt: skip


def _place(session: Session, name: str) -> str:
    """A place by its name; one that the city does not know, as the plan calls it."""
    place = session.definitions.place.get(name)
    return session.say(place.name) if place else name


def _note(text: str) -> str:
    return f'<span class="note">{escape(text)}</span>'


def limit(session: Session, known: Known, node: int) -> str:
    """What stands in a work's way, in words; "" where nobody says anything."""
    return shown.name(session, known.limits.get(node))


def delay(session: Session, row: Row) -> str:
    """How late it will be at its pace until today, or is already where nothing is proved to go by, as HTML; "" where nobody can say."""
    _, days = translator(session.locale), row["delay_days"]
    if days is None:
        return ""
    if days <= 0:
        return escape(_("none"))
    said = escape(delays.span(days, session.locale))
    return said if row["forecast_end"] is not None else said + _note(_("overdue, and no pace to go by"))


def frame(session: Session, known: Known) -> pl.DataFrame:
    """The works as a table to take away."""
    rows = found(session, known)
    named = pl.col("name").map_elements(lambda text: shown.name(session, text), pl.String)
    limits = pl.Series("limits", [limit(session, known, node) for node in rows["id"]], dtype=pl.String)
    return rows.with_columns(named, limits).drop("id", "owner")


def choices(session: Session, known: Known) -> dict[str, str]:
    """The choices of the filter by district, by what the address calls them."""
    _ = translator(session.locale)
    held = {name: session.say(place.name) for name, place in districts(session, known.plan.place).items()}
    return {ALL: _("All neighbourhoods"), **held, NOWHERE: _("Outside any neighbourhood")}
