"""What must hold of a plan's document before it is taken in, each fault with its row and its cure; and what is only worth saying."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from data.plans import vocabulary as words
from data.plans.document import NodeEntry, PlanDocument
from data.problems import N_, Problem


@dataclass(frozen=True)
class Found:
    """A problem; one that does not refuse the plan is a warning: it is kept and shown."""

    problem: Problem
    refuses: bool = True


def check(document: PlanDocument, path: str | None = None) -> list[Found]:
    """Everything wrong with a document, in the order of its rows; `path` is the file that it was read from."""
    found = [*_keys(document.nodes), *_parents(document.nodes), *_weights(document)]
    for entry in document.nodes:
        found += faults(entry)
    named = [replace(each, problem=replace(each.problem, path=path)) for each in found]
    return sorted(named, key=lambda each: each.problem.line or 0)


def faults(entry: NodeEntry) -> list[Found]:
    """What is wrong with a node by itself."""
    return [*_dates(entry), *_values(entry), *_shares(entry), *_amounts(entry)]


def _keys(entries: Iterable[NodeEntry]) -> Iterator[Found]:
    first: dict[str, NodeEntry] = {}
    for entry in entries:
        before = first.setdefault(entry.key, entry)
        if before is not entry:
            hint = N_("give each row a key of its own, or map another column as its key")
            yield _at(entry, N_("the key {key} was given before, in row {row}"), hint, key=entry.key, row=before.line)


def _parents(entries: tuple[NodeEntry, ...]) -> Iterator[Found]:
    known = {entry.key: entry for entry in entries}
    for entry in entries:
        if entry.parent is None:
            continue
        parent = known.get(entry.parent)
        if parent is None:
            yield _at(entry, N_("its parent {key} is not in the plan"), N_("correct the parent, or add its row"), key=entry.parent)
        elif _in_a_circle(entry, known):
            yield _at(entry, N_("{key} is part of itself, through its parents"), N_("correct one of the parents"), key=entry.key)
        elif parent.level >= entry.level:
            yield _at(entry, N_("its parent {key} is not above it"), N_("correct its level or its parent"), key=entry.parent)


def _in_a_circle(entry: NodeEntry, known: dict[str, NodeEntry]) -> bool:
    seen, at = set(), entry.parent
    while at is not None and at in known and at not in seen:
        if at == entry.key:
            return True
        seen.add(at)
        at = known[at].parent
    return False


def _weights(document: PlanDocument) -> Iterator[Found]:
    """Manual weights of siblings add up to 100, or to 1; where only some are given, nobody knows what the others count."""
    if document.weights != "manual":
        return
    siblings: dict[str | None, list[NodeEntry]] = {}
    for entry in document.nodes:
        siblings.setdefault(entry.parent, []).append(entry)
    for group in siblings.values():
        given = [entry.fields.get("weight") for entry in group]
        told = [weight for weight in given if weight is not None]
        if not told:
            continue
        total = sum(told)
        if not adds_up(given):
            hint = N_("give every row of the group a weight, so that they add up to 100 or to 1")
            yield _at(group[0], N_("the weights of the {count} rows under {parent} add up to {total:g}"), hint,
                      count=len(group), parent=group[0].parent or "-", total=total)  # fmt: skip


def adds_up(weights: Sequence[float | None]) -> bool:
    """Whether the manual weights of siblings are all there, and add up to 100 or to 1; where none has any, all count the same."""
    told = [weight for weight in weights if weight is not None]
    return not told or (len(told) == len(weights) and any(abs(sum(told) - whole) < 1e-6 * whole for whole in (1.0, 100.0)))


def _dates(entry: NodeEntry) -> Iterator[Found]:
    starts, ends = entry.fields.get("starts"), entry.fields.get("ends")
    if starts and ends and ends < starts:
        yield _at(entry, N_("it ends on {ends}, before it begins on {starts}"), N_("correct one of the days"), starts=starts, ends=ends)


VALUES = {"status": words.STATUSES, "pdca": words.PDCA}


def _values(entry: NodeEntry) -> Iterator[Found]:
    for name, known in VALUES.items():
        value = entry.fields.get(name)
        if value is not None and value not in known:
            yield _at(entry, N_("{found} is no {name}"), N_("write one of: {known}"), found=value, name=name, known=", ".join(known))
    declared = entry.fields.get("declared")
    if declared is not None and declared < 0:
        yield _at(entry, N_("a progress of {found:g} % is below zero"), N_("write 0 to 100"), found=declared)
    if declared is not None and declared > 100:
        yield _warn(entry, N_("a progress of {found:g} % is over 100"), N_("it is kept, and counts as 100"), found=declared)
    weight = entry.fields.get("weight")
    if weight is not None and weight < 0:
        yield _at(entry, N_("a weight of {found:g} is below zero"), N_("write 0 or more"), found=weight)


def _shares(entry: NodeEntry) -> Iterator[Found]:
    total = sum(each.share for each in entry.milestones)
    if entry.milestones and abs(total - 100) > 0.01:
        yield _at(entry, N_("the shares of its milestones add up to {total:g}"), N_("change them so that they add up to 100"), total=total)


def _amounts(entry: NodeEntry) -> Iterator[Found]:
    """From initial to modified an amount may rise; after that nobody commits more than there is, or pays more than is due."""
    for line in entry.lines:
        for rise in rising(line.phases):
            hint = N_("it is kept and shown; look whether the columns are the right ones")
            yield _warn(entry, N_("{line}: {phase} is {less:,.2f}, more than {before} with {more:,.2f}"), hint, line=line.code, **rise)


def rising(phases: Mapping[str, float | None]) -> list[dict[str, Any]]:
    """Where an amount is more than the one of the phase before: phase, less (its amount), before, more (the amount before it).

    The first is the budget in force, as it was last modified, else as it began; a phase that is not said is passed over.
    """
    in_force = "initial" if phases.get("modified") is None else "modified"
    told = [(phase, amount) for phase in (in_force, *words.PHASES[2:]) if (amount := phases.get(phase)) is not None]
    pairs = pairwise(told)
    return [{"phase": phase, "less": less, "before": before, "more": more} for (before, more), (phase, less) in pairs if less > more]


def _at(entry: NodeEntry, message: str, hint: str, **values: object) -> Found:
    return Found(Problem(message, hint, line=entry.line, key=entry.key, values=values))


def _warn(entry: NodeEntry, message: str, hint: str, **values: object) -> Found:
    return replace(_at(entry, message, hint, **values), refuses=False)
