"""Files of events are read as declared, whole or not at all: every cell that is otherwise is named with its file and line."""

from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from filelock import FileLock

from data import definitions
from data.home import Home
from data.problems import NotPossibleNow, Refused
from data.rollup import Asked, compute, in_duckdb
from data.rollup.event_files import find, grouped
from data.rollup.reading import read
from tests.rollup_town import town

TYPES = {"name": "text", "n": "integer", "x": "number", "yes": "boolean", "day": "date", "moment": "timestamp"}
LISTED = """
select 'town' as place, 'received' as indicator, day as period, x as value,
    name || ',' || cast(n as varchar) || ',' || case when yes then 'yes' else 'no' end || ',' || cast(moment as varchar) as segment
from events
"""
COUNTED = "select 'town' as place, 'received' as indicator, '2026-01' as period, count(*) as value{more} from events"
DECLARED: dict[str, Any] = {
    "name": "Probe",
    "events": {"path": "events", "format": "csv"},
    "columns": {
        **{name: {"column": name, "type": kind} for name, kind in TYPES.items()},
        "yes": {"column": "yes", "type": "boolean", "true": ["sí", "x"], "false": ["no"]},
    },
    "indicators": {"received": "received"},
}
HEADER = "name,n,x,yes,day,moment\n"
GOOD = "a,1,2.5,sí,2026-01-31,2026-01-31 10:05:00\n"


def probe(folder: Path, text: str | bytes = HEADER + GOOD, sql: str = LISTED, **changes: Any) -> Home:
    """A home whose folder `events` holds one file. Changes are of paths such as events__decimal."""
    told = deepcopy(DECLARED)
    for path, value in changes.items():
        *way, last = path.split("__")
        inner = told
        for part in way:
            inner = inner[part]
        inner[last] = value
    home = town(folder / "home", {"probe": told}, {"probe": sql})
    (home.folder / "events").mkdir()
    (home.folder / "events" / "june.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return home


def computed(home: Home, source_path: str | None = None, memory: str = in_duckdb.MEMORY) -> list[tuple]:
    """The rows of the SQL."""
    rollup = read("probe", home, definitions.load(home))
    groups = grouped(rollup, find(rollup, home, source_path), home)
    return in_duckdb.run(rollup, groups, None, home.store, quiet=True, memory=memory).rows()


def said(home: Home) -> list[str]:
    """The problems, their files without the home's folder."""
    with pytest.raises(Refused) as refused:
        computed(home)
    return [str(problem).replace(f"{home.folder}/", "") for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("text", "changes"),
    {
        "as it is declared": (HEADER + GOOD, {}),
        "with lines of Windows and a byte order mark": ("\ufeff" + (HEADER + GOOD).replace("\n", "\r\n"), {}),
        "in Latin-1": ((HEADER + GOOD).encode("latin-1"), {"events__encoding": "latin-1"}),
        "in UTF-16": ((HEADER + GOOD).encode("utf-16"), {"events__encoding": "utf-16"}),
        "with tabs": ((HEADER + GOOD).replace(",", "\t"), {"events__delimiter": "\t"}),
        "with a decimal comma": (
            (HEADER + GOOD).replace(",", ";").replace("2.5", "2,5"),
            {"events__delimiter": ";", "events__decimal": ",", "events__thousands": "."},
        ),
        "with its columns in another order": ("moment,day,yes,x,n,name\n2026-01-31 10:05:00,2026-01-31,sí,2.5,1,a\n", {}),
        "with columns that nobody asked for": ("extra," + HEADER + ',"1\n2 ""3"""'.strip(",") + "," + GOOD, {}),
        "with days written as here": (
            (HEADER + GOOD).replace("2026-01-31 10:05:00", "31/01/26 10.05").replace("2026-01-31", "31.1.2026"),
            {
                "columns__day": {"column": "day", "type": "date", "format": "%d.%m.%Y"},
                "columns__moment": {"column": "moment", "type": "timestamp", "format": "%d/%m/%y %H.%M"},
            },
        ),
    }.values(),
    ids=lambda value: None,
)
def test_a_file_is_read(tmp_path, text, changes):
    [row] = computed(probe(tmp_path, text, **changes))
    assert (row[2].isoformat()[:10], row[3], row[4]) == ("2026-01-31", 2.5, "a,1,yes,2026-01-31 10:05:00")


def test_what_is_empty_or_stands_for_nothing_is_missing(tmp_path):
    text = HEADER + "-,,-,,,-\n" + 'a,"","-",,"",\n'
    sql = COUNTED.format(more=", count(n) + count(x) + count(yes) + count(day) + count(moment) as numerator, count(name) as denominator")
    assert computed(probe(tmp_path, text, sql, events__nulls=["-"]))[0][3:] == (2, 0, 1)


def test_a_column_that_the_files_do_not_have_can_be_declared_empty(tmp_path):
    home = probe(tmp_path, HEADER + GOOD, COUNTED.format(more=", count(yes) as numerator"), columns__yes={"type": "boolean"})
    assert computed(home)[0][3:] == (1, 0)


BROKEN = {
    "a number that is none": ("a,1,dos,sí,,\n", "june.csv:3: x: 'dos' is not a number; write it with the declared decimal mark"),
    "a decimal comma that is not declared": ('a,1,"2,5",sí,,\n', "june.csv:3: x: '2,5' is not a number"),
    "a whole number with a fraction": ("a,1.5x,2,sí,,\n", "june.csv:3: n: '1.5x' is not a integer"),
    "a day that is none": ("a,1,2,sí,2026-02-30,\n", "june.csv:3: day: '2026-02-30' is not a date; write it as 2026-01-31, or declare"),
    "a day in the order of another country": ("a,1,2,sí,01/02/2026,\n", "june.csv:3: day: '01/02/2026' is not a date"),
    "a moment that is none": ("a,1,2,sí,,soon\n", "june.csv:3: moment: 'soon' is not a timestamp; write it as 2026-01-31 14:30:00"),
    "a word that nobody declared": ("a,1,2,yes,,\n", "june.csv:3: yes: 'yes' is not a boolean; write one of the declared words"),
    "a row with too few cells": ("a,1\n", "june.csv:3: cannot be read: Expected Number of Columns: 6 Found: 2"),
    "a row with too many cells": ("a,1,2,sí,,,3,4\n", "june.csv:3: cannot be read: Expected Number of Columns: 6 Found: 7"),
    "a quote that never ends": ('"a,1,2,sí,,\n', "june.csv:3: cannot be read: "),
}


@pytest.mark.parametrize(("row", "expected"), BROKEN.values(), ids=BROKEN)
def test_a_cell_that_is_otherwise_is_refused(tmp_path, row, expected):
    found = said(probe(tmp_path, HEADER + GOOD + row))
    assert len(found) == 1
    assert found[0].startswith("events/" + expected)


def test_all_cells_are_told_and_lines_are_those_of_an_editor(tmp_path):
    text = HEADER + '"two\nlines",1,2,sí,,\n' + "a,one,2,sí,,\n" + "\n" + "a,1,two,quizás,,\n"
    assert [problem.split(";")[0] for problem in said(probe(tmp_path, text))] == [
        "events/june.csv:4: n: 'one' is not a integer",
        "events/june.csv:6: x: 'two' is not a number",
        "events/june.csv:6: yes: 'quizás' is not a boolean",
    ]


def test_a_format_that_a_cell_does_not_have(tmp_path):
    home = probe(tmp_path, columns__day={"column": "day", "type": "date", "format": "%d/%m/%Y"})
    assert said(home) == [
        "events/june.csv:2: day: '2026-01-31' is not written as %d/%m/%Y; write it as 2026-01-31, or declare the column's `format`"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "a column is missing": (
            "name,n,x,yes,day\n",
            "events/june.csv:1: moment: there is no column 'moment'; the file has name, n, x, yes, day; correct line 27 of ",
        ),
        "nothing is in it": ("", "events/june.csv:1: name: there is no column 'name'"),
        "other letters": (
            "name,n,x,yes,day,añada\n".encode("latin-1"),
            "events/june.csv:1: moment: there is no column 'moment'; the file has name, n, x, yes, day, a",
        ),
    }.values(),
    ids=lambda value: None,
)
def test_a_header_that_is_otherwise_is_refused(tmp_path, text, expected):
    assert said(probe(tmp_path, text))[0].startswith(expected)


def test_letters_that_are_not_as_declared_are_refused_further_down_too(tmp_path):
    assert said(probe(tmp_path, (HEADER + GOOD).encode() + "ñ,1,2,sí,,\n".encode("latin-1")))[0].startswith(
        "events/june.csv:3: cannot be read"
    )


def test_a_folder_is_read_whole_whatever_the_order_of_columns_in_its_files(tmp_path):
    home = probe(tmp_path, sql=COUNTED.format(more=", sum(n) as numerator, sum(x) as denominator"))
    folder = home.folder / "events"
    (folder / "year=2026").mkdir()
    (folder / "year=2026" / "july.csv").write_text("x,n,name,yes,day,moment\n10,20,b,no,,\n", encoding="utf-8")
    (folder / "_SUCCESS").write_text("", encoding="utf-8")
    (folder / ".june.csv").write_text("half a file", encoding="utf-8")
    (folder / "notes.md").write_text("not events", encoding="utf-8")
    assert computed(home)[0][3:] == (2, 21, 12.5)


def test_what_folders_say_is_a_column(tmp_path):
    home = probe(tmp_path, sql=COUNTED.format(more=", max(length(name)) as numerator"), columns__name={"column": "district"})
    (home.folder / "events" / "june.csv").unlink()
    for district in ("Puerto", "Casco viejo"):
        path = home.folder / "events" / f"district={district}" / "june.csv"
        path.parent.mkdir()
        path.write_text(HEADER + GOOD, encoding="utf-8")
    assert computed(home)[0][3:] == (2, len("Casco viejo"))


def test_where_the_events_are_must_be_said_and_be_there(tmp_path):
    home = probe(tmp_path)
    assert computed(home, str(home.folder / "events" / "june.csv")) == computed(home)
    for path, message in {
        "nowhere": "there is no file or folder nowhere; put the events there",
        str(home.rollups): "holds no file of events",
    }.items():
        with pytest.raises(Refused, match=message):
            computed(home, path)
    (home.folder / "events" / "a[1].csv").write_text(HEADER, encoding="utf-8")
    assert said(home) == ["events/a[1].csv: the name holds one of * ? [, which stand for other files; rename it"]


def test_events_without_a_path_ask_for_one(tmp_path):
    home = probe(tmp_path, events={"format": "csv"})
    assert said(home) == [
        "data/rollups/probe.yaml:3: events: it is not said where the events are; write `path:` here, or give --source-path"
    ]


def parquet(folder: Path, declared: dict[str, Any] | None = None, **columns: Any) -> Home:
    home = probe(folder, events__format="parquet", events__path="june.parquet", **(declared or {}))
    row = {"name": "a", "n": 1, "x": 2.5, "yes": True, "day": datetime(2026, 1, 31).date(), "moment": datetime(2026, 1, 31, 10, 5)}
    pl.DataFrame({name: [value] for name, value in {**row, **columns}.items()}).write_parquet(home.folder / "june.parquet")
    return home


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"n": "1", "x": "2.5", "yes": "sí", "day": "2026-01-31", "moment": "2026-01-31 10:05:00"},
        {"name": 7},
        {"day": datetime(2026, 1, 31, 5)},
    ],
    ids=["its own types", "texts", "a number for a name", "a moment for a day"],
)
def test_parquet_is_read(tmp_path, columns):
    [row] = computed(parquet(tmp_path, **columns))
    assert (row[2].isoformat()[:10], row[3]) == ("2026-01-31", 2.5)
    assert row[4] in ("a,1,yes,2026-01-31 10:05:00", "7,1,yes,2026-01-31 10:05:00")


def test_moments_with_a_time_zone_are_counted_by_the_declared_clock(tmp_path):
    midnight = datetime(2026, 2, 1, 4, 30, tzinfo=UTC)
    home = parquet(tmp_path, moment=midnight, day=midnight, declared={"events__time_zone": "America/Bogota"})
    [row] = computed(home)
    assert (row[2].isoformat()[:10], row[4]) == ("2026-01-31", "a,1,yes,2026-01-31 23:30:00")


def test_a_text_of_parquet_that_is_otherwise_is_refused_with_its_row(tmp_path):
    assert said(parquet(tmp_path, x="dos"))[0].startswith("june.parquet:1: x: 'dos' is not a number")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"n": 1.5}, "june.parquet: n: holds Float64, and is declared as integer; declare `type: number`"),
        (
            {"moment": datetime(2026, 1, 31, tzinfo=UTC)},
            "june.parquet: moment: holds moments with a time zone (Datetime(time_unit='us', time_zone='UTC')); declare the place's own",
        ),
        ({"x": [[1.0]]}, "june.parquet: x: holds lists or structures (List(List(Float64))); write one plain value"),
    ],
    ids=["fractions for whole numbers", "moments of a time zone", "lists"],
)
def test_types_of_parquet_that_would_change_a_value_are_refused(tmp_path, columns, expected):
    assert said(parquet(tmp_path, **columns))[0].startswith(expected)


def test_damaged_parquet_is_refused(tmp_path):
    home = parquet(tmp_path)
    whole = (home.folder / "june.parquet").read_bytes()
    for cut in (0, 3, len(whole) // 2, len(whole) - 1):
        (home.folder / "june.parquet").write_bytes(whole[:cut])
        assert said(home)[0].startswith("june.parquet: cannot be read: ")


def test_brotli_is_refused(tmp_path):
    home = parquet(tmp_path)
    pl.read_parquet(home.folder / "june.parquet").write_parquet(home.folder / "june.parquet", compression="brotli")
    assert said(home) == ["june.parquet: compressed with Brotli, which is not read; write it with zstd or snappy"]


SQL_FAULTS = {
    "a column that is not declared": (
        "select 'town' as place, 'received' as indicator, day as period,\n  colour as value from events",
        'probe.sql:2:3: the SQL cannot be run: Referenced column "colour" not found',
    ),
    "an aggregate without its group": (
        "select name as place, 'received' as indicator, day as period, count(*) as value from events",
        "must appear in the GROUP BY",
    ),
    "a text for a number": (
        "select 'town' as place, 'received' as indicator, day as period, sum(name) as value from events",
        "probe.sql:1: the SQL cannot be run: No function matches",
    ),
    "a cast that fails": (
        "select 'town' as place, 'received' as indicator, day as period, cast(name as double) as value from events",
        "the SQL cannot be run: Could not convert string 'a' to DOUBLE",
    ),
}


@pytest.mark.parametrize(("sql", "expected"), SQL_FAULTS.values(), ids=SQL_FAULTS)
def test_sql_that_cannot_be_run_is_refused(tmp_path, sql, expected):
    [problem] = said(probe(tmp_path, sql=sql))
    assert expected in problem
    assert problem.endswith("correct it; the columns of `events` are name, n, x, yes, day, moment")


RESULTS = {
    "a place that is not known": (
        "'Mars' as place, 'received' as indicator, '2026-01' as period, 1 as value",
        "place: 'Mars' is not a known place; write ",
    ),
    "a place that is empty": (
        "cast(null as varchar) as place, 'received' as indicator, '2026-01' as period, 1 as value",
        "place: no place is named",
    ),
    "a period of another length": (
        "'town' as place, 'received' as indicator, date '2026-01-15' as period, 1 as value",
        "period: '2026-01-15' is not a month; the indicator is measured once a month: write it as 2025-06",
    ),
    "no period": (
        "'town' as place, 'received' as indicator, cast(null as date) as period, 1 as value",
        "period: no period is given; write it, as 2025-06",
    ),
    "a value that is no number": (
        "'town' as place, 'received' as indicator, '2026-01' as period, 'many' as value",
        "value: the result's column 'value' holds no numbers",
    ),
    "a value without end": (
        "'town' as place, 'received' as indicator, '2026-01' as period, 1e308 * 10 * x as value",
        "value: infinity is not a value",
    ),
}


@pytest.mark.parametrize(("columns", "expected"), RESULTS.values(), ids=RESULTS)
def test_a_result_is_validated_like_a_file(tmp_path, columns, expected):
    home = probe(tmp_path, sql=f"select {columns} from events")
    known = definitions.load(home)
    with pytest.raises(Refused) as refused:
        compute(read("probe", home, known), home, known, Asked())
    assert str(refused.value).startswith(f"data/rollups/probe.sql: {expected}")


def test_a_name_in_many_rows_is_one_problem(tmp_path):
    text = HEADER + "".join(f"a,{n},1,sí,2026-01-31,\n" for n in range(100))
    sql = "select name as place, 'received' as indicator, '2026-01' as period, n as value, cast(n as varchar) as segment from events"
    home = probe(tmp_path, text, sql)
    known = definitions.load(home)
    with pytest.raises(Refused) as refused:
        compute(read("probe", home, known), home, known, Asked())
    assert len(refused.value.problems) == 1


def test_the_sql_reaches_nothing_but_the_events(tmp_path, monkeypatch):
    """Should a statement ever pass the check that may not, the engine itself is locked."""
    home = probe(tmp_path, sql=COUNTED.format(more=""))
    secret = home.folder / "secret.csv"
    secret.write_text("a\n1\n", encoding="utf-8")
    rollup = read("probe", home, definitions.load(home))
    groups = grouped(rollup, find(rollup, home, None), home)
    for sql in (
        f"select * from read_csv('{secret}')",
        f"copy (select 1) to '{secret}'",
        f"attach '{secret}'",
        "set memory_limit = '9GB'",
        "install httpfs",
    ):
        object.__setattr__(rollup, "sql", sql)
        with pytest.raises((Refused, NotPossibleNow, duckdb.Error)):
            in_duckdb.run(rollup, groups, None, home.store, quiet=True)
    assert secret.read_text(encoding="utf-8") == "a\n1\n"


def test_events_larger_than_the_memory_are_rolled_up(tmp_path):
    sql = "select name as place, 'received' as indicator, day as period, count(*) as value from events group by name, day"
    home = probe(tmp_path, sql=sql, events__format="parquet", events__path="many.parquet")
    columns = "uuid()::varchar as name, 1 as n, 1.0 as x, true as yes, date '2026-01-31' as day, timestamp '2026-01-31' as moment"
    many = f"select {columns} from range(1500000)"
    duckdb.sql(f"copy ({many}) to '{home.folder}/many.parquet'")
    assert len(computed(home, memory="100MB")) == 1_500_000
    assert list(home.store.iterdir()) == [home.store / "probe.lock"]


def test_what_a_killed_run_left_is_removed_and_two_do_not_run_at_once(tmp_path):
    home = probe(tmp_path)
    (home.store / "probe.spill").mkdir(parents=True)
    (home.store / "probe.spill" / "duckdb_temp_storage").write_text("left", encoding="utf-8")
    with FileLock(home.store / "probe.lock"), pytest.raises(NotPossibleNow, match="somebody else is computing probe; nothing was changed"):
        computed(home)
    assert len(computed(home)) == 1
    assert not (home.store / "probe.spill").exists()
