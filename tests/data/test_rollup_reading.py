"""A roll-up's YAML is held against its SQL and the city's definitions: every problem names its file, line and cure."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from data import definitions
from data.home import REPOSITORY, Home
from data.problems import Problem, Refused
from data.rollup.reading import names, read
from data.yaml_file import read_yaml
from tests.rollup_town import PAYMENTS, SENSORS, town

SQL = """
select station as place, variable as indicator, date_trunc('month', measured_at) as period, sum(value) as value
from events
group by station, variable, date_trunc('month', measured_at)
"""


def problems(home: Home, name: str) -> list[Problem]:
    with pytest.raises(Refused) as refused:
        read(name, home, definitions.load(home))
    return refused.value.problems


def changed(told: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """The declaration with other values at paths such as events__format; None takes a key out."""
    told = deepcopy(told)
    for path, value in changes.items():
        *way, last = path.split("__")
        inner = told
        for part in way:
            inner = inner[part]
        if value is None:
            del inner[last]
        else:
            inner[last] = value
    return told


BROKEN = {
    "no events": (changed(SENSORS, events=None), "sensors.yaml:1: events: events is missing; add it"),
    "no columns": (changed(SENSORS, columns=None), "sensors.yaml:1: columns: columns is missing; add it"),
    "no indicators": (changed(SENSORS, indicators=None), "sensors.yaml:1: indicators: indicators is missing; add it"),
    "a format that is not read": (
        changed(SENSORS, events__format="xlsx"),
        "events.format: 'xlsx' is not allowed here; write one of: 'csv', 'parquet'",
    ),
    "an encoding that is not read": (
        changed(SENSORS, events__encoding="cp1252"),
        "events.encoding: 'cp1252' is not allowed here; write one of: 'utf-8'",
    ),
    "a key that is not known": (
        changed(SENSORS, events__sheet="1"),
        "events.sheet: sheet is not a known key; remove it, or correct it to one of: path, format",
    ),
    "a type that is not known": (
        changed(SENSORS, columns__value__type="float"),
        "columns.value.type: 'float' is not allowed here; write one of: 'text', 'integer', 'number', 'boolean', 'date', 'timestamp'",
    ),
    "a column name with spaces": (changed(SENSORS, columns={"the value": {}}), "'the value' is not a valid name here; use small letters"),
    "a parameter that is a list": (changed(SENSORS, parameters={"complete_share": [1]}), "parameters.complete_share: [1] is not "),
    "a parameter that is missing": (
        changed(SENSORS, parameters=None),
        "sensors.yaml:1: parameters: the SQL asks for $complete_share, which has no value; write `complete_share:` here",
    ),
    "a parameter that is not used": (
        changed(SENSORS, parameters={"complete_share": 1, "share": 2}),
        "sensors.yaml:21: parameters.share: the SQL does not use $share; remove it, or correct it to what ",
    ),
    "the city named twice": (
        changed(PAYMENTS, parameters={"city": "town"}),
        "parameters.city: $city is the city's own place already; remove it; data/city.yaml names the place",
    ),
    "an indicator that is not known": (
        changed(SENSORS, indicators__NO2="no3"),
        "indicators.NO2: 'no3' is not a known indicator; write no2, or define it first",
    ),
    "a place that is not known": (
        changed(SENSORS, names__places__S1="harbor"),
        "names.places.S1: 'harbor' is not a known place; write harbour, or define it first",
    ),
    "a period of no column": (changed(SENSORS, period__column="at"), "period.column: 'at' is not a known column; write "),
    "a period of a column that is no date": (
        changed(SENSORS, period__column="value"),
        "period.column: 'value' does not say when; name a column of the files that is a date or a timestamp",
    ),
    "a period of a column that is not in the files": (
        changed(SENSORS, columns__measured_at={"type": "timestamp"}),
        "period.column: 'measured_at' does not say when",
    ),
    "a period that is no period": (
        changed(SENSORS, period__every="fortnight"),
        "period.every: 'fortnight' is not allowed here; write one of: 'day', 'week', 'month'",
    ),
    "a time zone that is none": (
        changed(SENSORS, events__time_zone="Bogota"),
        "events.time_zone: 'Bogota' is not a time zone; write it as America/Bogota",
    ),
    "the same mark twice": (
        changed(SENSORS, events__decimal=",", events__thousands=","),
        "events.thousands: the decimal and the thousands mark are the same",
    ),
    "a number with a format": (
        changed(SENSORS, columns__value__format="%d"),
        "columns.value.format: only a date or a timestamp has a format; remove it, or declare `type: date` or `type: timestamp`",
    ),
    "a format that no engine reads": (
        changed(SENSORS, columns__measured_at__format="%d %B %Y"),
        "columns.measured_at.format: the format cannot be read: %B; use each of %Y %y %m %d %H %M %S once at most",
    ),
    "a format that says a day twice": (
        changed(SENSORS, columns__measured_at__format="%d/%d/%Y"),
        "columns.measured_at.format: the format cannot be read: %d;",
    ),
    "a word that is yes and no": (
        changed(SENSORS, columns__value={"type": "boolean", "true": ["x"], "false": ["x"]}),
        "columns.value: 'x' is declared with two meanings; keep it under one of true, false",
    ),
    "SQL that nobody wrote": (
        changed(SENSORS, sql="sensoren"),
        "sensors.yaml:28: sql: there is no sensoren.sql beside it; write it, or name another's under `sql`",
    ),
    "SQL that is not SQL": (changed(SENSORS, sql="broken"), "data/rollups/broken.sql:2:6: not SQL: "),
    "SQL that is not text": (changed(SENSORS, sql="letters"), "data/rollups/letters.sql:2: not UTF-8 text; save the file as UTF-8"),
}


@pytest.mark.parametrize(("told", "said"), BROKEN.values(), ids=BROKEN)
def test_what_is_refused(tmp_path: Path, told: dict[str, Any], said: str):
    home = town(tmp_path / "home", {"payments" if told["name"] == "Payments" else "sensors": told}, {"broken": "select 1\nfrom from"})
    (home.rollups / "letters.sql").write_bytes("-- ok\n-- señal".encode("latin-1"))
    found = [str(problem) for problem in problems(home, next(home.rollups.glob("*.yaml")).stem)]
    assert any(said in problem for problem in found), found
    assert all(problem.startswith("data/rollups/") for problem in found)


def test_every_problem_of_both_files_is_told_at_once(tmp_path: Path):
    told = changed(SENSORS, indicators__NO2="no3", names__places__S1="x", sql="mine")
    home = town(tmp_path / "home", {"sensors": told}, {"mine": "select place, indicator, period, now() as value from events"})
    assert [problem.path for problem in problems(home, "sensors")] == ["data/rollups/mine.sql", *["data/rollups/sensors.yaml"] * 3]


def test_a_roll_up_that_does_not_exist_is_refused_with_those_that_do(tmp_path: Path):
    home = town(tmp_path / "home", {"noise": SENSORS})
    message = "'../sensors' is not a roll-up; choose one of: noise, payments, requests, sensors; or write data/rollups/../sensors.yaml"
    assert [str(problem) for problem in problems(home, "../sensors")] == [message]


def test_a_city_s_own_files_come_before_the_program_s(tmp_path: Path):
    home = town(tmp_path / "home", {"sensors": SENSORS, "noise": {**changed(SENSORS, parameters=None), "sql": "mine"}}, {"mine": SQL})
    known = definitions.load(home)
    assert read("sensors", home, known).sql == (REPOSITORY / "data/rollups/sensors.sql").read_text(encoding="utf-8")
    assert read("noise", home, known).sql == SQL
    (home.rollups / "sensors.sql").write_text(SQL.replace("sum", "$complete_share * sum"), encoding="utf-8")
    assert read("sensors", home, known).sql_path == "data/rollups/sensors.sql"
    assert "$complete_share * sum" in read("sensors", home, known).sql


@pytest.mark.parametrize("name", names(Home(REPOSITORY)))
def test_what_comes_with_the_program_is_sound_but_for_the_city_s_indicators(tmp_path: Path, name: str):
    """The indicators are those of the demo city or of the starter; a city names its own."""
    home = town(tmp_path / "home", {})
    wanted = read_yaml(REPOSITORY / "data" / "rollups" / f"{name}.yaml").value
    assert isinstance(wanted, dict)
    found = problems(home, name)
    assert {problem.message for problem in found} == {"{name!r} is not a known {what}"}
    assert {problem.values["name"] for problem in found} == set(wanted["indicators"].values())
    shipped = {
        text
        for file in ("data/indicators.yaml", "data/starter/data/indicators.yaml")
        for text in (REPOSITORY / file).read_text("utf-8").split()
    }
    assert set(wanted["indicators"].values()) <= shipped
