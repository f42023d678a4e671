"""The same roll-up gives the same rows in DuckDB and on Spark Connect: Sail answers here, in this process, without Java."""

import json
import random
import sys
import warnings
from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest

from data import definitions
from data.__main__ import main
from data.home import Home
from data.problems import NotPossibleNow, Refused
from data.rollup import Asked, compute, in_duckdb, on_spark
from data.rollup.event_files import find, grouped
from data.rollup.reading import Rollup, read
from data.rollup.statement import FUNCTIONS
from tests.real_rollups import beijing_home, boston_home, madrid_home
from tests.rollup_town import REQUESTS, SENSORS, drawn_readings, town, town_with_events, write_sensors

CLOSE = 1e-6
"""Relative: engines add floats in different orders."""


@pytest.fixture(scope="module")
def sail() -> Iterator[str]:
    """A Spark Connect server on a free port of this machine, one for all tests of this file."""
    # A worker of pytest-xdist was started from no file, which PySpark takes for its own doctests, and exits.
    main_module = sys.modules["__main__"]
    if not hasattr(main_module, "__file__"):
        main_module.__file__ = __file__
    with warnings.catch_warnings():
        # PySpark warns of pandas 3, which is not used: results come as Arrow.
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
        from pysail.spark import SparkConnectServer

        server = SparkConnectServer("127.0.0.1", 0)
        server.start(background=True)
    address = server.listening_address
    assert address is not None
    host, port = address
    yield f"sc://{host}:{port}"
    server.stop()


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return town_with_events(tmp_path_factory.mktemp("town") / "home", seed=7)


def rollup_of(home: Home, name: str) -> Rollup:
    return read(name, home, definitions.load(home))


def in_both(home: Home, rollup: Rollup, sail: str, other_sql: str | None = None) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of DuckDB and of the cluster; the cluster may be given another SQL."""
    ours = in_duckdb.run(rollup, grouped(rollup, find(rollup, home, None), home), None, home.store, quiet=True)
    path = home.folder / (rollup.declaration.events.path or "")
    other = (
        rollup if other_sql is None else Rollup(rollup.name, rollup.declaration, rollup.document, other_sql, "other.sql", rollup.parameters)
    )
    return ours, on_spark.run(other, sail, on_spark.event_path(other, str(path)), None)


def differences(one: pl.DataFrame, other: pl.DataFrame) -> list[str]:
    """The rows that only one has, and the cells that are not equal; floats may differ by CLOSE."""
    numbers = ["value", "numerator", "denominator"]
    frames = [_same_shape(frame, one.columns, numbers) for frame in (one, other)]
    key = [name for name in one.columns if name not in (*numbers, "flag")]
    joined = frames[0].join(frames[1], on=key, how="full", nulls_equal=True, suffix=" there")
    alone = pl.col("place").is_null() | pl.col("place there").is_null()
    unequal = [(pl.col(name) - pl.col(f"{name} there")).abs() > CLOSE * pl.col(name).abs() for name in numbers if name in one.columns]
    missing = [pl.col(name).is_null() != pl.col(f"{name} there").is_null() for name in numbers if name in one.columns]
    flags = [pl.col("flag").ne_missing(pl.col("flag there"))] if "flag" in one.columns else []
    return [str(row) for row in joined.filter(pl.any_horizontal(alone, *unequal, *missing, *flags)).iter_rows()]


def _same_shape(frame: pl.DataFrame, columns: list[str], numbers: list[str]) -> pl.DataFrame:
    """Engines name the same types otherwise: a period is a day, a number a float."""
    floats = [pl.col(name).cast(pl.Float64) for name in numbers if name in columns]
    return frame.select(columns).with_columns(pl.col("period").cast(pl.Date), *floats)


@pytest.mark.parametrize("name", ["requests", "sensors", "payments"])
def test_a_roll_up_that_comes_with_the_program_gives_the_same_rows(events, sail, name):
    ours, theirs = in_both(events, rollup_of(events, name), sail)
    assert ours.height >= 12
    assert differences(ours, theirs) == []


@pytest.mark.parametrize(
    ("name", "change"),
    {
        "the 89th percentile instead of the 90th": ("requests", ("percentile_cont(0.9)", "percentile_cont(0.89)")),
        "a boundary that is left out": ("requests", ("e.closed_at <= e.due_at", "e.closed_at < e.due_at + interval 1 day")),
        "the mean of the readings, not of the hours": ("sensors", ("date_trunc('hour', measured_at)", "measured_at")),
        "a millionth more": ("payments", ("100.0 * obligations", "100.0002 * obligations")),
    }.values(),
    ids=lambda value: value if isinstance(value, str) else value[1],
)
def test_another_sql_is_told_apart(events, sail, name, change):
    rollup = rollup_of(events, name)
    assert change[0] in rollup.sql
    ours, theirs = in_both(events, rollup, sail, other_sql=rollup.sql.replace(*change))
    assert differences(ours, theirs)


EXPRESSIONS = {
    "avg": "avg(x)",
    "count": "count(text)",
    "count of all": "count(*)",
    "count of different": "count(distinct text)",
    "max and min": "max(x) - min(x)",
    "sum": "sum(x)",
    "filtered aggregate": "count(*) filter (where x > 1)",
    "percentile": "percentile_cont(0.37) within group (order by x)",
    "percentile from above": "percentile_cont(0.1) within group (order by x desc)",
    "percentile of a quotient": "percentile_cont(0.5) within group (order by n / 7.0)",
    "nullif": "sum(nullif(n, 3))",
    "coalesce": "sum(coalesce(x, 1.5))",
    "case": "sum(case when text like 'a%' then 1 when text not like 'b%' then 2 else 3 end)",
    "date_diff": "sum(date_diff('day', moment, later) + date_diff('hour', moment, later) + date_diff('month', moment, later))",
    "date_diff of seconds": "sum(date_diff('second', moment, later) + date_diff('minute', moment, later))",
    "date_diff of longer units": "sum(date_diff('quarter', moment, later) + date_diff('year', moment, later))",
    "date_diff of days": "sum(date_diff('day', cast(moment as date), cast(later as date)) + date_diff('day', cast(moment as date), later))",
    "date_part": "sum(extract(year from moment) + extract(month from moment) + date_part('day', moment) + extract(hour from moment))",
    "date_part of smaller units": "sum(extract(minute from moment) + extract(quarter from moment))",
    "date_trunc": "sum(date_diff('day', date_trunc('quarter', moment), date_trunc('week', later)))",
    "date_trunc of smaller units": "sum(date_diff('minute', date_trunc('hour', moment), date_trunc('minute', later)))",
    "date_trunc of longer units": "sum(date_diff('day', date_trunc('year', moment), date_trunc('month', later)))",
    "last_day": "sum(extract(day from last_day(moment)))",
    "abs": "sum(abs(x - 2))",
    "ceil and floor": "sum(ceil(x) + floor(x))",
    "greatest and least": "sum(greatest(x, 2.0) + least(x, 2.0))",
    "greatest beside nothing": "sum(greatest(x, 2.0) - least(2.0, x))",
    "round": "sum(round(x, 1))",
    "division of whole numbers": "sum(n / 4)",
    "division of decimals": "sum(1.0 * n / 7.3)",
    "remainder": "sum(n % 3)",
    "concat": "max(concat(text, '-', text))",
    "put together": "max(text || '-' || text)",
    "contains": "sum(case when contains(text, 'b') then 1 else 0 end)",
    "starts_with": "sum(case when starts_with(text, 'b') then 1 else 0 end)",
    "length": "sum(length(text))",
    "lower and upper": "max(lower(upper(text)))",
    "replace": "max(replace(text, 'a', 'z'))",
    "substring": "max(substring(text, 2, 1))",
    "trim": "max(trim(text))",
    "cast to text": "max(cast(n as varchar))",
    "cast to a whole number": "sum(cast(cast(n as varchar) as bigint))",
    "cast to a date": "sum(date_diff('day', cast(moment as date), cast(later as date)))",
    "between and in": "sum(case when n between 2 and 4 or text in ('ab', 'ba') then 1 else 0 end)",
}
WINDOWS = ["dense_rank()", "rank()", "row_number()", "first_value(total)", "last_value(total)", "lag(total)", "lead(total)"]
GROUPED = """
select 'town' as place, 'received' as indicator, kind as segment, date '2026-01-01' as period, {expression} as value
from events group by kind
"""
TEXTS = """
select 'town' as place, 'received' as indicator, {expression} as segment, date '2026-01-01' as period, 1.0 as value
from events group by kind
"""
WINDOWED = """
with totals as (select kind, n, sum(x) as total from events group by kind, n)
select 'town' as place, 'received' as indicator, kind || coalesce(cast(n as varchar), '-') as segment, date '2026-01-01' as period,
    cast({expression} over (partition by kind order by n) as double) as value
from totals
"""


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Events with gaps in every column, and a roll-up that reads them all."""
    names = {"kind": "text", "text": "text", "n": "integer", "x": "number", "moment": "timestamp", "later": "timestamp"}
    probe = {
        "name": "Probe",
        "events": {"path": "events.csv", "format": "csv"},
        "columns": {name: {"column": name, "type": kind} for name, kind in names.items()},
        "indicators": {"received": "received"},
    }
    home = town(tmp_path_factory.mktemp("few") / "home", {"probe": probe}, {"probe": GROUPED.format(expression="count(*)")})
    rows = ["kind,text,n,x,moment,later"]
    for i in range(60):
        cells = [
            f"k{i % 3}",
            ["ab", "ba", " bb ", ""][i % 4],
            str(i % 6),
            str(round(i * 1.37 % 5, 3)),
            f"2025-{1 + i % 12:02}-{1 + i % 28:02} 10:05:0{i % 10}",
        ]
        rows.append(
            ",".join("" if (i + j) % 11 == 0 and j > 1 else cell for j, cell in enumerate([*cells, f"2026-02-{1 + i % 28:02} 09:00:00"]))
        )
    (home.folder / "events.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return home


def same(home: Home, sail: str, sql: str) -> list[str]:
    (home.rollups / "probe.sql").write_text(sql, encoding="utf-8")
    ours, theirs = in_both(home, rollup_of(home, "probe"), sail)
    assert ours["value"].null_count() < ours.height  # nothing equals nothing, which would prove nothing
    return differences(ours, theirs)


@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_the_subset_means_the_same(few, sail, expression):
    texts = ("max(concat", "max(text", "max(lower", "max(replace", "max(sub", "max(trim", "max(cast")
    assert same(few, sail, (TEXTS if expression.startswith(texts) else GROUPED).format(expression=expression)) == []


@pytest.mark.parametrize("expression", WINDOWS)
def test_the_windows_mean_the_same(few, sail, expression):
    assert same(few, sail, WINDOWED.format(expression=expression)) == []


def test_every_function_of_the_subset_is_compared():
    compared = " ".join([*EXPRESSIONS.values(), *WINDOWS])
    named = {"quantile_cont": "percentile_cont", "count_star": "count(*)", "~~": " like ", "!~~": "not like"}
    assert [name for names in FUNCTIONS.values() for name in names.split() if named.get(name, name) not in compared] == []


def test_the_command_loads_what_the_cluster_computed(tmp_path, sail, monkeypatch, capsys):
    home = town_with_events(tmp_path / "home", seed=11)
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    path = str(home.folder / "data/incoming/sensors")
    assert main(["rollup", "sensors", "--engine", sail, "--source-path", path, "--since", "2025-12", "--until", "2026-01", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["engine"], told["files"], told["rows_read"], told["rows_loaded"], told["problems"]) == (sail, [path], 6, 6, [])
    assert main(["rollup", "sensors", "--json"]) == 0  # the same files in DuckDB: two more months, and nothing that differs
    told = json.loads(capsys.readouterr().out)
    assert (told["rows_loaded"], told["rows_revised"], told["rows_unchanged"]) == (6, 0, 6)


def test_a_cluster_computes_the_months_asked_for(events, sail):
    known = definitions.load(events)
    path = str(events.folder / "data/incoming/sensors")
    asked = (Asked(engine, path, since=date(2025, 12, 1), until=date(2026, 1, 31)) for engine in ("duckdb", sail))
    ours, theirs = (compute(rollup_of(events, "sensors"), events, known, one).rows for one in asked)
    assert ours.height == 6
    assert differences(ours, theirs) == []


@pytest.mark.parametrize("zone", ["America/Bogota", "Pacific/Auckland"])
def test_moments_with_a_time_zone_are_counted_by_the_same_clock(tmp_path, sail, zone):
    told = {**SENSORS, "events": {**SENSORS["events"], "time_zone": zone}}
    home = town(tmp_path / "home", {"sensors": told})
    write_sensors(home, drawn_readings(random.Random(5)).with_columns(pl.col("at").dt.replace_time_zone("UTC")))
    ours, theirs = in_both(home, rollup_of(home, "sensors"), sail)
    assert ours["period"].n_unique() == 5  # the first or the last hours lie in another month by that clock
    assert differences(ours, theirs) == []


def test_moments_with_a_time_zone_are_asked_about_on_a_cluster_too(tmp_path, sail):
    home = town(tmp_path / "home")
    write_sensors(home, drawn_readings(random.Random(5)).with_columns(pl.col("at").dt.replace_time_zone("UTC")))
    with pytest.raises(Refused, match="'at' holds moments with a time zone; declare the place's own: `time_zone:` under `events`"):
        on_the_cluster(home, sail)


def on_the_cluster(home: Home, sail: str) -> pl.DataFrame:
    return on_spark.run(rollup_of(home, "sensors"), sail, str(home.folder / "data/incoming/sensors"), None)


def told_by_the_cluster(home: Home, sail: str, csv: str) -> str:
    (home.folder / "broken.csv").write_text(csv, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        on_spark.run(rollup_of(home, "requests"), sail, str(home.folder / "broken.csv"), None)
    return str(refused.value)


HEADER = "distrito;entrada;plazo;cierre;a tiempo\n"


@pytest.mark.parametrize(
    ("csv", "said"),
    {
        "a day that is none": (HEADER + "Puerto;2025-13-01;;;\n", "the cluster refuses it"),
        "a word that is neither yes nor no": (HEADER + "Puerto;2025-11-01;;;quizás\n", "neither yes nor no: quizás"),
        "a day in another format": (HEADER + "Puerto;2025-11-01;2025-11-02;;\n", "the cluster refuses it"),
        "a column that is missing": (
            "distrito;entrada;plazo;cierre\n",
            "requests.yaml:22: columns.on_time.column: the cluster finds no column 'a tiempo'",
        ),
    }.values(),
    ids=lambda value: value[:50],
)
def test_what_is_wrong_with_the_events_is_refused_on_a_cluster_too(events, sail, csv, said):
    assert said in told_by_the_cluster(events, sail, csv)


def test_a_path_that_the_cluster_does_not_have_is_refused(events, sail):
    with pytest.raises(Refused, match="nowhere"):
        on_spark.run(rollup_of(events, "sensors"), sail, str(events.folder / "nowhere"), None)


def test_a_cluster_that_does_not_answer_is_not_waited_for(events):
    with pytest.raises(NotPossibleNow, match=r"nothing answers at sc://127\.0\.0\.1:1 .*; start the cluster"):
        on_spark.run(rollup_of(events, "sensors"), "sc://127.0.0.1:1", "/events", None)


@pytest.mark.parametrize("package", ["sqlglot", "pyspark.sql"])
def test_without_the_packages_one_line_says_how_to_install_them(events, sail, monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(NotPossibleNow) as told:
        on_spark.run(rollup_of(events, "sensors"), sail, "/events", None)
    assert str(told.value) == "this engine needs two more packages: pip install -r requirements-scale.lock"


@pytest.mark.parametrize("path", [None, "data/incoming/requests"])
def test_a_path_from_the_home_says_nothing_to_a_cluster(events, path):
    with pytest.raises(Refused, match=r"requests.yaml:3: events.path: the cluster cannot know where data/incoming/requests is"):
        on_spark.event_path(rollup_of(events, "requests"), path)


def test_a_cluster_is_not_given_csv_that_it_would_misread(tmp_path):
    told = {**REQUESTS, "events": {**REQUESTS["events"], "encoding": "latin-1"}}
    home = town(tmp_path / "home", {"requests": told})
    with pytest.raises(Refused, match="on a cluster CSV is read as UTF-8 only; write the events as Parquet"):
        on_spark.event_path(rollup_of(home, "requests"), "/events")


@pytest.mark.parametrize("engine", ["spark", "sc://host:15002/;token=abc", "sc://user@host", "http://host"])
def test_an_address_holds_no_secret(engine, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["rollup", "sensors", "--engine", engine])
    assert stopped.value.code == 2
    assert "a token goes into MANDATO_SPARK_PARAMETERS" in capsys.readouterr().err


def test_real_requests_and_budgets_give_the_same_rows(tmp_path, shared, sail):
    for make, name in ((boston_home, "requests"), (boston_home, "half_year"), (madrid_home, "payments")):
        home = make(tmp_path / name, shared)
        ours, theirs = in_both(home, rollup_of(home, name), sail)
        assert differences(ours, theirs) == []


def test_five_million_real_readings_give_the_same_rows(tmp_path, shared, sail):
    home = beijing_home(tmp_path / "home", shared)
    ours, theirs = in_both(home, rollup_of(home, "sensors"), sail)
    assert ours.height == 12 * 12 * 48
    assert differences(ours, theirs) == []
