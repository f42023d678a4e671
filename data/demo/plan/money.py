"""Budget lines of an action: one for each of its years, paid as its evidence is accepted, or faster where the story says so."""

from collections.abc import Iterator

from data.demo.plan.proofs import accepted
from data.demo.plan.story import Action
from data.demo.plan.timeline import LAST, SEEN, Course, between
from data.plans.document import LineEntry

PROGRAMMES = {
    "security": "1320", "mobility": "1340", "citizen_service": "9250", "environment": "1720", "works": "1510", "economy": "2410",
    "education": "3230", "finance": "9310", "modernisation": "4910", "communication": "9240",
}  # fmt: skip
KINDS = {"build": "619.00", "service": "227.99", "rule": "227.06", "programme": "480.00"}
"""What the money is for, as the last part of a line's code: works, services, studies, grants."""
SOURCES = (
    {"es": "Fondos propios", "en": "Own funds"},
    {"es": "Fondos europeos", "en": "European funds"},
    {"es": "Convenio regional", "en": "Regional agreement"},
)
LARGE = 2_000_000
"""Euros from which somebody else pays part of it."""


def lines(course: Course) -> tuple[LineEntry, ...]:
    """The lines of an action; none where it costs nothing of its own."""
    action = course.action
    if not action.budget or not action.area:
        return ()
    modified = action.budget * (1 + between(-2, 9, action.key, "modified") / 100)
    paid = min(accepted(course, SEEN) / 100 * action.spends * between(91, 103, action.key, "paid") / 100, 0.97) * modified
    return tuple(_lines(action, modified / action.budget, paid))


def _lines(action: Action, grown: float, paid: float) -> Iterator[LineEntry]:
    """The years one after another: what is paid fills the first ones; no year that lies ahead has any."""
    years = range(action.first.year, action.final.year + 1)
    months = [_months(action, year) for year in years]
    for number, year in enumerate(years):
        initial = _hundreds((action.budget or 0) * months[number] / sum(months))
        modified = _hundreds(initial * grown)
        spent = min(_hundreds(paid), modified) if year <= LAST.year else 0.0
        paid -= spent
        yield LineEntry(
            code=f"{year}.{PROGRAMMES[action.area or '']}.{KINDS[action.ladder]}.{action.key.replace('.', '')}",
            name=action.name, year=year, currency="EUR", source=_source(action, number),
            phases=_phases(initial, modified, spent, begun=year <= LAST.year, rises=action.rises),
        )  # fmt: skip


def _months(action: Action, year: int) -> int:
    """In how many months of the year the action runs."""
    begins = action.first.number if year == action.first.year else 1
    ends = action.final.number if year == action.final.year else 12
    return ends - begins + 1


def _phases(initial: float, modified: float, paid: float, *, begun: bool, rises: bool) -> dict[str, float]:
    """Amounts that go down from phase to phase, as they should; `rises` recognises more than was committed."""
    if not begun:
        return {"initial": initial, "modified": modified, "reserved": 0.0, "committed": 0.0, "accrued": 0.0, "paid": 0.0}
    accrued = min(_hundreds(paid * 1.06), modified)
    committed = min(_hundreds(max(accrued * 1.12, modified * 0.35)), modified)
    reserved = min(_hundreds(committed * 1.05), modified)
    if rises and accrued:
        committed = _hundreds(accrued * 0.92)
    return {"initial": initial, "modified": modified, "reserved": reserved, "committed": committed, "accrued": accrued, "paid": paid}


def _source(action: Action, number: int) -> dict[str, str]:
    large = (action.budget or 0) >= LARGE and number > 0
    return SOURCES[between(1, 2, action.key, "source")] if large else SOURCES[0]


def _hundreds(amount: float) -> float:
    return float(round(amount / 100) * 100)
