"""The headline of a plan under three methods, and how many actions have each status: what an import says of what it read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from data.plans.document import NodeEntry

OUT = "cancelled"


def statuses(entries: Sequence[NodeEntry]) -> dict[str, int]:
    """How many actions (nodes with nothing below them, and not left out) have each status; `none` where nobody said one."""
    return dict(Counter(entry.fields.get("status") or "none" for entry in _actions(entries) if not entry.fields.get("left_out")))


def progress(entries: Sequence[NodeEntry], weights: str = "equal") -> dict[str, float | None]:
    """`mean`: of the declared progress of actions, those that declare none left out. `weighted`: level by level, by the weights that the
    file gives; None where it gives none. `finished_only`: the share of completed actions, of all. In percent; what is cancelled or left out
    does not count, and more than 100 counts as 100."""
    counted = [entry for entry in _actions(entries) if _counts(entry)]
    declared = [min(entry.fields["declared"], 100.0) for entry in counted if "declared" in entry.fields]
    finished = sum(entry.fields.get("status") == "completed" for entry in counted)
    return {
        "mean": sum(declared) / len(declared) if declared else None,
        "weighted": _weighted(entries, "beneficiaries" if weights == "beneficiaries" else "weight"),
        "finished_only": 100 * finished / len(counted) if counted else None,
    }


def _actions(entries: Sequence[NodeEntry]) -> list[NodeEntry]:
    parents = {entry.parent for entry in entries}
    return [entry for entry in entries if entry.key not in parents]


def _counts(entry: NodeEntry) -> bool:
    return entry.fields.get("status") != OUT and not entry.fields.get("left_out")


def _weighted(entries: Sequence[NodeEntry], column: str) -> float | None:
    """The sum of w * progress over the sum of w, from the deepest level up; a child that declares nothing is left out."""
    if not any(column in entry.fields for entry in entries):
        return None
    below: dict[str | None, list[NodeEntry]] = {}
    for entry in entries:
        below.setdefault(entry.parent, []).append(entry)
    known: dict[str | None, float | None] = {}
    for entry in sorted(entries, key=lambda entry: -entry.level):
        declared = entry.fields.get("declared")
        own = None if declared is None else min(declared, 100.0)
        known[entry.key] = _mean(below[entry.key], known, column) if entry.key in below else own
    return _mean(below.get(None, []), known, column)


def _mean(children: Iterable[NodeEntry], known: Mapping[str | None, float | None], column: str) -> float | None:
    told = [(entry.fields.get(column) or 0.0, known.get(entry.key)) for entry in children if _counts(entry)]
    counted = [(weight, value) for weight, value in told if value is not None]
    total = sum(weight for weight, _ in counted)
    return sum(weight * value for weight, value in counted) / total if total else None
