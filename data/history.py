"""Which value was in force when: new loads are laid over what is held, and each value keeps its place in time.

All loads stand in the order of the day they became known, and of their number within a day. A file that is registered
late, with an older `known_on`, therefore takes its place in the past: it shows in what was known then, and never
overrides a value that a newer file brought or confirmed. The same value brought again does not make a new one: the row
keeps the load that brought it first, and `confirmed` names the last that agreed.

A load that is newer than all that are held, as nearly every load is, only meets the values in force. Where the past is at
stake, several loads at once, a late one, one taken out, each value's whole history is thought through again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from data.order import ascending
from data.schema import migrate

Verdict = tuple[int, int, int]
"""How many rows of a load were new, unchanged, revised."""


@dataclass(frozen=True)
class Change:
    """What changes: numbered rows with their load's number, loads that go, and the periods that either has to do with.

    `newest` says that the rows are of one load, known later than all that are held. `everything` says that the version in
    the making is empty, and takes over the other periods too.
    """

    rows: pl.DataFrame
    dropped: Sequence[int]
    periods: Sequence[date]
    newest: bool
    everything: bool


def attach_held(connection: duckdb.DuckDBPyConnection, before: Path | None) -> None:
    """Make a version readable as `held`, beside the one in the making; before the first one, an empty one."""
    if before is not None:
        connection.execute("attach ? as held (read_only)", [str(before)])
        return
    own = connection.execute("select current_database()").fetchall()[0][0]
    connection.execute("attach ':memory:' as held; use held")
    migrate(connection)
    connection.execute(f'use "{own}"')


def lay(connection: duckdb.DuckDBPyConnection, change: Change) -> dict[int, Verdict]:
    """Write the periods of the change anew, from what the attached version `held` holds of them and the rows.

    The tables `place`, `indicator` and `load` must be complete. Returns for each load that brought rows how many of them
    were new, unchanged and revised, against what was known on its day.
    """
    connection.execute("create temp table touched as select unnest($periods::date[]) as period", {"periods": list(change.periods)})
    among = "" if change.everything else " where period in (from touched)"
    for table in ("observation", "revision"):
        connection.execute(f"create temp view held_{table} as select * from held.{table}{among}")  # noqa: S608 - our own names
        connection.execute(f"delete from {table}{among}")  # noqa: S608 - our own names
    if _first(connection, change):
        return {change.rows["load"][0]: (change.rows.height, 0, 0)}
    connection.register("incoming", change.rows.to_arrow())
    return (_newest if change.newest else _rethought)(connection, change)


def _first(connection: duckdb.DuckDBPyConnection, change: Change) -> bool:
    """The quick way of a load whose periods nobody has brought before, its rows in order: they are written as they come.

    What is the same in all rows, or missing from all, is said once and not once for each. Returns whether it was this way's load.
    """
    rows = change.rows
    if not change.newest or rows.is_empty() or connection.execute("from held_observation limit 1").fetchall() or not ascending(rows):
        return False
    alike = {part: str(found[0]) for part in ("load", "segment") if len(found := rows[part].unique()) == 1}
    connection.register(
        "incoming", rows.select(part for part in rows if part.name not in alike and part.null_count() < rows.height).to_arrow()
    )
    constant = ", ".join(f"${part} as {part}" for part in alike)
    connection.execute(f"insert into observation by name select *, {constant}, $load as confirmed from incoming", alike)  # noqa: S608 - our names
    return True


def _newest(connection: duckdb.DuckDBPyConnection, change: Change) -> dict[int, Verdict]:
    connection.execute(MET)
    connection.execute(MET_OBSERVATIONS)
    connection.execute(MET_REVISIONS)
    counts = connection.execute(MET_VERDICT).fetchall()[0]
    return dict.fromkeys(_brought(change.rows), counts)


def _rethought(connection: duckdb.DuckDBPyConnection, change: Change) -> dict[int, Verdict]:
    told = {"dropped": list(change.dropped)}
    connection.execute(AGAIN, told)
    connection.execute(STACK, told)
    connection.execute(RUNS)
    connection.execute(OBSERVATIONS)
    connection.execute(REVISIONS)
    judged = {load: counts for load, *counts in connection.execute(VERDICTS).fetchall()}
    return {load: _with_new(count, *judged.get(load, (0, 0, 0))) for load, count in _brought(change.rows).items()}


def _brought(rows: pl.DataFrame) -> dict[int, int]:
    return dict(rows["load"].value_counts().iter_rows())


def _with_new(count: int, new: int, unchanged: int, revised: int) -> Verdict:
    """What was not thought through again was not held, and so is new."""
    return new + count - (new + unchanged + revised), unchanged, revised


# Each incoming row beside the value in force that it meets.
MET = """
create temp table met as
select incoming.*, kept.load as first, row(incoming.value, incoming.numerator, incoming.denominator, incoming.flag)
    is not distinct from row(kept.value, kept.numerator, kept.denominator, kept.flag) as agrees
from incoming left join held_observation as kept using (period, indicator, place, segment)
"""
MET_OBSERVATIONS = """
insert into observation by name
select * from held_observation anti join met using (period, indicator, place, segment)
union all by name
select * exclude (first, agrees, load), case when first is not null and agrees then first else load end as load, load as confirmed from met
order by period, indicator, place, segment
"""
MET_REVISIONS = """
insert into revision by name
select * from held_revision
union all by name
select kept.*, met.load as until from held_observation as kept join met using (period, indicator, place, segment) where not met.agrees
order by period, indicator, place, segment, load
"""
MET_VERDICT = """
select count(*) filter (where first is null), count(*) filter (where first is not null and agrees),
    count(*) filter (where first is not null and not agrees)
from met
"""

# Only these series and periods are thought through again; all other rows are taken as they are.
AGAIN = """
create temp table again as
select period, indicator, place, segment from incoming semi join held_observation using (period, indicator, place, segment)
union
select period, indicator, place, segment from incoming group by all having count(*) > 1
union
select period, indicator, place, segment from held_observation
where list_contains($dropped, load) or list_contains($dropped, confirmed)
union
select period, indicator, place, segment from held_revision
where list_contains($dropped, load) or list_contains($dropped, confirmed)
"""

# A held row speaks twice where it was confirmed: on the day it became known, and on the day it was last confirmed.
STACK = """
create temp table stack as
with held_rows as (
    select * from held_observation semi join again using (period, indicator, place, segment)
    union all by name
    select * exclude until from held_revision semi join again using (period, indicator, place, segment)
)
select *, true as arriving from incoming semi join again using (period, indicator, place, segment)
union all by name
select * exclude confirmed, false as arriving from held_rows where not list_contains($dropped, load)
union all by name
select * exclude load rename (confirmed as load), false as arriving from held_rows
where confirmed <> load and not list_contains($dropped, confirmed)
"""

# A run is a stretch of loads, in the order of knowing, that all said the same.
RUNS = """
create temp table judged as
select stack.*, row(value, numerator, denominator, flag) as said, row_number() over known as turn,
    turn = 1 or said is distinct from lag(said) over known as starts
from stack join load as l on l.number = stack.load
window known as (partition by period, indicator, place, segment order by l.known_on, l.number);

create temp table runs as
with numbered as (
    select *, count(*) filter (where starts) over (partition by period, indicator, place, segment order by turn) as run
    from judged
),
told as (
    select period, indicator, place, segment, run, any_value(value) as value, any_value(numerator) as numerator,
        any_value(denominator) as denominator, any_value(flag) as flag, min_by(load, turn) as load, max_by(load, turn) as confirmed
    from numbered group by period, indicator, place, segment, run
)
select * exclude run, lead(load) over (partition by period, indicator, place, segment order by run) as until from told
"""

OBSERVATIONS = """
insert into observation by name
select * from held_observation anti join again using (period, indicator, place, segment)
union all by name
select *, load as confirmed from incoming anti join again using (period, indicator, place, segment)
union all by name
select * exclude until from runs where until is null
order by period, indicator, place, segment
"""

REVISIONS = """
insert into revision by name
select * from held_revision anti join again using (period, indicator, place, segment)
union all by name
select * from runs where until is not null
order by period, indicator, place, segment, load
"""

VERDICTS = """
select load, count(*) filter (where turn = 1), count(*) filter (where not starts), count(*) filter (where starts and turn > 1)
from judged where arriving group by load
"""
