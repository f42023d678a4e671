"""A roll-up's SQL is one SELECT over the events, in the part of SQL that every engine takes; anything else is refused with its place."""

import pytest

from data.rollup.statement import check

PART = "is not in the subset that every engine takes"


def select(value: str, rest: str = "from events group by place") -> str:
    return f"select place, 'x' as indicator,\n  max(period) as period, {value} as value\n{rest}"


REFUSED = {
    "a text that is no SQL": (
        "select place,\n  from where",
        '2:8: not SQL: syntax error at or near "where"; correct the text there, or just before it',
    ),
    "a bracket that is left open": ("select count(", "1:13: not SQL: syntax error at or near"),
    "nothing": ("", "x.sql: holds 0 statements; keep one SELECT"),
    "a comment only": ("-- one day", "x.sql: holds 0 statements; keep one SELECT"),
    "two statements": ("select 1; select 2", "x.sql: holds 2 statements; keep one SELECT"),
    "a statement that writes": ("drop table observation", "1:1: is not a SELECT; a roll-up only reads: keep one SELECT statement"),
    "a statement that writes a file": ("copy events to 'x.csv'", "1:1: is not a SELECT"),
    "a setting": ("set memory_limit = '100GB'", "1:1: is not a SELECT"),
    "an attached file": ("attach 'facts.duckdb'", "1:1: is not a SELECT"),
    "a plan": ("explain select 1", "1:1: is not a SELECT"),
    "another file": (
        select("1", "from read_csv('/etc/passwd')"),
        "3:6: a function cannot stand for a table here; read from `events`, which the YAML file declares",
    ),
    "another file by its name": (select("1", "from 'other.parquet'"), "3:6: 'other.parquet' is no table here; read from `events`"),
    "another file in a part of a query": (
        select("(select count(*) from read_text('x'))"),
        "2:48: a function cannot stand for a table here",
    ),
    "another table": (
        select("1", "from observation"),
        "3:6: 'observation' is no table here; read from `events`, or from what WITH names before it",
    ),
    "a table of the system": (select("1", "from information_schema.tables"), "3:6: 'information_schema.tables' is no table here"),
    "numbers out of nothing": (select("1", "from range(10)"), "3:6: a function cannot stand for a table here"),
    "GROUP BY ALL": (select("count(*)", "from events group by all"), f"1:8: GROUP BY ALL {PART}; write the columns out"),
    "QUALIFY": (select("x", "from events qualify row_number() over () = 1"), f"1:8: QUALIFY {PART}; filter in a query around it"),
    "DISTINCT ON": ("select distinct on (place) place, indicator, period, value from events", f"DISTINCT ON {PART}; use row_number()"),
    "a sample": (select("count(*)", "from events using sample 10%"), f"SAMPLE {PART}; count every event"),
    "* EXCLUDE": ("select * exclude (x) from events", f"1:8: * EXCLUDE {PART}; name the columns"),
    "ASOF JOIN": (select("1", "from events asof join events as e using (x)"), f"3:13: ASOF JOIN {PART}; join on a condition"),
    "a lambda": (select("list_transform(x, lambda y: y)"), f"2:26: list_transform {PART}; docs/rollups.md lists the functions that are"),
    "WITH RECURSIVE": (
        "with recursive r as (select 1 as x union all select x + 1 from r) " + select("1", "from r"),
        f"1:29: WITH RECURSIVE {PART}; write it with windows",
    ),
    "the day of today": (select("date_diff('day', opened, today())"), f"2:51: today {PART}"),
    "chance": (select("random()"), f"2:26: random {PART}"),
    "a setting that is read": (select("current_setting('memory_limit')"), f"2:26: current_setting {PART}"),
    "an approximate quantile": (select("approx_quantile(x, 0.5)"), f"2:26: approx_quantile {PART}"),
    "DuckDB's own way to write a quantile": (
        select("quantile_cont(x, 0.9)"),
        "2:26: quantiles are written otherwise here; write percentile_cont(0.9) within group (order by x)",
    ),
    "an interval": (select("max(opened + interval 1 day)"), f"to_days {PART}"),
    "weeks that are counted": (
        select("max(date_diff('week', a, b))"),
        f"2:30: date_diff by week {PART}; write one of: second, minute, hour, day, month, quarter, year",
    ),
    "a unit that is computed": (select("max(date_diff(unit, a, b))"), f"2:30: date_diff by a unit that is not written out {PART}"),
    "a moment cut to a century": (select("max(date_trunc('century', a))"), f"2:30: date_trunc by century {PART}"),
    "a parameter that is counted": (
        select("max(?)"),
        "2:30: parameters are named, not counted; write $name, and the name under `parameters`",
    ),
    "a column that is counted": ("select #1 as place, indicator, period, value from events", "1:8: columns are named, not counted"),
    "a result without a value": (
        "select place, indicator, period from events",
        "value: the result has no column 'value'; it needs place, indicator, period, value",
    ),
    "a result with a column of its own": (
        "select place, indicator, period, value, colour from events",
        "colour: the result's column 'colour' is not known; leave it out, or call it one of place, indicator, period, value, numerator",
    ),
}


@pytest.mark.parametrize(("sql", "said"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(sql, said):
    problems = [str(problem) for problem in check(sql, "x.sql")[1]]
    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith("x.sql:") for problem in problems)


def test_lines_are_counted_behind_letters_of_two_bytes():
    problems = check("-- año, señal, avería\nselect place, indicator, period, 'ñ' || now() as value from events", "x.sql")[1]
    assert [(problem.line, problem.column) for problem in problems] == [(2, 41)]


def test_all_faults_are_told_at_once():
    problems = check(select("random() + today()", "from elsewhere"), "x.sql")[1]
    assert [problem.line for problem in problems] == [2, 2, 3]


def test_what_with_names_can_be_read_and_parameters_are_found():
    sql = "with a as (select * from events), b as (select * from A where x > $least) " + select("$most + count(*)", "from B group by place")
    statement, problems = check(sql, "x.sql")
    assert problems == []
    assert statement is not None
    assert statement.parameters == {"least", "most"}
    assert statement.columns == ("place", "indicator", "period", "value")


def test_columns_that_only_a_run_can_tell_are_left_to_it():
    statement, problems = check("select * from events", "x.sql")
    assert problems == []
    assert statement is not None
    assert statement.columns is None
