"""A metric on the screen: the page of its goal, and the Explorer."""

from datetime import date

import polars as pl
import pytest

from dashboards import charts, goals_table, scores
from dashboards.explorer import drawing
from dashboards.explorer.choice import Choice
from dashboards.explorer.computing import Computed
from dashboards.explorer.figures import Series, all_series, figures, observations
from dashboards.explorer.transforming import transformed
from dashboards.findings import finding
from dashboards.foresight import listing
from dashboards.goal import computing, definition, series, where, why
from dashboards.session import Session
from dashboards.words import translator
from data.periods import Month
from kpis import transform
from kpis.foresight import outlook
from kpis.score import Score
from tests.dashboards.conftest import session_of
from tests.metric_city import build_with_metrics
from tests.small_city import LAST


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Session:
    """An English reader of a city whose goals track metrics."""
    return session_of(build_with_metrics(tmp_path_factory.mktemp("metrics")), "aurora", LAST, "en_GB")


def score(session: Session, name: str) -> Score:
    scores.judged.clear()
    return next(found for found in scores.judged(session) if found.kpi.id == name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("women", "Visits (women)"),
        ("share", "Visits by women / Visits × 100"),
        ("per_lane", "Goal trips / Goal lanes"),
        ("both", "Goal trips + 2 * (Goal lanes - Goal robberies)"),
        ("this_year", "Visits, since January: the sum"),
        ("in_mandate", "Visits, since the mandate began: the sum"),
        ("lit", "Goal lights, over the last 12 periods: the average"),
        ("by_quarter", "Visits, by longer periods: the sum"),
    ],
)
def test_the_definition_says_how_a_metric_is_computed_by_the_names_of_its_inputs(session, name, said):
    assert computing.said(session, session.catalogue.measures[name]) == said


def test_the_definition_block_names_the_metric_and_its_sources(session):
    told = dict(definition.rows(session, score(session, "this_year_goal")))
    assert told["How it is computed"] == "Visits, since January: the sum"
    assert told["Names in the files"] == "goal this_year_goal, metric this_year"
    assert (told["Unit"], told["Source"]) == ("visits", "Libraries")
    plain = dict(definition.rows(session, score(session, "lights")))
    assert (plain["How it is computed"], plain["Names in the files"]) == ("", "goal lights, indicator lights")


def test_a_sum_since_january_is_held_against_the_same_month_of_last_year(session):
    found = score(session, "this_year_goal")
    assert found.restarts and found.change
    assert (found.change.previous, found.change.previous_period, found.change.direction) == (621, date(2025, 6, 30), "equal")
    assert (goals_table.change(session, found), goals_table.compared_with(session, found)) == ("no change", "than in Jun 2025")
    assert goals_table.compared_with(session, score(session, "share_goal")) == ""


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (621.0, "Since January, as much as by this time last year"),
        (650.0, "Since January, 29 visits more than by this time last year"),
        (600.0, "Since January, 21 visits less than by this time last year"),
    ],
)
def test_a_sum_since_january_is_never_said_to_have_risen(session, last, said):
    measure = session.catalogue.measures["this_year"].indicator
    history = [(Month(2025, month).last, 100.0 * month) for month in range(1, 6)]
    history += [(date(2025, 6, 30), 621.0), *((Month(2026, month).last, 100.0 * month) for month in range(1, 6)), (date(2026, 6, 30), last)]
    assert finding(history, measure, "en_GB").replace("\xa0", " ") == said
    assert finding(history[-3:], measure, "en_GB") == "Added up since January"


def test_a_sum_since_january_is_drawn_as_one_line_for_each_year(session):
    found = score(session, "this_year_goal")
    rows = series.rows(session, found, series.history(session, found), series.revised(session, found))
    drawn = rows.filter(pl.col("kind") == charts.VALUE)
    assert drawn.filter(pl.col("period").dt.year() != pl.col("year")).is_empty()
    assert set(drawn["year"]) == {2024, 2025, 2026}
    small = goals_table.drawing(session, found, scores.histories(session), goals_table.time_frame(session))
    assert small.count('class="line"') == 3
    plain = score(session, "lights")
    assert "year" not in series.rows(session, plain, series.history(session, plain), series.revised(session, plain)).columns


def test_the_explorer_breaks_the_line_of_a_sum_since_january(session):
    (figure,) = figures(session, *explored_with("this_year", session))
    rows = drawing.rows(session, figure)
    assert set(rows["year"].drop_nulls()) == {2026}
    (plain,) = figures(session, *explored_with("visits", session))
    assert "year" not in drawing.rows(session, plain).columns


def test_nothing_is_forecast_of_a_sum_since_january(session):
    found = outlook.outlooks(
        scores.measured(session, ["this_year", "share"], ["aurora"], until=LAST.last),
        session.catalogue,
        session.definitions,
        "aurora",
        date(2028, 12, 31),
    )
    assert set(found) == {"share"}
    assert listing._why(session, score(session, "this_year_goal"), translator("en")) == "its values begin again each January"


@pytest.mark.parametrize(
    ("name", "restarts"), [("this_year", True), ("in_mandate", False), ("lit", False), ("share", False), ("visits", False)]
)
def test_only_what_is_added_up_since_january_begins_anew(session, name, restarts):
    assert session.indicator(name).restarts is restarts


def test_the_chart_and_the_districts_are_those_of_the_metric(session):
    found = score(session, "share_goal")
    history = series.history(session, found)
    assert (history.height, set(history["value"]), history["period"].max()) == (30, {25.0}, date(2026, 6, 30))
    assert [(part.place, part.value, part.before) for part in where.parts(session, found)] == [("puerto", 50, 50)]
    changed = series.revised(session, found)
    assert changed.is_empty()
    assert series.rows(session, found, history, changed).height > history.height
    assert why.rows(session, found, changed)


def test_the_overview_has_the_history_of_every_metric_that_a_goal_tracks(session):
    scores.histories.clear()
    found = scores.histories(session)
    assert found["this_year"].filter(period=date(2026, 6, 30))["value"].to_list() == [621]
    assert {kpi.measure for kpi in session.catalogue.kpis} - {"silent"} <= set(found)


def explored_with(indicators: str, session: Session) -> tuple[Choice, list[Series]]:
    """What the Explorer draws of the city in 2026, with the choice that leads to it."""
    choice = Choice((indicators,), ("aurora",), "chart", Month(2026, 1), LAST, Computed())
    return choice, transformed(session, choice, all_series(session, choice, observations(session, choice)))[0]


def explored(session: Session, indicators: str, split: str = "", average: str = "") -> list[Series]:
    """What the Explorer draws of some indicators and metrics, of the city and its harbour in 2026."""
    told = Computed(split=split, average=average)
    choice = Choice(tuple(indicators.split(",")), ("aurora", "puerto"), "chart", Month(2026, 1), LAST, told)
    return transformed(session, choice, all_series(session, choice, observations(session, choice)))[0]


def test_the_explorer_draws_a_metric_beside_an_indicator(session):
    found = explored(session, "share,visits")
    assert [(one.indicator.id, one.place, one.values[-1]) for one in found] == [
        ("share", "aurora", (date(2026, 6, 30), 25)),
        ("share", "puerto", (date(2026, 6, 30), 50)),
        ("visits", "aurora", (date(2026, 6, 30), 106)),
        ("visits", "puerto", (date(2026, 6, 30), 106)),
    ]
    assert len(found[0].values) == 6
    assert "share" in session.measured


def test_the_explorer_shows_parts_of_an_indicator_and_the_whole_of_a_metric(session):
    found = explored(session, "visits,this_year", split="sex")
    assert [(one.indicator.id, one.place, one.segment) for one in found] == [
        ("visits", "aurora", ""),
        ("visits", "aurora", "sex=women"),
        ("visits", "puerto", ""),
        ("visits", "puerto", "sex=women"),
        ("this_year", "aurora", ""),
        ("this_year", "puerto", ""),
    ]


def test_a_ratio_metric_is_smoothed_from_its_parts_and_never_averaged(session):
    found = explored(session, "per_lane", average="12")
    trips, lanes = [40 + 0.6 * (29 - i) for i in range(12)], [20 + 1.2 * (29 - i) for i in range(12)]
    assert found[0].values[-1][1] == pytest.approx(sum(trips) / sum(lanes))


def test_what_does_not_add_up_over_places_is_not_divided_by_residents(session):
    women = session.indicator("women")
    assert women.is_count and not session.indicator("share").is_count
    apart = women.model_copy(update={"sums_places": False})
    rows = pl.DataFrame({"period": [date(2026, 6, 30)], "value": [1.0]})
    assert str(transform.per_residents(rows, apart, 1000, 1000)).startswith("it does not add up over places")
