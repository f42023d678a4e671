"""The three roll-ups that come with the program, on events few enough to count by hand."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from data import definitions
from data.home import Home
from data.rollup import Asked, compute
from data.rollup.reading import read
from tests.rollup_town import town, write_budget, write_requests, write_sensors

NOVEMBER, DECEMBER, JANUARY = date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31)


def rolled_up(home: Home, name: str) -> pl.DataFrame:
    known = definitions.load(home)
    return compute(read(name, home, known), home, known, Asked()).rows


def values(rows: pl.DataFrame, **wanted: object) -> dict[object, float | None]:
    """The values by whichever of place, indicator, segment and period is not asked for."""
    rows = rows.filter([pl.col(name) == value for name, value in wanted.items()])
    free = [name for name in ("place", "indicator", "segment", "period") if name not in wanted and rows[name].n_unique() > 1]
    return {key[0] if len(key) == 1 else key: value for *key, value in rows.select(*free, "value").iter_rows()}


@pytest.fixture(scope="module")
def requests(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    home = town(tmp_path_factory.mktemp("requests") / "home")
    rows = [
        # district, opened, due, closed, the town's own verdict
        ["Puerto", "2025-11-03 08:00:00", "05/11/2025 08:00", "2025-11-04 08:00:00", ""],  # on time, 24 hours
        ["Puerto", "2025-11-10 08:00:00", "12/11/2025 08:00", "2025-12-10 08:00:00", ""],  # late, 720 hours
        ["Puerto", "2025-11-20 08:00:00", "s/d", "2025-11-20 20:00:00", ""],  # never due, 12 hours
        ["Puerto", "2025-11-21 08:00:00", "01/12/2025 08:00", "", ""],  # open, and its day has passed
        ["Puerto", "2026-01-05 08:00:00", "01/06/2026 08:00", "", ""],  # open, and its day is to come
        ["Ensanche", "2025-11-05 08:00:00", "06/11/2025 08:00", "2025-11-09 08:00:00", "sí"],  # late, but the town says on time; 96 hours
        ["Ensanche", "2025-12-30 08:00:00", "31/12/2025 08:00", "2026-03-01 08:00:00", ""],  # late, and closed after the last month
        ["", "2026-01-31 23:59:59", "02/02/2026 08:00", "2026-01-31 23:59:59", "no"],  # of no district
    ]
    write_requests(home, rows)
    return rolled_up(home, "requests")


@pytest.mark.parametrize(
    ("place", "indicator", "expected"),
    [
        ("harbour", "received", {NOVEMBER: 4, DECEMBER: 0, JANUARY: 1}),
        ("new_town", "received", {NOVEMBER: 1, DECEMBER: 1, JANUARY: 0}),
        ("town", "received", {NOVEMBER: 5, DECEMBER: 1, JANUARY: 2}),
        ("harbour", "closed", {NOVEMBER: 2, DECEMBER: 1, JANUARY: 0}),
        ("town", "closed", {NOVEMBER: 3, DECEMBER: 1, JANUARY: 1}),
        ("harbour", "backlog", {NOVEMBER: 2, DECEMBER: 1, JANUARY: 2}),
        ("new_town", "backlog", {NOVEMBER: 0, DECEMBER: 1, JANUARY: 1}),
        ("town", "backlog", {NOVEMBER: 2, DECEMBER: 2, JANUARY: 3}),
        ("harbour", "overdue", {NOVEMBER: 2, DECEMBER: 0, JANUARY: 0}),
        ("town", "overdue", {NOVEMBER: 2, DECEMBER: 1, JANUARY: 1}),
        ("harbour", "on_time", {NOVEMBER: 100 / 3, DECEMBER: None, JANUARY: None}),
        ("town", "on_time", {NOVEMBER: 50, DECEMBER: 0, JANUARY: 0}),
        ("harbour", "median_hours", {NOVEMBER: 18, DECEMBER: 720, JANUARY: None}),
        ("town", "median_hours", {NOVEMBER: 24, DECEMBER: 720, JANUARY: 0}),
        ("town", "p90_hours", {NOVEMBER: 24 + 0.8 * (96 - 24), DECEMBER: 720, JANUARY: 0}),
        ("harbour", "median_days", {NOVEMBER: 0.75, DECEMBER: 30, JANUARY: None}),
        ("town", "p90_days", {NOVEMBER: 3.4, DECEMBER: 30, JANUARY: 0}),
    ],
)
def test_requests_are_counted(requests, place, indicator, expected):
    assert values(requests, place=place, indicator=indicator) == pytest.approx(expected)


def test_a_rate_keeps_its_two_parts_and_a_missing_value_its_reason(requests):
    on_time = requests.filter(indicator="on_time", place="harbour").sort("period")
    assert on_time.select("numerator", "denominator", "flag").rows() == [(1, 3, None), (0, 0, "none was due"), (0, 0, "none was due")]
    late = requests.filter(indicator="median_hours", place="harbour", period=JANUARY)
    assert late["flag"].to_list() == ["none was closed"]


def test_requests_of_no_district_count_in_the_town_only(requests):
    assert set(requests["place"]) == {"town", "harbour", "new_town"}


def hours(month: int, count: int, value: float | None = 10.0) -> list[tuple]:
    return [(datetime(2025, month, 1 + hour // 24, hour % 24), "S1", "NO2", value) for hour in range(count)]


MONTHS_OF_READINGS = {
    "540 of November's 720 hours are enough": (hours(11, 540), (10.0, 5400.0, 540.0, None)),
    "539 are not": (hours(11, 539), (None, None, None, "539 of 720 hours measured")),
    "558 of December's 744 are": (hours(12, 558), (10.0, 5580.0, 558.0, None)),
    "a silent hour is not measured": (hours(11, 720, None), (None, None, None, "0 of 720 hours measured")),
    "an hour of several readings counts once": (
        [*hours(11, 720), *[(datetime(2025, 11, 1, 0, minute), "S1", "NO2", 730.0) for minute in range(1, 60)]],
        (10 + (10 + 59 * 730 - 600) / 60 / 720, 7200 + (10 + 59 * 730 - 600) / 60, 720.0, None),
    ),
}


@pytest.mark.parametrize(("readings", "expected"), MONTHS_OF_READINGS.values(), ids=MONTHS_OF_READINGS)
def test_a_month_of_readings_has_a_mean_where_it_is_complete(tmp_path: Path, readings, expected):
    home = town(tmp_path / "home")
    schema = {"at": pl.Datetime("us"), "station": pl.String, "variable": pl.String, "value": pl.Float64}
    write_sensors(home, pl.DataFrame(readings, schema=schema, orient="row"))
    found = rolled_up(home, "sensors").select("value", "numerator", "denominator", "flag").row(0)
    assert found[:3] == pytest.approx(expected[:3])
    assert found[3] == expected[3]


def test_the_budget_is_carried_out_in_parts(tmp_path: Path):
    home = town(tmp_path / "home")
    rows = [
        ["01/01/2024", "1", "Works", "1.000,00", "600,50"],
        ["31/12/2024", "2", "Works", "500,00", ""],
        ["15/06/2024", "", "Culture", "500,00", "199,50"],
        ["15/06/2025", "1", "Culture", "0,00", "10,00"],
    ]
    write_budget(home, rows)
    found = rolled_up(home, "payments")
    year = date(2024, 12, 31)
    assert values(found, indicator="execution", period=year) == pytest.approx(
        {"": 40.0, "chapter=1": 60.05, "chapter=2": None, "area=Works": 100 * 600.5 / 1500, "area=Culture": 39.9}
    )
    assert values(found, indicator="credit", period=year) == {
        "": 2000,
        "chapter=1": 1000,
        "chapter=2": 500,
        "area=Works": 1500,
        "area=Culture": 500,
    }
    total = found.filter(indicator="execution", segment="").sort("period")
    assert total.select("numerator", "denominator", "flag").rows() == [(800.0, 2000.0, None), (10.0, 0.0, "no credit")]
