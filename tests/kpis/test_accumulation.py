"""How values become the figure that is judged: one formula each, by numbers worked out by hand."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.periods import Month, end_of_year
from kpis.accumulation import counting, identities, identity, running
from kpis.catalogue import Catalogue
from kpis.definition import Accumulation, Kpi
from kpis.judge import judge
from kpis.paths import due
from kpis.seasons import seasonal_years
from tests.kpi_town import TOWN, definitions, goal, indicator, judged, observations

END = "2026-12-31"
YEARS = {"2024": 10.0, "2025": 20.0, "2026": 30.0}
MONTHS = {f"2025-{month:02}": 10.0 for month in range(1, 7)}


def yearly(**told: Any) -> dict[str, Any]:
    return {"of": indicator("year"), **told}


@pytest.mark.parametrize(
    ("accumulation", "told", "values", "month", "value", "due", "attainment", "status"),
    [
        pytest.param(
            "level",
            {"baseline": (60.0, "2024-12-31"), "target": (80.0, END)},
            {"2025-12": 66},
            "2025-12",
            66,
            70,
            66 / 70,
            "on_track",
            id="level: no baseline is subtracted",
        ),
        pytest.param(
            "level",
            {"basis": "progress", "target": (80.0, END)},
            {"2025-12": 66},
            "2025-12",
            66,
            80,
            0.825,
            "at_risk",
            id="level, of the whole target",
        ),
        pytest.param(
            "level",
            {"polarity": "lower", "target": (20.0, END)},
            {"2025-12": 25},
            "2025-12",
            25,
            20,
            0.8,
            "at_risk",
            id="level, lower: turned over",
        ),
        pytest.param(
            "flow",
            {"programmed": {"2025": 146.0}, "target": (146.0, "2025-12-31")},
            MONTHS,
            "2025-06",
            60,
            72.4,
            60 / 72.4,
            "at_risk",
            id="flow: 181 of 365 days of 146",
        ),
        pytest.param(
            "flow",
            {"baseline": (9.0, "2023-12-31"), "target": (120.0, END)},
            {"2024-12": 99, **MONTHS},
            "2025-06",
            60,
            120 * 181 / 365,
            60 / (120 * 181 / 365),
            "on_track",
            id="flow: each year the same target, and each stands alone",
        ),
        pytest.param(
            "flow",
            {"basis": "progress", "programmed": {"2025": 146.0}, "target": (146.0, "2025-12-31")},
            MONTHS,
            "2025-06",
            60,
            72.4,
            60 / 146,
            "off_track",
            id="flow, of the year's whole target",
        ),
        pytest.param(
            "cumulative",
            {"baseline": (0.0, "2024-12-31"), "target": (120.0, "2025-12-31")},
            dict.fromkeys(MONTHS, 8.0),
            "2025-06",
            48,
            120 * 181 / 365,
            48 / (120 * 181 / 365),
            "at_risk",
            id="cumulative: 181 of 365 days of 120",
        ),
        pytest.param(
            "cumulative",
            {"baseline": (500.0, "2024-12-31"), "target": (120.0, "2025-12-31")},
            dict.fromkeys(MONTHS, 8.0),
            "2025-06",
            48,
            120 * 181 / 365,
            48 / (120 * 181 / 365),
            "at_risk",
            id="cumulative: the baseline only says from when",
        ),
        pytest.param(
            "capacity",
            {"basis": "progress", "baseline": (40.0, "2024-12-31"), "target": (60.0, END)},
            {"2025-12": 50},
            "2025-12",
            50,
            50,
            0.5,
            "off_track",
            id="capacity: what was added",
        ),
        pytest.param(
            "reduction",
            {"basis": "progress", "polarity": "lower", "baseline": (40.0, "2024-12-31"), "target": (20.0, END)},
            {"2025-12": 25},
            "2025-12",
            25,
            30,
            0.75,
            "at_risk",
            id="reduction: what is gone",
        ),
        pytest.param(
            "maintain",
            {"baseline": (884.0, "2023-12-31"), "target": (884.0, END)},
            {"2025-12": 800},
            "2025-12",
            800,
            884,
            800 / 884,
            "on_track",
            id="maintain: due from the first day",
        ),
        pytest.param(
            "maintain",
            {"baseline": (884.0, "2023-12-31"), "target": (884.0, END)},
            {"2025-12": 919},
            "2025-12",
            919,
            884,
            919 / 884,
            "reached",
            id="maintain: kept",
        ),
    ],
)
def test_each_accumulation_has_one_formula(accumulation, told, values, month, value, due, attainment, status):
    found = judged(goal(accumulation=accumulation, **told), values, month)
    assert (found["value"], found["status"]) == (value, status)
    assert (found["due"], found["attainment"]) == (pytest.approx(due), pytest.approx(attainment))


@pytest.mark.parametrize(
    ("told", "values", "month", "value", "due", "attainment", "status"),
    [
        pytest.param(
            {"target": (60.0, END), "programmed": YEARS},
            {"2024": 12, "2025": 14},
            "2025-12",
            26,
            30,
            26 / 30,
            "at_risk",
            id="years that add up to the target",
        ),
        pytest.param(
            {"target": (60.0, END), "programmed": YEARS, "baseline": (7.0, "2022-12-31")},
            {"2023": 90, "2024": 12, "2025": 14},
            "2025-12",
            26,
            30,
            26 / 30,
            "at_risk",
            id="what came before the first year does not count",
        ),
        pytest.param(
            {"target": (160.0, END), "baseline": (100.0, "2023-12-31"), "programmed": YEARS},
            {"2024": 8},
            "2024-12",
            108,
            110,
            0.8,
            "at_risk",
            id="years that add to the baseline",
        ),
        pytest.param(
            {"target": (160.0, END), "baseline": (100.0, "2023-12-31"), "programmed": YEARS},
            {"2024": 8, "2025": 22},
            "2025-12",
            130,
            130,
            1.0,
            "on_track",
            id="and caught up",
        ),
        pytest.param(
            {"polarity": "lower", "target": (40.0, END), "baseline": (100.0, "2023-12-31"), "programmed": YEARS},
            {"2024": 8},
            "2024-12",
            92,
            90,
            0.8,
            "at_risk",
            id="years that take from the baseline",
        ),
        pytest.param(
            {"target": (30.0, END), "programmed": YEARS},
            {"2024": 12, "2025": 14},
            "2025-12",
            14,
            20,
            0.7,
            "at_risk",
            id="years that are levels",
        ),
        pytest.param(
            {"target": (160.0, END), "baseline": (130.0, "2023-12-31"), "programmed": YEARS},
            {"2024": 9, "2025": 7},
            "2025-12",
            146,
            150,
            0.8,
            "at_risk",
            id="years counted on from the baseline",
        ),
        pytest.param(
            {"target": (9.0, END), "programmed": {"2024": 9.0, "2025": 9.0, "2026": 9.0}},
            {"2024": 9, "2025": 6},
            "2025-12",
            6,
            9,
            6 / 9,
            "at_risk",
            id="years all alike",
        ),
    ],
)
def test_a_plan_says_by_its_years_how_it_counts(told, values, month, value, due, attainment, status):
    found = judged(goal(**told), values, month, of=indicator("year"))
    assert (found["value"], found["due"], found["status"]) == (value, due, status)
    assert found["attainment"] == pytest.approx(attainment)


@pytest.mark.parametrize(
    ("baseline", "target", "programmed", "holds"),
    [
        (5.0, 5.0, (5.0, 5.0), ("maintained", "last")),
        (None, 5.0, (5.0, 5.0, 5.0), ("maintained", "last")),
        (0.0, 10.0, (1.0, 4.0, 10.0), ("last", "last_increment")),
        (None, 10.0, (1.0, 4.0, 10.0), ("last",)),
        (4.0, 10.0, (3.0, 3.0, 4.0), ("total",)),
        (4.0, 10.0, (1.0, 2.0, 3.0), ("increments",)),
        (4.0, 10.0, (1.0, 2.0, 6.0), ("last_increment",)),
        (0.0, 10.0, (2.0, 3.0, 5.0), ("total", "increments")),
        (10.0, 4.0, (8.0, 6.0, 4.0), ("last",)),
        (10.0, 4.0, (1.0, 2.0, 3.0), ("increments",)),
        (0.0, 10.0, (1.0, 3.0, 3.0, 2.0), ()),
        (None, 1.0, (0.4, 0.3, 0.2, 0.1), ("total",)),
        (None, 10.0, (), ()),
    ],
)
def test_which_identity_holds(baseline, target, programmed, holds):
    assert identities(baseline, target, programmed) == holds


@pytest.mark.parametrize(
    ("kind", "expected"), [(False, "level"), (True, "cumulative")], ids=["of a level it is the last", "of a count it is the sum"]
)
def test_where_two_identities_hold_the_kind_of_figure_decides(kind, expected):
    kpi = goal(target=(10.0, END), programmed={"2024": 0.0, "2025": 0.0, "2026": 10.0})
    assert counting(kpi, kpi, adds_up=kind).accumulation == expected


@pytest.mark.parametrize("accumulation", ["level", "cumulative", "maintain", None])
def test_where_no_identity_holds_the_plans_own_accumulated_value_is_judged(accumulation: Accumulation | None):
    kpi = goal(accumulation=accumulation, target=(10.0, END), programmed={"2024": 1.0, "2025": 3.0, "2026": 3.0})
    how = counting(kpi, kpi)
    assert (how.identity, how.broken, how.sums) == (None, True, None)
    found = judged(kpi, {"2024": 8, "2025": 9}, "2025-12", of=indicator("year"))
    assert (found["value"], found["attainment"], found["status"]) == (9, pytest.approx(0.9), "on_track")
    assert found["annual_compliance"] is None


def test_a_declared_accumulation_is_held_to_its_own_identity():
    kpi = goal(accumulation="level", target=(60.0, END), programmed=YEARS)
    assert identity(kpi, kpi) is None
    assert identity(goal(accumulation="cumulative"), kpi) == "total"


@pytest.mark.parametrize(
    ("last", "now", "attainment", "status"),
    [
        pytest.param(50, 44, 0.6, "at_risk", id="six of the ten that were asked"),
        pytest.param(50, 40, 1.0, "reached", id="all ten"),
        pytest.param(50, 52, -0.2, "off_track", id="more than the year before"),
        pytest.param(38, 41, 0.0, "off_track", id="last year was better than is asked, and this one is not: never above 1"),
        pytest.param(38, 39, 1.0, "reached", id="worse than last year, and as good as is asked"),
        pytest.param(40, 40, 1.0, "reached", id="already there, and kept"),
    ],
)
def test_a_yearly_reduction_starts_where_last_year_ended(last, now, attainment, status):
    told = {"polarity": "lower", "programmed": {"2024": 50.0, "2025": 40.0, "2026": 30.0}, "target": (30.0, END)}
    found = judged(goal(accumulation="reduction_annual", **told), {"2024": last, "2025": now}, "2025-12", of=indicator("year"))
    assert (found["due"], found["target"], found["base"]) == (40, 40, last)
    assert (found["attainment"], found["status"]) == (pytest.approx(attainment), status)


def test_a_yearly_reduction_without_last_years_end_is_not_judged():
    kpi = goal(accumulation="reduction_annual", polarity="lower", target=(30.0, END))
    found = judged(kpi, {"2024-11": 50, "2025-06": 20})
    assert (found["status"], found["hold"], found["attainment"], found["value"]) == ("no_data", "last_year", None, 20)
    assert judged(kpi, {"2024-12": 50, "2025-06": 35})["attainment"] == pytest.approx(0.75)


@pytest.mark.parametrize("accumulation", ["flow", "cumulative"])
def test_a_sum_with_a_gap_is_not_known(accumulation):
    kpi = goal(accumulation=accumulation, baseline=(0.0, "2024-12-31"), target=(10.0, END))
    for values in ({"2025-01": 99, "2025-03": 99}, {"2025-02": 99}, {"2025-01": 99, "2025-02": None, "2025-03": 99}):
        found = judged(kpi, values, "2025-03")
        assert (found["status"], found["hold"], found["value"], found["attainment"]) == ("no_data", "gap", None, None)
        assert found["reported"] == 99
    assert judged(kpi, {"2025-01": 99, "2025-02": 99}, "2025-03")["value"] == 198, "the month under review may still be missing"


@pytest.mark.parametrize(
    ("frequency", "periods"),
    [
        ("day", ["2024-12-31", "2025-01-01", "2025-01-02"]),
        ("week", ["2025-W01", "2025-W02", "2025-W03"]),
        ("month", ["2024-12", "2025-01", "2025-02"]),
        ("quarter", ["2024-Q4", "2025-Q1", "2025-Q2"]),
        ("half", ["2024-H2", "2025-H1", "2025-H2"]),
        ("year", ["2024", "2025", "2026"]),
    ],
)
def test_the_sum_of_a_year_begins_with_its_first_period(frequency, periods):
    kpi = goal(accumulation="flow", baseline=(0.0, "2023-12-31"), target=(10.0, END))
    of, month = indicator(frequency, fresh_days=900), {"year": "2026-12", "half": "2025-12"}.get(frequency, "2025-06")
    values = dict(zip(periods, (100.0, 1.0, 2.0), strict=True))
    sums = {"year": 2.0, "week": 103.0}
    assert judged(kpi, values, month, of=of)["value"] == sums.get(frequency, 3.0), "2025-W01 ends in 2025, and is its first week"


@pytest.mark.parametrize(
    ("months", "each", "value", "status"),
    [
        pytest.param(1, 8, 8, "on_track", id="January is under the year's limit, and nothing is settled"),
        pytest.param(6, 9, 54, "on_track", id="54 where 49.6 are allowed by June"),
        pytest.param(6, 12, 72, "at_risk", id="too many by June"),
        pytest.param(6, 17, 102, "off_track", id="more than the whole year's"),
        pytest.param(12, 8, 96, "reached", id="the year is over, and it stayed below"),
    ],
)
def test_a_sum_that_must_stay_low_is_reached_only_when_its_year_is_over(months, each, value, status):
    kpi = goal(accumulation="flow", polarity="lower", baseline=(0.0, "2024-12-31"), target=(100.0, END))
    values = {f"2025-{month:02}": float(each) for month in range(1, months + 1)}
    found = judged(kpi, values, f"2025-{months:02}")
    assert (found["value"], found["status"]) == (value, status)


def test_none_of_none_allowed_is_on_track():
    kpi = goal(accumulation="flow", polarity="lower", baseline=(0.0, "2024-12-31"), target=(0.0, END))
    assert [judged(kpi, {"2025-01": value}, "2025-01")["status"] for value in (0, 1)] == ["on_track", "off_track"]


def test_in_a_year_without_an_amount_nothing_is_due():
    kpi = goal(target=(10.0, END), programmed={"2024": 0.0, "2025": 5.0, "2026": 5.0})
    assert judged(kpi, {"2024": 0}, "2024-12", of=indicator("year"))["status"] == "not_due"
    assert judged(kpi, {"2024": 0, "2025": 4}, "2025-12", of=indicator("year"))["status"] == "at_risk"


def test_a_change_is_of_what_was_reported_and_not_of_the_sum():
    kpi = goal(accumulation="cumulative", polarity="lower", baseline=(0.0, "2024-12-31"), target=(120.0, END))
    found = judged(kpi, {"2025-01": 9, "2025-02": 7}, "2025-02")
    assert (found["value"], found["reported"], found["previous"], found["difference"], found["direction"]) == (16, 7, 9, -2, "better")


SEASONS = {"2024-Q1": 10.0, "2024-Q2": 20.0, "2024-Q3": 30.0, "2024-Q4": 40.0}
SEASONAL = {"accumulation": "flow", "path": {"method": "seasonal"}, "baseline": (0.0, "2024-12-31"), "target": (200.0, END)}


@pytest.mark.parametrize(
    ("values", "month", "value", "due", "status"),
    [
        ({"2025-Q1": 18}, "2025-03", 18, 20, "on_track"),
        ({"2025-Q1": 18, "2025-Q2": 40}, "2025-06", 58, 60, "on_track"),
        ({"2025-Q1": 18, "2025-Q2": 40, "2025-Q3": 10}, "2025-09", 68, 120, "off_track"),
        ({"2025-Q1": 18, "2025-Q2": 40, "2025-Q3": 10, "2025-Q4": 132}, "2025-12", 200, 200, "reached"),
    ],
)
def test_a_seasonal_path_is_walked_as_the_year_before_was(values, month, value, due, status):
    found = judged(goal(**SEASONAL), {**SEASONS, **values}, month, of=indicator("quarter"))
    assert (found["value"], found["due"], found["status"]) == (value, pytest.approx(due), status)


def test_a_seasonal_path_of_the_plans_own_amounts():
    told = {"path": {"method": "seasonal"}, "target": (300.0, END), "programmed": {"2025": 100.0, "2026": 200.0}}
    found = judged(goal(accumulation="cumulative", **told), {**SEASONS, "2025-Q1": 5}, "2025-03", of=indicator("quarter"))
    assert (found["value"], found["due"]) == (5, 10)


@pytest.mark.parametrize("last_year", [{}, {"2024-Q2": 20.0}, {**SEASONS, "2024-Q3": None}, dict.fromkeys(SEASONS, 0.0)])
def test_without_a_whole_year_before_a_seasonal_path_is_not_known(last_year):
    found = judged(goal(**SEASONAL), {**last_year, "2025-Q1": 500}, "2025-03", of=indicator("quarter"))
    assert (found["status"], found["hold"], found["attainment"]) == ("no_data", "season", None)


@pytest.mark.parametrize(
    ("values", "month", "annual", "plan"),
    [
        ({"2024": 12, "2025": 14}, "2025-12", 0.7, 26 / 60),
        ({"2024": 12}, "2024-12", 1.2, 0.2),
        ({"2025": 14}, "2025-12", 0.7, None),
    ],
)
def test_a_plan_of_years_has_two_figures(values, month, annual, plan):
    found = judged(goal(target=(60.0, END), programmed=YEARS), values, month, of=indicator("year"))
    assert (found["annual_compliance"], found["plan_progress"]) == (pytest.approx(annual), plan and pytest.approx(plan))


def test_a_flow_is_held_against_the_sum_of_its_years():
    kpi = goal(accumulation="flow", target=(30.0, END), programmed=YEARS)
    found = judged(kpi, {"2024": 12, "2025": 14}, "2025-12", of=indicator("year"))
    assert (found["value"], found["target"], found["attainment"]) == (14, 20, pytest.approx(0.7))
    assert (found["annual_compliance"], found["plan_progress"]) == (pytest.approx(0.7), pytest.approx(26 / 60))


FROM_JULY = {f"{2024 + (6 + count) // 12}-{(6 + count) % 12 + 1:02}": 10.0 for count in range(24)}
"""Ten a month, of July 2024 to June 2026: the years 2025 and 2026 of a city whose year begins in July."""


@pytest.mark.parametrize(
    ("told", "month", "value", "due", "status"),
    [
        pytest.param({"accumulation": "flow"}, "2025-06", 120, 120, "reached", id="a flow: its year is over in June"),
        pytest.param({"accumulation": "flow"}, "2025-07", 10, 120 * 31 / 365, "on_track", id="and begins again in July"),
        pytest.param({"accumulation": "flow"}, "2025-12", 60, 120 * 184 / 365, "on_track", id="a calendar year's end is the middle of it"),
        pytest.param(
            {"programmed": {"2025": 120.0, "2026": 120.0}}, "2025-12", 180, 120 + 120 * 184 / 365, "on_track", id="a plan's years"
        ),
        pytest.param({"programmed": {"2025": 120.0, "2026": 120.0}}, "2026-06", 240, 240, "reached", id="the plan is done in June"),
    ],
)
def test_a_year_begins_again_in_the_month_that_its_indicator_says(told, month, value, due, status):
    of = indicator(kind="flow", fiscal_year_starts=7)
    target = (240.0 if "programmed" in told else 120.0, "2026-06-30")
    baseline = {} if "programmed" in told else {"baseline": (0.0, "2024-06-30")}
    values = {period: held for period, held in FROM_JULY.items() if period <= month}
    found = judged(goal(target=target, **baseline, **told), values, month, of=of)
    assert (found["value"], found["due"], found["status"]) == (value, pytest.approx(due), status)


def test_a_calendar_year_of_the_same_figures_is_another_sum():
    values = {period: held for period, held in FROM_JULY.items() if period <= "2025-07"}
    kpi = goal(accumulation="flow", baseline=(0.0, "2024-06-30"), target=(120.0, "2026-06-30"))
    assert judged(kpi, values, "2025-07", of=indicator(kind="flow"))["value"] == 70


def test_a_fiscal_year_lacks_its_first_month_where_the_calendar_year_would_not():
    values = {f"2025-{month:02}": 10.0 for month in range(1, 7)}
    kpi = goal(accumulation="flow", baseline=(0.0, "2024-06-30"), target=(120.0, "2026-06-30"))
    found = judged(kpi, values, "2025-06", of=indicator(kind="flow", fiscal_year_starts=7))
    assert (found["status"], found["hold"]) == ("no_data", "gap")


def test_a_seasonal_path_goes_by_the_fiscal_year_before():
    seasons = {"2024-09": 60.0, "2024-12": 20.0, "2025-03": 10.0, "2025-06": 10.0}
    values = {f"{period[:4]}-Q{int(period[5:]) // 3}": value for period, value in seasons.items()}
    kpi = goal(accumulation="flow", path={"method": "seasonal"}, baseline=(0.0, "2024-06-30"), target=(200.0, "2026-06-30"))
    found = judged(kpi, {**values, "2025-Q3": 118.0}, "2025-09", of=indicator("quarter", kind="flow", fiscal_year_starts=7))
    assert (found["value"], found["due"]) == (118, pytest.approx(120))


def test_a_yearly_reduction_starts_where_the_fiscal_year_before_ended():
    of = indicator(fiscal_year_starts=7)
    kpi = goal(accumulation="reduction_annual", polarity="lower", target=(60.0, "2026-06-30"), baseline=(90.0, "2024-06-30"))
    found = judged(kpi, {"2024-12": 50.0, "2025-06": 80.0, "2025-07": 70.0}, "2025-07", of=of)
    assert (found["base"], found["attainment"]) == (80, pytest.approx(0.5))


def test_the_two_figures_of_a_plan_are_of_its_fiscal_years():
    of = indicator("year", kind="flow", fiscal_year_starts=7)
    kpi = goal(target=(60.0, "2026-06-30"), programmed=YEARS)
    found = judged(kpi, {"2023/24": 12, "2024/25": 14}, "2025-06", of=of, fiscal_year_starts=7)
    assert (found["annual_compliance"], found["plan_progress"]) == (pytest.approx(0.7), pytest.approx(26 / 60))


@given(
    st.lists(st.none() | st.integers(0, 20).map(float), min_size=20, max_size=40),
    st.sampled_from([1, 4, 7]),
    st.sampled_from(["flow", "cumulative"]),
    st.sampled_from([END, "2025-09-30"]),
)
@settings(max_examples=40)
def test_a_seasonal_path_is_drawn_as_it_is_judged(values, starts, accumulation, end):
    months = [Month(2023, 1).plus(count) for count in range(len(values))]
    years = {"baseline": (0.0, "2023-06-30")} if accumulation == "flow" else {"programmed": {"2024": 30.0, "2025": 60.0}}
    kpi = goal(accumulation=accumulation, path={"method": "seasonal"}, target=(90.0, end), **years)
    known = definitions(indicator(kind="flow", fiscal_year_starts=starts))
    found = judge(observations(dict(zip(map(str, months), values, strict=True))), Catalogue((kpi,), {}), known, [TOWN], months)
    how = counting(kpi, kpi, adds_up=True, year_starts=starts)
    drawn = seasonal_years([(m.last, v) for m, v in zip(months, values, strict=True)], kpi, kpi.basis, how, "month")
    points = {day: value for _, *year in drawn for day, value in year}
    for month, row in zip(months, found.iter_rows(named=True), strict=True):
        judged_now = row["period"] == month.last and row["hold"] is None and row["status"] != "not_due"
        if judged_now and row["due"] is not None and month.last < date.fromisoformat(end):
            assert row["due"] == pytest.approx(points[month.last])


@st.composite
def sums(draw) -> Kpi:
    years = {str(year): float(draw(st.integers(0, 50))) for year in range(2024, 2027)}
    total, start = sum(years.values()), float(draw(st.integers(0, 100)))
    kind = draw(st.sampled_from(["flow", "cumulative", "added", "taken", "from a day", "yearly"]))
    if kind == "from a day":
        return goal(accumulation="cumulative", baseline=(5.0, "2024-03-15"), target=(90.0, END))
    if kind == "yearly":
        return goal(accumulation="flow", baseline=(5.0, "2024-05-31"), target=(90.0, END))
    if kind in ("flow", "cumulative"):
        return goal(accumulation=kind, programmed=years, target=(max(total, 1.0), END))
    end = start + total if kind == "added" else start - total
    told = {"polarity": "higher" if kind == "added" else "lower", "accumulation": "cumulative", "baseline": (start, "2023-12-31")}
    return goal(programmed=years, target=(end, END), **told)


@given(sums(), st.lists(st.none() | st.integers(0, 20).map(float), min_size=1, max_size=34), st.sampled_from([1, 4, 7, 10]))
@settings(max_examples=100)
def test_the_sum_and_what_is_due_are_the_same_for_the_chart_and_for_the_judge(kpi, values, starts):
    months = [Month.of(end_of_year(2023, starts)).plus(1 + count) for count in range(len(values))]
    table = observations({str(month): value for month, value in zip(months, values, strict=True)})
    known = definitions(indicator(kind="flow", fiscal_year_starts=starts))
    found = judge(table, Catalogue((kpi,), {}), known, [TOWN], months)
    how = counting(kpi, kpi, adds_up=True, year_starts=starts)
    drawn = dict(zip(months, running([(m.last, v) for m, v in zip(months, values, strict=True)], kpi, how, "month"), strict=True))
    for month, row in zip(months, found.iter_rows(named=True), strict=True):
        if row["period"] == month.last and how.sums and row["status"] != "not_due":
            assert row["value"] == (None if drawn[month] is None else pytest.approx(drawn[month]))
        expected = due(kpi, row["period"], kpi.basis, how) if row["period"] else None
        assert row["due"] == (None if expected is None else pytest.approx(expected))
