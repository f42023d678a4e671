"""Which nodes of the plan are in sight: what the filters leave, what is opened, and in which order."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboards.plan.progress.choice import Choice
from dashboards.session import Session
from data.plans.reading import Tree
from data.records.columns import told
from kpis.plans.forest import forest
from kpis.plans.truth import Truth

RANKS = ("late", "suspended", "removal_proposed", "started", "not_started", "completed", "implemented", "cancelled")
"""States by how much they need attention."""
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


def in_sight(session: Session, truth: Truth, choice: Choice) -> InSight:
    """The rows of the tree, for what a reader has chosen."""
    nodes = narrowed(session, truth, choice)
    opened = choice.opened if choice.opened is not None else _as_it_opens(nodes, choice)
    above = pl.col("parent")
    shown = in_order(nodes.filter(above.is_null() | above.is_in(list(opened))), choice)
    children: dict[int | None, list[dict[str, Any]]] = {}
    for row in shown.iter_rows(named=True):
        children.setdefault(row["parent"], []).append(row)
    lines: list[Line | More] = []
    _walk(None, 0, children, set(opened), choice.rows, lines)
    return InSight(tuple(lines), opened, int(nodes.filter(pl.col("leaf"))["matching"].sum()))


def narrowed(session: Session, truth: Truth, choice: Choice) -> pl.DataFrame:
    """The nodes that hold an action which the filters leave: the columns of the truth, sdg, pdca, and `matching`, how many they hold."""
    tree = truth.tree
    nodes = truth.nodes.with_columns(tree.nodes.select("sdg", "pdca", "first_starts"))
    fits = nodes.select(pl.col("leaf") & _fits(session, tree, choice)).to_series().fill_null(value=False)
    sums = forest(tree.nodes).sums(_and_the_plan(fits))[:-1]
    return nodes.with_columns(matching=pl.Series(sums).cast(pl.Int64)).filter((pl.col("matching") > 0) | (not choice.narrows))


def actions(session: Session, truth: Truth, choice: Choice) -> pl.DataFrame:
    """The actions that the filters leave, in the order chosen."""
    return in_order(narrowed(session, truth, choice).filter(pl.col("leaf")), choice)


def in_order(nodes: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """What needs attention first: by state, then by how far what is proved lies behind time; else as the plan has it."""
    if choice.order == "plan":
        return nodes
    rank = pl.col("state").replace_strict({state: place for place, state in enumerate(RANKS)}, return_dtype=pl.Int8)
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


def _walk(
    parent: int | None, depth: int, children: dict[int | None, list[dict[str, Any]]], opened: set[int], most: int, lines: list[Line | More]
) -> None:
    rows = children.get(parent, [])
    for row in rows[:most]:
        is_open = None if row["leaf"] else row["id"] in opened
        lines.append(Line(row, depth, is_open))
        if is_open:
            _walk(row["id"], depth + 1, children, opened, most, lines)
    if len(rows) > most:
        lines.append(More(len(rows) - most, depth))
