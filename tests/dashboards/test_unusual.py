"""What the Overview and a goal's page say of a value that its series does not bring by itself, and of statuses that moved."""

from datetime import date
from xml.etree import ElementTree

import polars as pl
import pytest

from dashboards import changed, charts, goals, goals_table, overview, scores, unusual
from dashboards.goal import series, usual, values
from data.city import Event
from data.definitions import Definitions
from data.definitions import load as load_definitions
from data.home import Home
from data.loads import NewLoad, apply
from data.periods import Month
from tests.dashboards.conftest import session_of
from tests.small_city import LAST, build, session


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """The small city, of which somebody corrected June's robberies in August, from 37.1 to 20."""
    home = build(tmp_path_factory.mktemp("unusual"))
    row = {"place": "aurora", "indicator": "robberies", "segment": "", "period": LAST.last, "value": 20.0}
    empty = {"numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "flag": pl.lit(None, pl.String)}
    load = NewLoad("late", "test", ("late.csv",), "test", date(2026, 8, 5), 1)
    apply(home, load_definitions(home), [(load, pl.DataFrame([row]).with_columns(**empty))])
    return home


def score(asked, name: str):
    return next(score for score in scores.judged(asked) if score.kpi.id == name)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def parsed(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<div>{html}</div>")


def words(element: ElementTree.Element) -> str:
    return plain("".join(element.itertext()))


def test_a_change_that_is_unusual_is_marked_in_the_table_and_no_other_is(home):
    asked = session(home)
    table = parsed(goals_table.table(asked, scores.by_axis(asked, scores.judged(asked)), scores.histories(asked)))
    marked = {row.attrib["data-goal"]: words(row[5]) for row in table.iter("tr") if row.find(".//span[@class='unusual']") is not None}
    assert marked == {"robberies": "17.2 points betterunusual"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Unusually low for the time of year: below 37.1 %, the least that this series does by itself, which is better."),
        (
            "es",
            "Inusualmente bajo para la época del año: por debajo de 37,1 %, lo mínimo que esta serie hace por sí sola, lo que es mejor.",
        ),
    ],
)
def test_the_sentence_says_why_and_whether_it_is_better(home, language, said):
    asked = session(home, language)
    assert plain(unusual.sentence(asked, score(asked, "robberies"))) == said


def test_what_is_usual_says_so_and_what_is_out_of_date_says_nothing(home):
    asked = session(home)
    assert plain(unusual.sentence(asked, score(asked, "answered"))).startswith("Nothing unusual for the time of year: between 74.5")
    assert unusual.newly(asked, score(asked, "answered")) == unusual.mark(asked, score(asked, "answered")) == ""
    assert unusual.sentence(asked, score(asked, "satisfied")) == unusual.sentence(asked, score(asked, "silent")) == ""


def test_the_list_to_take_away_says_what_is_unusual(home):
    asked = session(home)
    told = dict(goals.frame(asked, scores.judged(asked)).select("Goal", "Unusual").iter_rows())
    assert {goal for goal, why in told.items() if why} == {"Goal robberies"}


def test_the_goals_chart_has_its_band_its_unusual_point_and_its_note(home):
    asked = session(home)
    found = score(asked, "robberies")
    history = series.history(asked, found)
    limits = usual.limits(asked, found, history)
    rows = usual.with_band(asked, found, series.rows(asked, found, history, series.revised(asked, found)), limits)
    band = rows.filter(pl.col("kind") == charts.USUAL).drop_nulls("value")
    assert (band["value"] <= band["upper"]).all() and band.height == 30 - 24  # a year to compare with, a year of changes
    (point,) = rows.filter(pl.col("kind") == charts.UNUSUAL).rows(named=True)
    assert (point["period"], point["value"], plain(point["tip"])) == (LAST.first, 20, "June 2026: 20.0 %, unusually low")
    table = parsed(values.table(asked, found, history, usual.notes(asked, limits)))
    assert words(next(table.iter("tbody"))[0]) == "June 202620.0 %31.9 %unusually low"


def test_a_declared_change_stands_in_the_chart_with_its_name(home):
    asked = session(home)
    known = asked.definitions
    event = Event(date=date(2025, 3, 1), name="Night patrols", indicators=("robberies",))
    city = known.city.model_copy(update={"events": (event, Event(date=date(2025, 4, 1), name="Fair"))})
    object.__setattr__(asked, "definitions", Definitions(city, known.places, known.themes, known.indicators, known.sources))
    found = score(session(home), "robberies")
    history = series.history(asked, found)
    drawn = series.rows(asked, found, history, series.revised(asked, found))
    rows = usual.with_band(asked, found, drawn, usual.limits(asked, found, history)).filter(pl.col("event").is_not_null())
    assert rows.select("period", "event").rows() == [(date(2025, 3, 1), "Night patrols")]


def moved(html: str) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in parsed(html).iter("tr") if "data-why" in row.attrib]


def test_what_changed_names_each_goal_from_where_to_where_and_why(home):
    told = moved(changed.block(session(home)))
    new, revised = [row for row in told if row[0] == "Goal robberies"]
    assert new == ["Goal robberies", "Off track", "Reached", "New value: 20.0 % in June 2026, after 37.2 % in May 2026."]
    assert revised == ["Goal robberies", "Off track", "Reached", "Revision: 37.1 % in June 2026 was corrected to 20.0 %."]
    assert "Known only after the review of 10 Jul 2026" in words(parsed(changed.block(session(home))))


def test_a_goal_that_moved_leads_to_its_page(home):
    links = [link.attrib["href"] for link in parsed(changed.block(session(home))).findall(".//tbody//th/a")]
    assert links and all(link.startswith("goal?place=aurora&month=2026-06") for link in links)


def test_where_nothing_moved_it_says_so(home):
    quiet = session_of(home, "aurora", Month(2026, 4), "en_GB")
    html = changed.block(quiet)
    assert moved(html) == []
    assert words(parsed(html)) == "What changed since March 2026No status moved since March 2026."
    spanish = session_of(home, "aurora", Month(2026, 4), "es_ES")
    assert "Ningún estado ha cambiado desde marzo de 2026." in words(parsed(changed.block(spanish)))


def test_the_first_month_of_all_has_nothing_before_it(home):
    assert changed.block(session_of(home, "aurora", Month(2024, 1), "en_GB")) == ""


def test_an_exception_says_that_it_is_unusual(home):
    asked = session(home)
    said = words(parsed(overview._unusual(asked, score(asked, "robberies")))).strip()
    assert said.startswith("Unusually low for the time of year: below")
    assert overview._unusual(asked, score(asked, "answered")) == ""
