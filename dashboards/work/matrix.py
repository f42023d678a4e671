"""Who owes what: every area against every kind of duty, those with most overdue first."""

from html import escape

from dashboards import formats
from dashboards.plan import areas
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import Words, translator
from dashboards.work.known import Known
from dashboards.work.listing import MANY
from kpis.reviews.owed import KINDS, Count, counts


def block(session: Session, found: Known) -> str:
    """A sentence and the table, as HTML; a kind that nobody owes has no column."""
    _ = translator(session.locale)
    owed = counts(found.duties, found.day)
    if not owed:
        nothing = escape(_("Nobody owes anything by this review."))
        return f"<p>{nothing}</p>"
    kinds = [kind for kind in KINDS if any(each == kind for _area, each in owed)]
    titles = [(_("Area"), ""), (_("Together"), NUMBER), *((_(MANY[kind]), NUMBER) for kind in kinds)]
    totals = {area: _total(owed, area) for area in {area for area, _kind in owed}}
    ordered = sorted(totals, key=lambda area: (-totals[area].overdue, -totals[area].owed, areas.name(session, area)))
    rows = [_row(session, area, [totals[area], *(owed.get((area, kind), Count()) for kind in kinds)], _) for area in ordered]
    drawn = table(titles, [("", rows)], _("Who owes what, those with most overdue first"), "owing quiet")
    return f"<p>{escape(sentence(found, _))}</p>{drawn}"


def sentence(found: Known, _: Words) -> str:
    """How much is owed in all, and how much of it is overdue."""
    every, over = sum(duty.count for duty in found.duties), sum(duty.count for duty in found.duties if duty.overdue(found.day))
    told = _.ngettext("{n} thing is owed by this review", "{n} things are owed by this review", every, n=every)
    late = _.ngettext("{n} is overdue", "{n} are overdue", over, n=over) if over else _("none is overdue")
    return f"{told}; {late}."


def _total(owed: dict[tuple[str | None, str], Count], area: str | None) -> Count:
    own = [count for (each, _kind), count in owed.items() if each == area]
    return Count(sum(count.owed for count in own), sum(count.overdue for count in own))


def _row(session: Session, area: str | None, cells: list[Count], _: Words) -> list[str]:
    name = escape(areas.name(session, area) or _("No area"))
    if area in session.definitions.area:
        name = f'<a href="{escape(session.address("work", of=area))}">{name}</a>'
    return [name, *(_cell(session, count, _) for count in cells)]


def _cell(session: Session, count: Count, _: Words) -> str:
    if not count.owed:
        return ""
    number = formats.number(count.owed, 0, session.locale)
    if not count.overdue:
        return number
    late = _.ngettext("{n} overdue", "{n} overdue", count.overdue, n=count.overdue)
    return f'{number} <span class="note overdue">{escape(late)}</span>'
