"""The level of each node of a tree that names its parents by key, in any order: by how many nodes stand above it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.plan_files.plan_map import PlanMap
from data.plans.difference import EMPTY
from data.plans.document import NodeEntry


def nested(entries: Sequence[NodeEntry], told: PlanMap, homes: Mapping[str, str | None]) -> list[NodeEntry]:
    """The entries with their levels; parents that the file does not hold are made where the map says so, below their `homes`."""
    if told.parent is None:
        return list(entries)
    whole = [*_outside(entries, homes), *entries] if told.parents_outside == "name" else list(entries)
    known = {entry.key: entry for entry in whole}
    base = len(told.levels)
    depths: dict[str, int] = {}
    return [entry if entry.level < base else replace(entry, level=base + _depth(entry, known, base, depths)) for entry in whole]


def without_empty(entries: Sequence[NodeEntry], told: PlanMap) -> list[NodeEntry]:
    """A level that nothing is part of yet is no action: it is left out, with that reason, so that it does not count as one."""
    parents = {entry.parent for entry in entries}
    return [
        replace(entry, fields={**entry.fields, "left_out": EMPTY}) if entry.level < len(told.levels) and entry.key not in parents else entry
        for entry in entries
    ]


def _outside(entries: Sequence[NodeEntry], homes: Mapping[str, str | None]) -> list[NodeEntry]:
    """A node for each parent that is not in the file: all that is known of it is its key."""
    known = {entry.key for entry in entries}
    level = max((entry.level for entry in entries), default=0)
    missing = dict.fromkeys(entry.parent for entry in entries if entry.parent is not None and entry.parent not in known)
    return [NodeEntry(key=key, name=key, level=level, parent=homes.get(key)) for key in missing]


def _depth(entry: NodeEntry, known: Mapping[str, NodeEntry], base: int, depths: dict[str, int]) -> int:
    """How many rows stand above a row; where they go round in a circle, up to where it closes."""
    way: list[str] = []
    at: NodeEntry | None = entry
    while at is not None and at.level >= base and at.key not in depths and at.key not in way:
        way.append(at.key)
        at = known.get(at.parent) if at.parent is not None else None
    below = depths[at.key] + 1 if at is not None and at.key in depths else 0
    for number, key in enumerate(reversed(way)):
        depths[key] = below + number
    return depths[entry.key]
