"""The works of the neighbourhood beside their map: how far each is, how late, and what stands in its way."""

from html import escape

from dashboards import formats
from dashboards.plan import actions_table, delays, shown, states, truth_line
from dashboards.plan.money import amounts, works
from dashboards.plan.neighbourhood.known import Known
from dashboards.plan.tables import table
from dashboards.plan.truth_line import Row
from dashboards.session import Session
from dashboards.words import translator


def table_of(session: Session, found: Known) -> str:
    """All of them as HTML, those late first."""
    _ = translator(session.locale)
    titles = [(_("Key work"), ""), (_("State"), ""), (_("Proved, declared, time"), ""), (_("What stands in its way"), "")]
    rows = [_row(session, found, row) for row in found.works.iter_rows(named=True)]
    return table(titles, [("", rows)], _("Works, those late first"), "here")


def cost(session: Session, row: Row) -> str:
    """Its budget in force, with currency; "" where it has none."""
    return "" if row["budget"] is None else amounts.with_currency(row["budget"], row["currency"], session.locale)


def proved(session: Session, row: Row) -> str:
    _ = translator(session.locale)
    return _("{share} proved", share=truth_line.share(row["proved"], session.locale))


def _row(session: Session, found: Known, row: Row) -> list[str]:
    limit = works.limit(session, found.money, row["id"])
    return [
        actions_table.link(session, row["id"], shown.name(session, row["name"]), cost(session, row)),
        states.mark(row["state"], session.locale) + _note(delays.late(row, session.locale)),
        truth_line.small(session, row) + _note(proved(session, row)),
        escape(limit or formats.NOTHING),
    ]


def _note(text: str) -> str:
    return f'<span class="note">{escape(text)}</span>' if text else ""
