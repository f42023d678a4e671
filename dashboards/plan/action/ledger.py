"""What was decided about an action and why, what came of it, and what was learnt."""

from collections.abc import Sequence
from html import escape

from dashboards.plan import vocabulary
from dashboards.plan.action.subject import Row, Subject
from dashboards.plan.entries import Entries
from dashboards.plan.tables import NUMBER, table


def decisions(about: Subject) -> str:
    """The decisions as an HTML list, the latest first."""
    _, entries = about.words, _entries(about)
    return _section(_("What was decided"), [entries.decision(row) for row in about.found.decisions[::-1]])


def outcomes(about: Subject) -> str:
    """Successes and failures alike, as an HTML list, the latest first."""
    _, entries = about.words, _entries(about)
    return _section(_("What came of it"), [entries.outcome(row) for row in about.found.outcomes[::-1]])


def results(about: Subject) -> str:
    """What was measured beside what was expected, as an HTML table by the four criteria."""
    _, entries = about.words, _entries(about)
    if not about.found.results:
        return ""
    titles = [(_("Result"), ""), (_("Criterion"), ""), (_("Measured"), NUMBER), (_("Expected"), NUMBER), (_("Period and source"), "")]
    drawn = table(titles, [("", [_result(entries, row) for row in about.found.results])], _("Results by criterion"))
    title = escape(_("Results"))
    return f"<section><h2>{title}</h2>{drawn}</section>"


def _entries(about: Subject) -> Entries:
    return Entries(about.session, about.posts, named=False)


def _section(title: str, items: Sequence[str]) -> str:
    return f'<section><h2>{escape(title)}</h2><ul class="ledger">{"".join(items)}</ul></section>' if items else ""


def _result(entries: Entries, row: Row) -> list[str]:
    criteria = vocabulary.options(vocabulary.CRITERIA, entries.session.locale)
    said = f'<span class="note">{escape(entries.say(row["said"]))}</span>' if row["said"] else ""
    told = (criteria[row["criterion"]], entries.amount(row, "measured"), entries.amount(row, "expected"), entries.source(row))
    return [escape(entries.say(row["name"])) + said, *map(escape, told)]
