"""Rules about a goal and its measure: what passes is beside what does not, on either side of each bound."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.definitions import Definitions
from data.yaml_file import Document
from kpis.definition import Aim, Kpi, Path, Review, Step
from kpis.definition_files import PARTS, Goal, Written
from kpis.rules_of_measures import RULES_OF_MEASURES, WARNINGS_OF_MEASURES, sdg_targets_exist
from tests.kpi_town import definitions, goal, indicator

UP: dict[str, Any] = {"baseline": (60.0, "2023-12-31"), "target": (80.0, "2026-12-31")}


def written(kpi: Kpi, known: Definitions) -> Written:
    """The goal as if it stood alone in a file."""
    aim = Aim(baseline=kpi.baseline, target=kpi.target, path=kpi.path)
    document = Document("goal.yaml", None, {(): (1, 1)})
    return Written(known, (Goal(kpi, None, aim, frozenset(PARTS), document, ("kpis", 0)),), (), complete=True)


def said(kpi: Kpi, **of: Any) -> list[str]:
    """Key and message of everything that is wrong or odd."""
    told = written(kpi, definitions(indicator(**of)))
    found = [problem for rule in (*RULES_OF_MEASURES, *WARNINGS_OF_MEASURES) for problem in rule(told)]
    assert all(problem.hint for problem in found)
    return [f"{str(problem.key).removeprefix('kpis.1.')}: {problem.as_json()['message']}" for problem in found]


@pytest.mark.parametrize(
    ("target", "of", "expected"),
    [
        (100.0, {}, []),
        (101.0, {}, ["target.value: 101 is no percentage between 0 and 100"]),
        (150.0, {"max": 400}, []),
        (150.0, {"unit": {"es": "%", "en": "percent"}}, ["target.value: 150 is no percentage between 0 and 100"]),
        (150.0, {"unit": "days"}, []),
    ],
)
def test_a_percentage_ends_at_a_hundred_unless_its_indicator_says_otherwise(target, of, expected):
    assert said(goal(**{**UP, "target": (target, "2026-12-31")}), **of) == expected


@pytest.mark.parametrize(("of", "expected"), [({}, ["target.value: -5 is no percentage between 0 and 100"]), ({"min": -20}, [])])
def test_a_percentage_begins_at_nothing_unless_its_indicator_says_otherwise(of, expected):
    assert said(goal(**{**UP, "polarity": "lower", "target": (-5.0, "2026-12-31")}), **of) == expected


def test_a_step_of_a_percentage_is_one_too():
    assert said(goal(**UP, steps=[(70.0, "2024-12-31"), (120.0, "2025-12-31")])) == [
        "path.steps.2.value: 120 is no percentage between 0 and 100"
    ]


def test_a_milestone_is_held_to_the_same_as_a_step():
    points = [(70.0, "2024-12-31"), (75.0, "2024-12-20"), (120.0, "2025-12-31")]
    path = Path(method="milestones", milestones=tuple(Step(value=value, date=date.fromisoformat(day)) for value, day in points))
    found = said(goal(**UP, path=path))
    assert "path.milestones.3.value: 120 is no percentage between 0 and 100" in found
    near = Path(method="milestones", milestones=(Step(value=70, date=date(2024, 12, 1)), Step(value=71, date=date(2024, 12, 31))))
    [less] = said(goal(**UP, path=near))
    assert less.startswith("path.milestones.2.date: this step comes less than a month after the one before")


@pytest.mark.parametrize(("target", "odd"), [(0.85, True), (1.0, False), (85.0, False)])
def test_a_share_where_a_percentage_is_meant_is_odd(target, odd):
    found = said(goal(basis="ratio", target=(target, "2026-12-31")))
    assert found == (["target.value: the target is 0.85%, less than one in a hundred"] if odd else [])


@pytest.mark.parametrize(
    ("frequency", "first", "second", "fine"),
    [
        ("year", "2024-12-31", "2025-12-31", True),
        ("year", "2024-12-31", "2025-11-30", False),
        ("half", "2024-12-31", "2025-06-30", True),
        ("quarter", "2024-12-31", "2025-02-28", False),
        ("month", "2024-12-01", "2025-01-31", True),
        ("month", "2024-12-01", "2024-12-31", False),
        ("week", "2024-12-01", "2024-12-08", True),
        ("week", "2024-12-01", "2024-12-07", False),
        ("day", "2024-12-01", "2024-12-02", True),
    ],
)
def test_steps_are_at_least_a_period_apart(frequency, first, second, fine):
    found = said(goal(**UP, steps=[(65.0, first), (70.0, second)]), frequency=frequency)
    message = f"this step comes less than a {frequency} after the one before, and there is one value each {frequency}"
    assert found == ([] if fine else [f"path.steps.2.date: {message}"])


def test_steps_in_no_order_are_another_rule_s():
    backwards = Path(method="steps", steps=(Step(date=date(2025, 12, 31), value=70), Step(date=date(2025, 6, 30), value=71)))
    assert said(goal(**UP).model_copy(update={"path": backwards}), frequency="year") == []


@pytest.mark.parametrize(("target", "fine"), [("2024-12-31", True), ("2024-11-30", False)])
def test_a_target_is_at_least_a_period_after_its_baseline(target, fine):
    found = said(goal(**{**UP, "target": (80.0, target)}), frequency="year")
    message = "the target comes less than a year after the baseline, and there is one value each year"
    assert found == ([] if fine else [f"target.date: {message}"])


@pytest.mark.parametrize(("review", "fine"), [("year", True), ("quarter", True), ("month", False), ("week", False)])
def test_nobody_reviews_more_often_than_there_is_a_value(review, fine):
    found = said(goal(**UP, review=Review(frequency=review)), frequency="quarter")
    assert found == ([] if fine else [f"review.frequency: reviewed every {review}, but there is one value each quarter"])


@pytest.mark.parametrize(("least", "fine"), [(19.9, True), (20.0, False)])
def test_the_way_is_longer_than_what_the_data_can_tell(least, fine):
    found = said(goal(**UP, smallest_difference=least))
    assert found == ([] if fine else ["target.value: from baseline to target it is 20, and the data cannot tell less than 20"])


def test_a_value_that_is_to_be_kept_has_no_way_to_be_told():
    assert said(goal(**{**UP, "target": (60.0, "2026-12-31")}, smallest_difference=5.0)) == []


def test_there_are_169_targets_of_the_sustainable_development_goals():
    codes = [f"{number}.{target}" for number in range(1, 18) for target in [*range(1, 25), *"abcdef"]]
    kpi = goal(**UP, sdg=tuple(codes))
    unknown = len(list(sdg_targets_exist(written(kpi, definitions(indicator())))))
    assert len(codes) - unknown == 169


@pytest.mark.parametrize("code", ["11", "11.6", "11.c", "17.19", "5.c"])
def test_a_goal_or_its_target_may_be_named(code):
    assert said(goal(**UP, sdg=(code,))) == []


@pytest.mark.parametrize("code", ["18", "0", "11.8", "11.d", "17.a", "11.06", "ODS 11", "11,6", ""])
def test_what_is_no_target_is_refused(code):
    found = list(sdg_targets_exist(written(goal(**UP).model_copy(update={"sdg": ("11.6", code)}), definitions(indicator()))))
    assert [problem.key for problem in found] == ["kpis.1.sdg.2"]


def test_a_goal_on_an_unknown_indicator_is_another_rule_s():
    unknown = goal(**{**UP, "target": (500.0, "2026-12-31")}, review=Review(frequency="day")).model_copy(update={"indicator": "dark"})
    assert said(unknown) == []


def test_what_a_place_takes_over_is_complained_of_where_it_is_written():
    kpi = goal(**{**UP, "target": (500.0, "2026-12-31")})
    told = written(kpi, definitions(indicator()))
    taken_over = replace(told.goals[0], parts=frozenset())
    assert [problem for rule in RULES_OF_MEASURES for problem in rule(replace(told, goals=(taken_over,)))] == []
