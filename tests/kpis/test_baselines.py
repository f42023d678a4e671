"""A baseline that its series does not hold needs a reason, which only the figures can tell."""

import json

import pytest

from data.home import Home
from data.periods import Month
from kpis.__main__ import main
from kpis.baselines import held_on, is_rounded
from tests.kpi_town import indicator
from tests.small_city import build

SERIES = {Month(2024, 11).last: 39.4, Month(2024, 12).last: 39.25}
GOAL = """kpis:
  - id: goal
    name: Goal
    indicator: robberies
    polarity: lower
    owner: police
    baseline: {baseline}
    target: {{value: 20, date: 2028-12-31}}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """The small city, where robberies were 38.9 in December 2024."""
    return build(tmp_path_factory.mktemp("small"))


@pytest.fixture
def check(home, capsys, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))

    def told(baseline: str) -> tuple[int, list[tuple[int, str, str]]]:
        draft = home.folder / "draft.yaml"
        draft.write_text(GOAL.format(baseline=baseline), encoding="utf-8")
        code = main(["check", str(draft), "--json"])
        problems = json.loads(capsys.readouterr().out)["problems"]
        assert all("`reason:`" in problem["hint"] for problem in problems)
        return code, [(problem["line"], problem["key"], problem["message"]) for problem in problems]

    return told


def test_a_baseline_of_its_series_is_right(check):
    assert check("{value: 38.9, date: 2024-12-31}") == (0, [])


def test_a_day_inside_the_period_is_right_too(check):
    assert check("{value: 38.9, date: 2024-12-15}") == (0, [])


def test_another_value_needs_a_reason(check):
    told = (7, "kpis.1.baseline.value", "the series has 38.9 % on 2024-12-31, and not 40.0 %")
    assert check("{value: 40, date: 2024-12-31}") == (1, [told])
    assert check("{value: 40, date: 2024-12-31, reason: The mean of the year}") == (0, [])


def test_a_period_without_a_value_needs_a_reason(check):
    assert check("{value: 38.9, date: 2022-12-31}") == (1, [(7, "kpis.1.baseline.date", "the series has no value of 2022-12-31")])
    assert check("{value: 38.9, date: 2022-12-31, reason: Paper records of the police}") == (0, [])


def test_a_period_still_to_come_is_left_alone(check):
    assert check("{value: 30, date: 2026-12-31}") == (0, [])


def test_without_figures_it_says_what_was_not_looked_at(home, capsys, monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    for path in (home.city, home.places, home.indicators):
        (tmp_path / "data" / path.name).write_bytes(path.read_bytes())
    draft = tmp_path / "draft.yaml"
    draft.write_text(GOAL.format(baseline="{value: 40, date: 2024-12-31}"), encoding="utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    assert main(["check", str(draft), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [warning["message"].split(",")[0] for warning in told["warnings"]] == [
        "no facts are loaded: 1 baselines were not held against their series"
    ]


def test_the_period_in_which_a_day_lies_is_found_by_the_indicators_frequency():
    assert held_on(Month(2024, 12).last, indicator("month"), SERIES) == 39.25
    assert held_on(Month(2024, 10).last, indicator("month"), SERIES) is None
    assert held_on(Month(2024, 10).last, indicator("quarter"), {Month(2024, 12).last: 5.0}) == 5.0


@pytest.mark.parametrize(
    ("written", "held", "decimals", "same"), [(39.3, 39.25, 1, True), (39.2, 39.25, 1, True), (39, 39.25, 1, False), (39, 39.25, 0, True)]
)
def test_a_value_may_be_written_as_it_is_shown(written, held, decimals, same):
    assert is_rounded(written, held, decimals) is same
