"""Each rule about goals: what is wrong, with its file, line and cure; and what is right passes."""

from pathlib import Path

import pytest

from data.definitions import load as load_definitions
from data.home import Home
from data.problems import Refused
from kpis import catalogue
from kpis.checking import check
from kpis.metrics.rules import METRIC_RULES, METRIC_WARNINGS
from kpis.rules import RULES, WARNINGS

CITY = """
name: Town
place: town
mandate: {start: 2023-07-01, end: 2027-06-30, axes: [{id: green, name: Green}]}
areas: [{id: works, name: Works}]
"""
PLACES = "places: [{id: town, name: Town}, {id: north, name: North, kind: district, parent: town}]"
INDICATORS = """
themes: [{id: life, name: Life}]
indicators:
  - {id: lights, name: Lights, unit: "%", kind: level, frequency: month, theme: life, source: desk, owner: works, min: 0, max: 100}
  - {id: days, name: Days, unit: days, kind: level, frequency: month, theme: life, source: desk, owner: works, polarity: lower}
"""
GOOD = """kpis:
  - id: lights_80
    name: Lights
    indicator: lights
    polarity: higher
    owner: works
    axis: green
    baseline: {value: 60, date: 2023-12-31}
    target: {value: 80, date: 2026-12-31}
"""
STEPS = "    path: {method: steps, steps: [{date: 2024-12-31, value: 65}, {date: 2025-12-31, value: 75}]}\n"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    for folder in (home.city.parent, home.definitions, home.targets):
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in ((home.city, CITY), (home.places, PLACES), (home.indicators, INDICATORS), (home.definitions / "a.yaml", GOOD)):
        path.write_text(text, encoding="utf-8")
    return home


def problems(home: Home) -> list[str]:
    found = check(home)
    return [str(problem) for problem in (*found.problems, *found.warnings)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("indicator: lights", "indicator: light", "a.yaml:4: kpis.1.indicator: 'light' is not a known indicator; write lights"),
        ("owner: works", "owner: parks", "a.yaml:6: kpis.1.owner: 'parks' is not a known area; write works"),
        ("axis: green", "axis: greens", "a.yaml:7: kpis.1.axis: 'greens' is not a known axis; write green"),
        (
            "polarity: higher",
            "polarity: lower",
            "a.yaml:9: kpis.1.target.value: the target 80 is worse than the baseline 60, because lower",
        ),
        ("{value: 80,", "{value: 59.5,", "a.yaml:9: kpis.1.target.value: the target 59.5 is worse than the baseline 60, because higher"),
        (
            "2026-12-31",
            "2023-12-31",
            "a.yaml:9: kpis.1.target.date: the target's date 2023-12-31 is not after the baseline's date 2023-12-31",
        ),
        ("2026-12-31", "2027-07-01", "a.yaml:9: kpis.1.target.date: the target's date 2027-07-01 is outside the mandate, 2023-07-01 to"),
        ("    baseline: {value: 60, date: 2023-12-31}\n", "", "a.yaml:2: kpis.1.baseline: the basis on_schedule measures from a baseline"),
        ("{value: 80,", "{value: 101,", "a.yaml:9: kpis.1.target.value: 101 cannot be: the indicator is never above 100"),
        ("{value: 60,", "{value: -1,", "a.yaml:8: kpis.1.baseline.value: -1 cannot be: the indicator is never below 0"),
        (
            "indicator: lights",
            "indicator: days",
            "a.yaml:5: kpis.1.polarity: the goal says that higher is better, its indicator says lower",
        ),
        ("axis: green", "bands: {on_track: 0.5, at_risk: 0.9}", "a.yaml:7: kpis.1.bands: on_track 0.5 is not better than at_risk 0.9"),
        ("axis: green", "bands: {on_track: 90, at_risk: 60}", "a.yaml:7: kpis.1.bands: with the basis on_schedule bands are shares"),
        ("axis: green", "bands: {on_track: 0.9, at_risk: 0}", "a.yaml:7: kpis.1.bands: with the basis on_schedule bands are shares"),
        (
            "axis: green",
            "basis: absolute\n    bands: {on_track: 60, at_risk: 70}",
            "a.yaml:8: kpis.1.bands: on_track 60 is not better than",
        ),
        (
            "axis: green",
            "basis: absolute\n    bands: {on_track: 90, at_risk: 70}",
            "a.yaml:8: kpis.1.bands.on_track: on_track 90 goes beyond",
        ),
        ("axis: green", "path: {method: steps}", "a.yaml:7: kpis.1.path: the method is steps, but there are none; add `steps:`"),
        (
            "axis: green",
            "path: {steps: [{date: 2025-01-31, value: 70}]}",
            "a.yaml:7: kpis.1.path.steps: steps are given, but the method is linear",
        ),
    ],
)
def test_a_rule_names_file_line_and_cure(home, old, new, expected):
    text = GOOD.replace(old, new)
    assert text != GOOD
    (home.definitions / "a.yaml").write_text(text, encoding="utf-8")
    found = problems(home)
    assert len(found) == 1, found
    assert found[0].startswith(f"kpis/definitions/{expected}")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("value: 75", "value: 81", "the step 81 goes beyond the target 80"),
        ("2025-12-31", "2026-12-31", None),
        ("2025-12-31", "2027-01-31", "this step is after the target's date 2026-12-31"),
        ("2024-12-31", "2023-12-31", "this step is not after the baseline's date"),
        ("2025-12-31", "2024-12-31", "this step is not after the one before it"),
        ("value: 65", "value: 101", "the step 101 goes beyond the target 80"),
    ],
)
def test_steps_lead_from_the_baseline_to_the_target(home, old, new, expected):
    (home.definitions / "a.yaml").write_text(GOOD + STEPS.replace(old, new), encoding="utf-8")
    found = problems(home)
    assert [expected in text for text in found[:1]] == ([True] if expected else [])


def test_steps_need_a_target(home):
    text = "".join(line for line in (GOOD + STEPS).splitlines(keepends=True) if "target" not in line)
    (home.definitions / "a.yaml").write_text(text, encoding="utf-8")
    assert problems(home) == ["kpis/definitions/a.yaml:9: kpis.1.path: steps lead to a target, and there is none; add `target:`"]


@pytest.mark.parametrize("basis", ["ratio", "absolute"])
def test_ratio_and_absolute_need_no_baseline(home, basis):
    text = GOOD.replace("    baseline: {value: 60, date: 2023-12-31}\n", f"    basis: {basis}\n")
    (home.definitions / "a.yaml").write_text(text, encoding="utf-8")
    assert problems(home) == []


def test_a_ratio_to_nothing_is_refused(home):
    text = GOOD.replace("axis: green", "basis: ratio").replace("value: 80", "value: 0").replace("value: 60", "value: 0")
    steps = "    path: {method: steps, steps: [{date: 2024-12-31, value: 0}]}\n"
    (home.definitions / "a.yaml").write_text(text + steps, encoding="utf-8")
    found = problems(home)
    assert [line.split(": ", 2)[1] for line in found] == ["kpis.1.target.value", "kpis.1.path.steps.1.value"]
    assert all("zero or less says nothing; choose the basis" in line for line in found)


def test_an_id_is_given_once_over_all_files(home):
    (home.definitions / "b.yaml").write_text(GOOD, encoding="utf-8")
    expected = "kpis.1.id: the id 'lights_80' is given twice, first in kpis/definitions/a.yaml:2; rename one of them"
    assert problems(home) == [f"kpis/definitions/b.yaml:2: {expected}"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("nort", "targets: {lights_80: {target: {value: 90, date: 2026-12-31}}}", "nort.yaml:1:1: no place has the id 'nort'"),
        (
            "north",
            "targets:\n  light_80: {target: {value: 90, date: 2026-12-31}}",
            "north.yaml:2: targets.light_80: 'light_80' is not a known KPI",
        ),
        (
            "north",
            "targets:\n  lights_80:\n    target: {value: 5, date: 2026-12-31}",
            "north.yaml:3: targets.lights_80.target.value: the target 5",
        ),
        (
            "north",
            "targets:\n  lights_80:\n    baseline: {value: 85, date: 2024-12-31}",
            "north.yaml:3: targets.lights_80.target.value: the target 80",
        ),
        ("north", "targets:\n  lights_80:\n    baseline: null", "north.yaml:3: targets.lights_80.baseline: the basis on_schedule"),
        (
            "north",
            "targets:\n  lights_80:\n    target: {value: 120, date: 2026-12-31}",
            "north.yaml:3: targets.lights_80.target.value: 120 cannot",
        ),
    ],
)
def test_a_places_own_targets_follow_the_same_rules(home, name, text, expected):
    (home.targets / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = problems(home)
    assert len(found) == 1, found
    assert found[0].startswith(f"kpis/targets/{expected}")


def test_what_a_place_takes_over_is_complained_of_once(home):
    (home.definitions / "a.yaml").write_text(GOOD.replace("2026-12-31", "2029-12-31"), encoding="utf-8")
    (home.targets / "north.yaml").write_text("targets: {lights_80: {baseline: {value: 61, date: 2024-12-31}}}", encoding="utf-8")
    assert [problem.split(":")[0] for problem in problems(home)] == ["kpis/definitions/a.yaml"]


def test_a_goal_in_a_file_that_cannot_be_read_is_not_called_unknown(home):
    (home.definitions / "a.yaml").write_text(GOOD.replace("polarity: higher", "polarity: up"), encoding="utf-8")
    (home.targets / "north.yaml").write_text("targets: {lights_80: {target: {value: 90, date: 2026-12-31}}}", encoding="utf-8")
    assert [problem.split("; ")[0] for problem in problems(home)] == [
        "kpis/definitions/a.yaml:5: kpis.1.polarity: 'up' is not allowed here"
    ]


def test_warnings_refuse_nothing(home):
    (home.definitions / "a.yaml").write_text(GOOD.replace("2026-12-31", "2029-12-31"), encoding="utf-8")
    found = check(home)
    assert (len(found.problems), len(found.warnings)) == (0, 1)
    assert catalogue.load(home, load_definitions(home)).kpis


def test_problems_refuse_the_whole_catalogue(home):
    (home.definitions / "a.yaml").write_text(GOOD.replace("indicator: lights", "indicator: x").replace("owner: works", "owner: x"))
    with pytest.raises(Refused) as refused:
        catalogue.load(home, load_definitions(home))
    assert [problem.key for problem in refused.value.problems] == ["kpis.1.indicator", "kpis.1.owner"]


def test_every_rule_says_in_its_name_what_is_demanded():
    names = [rule.__name__ for rule in (*RULES, *WARNINGS)]
    assert len(set(names)) == len(names) == 35 + len((*METRIC_RULES, *METRIC_WARNINGS))
