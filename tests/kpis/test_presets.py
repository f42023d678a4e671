"""Each preset behaves as its owner published: edges, worked examples, and what has no answer."""

import json
import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from kpis.__main__ import main
from kpis.bands import prove
from kpis.presets import library
from kpis.presets.preset import Scale
from tests.published_rules import Judge, judging


@pytest.fixture
def judge(tmp_path, capsys) -> Judge:
    return judging(tmp_path, capsys)


def found(answer: dict[str, Any], *keys: str) -> list[Any]:
    rows = [tuple(row[key] for key in keys) for row in answer["rows"]]
    return [row[0] for row in rows] if len(keys) == 1 else rows


@pytest.mark.parametrize("name", library.names())
def test_the_bands_of_a_preset_are_proved(name):
    preset = library.preset(name)
    assert preset
    for scale in preset.scales.values() or [Scale(bands=preset.bands)]:
        polarity = scale.polarity if preset.scales else "higher"
        assert prove(scale.bands, polarity, preset.of) == []


@pytest.mark.parametrize("name", library.names())
def test_a_preset_names_its_source_and_its_licence_and_whether_it_is_official(name):
    preset = library.preset(name)
    assert preset and preset.source and preset.licence
    if not preset.official:
        assert isinstance(preset.note, dict) and {"es", "en"} <= preset.note.keys()


def test_clearpoint_is_green_at_the_target_and_yellow_from_ninety_percent_of_it(judge):
    rows = [(100, 100, None), (100.01, 100, None), (99.99, 100, None), (90, 100, None), (89.99, 100, None), (0, 100, None)]
    answer = judge("clearpoint", "value target polarity", [*rows, (10, 12, "lower"), (12, 10, "lower"), (0, 5, "lower")])
    green, yellow, red = "above_target", "caution", "below_plan"
    assert found(answer, "band") == [green, green, yellow, yellow, red, red, green, red, green]
    assert found(answer, "status")[:6] == ["reached", "reached", "at_risk", "at_risk", "off_track", "off_track"]


def test_cascades_worked_example_comes_out_as_published(judge):
    """support.cascade.app/what-does-each-health-mean-in-cascade: (90 + 99 + 100 + 68) / 4 = 89.25, behind."""
    answer = judge("cascade", "value target due", [(50, 200, 55), (99, 200, 100), (120, 100, 100), (15, 100, 22)])
    assert found(answer, "attainment") == [0.90, 0.99, 1.20, 0.68]
    assert found(answer, "band") == ["behind", "on_track", "exceeded", "at_risk"]
    assert answer["overall"]["attainment"] == pytest.approx(0.8925) and answer["overall"]["band"] == "behind"


def test_cascades_edges_are_whole_percents(judge):
    rows = [(84.99, 85), (85, 85), (94.99, 94), (95, 95), (105, 105)]
    answer = judge("cascade", "value target due", [(value, 1000, 100) for value, _ in rows])
    assert found(answer, "band") == ["at_risk", "behind", "behind", "on_track", "on_track"]
    assert found(judge("cascade", "value target due", [(100, 100, 50), (101, 100, 50)]), "status") == ["reached", "exceeded"]


def test_cascade_measures_from_a_start_value_where_there_is_one(judge):
    answer = judge("cascade", "value target due baseline polarity", [(70, 20, 60, 80, "lower"), (60, 20, 60, 80, "lower")])
    assert found(answer, "attainment", "band") == [(0.5, "at_risk"), (1.0, "on_track")]


def yearly(later: float, earlier: float, years: int) -> float:
    return (later / earlier) ** (1 / years) - 1


def test_open_sdg_compares_the_growth_so_far_with_the_growth_that_is_needed(judge):
    answer = judge("open_sdg", "value baseline target year polarity", [(110, 100, 200, 2020, None), (60, 100, 20, 2020, "lower")])
    up = yearly(110, 100, 5) / yearly(200, 100, 15)
    down = -yearly(60, 100, 5) / abs(yearly(20, 100, 15))
    assert found(answer, "attainment") == [pytest.approx(up), pytest.approx(down)]
    assert found(answer, "score") == [pytest.approx(4.1667 * up - 2.5), pytest.approx(7.1429 * down - 4.2857)]


@pytest.mark.parametrize(
    ("ratio", "band"),
    [
        (0.95, "substantial_progress"),
        (0.949, "moderate_progress"),
        (0.60, "moderate_progress"),
        (0.599, "limited_progress"),
        (0.0, "limited_progress"),
        (-0.001, "deterioration"),
    ],
)
def test_open_sdgs_thresholds_with_a_target(judge, ratio, band):
    value = 100 * (1 + ratio * yearly(200, 100, 15)) ** 5
    assert found(judge("open_sdg", "value baseline target year", [(value, 100, 200, 2020)]), "band") == [band]


@pytest.mark.parametrize(
    ("growth", "band"),
    [
        (0.015, "substantial_progress"),
        (0.0149, "moderate_progress"),
        (0.005, "moderate_progress"),
        (0.0049, "limited_progress"),
        (0.0, "limited_progress"),
        (-0.0001, "deterioration"),
    ],
)
def test_open_sdgs_thresholds_without_a_target(judge, growth, band):
    answer = judge("open_sdg", "value baseline year", [(100 * (1 + growth) ** 5, 100, 2020)])
    assert found(answer, "band") == [band]


@pytest.mark.parametrize(
    ("base", "limit", "kept"),
    [
        pytest.param(80, 100, 0.628706, id="1 - 0.8^4.44, below the limit"),
        pytest.param(150, 100, 0.953926, id="1 - 0.5^4.44, half as much above it"),
        pytest.param(-80, -100, 0.628706, id="without their signs"),
        pytest.param(200, 100, 1.0, id="twice as much is far enough"),
    ],
)
def test_open_sdgs_thresholds_shrink_near_a_limit(judge, base, limit, kept):
    """open-sdg/sdg-build, ProgressMeasure.py: 1.5 and 0.5 % a year times the coefficient; the score is of growth over the coefficient."""
    polarity = None if base > 0 else "lower"
    growths = [0.015 * kept + 1e-6, 0.015 * kept - 1e-6, 0.005 * kept + 1e-6, 0.005 * kept - 1e-6, -1e-6]
    sign = 1 if base > 0 else -1
    rows = [(base * (1 + growth) ** 5, base, 2020, limit, polarity) for growth in growths]
    if sign < 0:  # below zero and lower is better: growth away from zero is progress
        rows = [(base * (1 + growth) ** 5, base, 2020, limit, None) for growth in [-one for one in growths]]
    answer = judge("open_sdg", "value baseline year limit polarity", rows)
    names = ["substantial_progress", "moderate_progress", "moderate_progress", "limited_progress", "deterioration"]
    assert found(answer, "band") == names
    assert found(answer, "attainment") == [pytest.approx(growth, abs=1e-9) for growth in growths]
    assert found(answer, "score")[0] == pytest.approx(500 * growths[0] / kept - 5, abs=1e-3)


def test_at_open_sdgs_limit_what_is_kept_is_progress_enough(judge):
    rows = [(100, 100, None, 2020, 100), (99.9, 100, None, 2020, 100), (110, 100, 200, 2020, 100), (110, 100, None, 2020, None)]
    answer = judge("open_sdg", "value baseline target year limit", rows)
    assert found(answer, "band", "score")[:2] == [("substantial_progress", 5.0), ("deterioration", pytest.approx(-2.525, abs=0.001))]
    without = judge("open_sdg", "value baseline target year", [(110, 100, 200, 2020), (110, 100, None, 2020)])
    assert found(answer, "band", "score")[2:] == found(without, "band", "score"), "with a target a limit is not looked at"


def test_open_sdg_asks_first_whether_the_target_is_met(judge):
    answer = judge("open_sdg", "value baseline target year", [(201, 100, 200, 2020), (201, 250, 200, 2020)])
    assert found(answer, "band", "score") == [("target_achieved", 5.0)] * 2


def test_open_sdg_has_no_answer_across_zero_and_puts_a_thousandth_for_it(judge):
    columns = "value baseline target year baseline_year target_year"
    rows = [(-5, 10, 20, 2020, None, None), (5, 10, 20, 2015, None, None), (1, 0, 8, 2005, 2000, 2010), (-8, -10, None, 2020, None, None)]
    answer = judge("open_sdg", columns, rows)
    assert found(answer, "band")[:2] == [None, None] and all("cannot be judged" in reason for reason in found(answer, "reason")[:2])
    assert found(answer, "attainment")[2] == pytest.approx(yearly(1, 0.001, 5) / yearly(8, 0.001, 10))
    assert found(answer, "attainment")[3] == pytest.approx(-yearly(-8, -10, 5))


def test_kausal_is_late_on_the_wrong_side_of_the_closest_dated_goal(judge):
    rows = [(49.9, 20, 100, 50), (50, 20, 100, 50), (35, 40, 10, 30), (25, 40, 10, 30), (0.3, 0, 1, 0.1 + 0.2)]
    answer = judge("kausal", "value baseline target due", rows)
    assert found(answer, "band") == ["late", "on_time", "late", "on_time", "on_time"]
    assert found(answer, "attainment")[:4] == [pytest.approx(29.9 / 80), pytest.approx(30 / 80), pytest.approx(5 / 30), pytest.approx(0.5)]


def test_kausal_gives_no_status_to_what_moves_backwards(judge):
    answer = judge("kausal", "value baseline target due", [(15, 20, 100, 50), (20, 20, 100, 50), (20, 20, 20, 20)])
    assert found(answer, "band", "status") == [(None, None)] * 3
    assert "nothing is gained" in found(answer, "reason")[0] and "equal" in found(answer, "reason")[2]


def test_cityscore_rounds_up_and_turns_the_ratio_over(judge):
    """published_numbers.csv, cityscore_ratio_up: 0.95 against 0.80 is ceil(118.75)/100."""
    rows = [(0.95, 0.80, None), (1, 0.80, None), (80, 100, "lower"), (100, 80, "lower"), (100, 100, None), (100.01, 100, None)]
    answer = judge("boston_cityscore", "value target polarity", [*rows, (99.001, 100, None), (0, 5, "lower"), (0, 5, None)])
    assert found(answer, "attainment") == [1.19, 1.25, 1.25, 0.80, 1.0, 1.01, 1.0, 0.0, 0.0]
    assert found(answer, "band")[4:] == ["on_target", "exceeding", "on_target", "below_target", "below_target"]
    scores = found(answer, "attainment")
    assert answer["overall"]["attainment"] == math.ceil(100 * sum(scores) / len(scores)) / 100


def test_cityscore_takes_a_series_own_history_as_its_target(judge):
    values = [10 + (day % 7) for day in range(91)]
    mean = sum(values) / 91
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / 91)
    for polarity, target in (("higher", mean - spread), ("lower", mean + spread)):
        answer = judge("boston_cityscore", "series value target polarity", [("calls", value, None, polarity) for value in values])
        last = values[-1] / target if polarity == "higher" else target / values[-1]
        assert found(answer, "attainment")[-1] == math.ceil(100 * last) / 100
    answer = judge("boston_cityscore", "series value target polarity", [("calls", value, None, None) for value in values[:90]])
    assert set(found(answer, "reason")) == {"cannot be judged: target is empty"}


def test_the_five_colours_of_the_state_of_mexico(judge):
    done = [0, 49.9, 50, 69.9, 70, 89.9, 90, 110, 110.1, 300]
    answer = judge("edomex5", "value due", [(value, 100) for value in done])
    colours = ["red", "red", "orange", "orange", "yellow", "yellow", "green", "green", "violet", "violet"]
    assert found(answer, "band") == colours
    assert found(answer, "status")[-3:] == ["on_track", "exceeded", "exceeded"]
    assert found(judge("edomex5", "value target", [(110, 100)]), "band") == ["green"]
    preset = library.preset("edomex5")
    assert preset and preset.bands[-1].meaning == {"en": "planning was too low", "es": "se planeó de menos"}


def test_the_five_colours_of_huila_hold_their_upper_ends_as_coded(judge):
    done = [0, 40, 40.01, 60, 60.01, 80, 80.01, 100, 100.004, 100.01]
    answer = judge("huila5", "value target", [(value, 100) for value in done])
    expected = ["red", "red", "orange", "orange", "yellow", "yellow", "green", "green", "green", "violet"]
    assert found(answer, "band") == expected
    assert found(judge("huila5", "value target polarity", [(0, 5, "lower"), (4, 5, "lower")]), "band") == ["red", "violet"]
    assert found(judge("huila5", "value target", [(3, 0), (0, 0)]), "band") == [None, None]


def test_guatapes_colours_and_its_cap(judge):
    answer = judge("guatape", "value target", [(1, 1), (13, 3), (0.99, 1), (0.6, 1), (0.59, 1), (0.01, 1), (0, 1)])
    assert found(answer, "band") == ["green", "green", "amber", "amber", "red", "red", "grey"]
    assert found(answer, "attainment")[:2] == [1.0, 1.0]


def test_the_colombian_kinds_of_accumulation_have_a_formula_each(judge):
    rows = [
        ("flow", 30, 40, None, None),
        ("cumulative", 30, 40, None, None),
        ("level", 90, 100, 80, None),
        ("capacity", 90, 100, 80, None),
        ("reduction", 90, 80, 100, None),
        ("reduction_annual", 85, 80, 100, 90),
        ("capacity", 90, 100, None, None),
    ]
    answer = judge("dnp", "accumulation value target baseline previous", rows)
    assert found(answer, "attainment") == [0.75, 0.75, 0.9, 0.5, 0.5, 0.5, None]
    assert "baseline" in found(answer, "reason")[-1]


def test_the_colombian_bands(judge):
    answer = judge("dnp", "value target", [(value, 100) for value in (39.9, 40, 59.9, 60, 69.9, 70, 79.9, 80, 130)])
    names = ["critical", "low", "low", "middling", "middling", "satisfactory", "satisfactory", "outstanding", "outstanding"]
    assert found(answer, "band") == names


def test_the_mexican_guide_has_cuts_for_each_indicator(judge):
    rows = [("4.4.6", 80), ("4.4.6", 79.9), ("4.4.6", 50), ("4.4.6", 49.9), ("2.3.2", 2.5), ("2.3.2", 5.5), ("2.3.2", 5.6)]
    answer = judge("gdm", "indicator value", [*rows, ("3.3.6", -1), ("3.3.6", 0), ("3.3.6", 1), ("2.3.3", 0), ("2.3.3", -1)])
    green, amber, red = "optimal", "in_process", "behind"
    assert found(answer, "band") == [green, amber, amber, red, green, amber, red, green, amber, red, green, red]


def test_the_cuts_of_the_mexican_guide_can_be_given_in_the_table(judge):
    answer = judge("gdm", "value low high polarity", [(80, 50, 80, None), (50, 50, 80, None), (49, 50, 80, None), (55, 60, 50, "lower")])
    assert found(answer, "band") == ["optimal", "in_process", "behind", "in_process"]


def test_sdsn_brings_values_between_two_goalposts_to_a_hundred(judge):
    answer = judge("sdsn", "value low high", [(60, 20, 100), (120, 20, 100), (0, 20, 100), (15, 20, 10), (5, 5, 5)])
    assert found(answer, "score") == [50, 100, 0, 50, None]
    assert all(band is None for band in found(answer, "band")) and "no colour" in found(answer, "reason")[0]


def test_a_rate_is_computed_from_its_numerator_and_denominator(judge):
    answer = judge("clearpoint", "numerator denominator target", [(45, 50, 1), (45, 0, 1)])
    assert found(answer, "value", "band") == [(0.9, "caution"), (None, None)]


def test_a_row_that_cannot_be_judged_has_a_reason_and_no_colour(judge):
    answer = judge("clearpoint", "value target", [(None, 5), (5, None), (5, 0), (5, -2)])
    assert found(answer, "band", "status", "attainment") == [(None, None, None)] * 4
    assert found(answer, "reason")[:2] == ["cannot be judged: value is empty", "cannot be judged: target is empty"]
    assert found(answer, "reason")[2] == "cannot be judged: a ratio to a target of zero or less says nothing"


def entries(series: str, values: Sequence[float], target: float | None = 100.0, **told: str) -> list[tuple[object, ...]]:
    """A series' daily entries up to 30 June 2016, oldest first."""
    first = date(2016, 6, 30) - timedelta(days=len(values) - 1)
    days = [(first + timedelta(days=number)).isoformat() for number in range(len(values))]
    return [(series, day, value, target, told.get("polarity"), told.get("trend")) for day, value in zip(days, values, strict=True)]


BOSTON = "series date value target polarity trend"
QUARTER = [70.0] * 60 + [80.0] * 23 + [90.0] * 6 + [95.0]
"""Ninety days: 95 on the last, 90 on the six before, 80 on the 23 before these, and 70 on the sixty before."""


def windows_of(answer: dict[str, Any], *keys: str) -> dict[tuple[str, int], Any]:
    rows = {(row["series"], row["days"]): tuple(row[key] for key in keys) for row in answer["windows"]}
    return {name: row[0] for name, row in rows.items()} if len(keys) == 1 else rows


def test_bostons_day_week_month_and_quarter_are_means_of_the_last_days(judge):
    """models.py: mean(values in window) / target, 1, 7, 30 and 90 days back from the latest entry, rounded up to two decimals."""
    answer = judge("boston_cityscore", BOSTON, entries("potholes", QUARTER))
    told = windows_of(answer, "from", "to", "values", "attainment")
    assert told == {
        ("potholes", 1): ("2016-06-30", "2016-06-30", 1, 0.95),
        ("potholes", 7): ("2016-06-24", "2016-06-30", 7, 0.91),  # 635 / 7 = 90.71
        ("potholes", 30): ("2016-06-01", "2016-06-30", 30, 0.83),  # 2,475 / 30 = 82.5
        ("potholes", 90): ("2016-04-02", "2016-06-30", 90, 0.75),  # 6,675 / 90 = 74.17
    }
    assert windows_of(answer, "status")["potholes", 1] == "off_track"


def test_bostons_city_is_the_plain_mean_of_its_series_rounded_up_again(judge):
    """One series ends ten days before the other: its windows are its own. Where lower is better it is 100 / 60 = 1.67."""
    minutes = [row for row in entries("minutes", [60.0] * 100, polarity="lower") if str(row[1]) <= "2016-06-20"]
    answer = judge("boston_cityscore", BOSTON, [*entries("potholes", QUARTER), *minutes])
    assert windows_of(answer, "to", "attainment")["minutes", 7] == ("2016-06-20", 1.67)
    city = {row["days"]: (row["attainment"], row["rows"], row["band"]) for row in answer["city"]}
    assert city == {1: (1.31, 2, "exceeding"), 7: (1.29, 2, "exceeding"), 30: (1.25, 2, "exceeding"), 90: (1.21, 2, "exceeding")}


def test_bostons_trend_has_no_score_on_a_day_when_nothing_happened(judge):
    quiet = [0.0] * 5 + [3.0, 0.0]
    rows = [*entries("homicides", quiet, 1.0, polarity="lower", trend="yes"), *entries("fires", quiet, 1.0, polarity="lower")]
    answer = judge("boston_cityscore", BOSTON, rows)
    told = windows_of(answer, "attainment")
    assert (told["homicides", 1], told["fires", 1]) == (None, 0.0), "what is no trend scores 0, as in the toolkit"
    assert told["homicides", 7] == told["fires", 7] == 2.34  # 1 / (3 / 7), rounded up
    assert [row["rows"] for row in answer["city"]] == [1, 2, 2, 2]
    assert "a day of a trend on which nothing happened" in answer["rows"][0]["reason"]


def test_bostons_trend_without_a_target_is_held_against_the_same_days_of_the_year_before(judge):
    """More than 365 entries: the mean of the 90 days that ended 365 days before the latest entry, which were 2 a day; all others were 4."""
    values = [4.0] * 45 + [2.0] * 90 + [4.0] * 365
    told = windows_of(
        judge("boston_cityscore", BOSTON, entries("shootings", values, None, polarity="lower", trend="yes")), "target", "attainment"
    )
    assert told["shootings", 1] == (2.0, 0.5)
    short = windows_of(
        judge("boston_cityscore", BOSTON, entries("shootings", values[-365:], None, polarity="lower", trend="yes")), "target"
    )
    assert short["shootings", 1] == 4.0, "up to a year of entries, their mean and standard deviation"


def test_entries_without_a_day_have_no_windows_and_a_day_is_written_as_one(judge, tmp_path, capsys):
    answer = judge("boston_cityscore", "series value target", [("a", 1, 2)])
    assert (answer["windows"], answer["city"]) == ([], [])
    (tmp_path / "bad.csv").write_text("series,date,value,target,trend\na,30/06/2016,1,2,maybe\n", encoding="utf-8")
    assert main(["judge", str(tmp_path / "bad.csv"), "--rule", "boston_cityscore", "--json"]) == 1
    said = [problem["message"] for problem in json.loads(capsys.readouterr().out)["problems"]]
    assert said == ["'30/06/2016' is not a day", "'maybe' is not a known trend"]


def test_in_words_the_windows_stand_below_the_rows(tmp_path, capsys):
    lines = ["series,date,value,target", *(",".join(map(str, row[:4])) for row in entries("potholes", QUARTER))]
    (tmp_path / "days.csv").write_text("\n".join(lines), encoding="utf-8")
    assert main(["judge", str(tmp_path / "days.csv"), "--rule", "boston_cityscore"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-8:-4] == [
        f"potholes, {days} days: {score}  below_target" for days, score in ((1, 0.95), (7, 0.91), (30, 0.83), (90, 0.75))
    ]
    assert said[-1] == "all series, 90 days: 0.75  below_target"
