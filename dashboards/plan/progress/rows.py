"""Which nodes of the plan are in sight: what the filters leave, what is opened, and in which order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboards.plan.progress.choice import Choice
from dashboards.session import Session
from data.plans.reading import Tree
from data.records.columns import told
from kpis.plans.forest import forest
from kpis.plans.states import BY_NEED
from kpis.plans.truth import Truth

AT_ONCE = 60
"""Rows up to which the page opens more than its first level by itself."""


@dataclass(frozen=True)
class Line:
    """A node in sight, with the columns of `narrowed`; `opened` is None for an action."""

    node: dict[str, Any]
    depth: int
    opened: bool | None


@dataclass(frozen=True)
class More:
    """So many rows of one parent are not shown."""

    hidden: int
    depth: int


@dataclass(frozen=True)
class InSight:
    """The rows from the top down; the nodes that are open; how many actions the filters leave."""

    lines: tuple[Line | More, ...]
    opened: tuple[int, ...]
    matching: int


@dataclass(frozen=True, eq=False)
class Left:
    """What the filters leave of a plan, whatever is open: the columns of `narrowed` in the order chosen, and the ids of its rows.

    `below` has for each node the rows of its children; those at the top of the plan are below None. `opened` are the nodes that the
    page opens by itself, `matching` is the number of actions.
    """

    truth: Truth
    nodes: pl.DataFrame
    ids: Sequence[int]
    below: Mapping[int | None, Sequence[int]]
    opened: tuple[int, ...]
    matching: int


def left(session: Session, truth: Truth, choice: Choice) -> Left:
    """What the filters of a choice leave; it does not depend on what is open."""
    found = narrowed(session, truth, choice)
    nodes, below = in_order(found, choice), dict[int | None, list[int]]()
    for row, parent in enumerate(nodes["parent"].to_list()):
        below.setdefault(parent, []).append(row)
    matching = int(found.filter(pl.col("leaf"))["matching"].sum())
    return Left(truth, nodes, nodes["id"].to_list(), below, _as_it_opens(found, choice), matching)


def in_sight(found: Left, choice: Choice) -> InSight:
    """The rows of the tree, for what a reader has opened."""
    opened = found.opened if choice.opened is None else choice.opened
    steps = _walk(found, None, 0, set(opened), choice.rows)
    rows = found.nodes[[step.row for step in steps if isinstance(step, _Step)]].iter_rows(named=True)
    lines = (step if isinstance(step, More) else _line(next(rows), step.depth, opened) for step in steps)
    return InSight(tuple(lines), opened, found.matching)


def narrowed(session: Session, truth: Truth, choice: Choice) -> pl.DataFrame:
    """The nodes that hold an action which the filters leave: the columns of the truth, sdg, pdca, and `matching`, how many they hold."""
    tree = truth.tree
    nodes = truth.nodes.with_columns(tree.nodes.select("sdg", "pdca", "first_starts"))
    fits = nodes.select(pl.col("leaf") & _fits(session, tree, choice)).to_series().fill_null(value=False)
    sums = forest(tree.nodes).sums(_and_the_plan(fits))[:-1]
    return nodes.with_columns(matching=pl.Series(sums).cast(pl.Int64)).filter((pl.col("matching") > 0) | (not choice.narrows))


def in_order(nodes: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """What needs attention first: by state, then by how far what is proved lies behind time; else as the plan has it."""
    if choice.order == "plan":
        return nodes
    rank = pl.col("state").replace_strict({state: place for place, state in enumerate(BY_NEED)}, return_dtype=pl.Int8)
    return nodes.sort(rank, pl.col("gap"), nulls_last=True, maintain_order=True)


def _and_the_plan(fits: pl.Series) -> Any:
    return fits.extend_constant(value=False, n=1).to_numpy()


def _fits(session: Session, tree: Tree, choice: Choice) -> pl.Expr:
    """Which actions the filters leave."""
    wanted = [pl.col(column).is_in(values) for kind, column in _COLUMNS.items() if (values := choice.values(kind))]
    if choice.state:
        wanted.append(pl.col("state") == choice.state)
    if owners := choice.values("owner"):
        wanted.append(pl.col("owner").is_in([int(owner) for owner in owners]))
    if sdgs := choice.values("sdg"):
        wanted.append(pl.col("id").is_in(_with_sdg(tree, sdgs)))
    if choice.find:
        wanted.append(pl.col("id").is_in(_named(session, tree, choice.find)))
    return pl.all_horizontal(wanted) if wanted else pl.lit(True)


_COLUMNS = {"area": "area", "district": "place"}


def _with_sdg(tree: Tree, sdgs: list[str]) -> list[int]:
    rows = tree.nodes.select("id", "sdg").drop_nulls().iter_rows()
    return [node for node, text in rows if not set(sdgs).isdisjoint(map(goal_of, told(text)))]


def goal_of(sdg: Any) -> str:
    """The goal that a target belongs to: 11 of 11.2."""
    return str(sdg).partition(".")[0]


def _named(session: Session, tree: Tree, text: str) -> list[int]:
    """Actions whose name or number holds the text."""
    rows = tree.nodes.select("id", "key", "name").iter_rows()
    return [node for node, key, name in rows if text.casefold() in f"{key} {session.say(told(name))}".casefold()]


def _as_it_opens(nodes: pl.DataFrame, choice: Choice) -> tuple[int, ...]:
    """The first level, unless that shows too much at once; where the filters leave few actions, everything down to them."""
    if choice.narrows:
        few = nodes.filter(pl.col("leaf")).height <= AT_ONCE
        return tuple(nodes.filter(~pl.col("leaf"))["id"].to_list()) if few else ()
    tops = nodes.filter(pl.col("parent").is_null())
    below = nodes.filter(pl.col("parent").is_in(tops["id"].to_list()))
    return tuple(tops["id"].to_list()) if tops.height + below.height <= AT_ONCE and not below["leaf"].all() else ()


@dataclass(frozen=True)
class _Step:
    """A row of `Left.nodes` in sight."""

    row: int
    depth: int


def _walk(found: Left, parent: int | None, depth: int, opened: set[int], most: int) -> list[_Step | More]:
    """What is in sight below a node, from the top down."""
    steps: list[_Step | More] = []
    rows = found.below.get(parent, [])
    for row in rows[:most]:
        steps.append(_Step(row, depth))
        if (node := found.ids[row]) in opened:
            steps += _walk(found, node, depth + 1, opened, most)
    if len(rows) > most:
        steps.append(More(len(rows) - most, depth))
    return steps


def _line(node: dict[str, Any], depth: int, opened: tuple[int, ...]) -> Line:
    return Line(node, depth, None if node["leaf"] else node["id"] in opened)
