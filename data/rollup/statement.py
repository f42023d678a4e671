"""Checks a roll-up's SQL before anything runs it: one SELECT over the events, in the part of SQL that every engine takes."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from data.problems import N_, Problem

EVENTS = "events"
"""The only table there is."""
NEEDED = ("place", "indicator", "period", "value")
GIVEN = (*NEEDED, "numerator", "denominator", "segment", "flag")
"""What the columns of the result may be."""

FUNCTIONS = {
    "aggregates": "avg count count_star max min quantile_cont sum",
    "windows": "dense_rank first_value lag last_value lead rank row_number",
    "choices": "nullif",
    "moments": "date_diff date_part date_trunc last_day",
    "numbers": "abs ceil floor greatest least round",
    "texts": "concat contains length lower replace starts_with substring trim upper",
    "operators": "!~~ % * + - / || ~~",
}
"""What the parser calls the functions of the subset (docs/rollups.md); `percentile_cont` is its quantile_cont."""
ALLOWED = frozenset(name for names in FUNCTIONS.values() for name in names.split())

CLAUSES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "GROUP BY ALL": (lambda part: part.get("aggregate_handling") == "FORCE_AGGREGATES", N_("write the columns out")),
    "QUALIFY": (lambda part: part.get("qualify"), N_("filter in a query around it")),
    "SAMPLE": (lambda part: part.get("sample"), N_("count every event")),
    "DISTINCT ON": (lambda part: part.get("distinct_on_targets"), N_("use row_number() in a query around it")),
    "* EXCLUDE": (
        lambda part: part["type"] == "STAR" and any(part.get(key) for key in ("exclude_list", "replace_list", "rename_list", "columns")),
        N_("name the columns"),
    ),
    "ASOF JOIN": (lambda part: part.get("ref_type") == "ASOF", N_("join on a condition")),
    "POSITIONAL JOIN": (lambda part: part.get("ref_type") == "POSITIONAL", N_("join on a condition")),
}
"""Clauses of DuckDB's own, how the parser's tree shows them, and what to do."""
UNITS = {
    "date_diff": ("second", "minute", "hour", "day", "month", "quarter", "year"),
    "date_trunc": ("minute", "hour", "day", "week", "month", "quarter", "year"),
    "date_part": ("minute", "hour", "day", "month", "quarter", "year"),
}
"""What these functions count in; of weeks every engine has its own idea."""
NOWHERE = 2**64 - 1
"""What the parser says of a node that stands nowhere in the text."""
NEVER = {
    "TABLE_FUNCTION": (N_("a function cannot stand for a table here"), N_("read from `events`, which the YAML file declares")),
    "LAMBDA": (N_("lambdas are not in the subset that every engine takes"), N_("write it with CASE")),
    "PIVOT": (N_("PIVOT is not in the subset that every engine takes"), N_("write each column with CASE")),
    "RECURSIVE_CTE_NODE": (N_("WITH RECURSIVE is not in the subset that every engine takes"), N_("write it with windows")),
    "POSITIONAL_REFERENCE": (N_("columns are named, not counted"), N_("write the column's name")),
}
"""Kinds of the parser's nodes that no roll-up may hold, and what to do."""


@dataclass(frozen=True)
class Statement:
    """A parsed SQL file. `parameters` are the names it writes as $name."""

    parameters: frozenset[str]
    columns: tuple[str, ...] | None
    """The result's columns, None where only running it can tell."""


def check(sql: str, path: str) -> tuple[Statement | None, list[Problem]]:
    """What the statement is, and everything wrong with it; None where it cannot be parsed."""
    with duckdb.connect() as connection:
        tree = json.loads(connection.execute("select json_serialize_sql(?)", [sql]).fetchall()[0][0])
    if tree["error"]:
        return None, [_unparsed(tree, sql, path)]
    if len(tree["statements"]) != 1:
        return None, [Problem("holds {count} statements", "keep one SELECT", path, values={"count": len(tree["statements"])})]
    node = tree["statements"][0]["node"]
    parts = list(_parts(node))
    columns = _columns(node)
    tables = _named(parts)
    problems = [found for part in parts if (found := _fault(part, tables, sql, path))]
    parameters = {part["identifier"] for part in parts if part.get("type") == "VALUE_PARAMETER"}
    return Statement(frozenset(parameters), columns), [*problems, *column_problems(columns or NEEDED, path)]


def column_problems(columns: tuple[str, ...], path: str) -> list[Problem]:
    """What is missing among the result's columns, or not known."""
    values = {"needed": ", ".join(NEEDED), "known": ", ".join(GIVEN)}
    missing = [
        Problem("the result has no column {name!r}", "it needs {needed}", path, key=name, values={**values, "name": name})
        for name in NEEDED
        if name not in columns
    ]
    message, hint = N_("the result's column {name!r} is not known"), N_("leave it out, or call it one of {known}")
    strange = [Problem(message, hint, path, key=name, values={**values, "name": name}) for name in columns if name not in GIVEN]
    return missing + strange


def mark(sql: str, offset: int) -> tuple[int, int]:
    """Line and column (from 1) of the parser's byte offset."""
    before = sql.encode()[:offset].decode(errors="ignore")
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _unparsed(tree: dict[str, Any], sql: str, path: str) -> Problem:
    if "Only SELECT" in tree["error_message"]:
        return Problem("is not a SELECT", "a roll-up only reads: keep one SELECT statement", path, 1, 1)
    line, column = mark(sql, int(tree["position"])) if tree.get("position") else (None, None)
    values = {"why": tree["error_message"].splitlines()[0]}
    return Problem("not SQL: {why}", "correct the text there, or just before it", path, line, column, values=values)


def _parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every node of the parser's tree; what lies inside one that may never be needs no second problem."""
    if isinstance(node, dict):
        if isinstance(node.get("type"), str):
            yield node
            if node["type"] in NEVER:
                return
        for value in node.values():
            yield from _parts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _parts(value)


def _named(parts: list[dict[str, Any]]) -> set[str]:
    """The tables that may be read: the events, and what WITH names."""
    return {EVENTS} | {entry["key"].lower() for part in parts for entry in (part.get("cte_map") or {}).get("map", [])}


def _fault(part: dict[str, Any], tables: set[str], sql: str, path: str) -> Problem | None:
    found = _kind(part) or _table(part, tables) or _function(part) or _query(part) or _parameter(part)
    if found is None:
        return None
    # A query itself has no place in the text; the first of its parts that has one does.
    places = [at for inner in (part, *_parts(list(part.values()))) if (at := inner.get("query_location", NOWHERE)) < NOWHERE]
    line, column = mark(sql, places[0]) if places else (None, None)
    return Problem(*found[:2], path, line, column, values=found[2])


Found = tuple[str, str, Mapping[str, object]] | None


def _kind(part: dict[str, Any]) -> Found:
    return (*NEVER[part["type"]], {}) if part["type"] in NEVER else None


def _table(part: dict[str, Any], tables: set[str]) -> Found:
    if part["type"] != "BASE_TABLE" or (part["table_name"].lower() in tables and not part["schema_name"] and not part["catalog_name"]):
        return None
    name = ".".join(filter(None, (part["catalog_name"], part["schema_name"], part["table_name"])))
    return N_("{name!r} is no table here"), N_("read from `events`, or from what WITH names before it"), {"name": name}


def _function(part: dict[str, Any]) -> Found:
    name = str(part.get("function_name", "")).lower()
    if not name:
        return None
    if name == "quantile_cont" and not (part.get("order_bys") or {}).get("orders"):
        return N_("quantiles are written otherwise here"), N_("write percentile_cont(0.9) within group (order by x)"), {}
    if name in UNITS:
        return _unit(part, name)
    if name in ALLOWED:
        return None
    hint = N_("docs/rollups.md lists the functions that are")
    return N_("{name} is not in the subset that every engine takes"), hint, {"name": name}


def _unit(part: dict[str, Any], name: str) -> Found:
    first = part["arguments"][0]["expression"] if part["arguments"] else {}
    unit = str((first.get("literal") or {}).get("text", "")).lower()
    if unit in UNITS[name]:
        return None
    values = {"name": name, "unit": unit or "a unit that is not written out", "units": ", ".join(UNITS[name])}
    return N_("{name} by {unit} is not in the subset that every engine takes"), N_("write one of: {units}"), values


def _query(part: dict[str, Any]) -> Found:
    for what, (is_there, hint) in CLAUSES.items():
        if is_there(part):
            return N_("{what} is not in the subset that every engine takes"), hint, {"what": what}
    return None


def _parameter(part: dict[str, Any]) -> Found:
    if part["type"] != "VALUE_PARAMETER" or not part["identifier"].isdigit():
        return None
    return N_("parameters are named, not counted"), N_("write $name, and the name under `parameters`"), {}


def _columns(node: dict[str, Any]) -> tuple[str, ...] | None:
    """The names of the outermost SELECT; of several put together the first one's count."""
    while "select_list" not in node:
        inner = node.get("left") or node.get("child") or (node.get("children") or [None])[0]
        if inner is None:
            return None
        node = inner
    names = [str(item.get("alias") or (item.get("column_names") or [""])[-1]).lower() for item in node["select_list"]]
    return tuple(names) if all(names) else None
