"""Loads: one file or fetch each, who brought it, when it became known, and what it changed."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from data.connection import open_to_read
from data.definitions import Definitions
from data.history import Change, Verdict, lay
from data.home import Home
from data.migration import bring_up_to_date
from data.numbering import number_indicators, number_places, numbered
from data.order import repeated
from data.problems import Problem, Refused
from data.rewriting import begun, planned
from data.schema import migrate
from data.verification import require_sound
from data.versions import Versions, publish, writing

ROWS = {
    "place": pl.String,
    "indicator": pl.String,
    "segment": pl.String,
    "period": pl.Date,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "flag": pl.String,
}
"""The columns of a load's rows. `period` is its last day; a null value is missing, and the reason stands in `flag`."""
IDENTITY = ["place", "indicator", "segment", "period"]


@dataclass(frozen=True)
class NewLoad:
    """A load about to be made. `id` is the same for the same file, source and mapping; its values became known on `known_on`."""

    id: str
    source: str
    files: tuple[str, ...]
    by: str
    known_on: date
    rows_read: int
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class Load(NewLoad):
    """A load that is held, and how many of its rows were new, unchanged and revised. `loaded_at` is UTC."""

    number: int
    loaded_at: datetime
    rows_new: int
    rows_unchanged: int
    rows_revised: int


@dataclass(frozen=True)
class Outcome:
    """What applying a load did. `facts_version` is the version in force afterwards."""

    load_id: str
    new: int
    unchanged: int
    revised: int
    facts_version: int


Rows = tuple[NewLoad, pl.DataFrame]
Numbered = tuple[int, NewLoad, pl.DataFrame]


def apply(home: Home, definitions: Definitions, loads: Sequence[Rows]) -> list[Outcome]:
    """Publish one new version with all the loads, in the order given; none where all are held already (by their id).

    The frames have the columns ROWS. A row counts as new, unchanged or revised against what was known on its load's own
    day. Raises Refused for rows that contradict each other or name what is not defined, and NotPossibleNow where somebody
    else is loading or there is no room; then nothing has changed.
    """
    _refuse_bad_rows(definitions, loads)
    with writing(home) as versions:
        before = bring_up_to_date(versions)
        fresh = _fresh(loads, _held(versions, before))
        now, verdicts = _publish(versions, definitions, fresh, []) if fresh else (before, {})
    found = {load.id: verdicts.get(number, (0, 0, 0)) for number, load, _ in fresh}
    # A load that is held, or given a second time, has nothing new to say.
    return [Outcome(load.id, *found.pop(load.id, (0, rows.height, 0)), facts_version=now or 0) for load, rows in loads]


def remove(home: Home, definitions: Definitions, unwanted: Callable[[Load], bool]) -> int | None:
    """Publish a version without some loads, as if they had never been made; returns the version then in force.

    Values that they had replaced are in force again. Raises NotPossibleNow as `apply` does.
    """
    with writing(home) as versions:
        before = bring_up_to_date(versions)
        dropped = [load.number for load in _held(versions, before) if unwanted(load)]
        return _publish(versions, definitions, [], dropped)[0] if dropped else before


def remove_demo(home: Home, definitions: Definitions) -> int | None:
    """Publish a version without the demo's loads; returns the version then in force, None where there is none."""
    return remove(home, definitions, lambda load: load.demo)


def read_loads(connection: duckdb.DuckDBPyConnection) -> list[Load]:
    """The loads of an open facts file, newest first."""
    with connection.cursor() as cursor:
        rows = cursor.sql('select * rename (loaded_by as "by") from load order by number desc').pl().to_dicts()
    return [Load(**{**row, "files": tuple(row["files"]), "loaded_at": row["loaded_at"].replace(tzinfo=UTC)}) for row in rows]


def _refuse_bad_rows(definitions: Definitions, loads: Sequence[Rows]) -> None:
    problems: list[Problem] = []
    for load, rows in loads:
        path = load.files[0] if load.files else None
        numbers: list[dict[str, int]] = []
        for column, known in (("place", definitions.place), ("indicator", definitions.indicator)):
            unknown = sorted(_codes(rows[column]) - set(known))
            hint = f"define it in {column}s.yaml, or correct the file"
            problems += [Problem(f"{{name!r}} is not a known {column}", hint, path, column=column, values={"name": n}) for n in unknown]
            numbers.append({code: number for number, code in enumerate([*known, *unknown])})
        twice = rows.select(IDENTITY).filter(repeated(numbered(rows, *numbers))).unique().sort(IDENTITY)
        message = "{indicator} of {place} (segment {segment!r}) for {period} is given more than once"
        problems += [Problem(message, "keep one of them", path, values=row) for row in twice.iter_rows(named=True)]
    if problems:
        raise Refused(problems)


def _codes(column: pl.Series) -> set[str]:
    """What a column names; all that it could name, where it keeps a few names for millions of rows."""
    return set(column.dtype.categories if isinstance(column.dtype, pl.Enum) else column.unique())


def _held(versions: Versions, number: int | None) -> list[Load]:
    if number is None:
        return []
    with closing(open_to_read(versions.path(number))) as connection:
        return read_loads(connection)


def _fresh(loads: Sequence[Rows], held: list[Load]) -> list[Numbered]:
    """The loads that are not held yet, each id once, with the numbers they get."""
    known = {load.id for load in held}
    start = max((load.number for load in held), default=0) + 1
    fresh: list[Numbered] = []
    for load, rows in loads:
        if load.id not in known:
            known.add(load.id)
            fresh.append((start + len(fresh), load, rows))
    return fresh


def _publish(versions: Versions, definitions: Definitions, fresh: list[Numbered], dropped: list[int]) -> tuple[int, dict[int, Verdict]]:
    number = versions.current
    before = None if number is None else versions.path(number)
    verdicts: dict[int, Verdict] = {}

    def build(part: Path) -> None:
        plan = planned(before, [period for _, _, rows in fresh for period in rows["period"].unique()], dropped)
        with closing(begun(part, before, plan)) as connection:
            migrate(connection)
            connection.execute("begin")
            numbers = number_places(connection, definitions), number_indicators(connection, definitions)
            newest = _write_loads(connection, fresh, dropped)
            rows = _together([(number, numbered(rows, *numbers)) for number, _, rows in fresh])
            verdicts.update(lay(connection, Change(rows, dropped, plan.periods, newest, plan.everything)))
            _write_verdicts(connection, verdicts)
            connection.execute(SPANS)
            connection.execute("commit")
            connection.execute("checkpoint")

    return publish(versions, number, build, require_sound), verdicts


def _write_loads(connection: duckdb.DuckDBPyConnection, fresh: list[Numbered], dropped: list[int]) -> bool:
    """Returns whether all that is fresh is one load, the newest by the order of knowing."""
    latest = connection.execute("select max(known_on) from held.load").fetchall()[0][0]
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute("delete from load")
    connection.execute("insert into load select * from held.load where not list_contains(?::integer[], number)", [dropped])
    for number, load, _ in fresh:
        told = [number, load.id, load.source, list(load.files), load.by, load.known_on, now, load.demo, load.rows_read]
        connection.execute("insert into load values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)", told)
    return len(fresh) == 1 and not dropped and (latest is None or fresh[0][1].known_on >= latest)


def _together(loads: list[tuple[int, pl.DataFrame]]) -> pl.DataFrame:
    """All numbered rows, each with its load. The texts of one load stay as they are: millions of them may be kept by number."""
    kinds: dict[Any, Any] = {"load": pl.Int32, **ROWS, "place": pl.UInt16, "indicator": pl.UInt16}
    frames = [rows.select(pl.lit(load, pl.Int32).alias("load"), *ROWS) for load, rows in loads]
    if len(frames) == 1:
        return frames[0].cast({name: kind for name, kind in kinds.items() if kind != pl.String})
    return pl.concat([pl.DataFrame(schema=kinds), *(frame.cast(kinds) for frame in frames)])


def _write_verdicts(connection: duckdb.DuckDBPyConnection, verdicts: dict[int, Verdict]) -> None:
    for number, verdict in verdicts.items():
        connection.execute("update load set rows_new = ?, rows_unchanged = ?, rows_revised = ? where number = ?", [*verdict, number])


SPANS = """
delete from place_span;
insert into place_span select place, min(period), max(period) from observation where value is not null group by place;
"""
