"""The page of one goal: what it claims about a series, its chart's rows, why it has its status, and where."""

from datetime import date
from itertools import pairwise

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import charts, scores
from dashboards.findings import finding, run
from dashboards.goal import definition, series, usual, values, where, why
from dashboards.goal.verdict import sentence
from dashboards.session import Session
from data.periods import Frequency, Month, previous
from kpis.score import Score
from tests.dashboards.conftest import session_of
from tests.kpi_town import indicator
from tests.small_city import HOSTILE, LAST
from tests.test_pages import drawn, text

GOAL = "pages/goals/goal.py"
LIGHTS = indicator()


def months(*numbers: float, end: date = date(2026, 6, 30), frequency: Frequency = "month") -> list[tuple[date, float]]:
    told = []
    for number in reversed(numbers):
        told.append((end, number))
        end = previous(end, frequency)
    return told[::-1]


def score(session: Session, name: str) -> Score:
    return next(found for found in scores.judged(session) if found.kpi.id == name)


def plain(said: str) -> str:
    return said.replace("\xa0", " ")


@pytest.fixture(autouse=True)
def _nothing_remembered():
    scores.judged.clear()


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ([], "No value is known yet"),
        (months(5), "Only one value is known so far"),
        (months(1, 2, 3, 4), "Has risen for 3 months"),
        (months(9, 1, 2, 3, 4), "Has risen for 3 months"),
        (months(4, 3, 2, 1), "Has fallen for 3 months"),
        (months(1, 2, 3), "Higher than in Apr 2026"),
        (months(3, 2, 1), "Lower than in Apr 2026"),
        (months(3, 2, 3), "The same as in Apr 2026"),
        (months(*[5] * 12, 7), "2.0 points higher than a year before"),
        (months(*[5] * 12, 4.5), "0.5 points lower than a year before"),
        (months(*[5] * 13), "The same as a year before"),
        (months(1, 2, 3)[:2] + months(3, 4, end=date(2026, 8, 31)), "Higher than in Apr 2026"),
    ],
)
def test_a_finding_claims_what_the_values_show_and_no_more(history, said):
    assert plain(finding(history, LIGHTS, "en_GB")) == said


def test_a_run_is_counted_in_the_indicator_s_own_periods():
    history = months(1, 2, 3, 4, end=date(2025, 12, 31), frequency="year")
    assert finding(history, indicator("year"), "en_GB") == "Has risen for 3 years"


@pytest.mark.parametrize(
    ("numbers", "steps"),
    [((1,), 0), ((1, 2), 1), ((2, 1), -1), ((1, 1), 0), ((1, 2, 2), 0), ((1, 2, 3), 2), ((3, 1, 2), 1), ((1, 3, 2), -1)],
)
def test_a_run_ends_where_the_direction_changes(numbers, steps):
    assert run(months(*numbers), "month") == steps


def test_a_gap_ends_a_run():
    assert run([(date(2026, 3, 31), 1.0), (date(2026, 5, 31), 2.0), (date(2026, 6, 30), 3.0)], "month") == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("robberies", "37.1 % against 31.9 % due now; the target is 20 % by December 2028."),
        ("aimless", "92.9 % in June 2026."),
        ("silent", "No value is known up to this month."),
        ("later", "Nothing is due before 31 Dec 2026."),
    ],
)
def test_the_verdict_says_the_value_what_is_due_and_the_target(session, name, said):
    assert plain(sentence(session, score(session, name))) == said


def test_the_chart_holds_every_value_the_path_and_four_named_points(session):
    found = score(session, "robberies")
    rows = series.rows(session, found, series.history(session, found), series.revised(session, found))
    kinds = rows.group_by("kind").len()
    counted = dict(kinds.iter_rows())
    assert counted[charts.VALUE] == 30
    assert counted[charts.PATH] == 2
    names = dict(rows.filter(pl.col("text").is_not_null()).select("kind", "text").iter_rows())
    assert {kind: plain(name) for kind, name in names.items()} == {
        "start name": "start 39 %",
        "target name": "target 20 %",
        "due name": "31.9 % due now",
        "now name": "37.1 % in Jun 2026",
    }
    assert rows.filter(pl.col("kind") == charts.TARGET).row(0)[:2] == (date(2028, 12, 1), 20.0)


def test_a_goal_without_target_is_drawn_without_path(session):
    found = score(session, "aimless")
    rows = series.rows(session, found, series.history(session, found), series.revised(session, found))
    assert set(rows["kind"]) == {charts.VALUE, charts.FIRST, charts.NOW, "now name"}


def test_values_as_first_known_are_drawn_where_they_differ_and_joined_to_their_neighbours(session):
    found, changed = score(session, "robberies"), pl.DataFrame({"period": [date(2026, 4, 30)], "first": [50.0], "value": [37.3]})
    rows = series.rows(session, found, series.history(session, found), changed)
    ghost = rows.filter(pl.col("kind") == charts.FIRST).drop_nulls("value").select("period", "value").rows()
    assert [(day.month, round(value, 1)) for day, value in ghost] == [(3, 37.4), (4, 50.0), (5, 37.2)]


def test_why_shows_the_arithmetic_and_the_values_that_would_change_the_status(session):
    found = score(session, "robberies")
    rows = [(plain(said), plain(value)) for said, value in why.rows(session, found, series.revised(session, found))]
    assert rows[0] == ("Due now, on a straight path from 39 % (Dec 2024) to 20 % (Dec 2028)", "31.9 %")
    assert rows[1][0].startswith("Attainment: (37.1")
    assert rows[1][1] == "26 %"
    assert [row for row in rows if row[0].startswith("Would be")] == [
        ("Would be at risk at", "34.7 %"),
        ("Would be on track at", "32.6 %"),
    ]
    assert rows[-1] == ("Data: June 2026, 10 days old at the review; fresh up to 45 days", "fresh")


def test_the_values_that_would_change_the_status_do_change_it(session):
    """34.7 against 31.9 due from 39: (34.7 - 39) / (31.9 - 39) is the 0.60 from which a goal is at risk."""
    found = score(session, "robberies")
    assert found.due is not None
    assert (34.7 - 39) / (found.due - 39) == pytest.approx(0.60, abs=0.01)


def test_the_last_revision_is_told(session):
    changed = pl.DataFrame({"period": [date(2026, 5, 31)], "first": [72.0], "before": [72.0], "value": [71.0]})
    rows = why.rows(session, score(session, "robberies"), changed)
    assert plain(rows[-1][0]) == "Last revision: May 2026, from 72.0 % to 71.0 %"


def test_districts_come_worst_first_with_their_change_over_a_year(session):
    found = score(session, "robberies")
    parts = where.parts(session, found)
    assert [part.place for part in parts] == ["centro", "puerto"]
    assert all(later.value * found.kpi.sign >= former.value * found.kpi.sign for former, later in pairwise(parts))
    assert [round(part.value - (part.before or 0), 1) for part in parts] == [-1.2, -1.2]
    assert "1.2 points better" in plain(where.table(session, found))


def test_a_place_without_districts_has_no_where(city):
    district = session_of(city, "centro", LAST, "en_GB")
    assert where.table(district, score(district, "robberies")) == ""


def test_the_definition_says_what_is_written(session):
    told = {term: plain(said) for term, said in definition.rows(session, score(session, "robberies"))}
    assert told["Baseline"] == "39.0 % (31 Dec 2024)"
    assert told["Target"] == "20.0 % (31 Dec 2028)"
    assert told["Which way"] == "the lower the better"
    assert told["Out of date after"] == "45 days from the end of its period"


def test_the_values_can_be_taken_away_with_their_periods_and_what_was_due(session):
    found = score(session, "robberies")
    history = series.history(session, found)
    frame = values.frame(session, found, history, usual.limits(session, found, history))
    assert frame.columns == ["Period", "From", "To", "Value", "Due", "Note", "Usual from", "Usual to", "Unusual"]
    period, since, until, value, due, _note, low, high, unusual = frame.row(-1)
    assert (low, high, unusual) == (pytest.approx(value), pytest.approx(value), None)  # it falls as steadily as ever
    assert (period, since, until) == ("June 2026", date(2026, 6, 1), date(2026, 6, 30))
    assert (round(value, 1), round(due, 1)) == (37.1, 31.9)
    assert values.about(session, found)["Source"] == "town hall"


def test_an_earlier_month_shows_nothing_that_came_later(city):
    earlier = session_of(city, "aurora", Month(2025, 12), "en_GB")
    assert series.history(earlier, score(earlier, "robberies"))["period"].max() == date(2025, 12, 31)


def visit(app: AppTest, **asked: str) -> AppTest:
    app.run()
    for key, value in {"language": "en", **asked}.items():
        app.query_params[key] = value
    return app.switch_page(GOAL).run()


def test_the_page_shows_verdict_chart_table_why_where_and_definition(app):
    page = visit(app, kpi="robberies")
    verdict, evidence, peers = drawn(page)
    assert text(verdict).startswith("Off track. 37.1 % against 31.9 % due now")
    assert [text(heading) for heading in peers.iter("h2")] == ["Beside its peers"]
    assert [text(heading) for heading in evidence.iter("h2")] == [
        "Why it is off track",
        "Where",
        "What is likely to come",
        "Smart Rule: not ready for the public page",
        "About this number",
    ]
    assert len(page.get("vega_lite_chart")) == 1
    assert len(evidence.findall(".//details/table/tbody/tr")) == 30


def test_names_of_the_city_s_files_are_never_markup(app):
    page = visit(app, kpi="hostile")
    assert not page.exception
    assert page.title[0].value.replace("\\", "") == HOSTILE.replace("\\", "")
    assert not [image for panel in drawn(page) for image in panel.iter("img")]


@pytest.mark.parametrize("asked", [{}, {"kpi": "nothing"}, {"kpi": "<b>"}])
def test_a_link_to_no_goal_says_so_and_leads_to_all_goals(app, asked):
    page = visit(app, **asked)
    assert page.header[0].value == "There is no such goal"
    assert "All goals" in [link.proto.label for link in page.get("page_link")]


def test_a_goal_that_has_no_value_says_what_would_be_here(app):
    page = visit(app, kpi="silent")
    assert "No value is known yet" in [heading.value for heading in page.header]
    assert not page.get("vega_lite_chart")
