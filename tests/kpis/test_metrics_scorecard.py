"""Goals on metrics, judged from a real store: each value by hand, as known on a day, and from the command line."""

import json
from datetime import date

import pytest

from data.definitions import load as load_definitions
from data.facts import current
from data.home import Home
from data.periods import Month
from kpis import catalogue
from kpis.__main__ import main
from kpis.metrics.observations import observations
from kpis.score import Score
from kpis.scorecard import scorecard
from tests.metric_city import GOALS, build_with_metrics
from tests.small_city import LAST

TRIPS, LANES, ROBBERIES = 40 + 0.6 * 29, 20 + 1.2 * 29, 40 - 0.1 * 29
"""Of June 2026, as tests.small_city makes them."""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    return build_with_metrics(tmp_path_factory.mktemp("metrics"))


def scores(home: Home, place: str = "aurora", month: Month = LAST, as_known: date | None = None) -> dict[str, Score]:
    definitions, facts = load_definitions(home), current(home)
    assert facts
    found = scorecard(facts, catalogue.load(home, definitions), definitions, place, month, as_known)
    return {score.kpi.id.removesuffix("_goal"): score for score in found}


def test_every_metric_comes_out_as_worked_out_by_hand(home):
    found = scores(home)
    assert {name: found[name].value for name in GOALS} == pytest.approx(
        {
            "share": 25,
            "per_lane": TRIPS / LANES,
            "both": TRIPS + 2 * (LANES - ROBBERIES),
            "this_year": 6 * 100 + 1 + 2 + 3 + 4 + 5 + 6,
            "lit": 90 + 0.1 * sum(range(18, 30)) / 12,
            "by_quarter": 300 + 4 + 5 + 6,
        }
    )


def test_a_metric_has_a_signal_and_a_sum_that_begins_anew_has_none(home):
    found = scores(home)
    assert found["both"].signal is not None
    assert found["this_year"].signal is None


def test_a_goal_on_a_metric_is_judged_as_any_other(home):
    score = scores(home)["this_year"]
    days = (date(2026, 6, 30) - date(2024, 12, 31)).days / (date(2028, 12, 31) - date(2024, 12, 31)).days
    due = 500 + 400 * days
    assert (score.status, score.period, score.age_days, score.limit_days) == ("at_risk", date(2026, 6, 30), 10, 45)
    assert score.due == pytest.approx(due)
    assert score.attainment == pytest.approx((621 - 500) / (due - 500))
    assert score.change and (score.change.previous, score.change.previous_period) == (621, date(2025, 6, 30))  # it begins anew each January
    assert str(score.reason).startswith("621 visits against ")


def test_a_longer_period_is_judged_when_it_is_whole(home):
    quarter = scores(home, month=Month(2026, 5))["by_quarter"]
    assert (quarter.period, quarter.value, quarter.frequency, quarter.limit_days) == (date(2026, 3, 31), 306, "quarter", 100)


def test_districts_have_metrics_of_their_own(home):
    assert scores(home, "puerto")["share"].value == 50
    assert scores(home, "centro")["share"].status == "no_data"


def test_a_metric_is_computed_from_what_was_known_on_the_day(home):
    then = scores(home, as_known=date(2026, 7, 10))
    assert then["this_year"].status == "no_data", "the visits came on the 20th"
    assert then["per_lane"].value == pytest.approx(TRIPS / LANES)


def test_observations_gives_indicators_and_metrics_in_one_frame_and_needs_no_history_of_whoever_asks(home):
    definitions, facts = load_definitions(home), current(home)
    assert facts
    goals, asked = catalogue.load(home, definitions), {"places": ["puerto", "aurora"], "until": LAST.last}
    found = observations(facts, goals, definitions, ["this_year", "lights", "share"], since=LAST.first, **asked)
    assert found.select("indicator", "place").rows() == [
        ("lights", "aurora"),
        ("lights", "puerto"),
        ("share", "aurora"),
        ("share", "puerto"),
        ("this_year", "aurora"),
        ("this_year", "puerto"),
    ]
    assert found.filter(indicator="this_year")["value"].to_list() == [621, 621]
    plain = observations(facts, goals, definitions, ["lights"], **asked)
    assert plain.equals(facts.observations(indicators=["lights"], **asked))
    women = observations(facts, goals, definitions, ["women"], **asked)
    assert women.filter(place="puerto")["value"].to_list()[-1] == 53
    assert set(women["segment"]) == {""}
    assert set(women["indicator"]) == {"women"}


def test_evaluate_prints_a_goal_on_a_metric(home, monkeypatch, capsys):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    assert main(["evaluate", "--place", "aurora", "--month", "2026-06", "--kpi", "share_goal", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["kpis"]
    assert (told["id"], told["value"], told["period"], told["target"]) == ("share_goal", 25, "2026-06", 60)
    assert main(["check", "--json"]) == 0
