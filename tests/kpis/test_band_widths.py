"""Bands of presets and lists, no narrower than what the data can tell: the same as the bands of two cuts, and still proved."""

import json
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from data import definitions as definition_files
from data.home import Home
from data.periods import Month
from data.problems import Refused
from kpis.__main__ import main
from kpis.band_reasons import widened
from kpis.bands import find, prove, stretches
from kpis.checking import check
from kpis.definition import Aim, Bands, Kpi
from kpis.explain import explain
from kpis.scorecard import as_score
from kpis.workshop.draft import opened, tried
from kpis.workshop.saving import save
from tests.kpi_town import definitions, goal, indicator, judged
from tests.kpis.test_rules import CITY, INDICATORS, PLACES

UP: dict[str, Any] = {"baseline": (60.0, "2024-12-31"), "target": (80.0, "2026-12-31")}
RANGE: dict[str, Any] = {"low": 45.0, "high": 55.0, "low_limit": 30.0, "high_limit": 70.0}
STATUSES = ("off_track", "at_risk", "on_track")


def listed(on_track: float, at_risk: float, *, falls: bool = False) -> Bands:
    """Two cuts as a list of three bands; each cut belongs to the better one."""
    low, high = sorted((on_track, at_risk))
    names = tuple(reversed(STATUSES)) if falls else STATUSES
    held = ("to", "to", "neither") if falls else (None, None, None)
    ends = ((None, low), (low, high), (high, None))
    told = [
        {"name": name, "status": name, "from": start, "to": end, "includes": includes}
        for name, (start, end), includes in zip(names, ends, held, strict=True)
    ]
    return Bands.model_validate(told)


def seen(kpi: Kpi, value: float) -> dict[str, Any]:
    return judged(kpi, {"2025-12": value}, "2025-12")


def scored(kpi: Kpi, value: float):
    aim = Aim(baseline=kpi.baseline, target=kpi.target, path=kpi.path)
    return as_score(seen(kpi, value), kpi, aim, definitions(indicator()).indicator["lights"], Month(2025, 12))


@pytest.mark.parametrize(
    ("value", "band", "status"),
    [
        (70, "on_track", "on_track"),
        (65, "on_track", "on_track"),
        (64.9, "at_risk", "at_risk"),
        (60, "at_risk", "at_risk"),
        (59.9, "off_track", "off_track"),
    ],
)
def test_the_example_of_the_goals_page_comes_out_of_a_list_too(value, band, status):
    """docs/goals.md: with 70 due, bands at 69 and 66 and a smallest difference of 5, on track from 65 and at risk from 60."""
    found = seen(goal(bands=listed(0.9, 0.6), smallest_difference=5.0, **UP), value)
    assert (found["band"], found["status"], found["edges"]) == (band, status, [pytest.approx(0.0), pytest.approx(0.5)])


def test_bands_that_are_wide_enough_stay_where_they_were_written():
    for smallest in (None, 0.0, 0.5):
        found = seen(goal(bands=listed(0.9, 0.6), smallest_difference=smallest, **UP), 66)
        assert (found["band"], found["edges"]) == ("at_risk", None)


@pytest.mark.parametrize(
    ("value", "band"), [(72.9, "green"), (73, "green"), (73.1, "violet"), (67, "green"), (66.9, "yellow"), (64, "yellow"), (63.9, "orange")]
)
def test_a_band_above_what_is_asked_begins_as_far_away_as_one_below(value, band):
    """In the State of Mexico green is 90 to 110 % of the ten points due, which are 69 to 71; three points are told apart."""
    assert seen(goal(bands=Bands.model_validate({"preset": "edomex5"}), smallest_difference=3.0, **UP), value)["band"] == band


def test_a_band_of_one_number_is_as_wide_as_can_be_told():
    kpi = goal(
        bands=Bands.model_validate({"preset": "boston_cityscore"}), basis="ratio", target=(80.0, "2026-12-31"), smallest_difference=2.0
    )
    assert [seen(kpi, value)["band"] for value in (77.9, 78, 80, 82, 82.1)] == [
        "below_target",
        "on_target",
        "on_target",
        "on_target",
        "exceeding",
    ]


@pytest.mark.parametrize(
    ("told", "bands", "edges"),
    [
        pytest.param({"target": (80.0, "2026-12-31")}, listed(79, 78), [70.0, 75.0], id="more is better"),
        pytest.param({"polarity": "lower", "target": (20.0, "2026-12-31")}, listed(21, 22, falls=True), [25.0, 30.0], id="less is better"),
        pytest.param({"target": (80.0, "2026-12-31")}, listed(60, 50), None, id="wide enough"),
    ],
)
def test_bands_of_values_move_away_from_the_target(told, bands, edges):
    found = seen(goal(basis="absolute", bands=bands, smallest_difference=5.0, **told), 50)
    assert found["edges"] == (None if edges is None else [pytest.approx(edge, rel=1e-6) for edge in edges])


def test_bands_of_values_around_a_range_move_away_from_both_of_its_ends():
    names = ("too_low", "low", "good", "high", "too_high")
    statuses = ("off_track", "at_risk", "on_track", "at_risk", "off_track")
    ends = ((None, 43), (43, 45), (45, 55), (55, 56), (56, None))
    bands = Bands.model_validate([
        {"name": name, "status": status, "from": start, "to": end}
        for name, status, (start, end) in zip(names, statuses, ends, strict=True)
    ])  # fmt: skip
    target = {**RANGE, "value": 50.0, "date": "2026-12-31"}
    kpi = goal(basis="absolute", polarity="range", target=target, bands=bands, smallest_difference=4.0)
    assert seen(kpi, 50)["edges"] == [pytest.approx(edge) for edge in (37, 41, 59, 63)]
    assert [seen(kpi, value)["band"] for value in (41, 40.9, 59, 59.1, 63.1)] == ["good", "low", "good", "high", "too_high"]


@pytest.mark.parametrize("value", [62, 60.1, 59.9, 55, 54.9, 50, 49.9, 44, 43.9, 40, 39.9, 20, 80])
def test_outside_a_range_a_list_of_the_same_cuts_gives_the_same_status(value):
    for limits in ({}, {"low_limit": 40.0, "high_limit": 80.0}):
        target = {"low": 60.0, "high": 62.0, "value": 61.0, "date": "2026-12-31", **limits}
        told = {"polarity": "range", "target": target, "smallest_difference": 5.0}
        assert seen(goal(bands=listed(0.9, 0.6), **told), value)["status"] == seen(goal(**told), value)["status"]


def test_where_there_is_no_way_a_value_counts_by_its_own_distance():
    """Kept at 60: three points below is all that the data can tell, six points the band after it."""
    kept = {"baseline": (60.0, "2024-12-31"), "target": (60.0, "2026-12-31"), "smallest_difference": 3.0}
    for value in (60, 57, 56.9, 54, 53.9):
        cuts, named = (seen(goal(**kept, **more), value) for more in ({}, {"bands": listed(0.9, 0.6)}))
        assert named["band"] == {"reached": "on_track"}.get(cuts["status"], cuts["status"])


amounts = st.integers(1, 500).map(float)


@given(
    st.sampled_from(["on_schedule", "progress", "ratio", "absolute", "performance"]),
    st.sampled_from(["higher", "lower"]),
    st.integers(1, 60).map(float),
    amounts,
    amounts,
    st.floats(0, 600),
)
@settings(max_examples=50)
@example("ratio", "lower", 5.0, 20.0, 60.0, 24.0)
def test_a_list_of_the_same_cuts_gives_the_same_status(basis, polarity, smallest, one, other, value):
    low, high = sorted((one, other))
    first, last = (low, high) if polarity == "higher" else (high, low)
    sign = 1 if polarity == "higher" else -1
    if basis == "performance":  # the target is in the best band, as it is in those of the other bases
        first, last = (0.0, 600.0 - last / 10) if sign > 0 else (600.0, last / 10)
    cuts = (last - sign, last - 2 * sign) if basis == "absolute" else (0.9, 0.6)
    told: dict[str, Any] = {"basis": basis, "polarity": polarity, "smallest_difference": smallest, "scale": {"min": 0.0, "max": 600.0}}
    told |= {"baseline": (first, "2024-12-31"), "target": (last, "2026-12-31")}
    by_cuts = seen(goal(bands=Bands(on_track=cuts[0], at_risk=cuts[1]), **told), value)
    named = seen(goal(bands=listed(*cuts, falls=basis == "absolute" and sign < 0), **told), value)
    assert named["status"] == by_cuts["status"]


PRESETS = ["edomex5", "huila5", "guatape", "dnp"]


@given(
    st.sampled_from(PRESETS),
    st.sampled_from(["on_schedule", "progress", "ratio"]),
    st.sampled_from(["higher", "lower"]),
    st.integers(1, 60).map(float),
    amounts,
    amounts,
    st.floats(0.001, 600),
)
@settings(max_examples=50)
def test_widened_bands_are_proved_and_say_what_the_judge_says(preset, basis, polarity, smallest, one, other, value):
    assume(one != other)
    low, high = sorted((one, other))
    first, last = (low, high) if polarity == "higher" else (high, low)
    told: dict[str, Any] = {"basis": basis, "polarity": polarity, "smallest_difference": smallest}
    kpi = goal(
        bands=Bands.model_validate({"preset": preset}), baseline=(first, "2024-12-31"), target=(last, "2026-12-31"), **told
    )  # fmt: skip
    found = seen(kpi, value)
    assert kpi.bands
    bands = widened(kpi, found["edges"]) or kpi.bands.scale
    assert prove(bands) == []
    assert [band.name for band in bands] == [band.name for band in kpi.bands.scale]
    edges = [stretch.begins for stretch in stretches(bands)]
    share = found["attainment"]
    if share is not None and all(abs(share - edge) > 1e-6 for edge in edges):
        assert pl.select(find(pl.lit(share), bands)).item() == found["band"]


@given(
    st.sampled_from(["edomex5", "guatape", "dnp"]),  # Huila's bands hold their upper end: at its thresholds the worse one holds
    st.sampled_from(["higher", "lower"]),
    st.integers(1, 60).map(float),
    st.integers(20, 300),
    st.integers(20, 300),
)
@settings(max_examples=15)
def test_a_threshold_of_widened_bands_keeps_its_promise(preset, polarity, smallest, one, other):
    assume(abs(one - other) > 1)
    low, high = float(min(one, other)), float(max(one, other))
    first, last = (low, high) if polarity == "higher" else (high, low)
    told: dict[str, Any] = {"polarity": polarity, "smallest_difference": smallest, "bands": Bands.model_validate({"preset": preset})}
    kpi = goal(baseline=(first, "2024-12-31"), target=(last, "2026-12-31"), **told)
    attained = ["off_track", "at_risk", "on_track", "reached", "exceeded"]
    found = explain(scored(kpi, first)).thresholds
    assert any(amount is not None for amount in found.values())
    for status, amount in found.items():
        if amount is not None:
            assert attained.index(scored(kpi, amount.number).status) >= attained.index(status)
            worse = amount.number - kpi.sign * max(1e-5, 1e-6 * abs(amount.number))
            assert attained.index(scored(kpi, worse).status) < attained.index(status)


def test_a_reason_says_that_its_band_was_widened_only_where_it_is_in_it_for_that():
    kpi = goal(bands=listed(0.9, 0.6), smallest_difference=5.0, **UP)
    told = "65.0 % against 70.0 % attains 50%, in the band on track, widened to the 5.0 points that the data can tell"
    assert str(scored(kpi, 65).reason) == told
    assert str(scored(kpi, 69.5).reason) == "69.5 % against 70.0 % attains 95%, in the band on track"
    values = goal(basis="absolute", bands=listed(79, 78), smallest_difference=5.0, target=(80.0, "2026-12-31"))
    assert str(scored(values, 76).reason) == "76.0 % is in the band on track, widened to the 5.0 points that the data can tell"


def test_the_thresholds_are_those_of_the_widened_bands():
    thresholds = explain(scored(goal(bands=Bands.model_validate({"preset": "edomex5"}), smallest_difference=3.0, **UP), 66)).thresholds
    told = {status: None if amount is None else round(amount.number, 6) for status, amount in thresholds.items()}
    assert told == {"exceeded": 82.0, "reached": 80.0, "on_track": 67.0, "at_risk": 64.0}


GOAL = """
kpis:
  - id: lit
    name: Lit
    indicator: lights
    polarity: higher
    owner: works
    {more}
    baseline: {{value: 60, date: 2023-12-31}}
    target: {{value: 80, date: 2026-12-31}}
    smallest_difference: {smallest}
    bands: {bands}
"""
LIST = (
    "[{name: red, status: off_track, to: 0.6}, {name: amber, status: at_risk, from: 0.6, to: 0.9},"
    " {name: green, status: on_track, from: 0.9}]"
)
FROM_ZERO = (
    "[{name: red, status: off_track, from: 0, to: 5}, {name: amber, status: at_risk, from: 5, to: 75},"
    " {name: green, status: on_track, from: 75}]"
)


@pytest.fixture
def town(tmp_path, monkeypatch):
    home = Home(tmp_path)

    def build(bands: str, smallest: float, more: str = "basis: on_schedule") -> Home:
        text = GOAL.format(bands=bands, smallest=smallest, more=more)
        for path, said in ((home.city, CITY), (home.places, PLACES), (home.indicators, INDICATORS), (home.definitions / "a.yaml", text)):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(said, encoding="utf-8")
        monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
        return home

    return build


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        (LIST, "amber begins at 0.2 instead of 0.6, green begins at 0.6 instead of 0.9"),
        ("{on_track: 0.9, at_risk: 0.6}", "at_risk begins at 0.2 instead of 0.6, on_track begins at 0.6 instead of 0.9"),
        ("{preset: guatape}", "amber begins at 0.2 instead of 0.6, green begins at 0.6 instead of 1"),
    ],
)
def test_check_says_which_bands_are_widened_and_to_what(town, capsys, bands, said):
    """Eight of the twenty points from baseline to target are 0.4 of the way."""
    town(bands, 8)
    capsys.readouterr()
    assert main(["check", "--json"]) == 0
    [wider] = json.loads(capsys.readouterr().out)["widened"]
    assert (wider["path"], wider["key"]) == ("kpis/definitions/a.yaml", "kpis.1.bands")
    message = f"at the target its bands are widened to 8.0 points, the least that the data can tell: {said}"
    assert wider["message"].replace("red begins at -0.2 instead of 0, ", "") == message
    assert main(["check"]) == 0
    assert any(
        line.startswith("note: kpis/definitions/a.yaml:") and "widened to 8.0 points" in line
        for line in capsys.readouterr().out.splitlines()
    )


def test_check_says_nothing_of_bands_that_are_wide_enough(town):
    checked = check(town(LIST, 1))
    assert (checked.problems, checked.widened) == ((), ())


def test_a_band_that_would_be_lost_is_refused(town):
    """Green from 10 and amber from 5, which has to be 19 wide: red, from 0 on, would end below its beginning."""
    checked = check(town(FROM_ZERO, 19, more="basis: absolute"))
    assert (checked.problems, len(checked.widened)) == ((), 1)
    [flawed] = check(town(FROM_ZERO.replace("75", "10"), 19, more="basis: absolute")).problems
    assert str(flawed).endswith("; correct the bands, or `smallest_difference`")
    assert "kpis.1.bands: widened to 19.0 points, the band 'red' begins at 0 and ends below it, at -9" in str(flawed)


def test_the_workshop_refuses_such_a_band_as_check_does(town):
    home = town(FROM_ZERO, 19, more="basis: absolute")
    known = definition_files.load(home)
    draft = opened(home, "lit", known.city.place)
    assert tried(home, known, draft, None).problems == ()
    flawed = draft.with_text(0, draft.texts[0].replace("75", "10"))
    [said] = tried(home, known, flawed, None).problems
    assert said.part == 0
    assert "widened to 19.0 points, the band 'red' begins at 0" in str(said.problem)
    with pytest.raises(Refused, match="widened to"):
        save(home, known, flawed, "Ana", "x", date(2026, 7, 10), None)
