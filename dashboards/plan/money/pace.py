"""Actions whose money and work do not go together: paid ahead of what is proved, and the reverse."""

from collections.abc import Iterator
from html import escape

import polars as pl

from dashboards import formats
from dashboards.plan import actions_table, areas, shown, states, truth_line
from dashboards.plan.money import amounts
from dashboards.plan.money.known import Known
from dashboards.plan.money.tables import Column, Line, folded
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.plans import spending

AT_ONCE, MOST = 8, 60
"""Actions shown at once, and on demand; all are in the download."""


def block(session: Session, known: Known) -> str:
    """Both tables as HTML, with why they matter; the second on demand."""
    _ = translator(session.locale)
    ahead, behind = (find(known.truth, truth_line.CLOSE) for find in (spending.ahead, spending.behind))
    heading = escape(_("Money ahead of work"))
    return f"<h2>{heading}</h2>{_ahead(session, ahead, _)}{_unprovable(session, known, _)}{_behind(session, behind, _)}"


def _ahead(session: Session, found: pl.DataFrame, _: Words) -> str:
    if found.is_empty():
        return _paragraph(_("In no action are payments {points} or more ahead of proved work.", points=_close(session)))
    why = _(
        "The larger the lead, the less the city can still withhold if the work is late or badly done. It may be an advance that the"
        " contract allows, evidence that nobody has brought or accepted, or money spent without result: ask which."
    )
    caption = _("Paid ahead of proved work by {points} or more, the furthest first", points=_close(session))
    return _paragraph(why) + _in_parts(session, found, caption, _("Paid ahead of proof"), 1, _)


def _unprovable(session: Session, known: Known, _: Words) -> str:
    """What was paid where nothing can be proved."""
    found = spending.unprovable(known.truth)
    if found.is_empty():
        return ""
    paid = found.drop_nulls("currency").group_by("currency", maintain_order=True).agg(pl.col("paid").sum())
    money = ", ".join(amounts.said(amount, currency, session.locale) for currency, amount in paid.iter_rows())
    number = found.height
    said = _.ngettext(
        "{n} action was paid {money} and has no stages: nobody can say whether money and work go together.",
        "{n} actions were paid {money} and have no stages: nobody can say whether money and work go together.",
        number,
        n=amounts.count(number, session.locale),
        money=money,
    )
    return _paragraph(said)


def _behind(session: Session, found: pl.DataFrame, _: Words) -> str:
    if found.is_empty():
        return ""
    said = escape(
        _.ngettext(
            "{n} action the other way: proved, not yet paid",
            "{n} actions the other way: proved, not yet paid",
            found.height,
            n=amounts.count(found.height, session.locale),
        )
    )
    why = _("Work that is done and not paid is a debt to come: suppliers wait, and the year's budget may lapse.")
    caption = _("Proved ahead of payments by {points} or more, the furthest first", points=_close(session))
    drawn = _in_parts(session, found, caption, _("Proved, not yet paid"), -1, _)
    return f"<details><summary>{said}</summary>{_paragraph(why)}{drawn}</details>"


def _in_parts(session: Session, found: pl.DataFrame, caption: str, title: str, sign: int, _: Words) -> str:
    """All together, the first of them, and the others on demand."""
    columns, lines = _columns(title, _), [_line(session, row, sign) for row in found.head(MOST).iter_rows(named=True)]
    return folded(caption, columns, [*_all(session, found, sign, _), *lines[:AT_ONCE]], lines[AT_ONCE:], found.height - AT_ONCE, session)


def _columns(title: str, _: Words) -> list[Column]:
    return [
        Column(_("Action")), Column(_("State"), "state"), Column(_("Proved"), "number"), Column(_("Paid"), "number"),
        Column(_("Difference"), "number"),
        Column(title, "number"), Column(_("Area")),
    ]  # fmt: skip


def _all(session: Session, found: pl.DataFrame, sign: int, _: Words) -> Iterator[Line]:
    """The sum of each currency, where there is something to add up."""
    for currency, number, amount in found.group_by("currency", maintain_order=True).agg(pl.len(), pl.col("amount_ahead").sum()).iter_rows():
        if number > 1:
            name = escape(_.ngettext("{n} action", "{n} actions", number, n=amounts.count(number, session.locale)))
            yield Line([name, "", "", "", "", escape(amounts.with_currency(sign * amount, currency, session.locale)), ""], "sum")


def _line(session: Session, row: truth_line.Row, sign: int) -> Line:
    locale = session.locale
    told = (
        truth_line.share(row["proved"], locale), truth_line.share(row["paid_share"], locale), truth_line.points(row["spend_gap"], locale),
        amounts.with_currency(sign * row["amount_ahead"], row["currency"], locale), areas.name(session, row["area"]) or formats.NOTHING,
    )  # fmt: skip
    proved, paid, gap, amount, owner = map(escape, told)
    return Line([action(session, row), states.mark(row["state"], locale), proved, paid, gap, f"<b>{amount}</b>", owner])


def action(session: Session, row: truth_line.Row) -> str:
    """The name of a node as a link to its page."""
    return actions_table.link(session, row["id"], shown.name(session, row["name"]))


def _close(session: Session) -> str:
    return truth_line.points(truth_line.CLOSE, session.locale)


def _paragraph(text: str) -> str:
    return f'<p class="why">{escape(text)}</p>'
