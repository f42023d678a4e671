"""The ledger of a plan in a report: failures told as fully as successes, and decisions with their reason and what they changed."""

from collections.abc import Sequence

from dashboards import formats
from dashboards.plan.entries import MOST, Entries, Row
from dashboards.reports.content import Cell, Column, Table
from data.plans.ledger import Ledger


def outcomes(entries: Entries, rows: Sequence[Row], title: str) -> Table:
    """Failures or successes: what happened, what was learnt, what is done about it, who owes it and until when."""
    _ = entries.words
    columns = [Column(_("What happened"), 5), Column(_("What was learnt"), 3.5), Column(_("What is done about it"), 3.5)]
    none = "" if rows else _("None is written down.")
    return Table(f"{title} · {len(rows)}", columns, [_outcome(entries, row) for row in rows], none)


def decisions(entries: Entries, found: Ledger, title: str = "") -> Table:
    """Every decision about the plan: what, why, and what it changed."""
    _ = entries.words
    columns = [Column(_("Decision"), 4), Column(_("Why"), 4), Column(_("What it changed"), 4)]
    none = "" if found.decisions else _("No decision about this plan is written down.")
    return Table(title, columns, [_decision(entries, row, found.changes.get(row["id"], ())) for row in found.decisions], none)


def _outcome(entries: Entries, row: Row) -> list[Cell]:
    locale = entries.session.locale
    when = " · ".join(filter(None, [formats.day(row["day"], locale), entries.reason(row), entries.about(row)]))
    owes = ", ".join(filter(None, [entries.post(row["owner"]), entries.until(row)]))
    return [
        Cell(f"{entries.say(row['title'])}. {entries.say(row['what'])}".strip(), when),
        Cell(entries.say(row["lesson"]) or formats.NOTHING),
        Cell(entries.say(row["corrective"]) or formats.NOTHING, owes),
    ]


def _decision(entries: Entries, row: Row, changes: Sequence[Row]) -> list[Cell]:
    who = [formats.day(row["day"], entries.session.locale), entries.say(row["body"]), entries.about(row)]
    return [
        Cell(entries.say(row["title"]), " · ".join(filter(None, who)), strong=True),
        Cell(entries.say(row["why"]) or formats.NOTHING, entries.reason(row)),
        Cell(_changes(entries, row, changes) or formats.NOTHING),
    ]


def _changes(entries: Entries, row: Row, changes: Sequence[Row]) -> str:
    """The first of what it changed, each after the name of what was changed where that is not what the decision is about."""
    _, said = entries.words, []
    for each in changes[:MOST]:
        name = entries.say(entries.nodes.get(each["node"])) or formats.sentence(entries.not_there_yet())
        said.append(entries.change(each) if each["node"] in (None, row.get("node")) else f"{name}: {entries.change(each)}")
    more = len(changes) - MOST
    return "; ".join([*said, *([_.ngettext("{n} more", "{n} more", more, n=more)] if more > 0 else [])])
