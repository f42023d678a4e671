"""Each rule about polarity, accumulation, path and attainment: what is wrong, with its line and cure; what is right passes."""

from pathlib import Path

import pytest

from data.home import Home
from kpis.checking import check
from tests.kpis.test_rules import CITY, PLACES

INDICATORS = """
themes: [{id: life, name: Life}]
indicators:
  - {id: level, name: L, unit: "%", kind: level, frequency: month, theme: life, source: desk, owner: works}
  - {id: flow, name: F, unit: trees, kind: flow, frequency: month, theme: life, source: desk, owner: works}
  - {id: yearly, name: Y, unit: trees, kind: flow, frequency: year, theme: life, source: desk, owner: works}
"""
START = "    baseline: {value: 0, date: 2023-12-31}\n"
END = "    target: {value: 60, date: 2026-12-31}\n"
YEARS = "    programmed: {2024: 10, 2025: 20, 2026: 30}\n"
TWICE = "[{date: 2025-06-30, value: 2}, {date: 2025-06-30, value: 3}]"
RANGE = "    target: {low: 45, high: 55, low_limit: 30, high_limit: 70, date: 2026-12-31}\n"


def goal(lines: str, indicator: str = "level", polarity: str = "higher") -> str:
    return f"kpis:\n  - id: a\n    name: A\n    indicator: {indicator}\n    polarity: {polarity}\n    owner: works\n{lines}"


def found(tmp_path: Path, text: str) -> list[str]:
    """Problems and warnings, without the file's name."""
    home = Home(tmp_path)
    for path, said in (
        (home.city, CITY),
        (home.places, PLACES),
        (home.indicators, INDICATORS),
        (home.definitions / "a.yaml", text),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(said, encoding="utf-8")
    checked = check(home)
    return [str(problem).removeprefix("kpis/definitions/a.yaml:") for problem in (*checked.problems, *checked.warnings)]


@pytest.mark.parametrize(
    "text",
    [
        goal(RANGE, polarity="range"),
        goal("", polarity="neutral"),
        goal(f"    accumulation: flow\n{START}{END}", "flow"),
        goal(f"    accumulation: cumulative\n{YEARS}{END}", "flow"),
        goal(f"{YEARS}{END}", "flow"),
        goal(f"    accumulation: flow\n    path: {{method: seasonal}}\n{START}{END}", "flow"),
        goal(f"    accumulation: cumulative\n    path: {{method: seasonal}}\n{YEARS}{END}", "flow"),
        goal(f"    path: {{method: milestones, milestones: [{{date: 2025-06-30, value: 20}}]}}\n{START}{END}"),
        goal(f"    basis: performance\n    scale: {{min: 0, max: 100}}\n{END}"),
        goal(f"    accumulation: level\n{END}"),
        goal(f"    accumulation: flow\n{START}{END}", "flow", "lower"),
        goal("    accumulation: reduction_annual\n    target: {value: 5, date: 2026-12-31}\n", polarity="lower"),
        goal(
            f"""{START}{END}    attainment: binary
    tolerance: 0.5
    smallest_difference: 1
    plan_node: E2.L1.O3
    review: {{frequency: month, day: 20, lag_days: 15}}
    verification: {{es: Portal, en: Portal}}
    assumptions: Budget
    sdg: ["11.6"]
    iso37120: ["16.1"]
"""
        ),
    ],
)
def test_what_is_right_passes(tmp_path, text):
    assert found(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (goal(END, polarity="range"), "7: kpis.1.target: the polarity is range, and the target has no low and high end; write `low:`"),
        (
            goal(f"    basis: ratio\n{RANGE}"),
            "8: kpis.1.target: the target is a range, but the polarity is higher; write `polarity: range`",
        ),
        (goal(RANGE.replace("low: 45", "low: 56"), polarity="range"), "7: kpis.1.target.high: low 56 is not below high 55; correct one"),
        (goal(RANGE.replace("low_limit: 30", "low_limit: 45"), polarity="range"), "7: kpis.1.target.low: low_limit 45 is not below low 45"),
        (goal(END, polarity="neutral"), "7: kpis.1.target: a neutral goal is shown and never judged, so it has no target; remove"),
        (
            goal(f"    accumulation: maintain\n{RANGE}", polarity="range"),
            "7: kpis.1.accumulation: a range is held against the value itself",
        ),
        (
            goal(f"    basis: performance\n{END}"),
            "7: kpis.1.basis: the basis performance measures on a scale, and there is none; add `scale:`",
        ),
        (
            goal(f"    basis: performance\n    scale: {{min: 9, max: 9}}\n{END}"),
            "8: kpis.1.scale: the scale's min 9 is not below its max 9",
        ),
        (goal(f"    accumulation: flow\n{START}{END}"), "7: kpis.1.accumulation: flow adds values up, and the indicator's kind is level"),
        (goal(f"    accumulation: flow\n{END}", "flow"), "7: kpis.1.accumulation: flow adds values up, and nothing says from when; add"),
        (
            goal(f"    accumulation: reduction\n{START}{END}"),
            "5: kpis.1.polarity: with the accumulation reduction the polarity cannot be higher",
        ),
        (
            goal(f"    accumulation: maintain\n{START}{END}"),
            "9: kpis.1.target.value: maintain keeps a value, but the baseline is 0 and the",
        ),
        (
            goal(f"    path: {{method: seasonal}}\n{START}{END}"),
            "7: kpis.1.path.method: a seasonal path spreads a year's amount, and nothing",
        ),
        (
            goal(f"    accumulation: cumulative\n    path: {{method: seasonal}}\n{START}{END}", "flow"),
            "8: kpis.1.path.method: a seasonal path spreads each year's amount, and none is given; add `programmed:`",
        ),
        (
            goal(f"    accumulation: flow\n    path: {{method: seasonal}}\n{START}{END}", "yearly"),
            "8: kpis.1.path.method: a seasonal path needs months, quarters or half-years, and the indicator comes by year",
        ),
        (goal(f"    path: {{method: milestones}}\n{START}{END}"), "7: kpis.1.path: the method is milestones, but there are none; add"),
        (
            goal(f"    path: {{milestones: [{{date: 2025-06-30, value: 20}}]}}\n{START}{END}"),
            "7: kpis.1.path.milestones: milestones are given, but the method is linear; write `method: milestones`",
        ),
        (
            goal(f"    path: {{method: milestones, milestones: [{{date: 2025-06-30, value: 61}}]}}\n{START}{END}"),
            "7: kpis.1.path.milestones.1.value: the milestone 61 goes beyond the target 60",
        ),
        (
            goal(f"    path: {{method: milestones, milestones: [{{date: 2026-12-31, value: 20}}]}}\n{START}{END}"),
            "7: kpis.1.path.milestones.1.date: this milestone is not before the target's date 2026-12-31",
        ),
        (
            goal(f"    path: {{method: milestones, milestones: [{{date: 2023-12-31, value: 20}}]}}\n{START}{END}"),
            "7: kpis.1.path.milestones.1.date: this milestone is not after the baseline's date",
        ),
        (
            goal(f"    path: {{method: milestones, milestones: {TWICE}}}\n{START}{END}"),
            "7: kpis.1.path.milestones.2.date: this milestone is not after the one before it",
        ),
        (goal(f"{YEARS}{END.replace('2026', '2025')}", "flow"), "7: kpis.1.programmed: 2026 is after the target's date 2025-12-31"),
        (
            goal(f"{YEARS}{END}    path: {{method: steps, steps: [{{date: 2025-06-30, value: 20}}]}}\n", "flow"),
            "7: kpis.1.programmed: years are programmed, and the path has points of its own; keep one of the two",
        ),
        (goal(f"    programmed: {{2024: 10, 2026: 50}}\n{END}", "flow"), "7: kpis.1.programmed: a year is missing between 2024 and 2026"),
        (
            goal(f"    programmed: {{2024: 10, 2025: 10, 2026: 10}}\n{END}", "flow"),
            "7: kpis.1.programmed: the amounts of the years do not make the target, by none of: B = T = every V, T = last V, T = S",
        ),
        (
            goal(f"    accumulation: level\n{YEARS}{END}"),
            "8: kpis.1.programmed: the amounts of the years do not make the target, by none of: T = last V, B = T = every V",
        ),
    ],
)
def test_a_rule_names_line_and_cure(tmp_path, text, expected):
    said = found(tmp_path, text)
    assert len(said) == 1, said
    assert said[0].startswith(expected)


def test_a_year_is_written_with_four_digits(tmp_path):
    assert len(found(tmp_path, goal(f"    programmed: {{24: 60}}\n{END}", "flow"))) == 1


def test_a_target_without_value_or_ends_says_what_is_missing(tmp_path):
    assert found(tmp_path, goal("    target: {date: 2026-12-31}\n")) == ["7: kpis.1.target.value: value is missing; add it"]
