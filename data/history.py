"""Which value was in force when: new loads are laid over what is held, and each value keeps its place in time.

All loads stand in the order of the day they became known, and of their number within a day. A file that is registered
late, with an older `known_on`, therefore takes its place in the past: it shows in what was known then, and never
overrides a value that a newer file brought or confirmed. The same value brought again does not make a new one: the row
keeps the load that brought it first, and `confirmed` names the last that agreed.
"""

from pathlib import Path

import duckdb
import polars as pl

from data.schema import migrate

Verdict = tuple[int, int, int]
"""How many rows of a load were new, unchanged, revised."""


def attach_held(connection: duckdb.DuckDBPyConnection, before: Path | None) -> None:
    """Make a version readable as `held`, beside the one in the making; before the first one, an empty one."""
    if before is not None:
        connection.execute("attach ? as held (read_only)", [str(before)])
        return
    own = connection.execute("select current_database()").fetchall()[0][0]
    connection.execute("attach ':memory:' as held; use held")
    migrate(connection)
    connection.execute(f'use "{own}"')


def lay(connection: duckdb.DuckDBPyConnection, rows: pl.DataFrame, dropped: list[int]) -> dict[int, Verdict]:
    """Fill `observation` and `revision` with what the attached version `held` holds, the rows, and without the dropped loads.

    The tables `place`, `indicator` and `load` must be complete. Rows name places and indicators by code, and their load by
    number. Returns for each load how many of its rows were new, unchanged and revised, against what was known on its day.
    """
    connection.register("rows", rows.to_arrow())
    connection.execute(INCOMING)
    connection.unregister("rows")
    connection.execute(TOUCHED, {"dropped": dropped})
    connection.execute(STACK, {"dropped": dropped})
    connection.execute(RUNS)
    connection.execute(OBSERVATIONS)
    connection.execute(REVISIONS)
    verdicts = connection.execute(VERDICTS).fetchall()
    for table in ("incoming", "touched", "stack", "judged", "runs"):
        connection.execute(f"drop table {table}")
    return {load: (new, unchanged, revised) for load, new, unchanged, revised in verdicts}


INCOMING = """
create temp table incoming as
select rows.period, i.id as indicator, p.id as place, rows.segment,
    rows.value, rows.numerator, rows.denominator, rows.flag, rows.load
from rows join indicator as i on i.code = rows.indicator join place as p on p.code = rows.place
"""

# Only these series and periods are thought through again; all other rows are copied as they lie.
TOUCHED = """
create temp table touched as
select period, indicator, place, segment from incoming
union
select period, indicator, place, segment from held.observation
where list_contains($dropped, load) or list_contains($dropped, confirmed)
union
select period, indicator, place, segment from held.revision
where list_contains($dropped, load) or list_contains($dropped, confirmed)
"""

# A held row speaks twice where it was confirmed: on the day it became known, and on the day it was last confirmed.
STACK = """
create temp table stack as
with held_rows as (
    select * from held.observation semi join touched using (period, indicator, place, segment)
    union all by name
    select * exclude until from held.revision semi join touched using (period, indicator, place, segment)
)
select *, true as arriving from incoming
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
select * from held.observation anti join touched using (period, indicator, place, segment)
union all by name
select * exclude until from runs where until is null
order by period, indicator, place, segment
"""

REVISIONS = """
insert into revision by name
select * from held.revision anti join touched using (period, indicator, place, segment)
union all by name
select * from runs where until is not null
order by period, indicator, place, segment, load
"""

VERDICTS = """
select load, count(*) filter (where turn = 1), count(*) filter (where not starts), count(*) filter (where starts and turn > 1)
from judged where arriving group by load
"""
