"""Ranges, sums, a plan's years and neutral goals on the Goal page and in the list, in both languages."""

from dataclasses import replace
from datetime import date
from time import sleep

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import charts, formats, goals_table, outlooks, scores
from dashboards.findings import against_plan
from dashboards.goal import coming, definition, series, usual, values, where, why
from dashboards.goal.verdict import sentence
from dashboards.session import Session
from data import definitions as definition_files
from data.home import Home
from data.loads import NewLoad, apply
from data.periods import Month
from kpis.score import Score
from tests.conftest import ROOT
from tests.dashboards.conftest import session_of
from tests.small_city import LAST, build
from tests.test_pages import drawn, text

INDICATOR = """
  - {id: planted, name: Planted, unit: trees, kind: flow, frequency: month, theme: life, source: parks, owner: hall, decimals: 0,
     codes: {sdg: "11.7", iso_37120: "19.2 (2014)", u4ssc: "EN: EN: PSN: 1C"}}
"""
GOALS = """
kpis:
  - id: noise
    name: Noise
    indicator: lights
    polarity: range
    owner: police
    target: {low: 40, high: 60, low_limit: 20, high_limit: 100, date: 2028-12-31}
  - {id: aside, name: Aside, indicator: lights, polarity: neutral, owner: police}
  - id: planting
    name: Planting
    indicator: planted
    polarity: higher
    owner: hall
    target: {value: 2000, date: 2027-12-31}
    programmed: {2025: 600, 2026: 800, 2027: 600}
    tolerance: 5
    smallest_difference: 20
    attainment: proportional
    plan_node: E1.O2
    review: {frequency: quarter, day: 15, lag_days: 20}
    verification: {es: Inventario de árboles, en: Inventory of trees}
    assumptions: {es: Llueve, en: It rains}
    sdg: ["11.7", "15.2"]
    iso37120: ["14.1"]
    weight: 2
  - id: stones
    name: Stones
    indicator: lights
    polarity: higher
    owner: police
    attainment: binary
    baseline: {value: 91, date: 2024-12-31}
    target: {value: 97, date: 2028-12-31}
    path: {method: milestones, milestones: [{date: 2025-12-31, value: 92}]}
  - id: yearly
    name: Yearly
    indicator: planted
    polarity: lower
    owner: hall
    accumulation: flow
    baseline: {value: 0, date: 2024-12-31}
    target: {value: 700, date: 2027-12-31}
    path: {method: seasonal}
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Home:
    """The small city, with goals of every kind on lights and on 50 trees planted each month since 2024."""
    home = build(tmp_path_factory.mktemp("language"))
    home.indicators.write_text(home.indicators.read_text(encoding="utf-8") + INDICATOR, encoding="utf-8")
    (home.definitions / "more.yaml").write_text(GOALS, encoding="utf-8")
    months = [Month(2024, 1).plus(count) for count in range(30)]
    empty = {"numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "flag": pl.lit(None, pl.String)}
    rows = [{"place": "aurora", "indicator": "planted", "segment": "", "period": month.last, "value": 50.0} for month in months]
    load = NewLoad("trees", "test", ("trees.csv",), "test", date(2026, 7, 3), 1)
    apply(home, definition_files.load(home), [(load, pl.DataFrame(rows).with_columns(**empty))])
    return home


@pytest.fixture(autouse=True)
def _nothing_remembered():
    scores.judged.clear()


@pytest.fixture
def reader(town) -> Session:
    return session_of(town, "aurora", LAST, "en_GB")


@pytest.fixture
def lector(town) -> Session:
    return session_of(town, "aurora", LAST, "es_ES")


def score(session: Session, name: str) -> Score:
    return next(found for found in scores.judged(session) if found.kpi.id == name)


def plain(said: str) -> str:
    return said.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("name", "english", "spanish"),
    [
        (
            "noise",
            "92.9 % is outside the range from 40.0 % to 60.0 %: 17 % attained.",
            "92,9 % está fuera del rango de 40,0 % a 60,0 %: 17 % de cumplimiento.",
        ),
        ("aside", "92.9 % in June 2026.", "92,9 % en junio de 2026."),
        (
            "planting",
            "900 trees added up since 1 Jan 2025 against 997 trees due by then: 90 % of what is asked.",
            "900 trees sumados desde el 1 ene 2025 frente a 997 trees programados para entonces: 90 % de lo que se pide.",
        ),
    ],
)
def test_the_verdict_is_said_in_both_languages(reader, lector, name, english, spanish):
    assert plain(sentence(reader, score(reader, name))) == english
    assert plain(sentence(lector, score(lector, name))) == spanish


def test_why_shows_the_ladder_of_a_range(reader):
    found = score(reader, "noise")
    rows = [(plain(said), plain(value)) for said, value in why.rows(reader, found, series.revised(reader, found))]
    assert rows[0] == ("Asked for: the range from 40 % to 60 %", "outside")
    assert rows[1] == ("Attainment: 1 − (92.9 % − 60.0 %) / (100.0 % − 60.0 %)", "17 %")
    assert ("Would be at risk at", "76.0 %") in rows
    assert ("Would be on track at", "64.0 %") in rows
    assert plain(against_plan(found, "en_GB")) == "32.9 points above the range"


def test_a_range_is_drawn_as_a_band_with_one_name(reader, lector):
    found = score(reader, "noise")
    rows = series.rows(reader, found, series.history(reader, found), series.revised(reader, found))
    band = rows.filter(pl.col("kind") == charts.RANGE).select("value", "upper").rows()
    assert band == [(40, 60), (40, 60)]
    assert rows.filter(pl.col("kind") == charts.TARGET).is_empty()
    names = rows.filter(pl.col("kind") == f"{charts.TARGET} name")["text"].to_list()
    assert [plain(name) for name in names] == ["target 40 % to 60 %"]
    drawing = goals_table.drawing(lector, score(lector, "noise"), scores.histories(lector), goals_table.time_frame(lector))
    assert 'class="range"' in drawing and "alor meta: 40,0 % a 60,0 %" in plain(drawing)


@pytest.mark.parametrize(("value", "said"), [(52.0, "Is reached up to"), (45.0, "Is reached from")])
def test_a_range_is_reached_up_to_its_upper_end_and_from_its_lower_one(reader, value, said):
    found = replace(score(reader, "noise"), value=value, due=value, status="reached")
    rows = dict(why.rows(reader, found, series.revised(reader, found)))
    assert plain(rows[said]) == ("60.0 %" if value > 50 else "40.0 %")


@pytest.mark.parametrize(
    ("polarity", "value", "english", "spanish"),
    [
        ("higher", 95.0, "5.0 points ahead of the plan", "5,0 puntos por delante de lo programado"),
        ("higher", 85.0, "5.0 points short of the plan", "5,0 puntos por detrás de lo programado"),
        ("lower", 95.0, "5.0 points above the plan", "5,0 puntos por encima de lo previsto"),
        ("lower", 85.0, "5.0 points below the plan, which is better", "5,0 puntos por debajo de lo previsto, que es mejor"),
    ],
)
def test_a_value_is_held_against_the_plan_by_the_way_that_is_better(reader, polarity, value, english, spanish):
    found = score(reader, "lights")
    told = replace(found, kpi=found.kpi.model_copy(update={"polarity": polarity}), value=value, due=90.0)
    assert plain(against_plan(told, "en_GB")) == english
    assert plain(against_plan(told, "es_ES")) == spanish
    asked = replace(told, target_now=90.0)
    better = value > 90 if polarity == "higher" else value < 90
    worse = "short of the target" if polarity == "higher" else "above the target"
    assert plain(against_plan(asked, "en_GB")) == f"5.0 points {'better than the target' if better else worse}"


def test_why_shows_how_a_sum_counts_and_both_figures_of_a_plan(reader, lector):
    found = score(reader, "planting")
    rows = {plain(said): plain(value) for said, value in why.rows(reader, found, series.revised(reader, found))}
    assert found.due == pytest.approx(600 + 800 * 181 / 365)
    assert rows["Due now, by what the plan programmes for its years"] == "997"
    assert rows["Attainment: 900 trees / 997 trees"] == "90 %"
    assert "All values since 1 Jan 2025 are added up and held against the whole target." in rows
    assert "The years' amounts add up to the target: each is what is to be done in that year." in rows
    assert "5 trees short of what is asked still counts as met." in rows
    assert rows["Annual compliance: done this year, of what is programmed for it"] == "37 %"  # 300 of 800
    assert rows["Plan progress: done since the plan began, of what it wants in all"] == "45 %"  # 900 of 2,000
    assert rows["The value of June 2026 alone"] == "50"
    translated = [plain(said) for said, _ in why.rows(lector, found, series.revised(lector, found))]
    assert "Avance del plan: lo hecho desde que empezó, de lo que pide en total" in translated


def test_a_sum_is_drawn_as_it_grew_towards_its_target(reader):
    found = score(reader, "planting")
    history = series.history(reader, found)
    assert history["value"].to_list() == [None] * 12 + [50.0 * count for count in range(1, 19)]
    rows = series.rows(reader, found, history, series.revised(reader, found))
    path = rows.filter(pl.col("kind") == charts.PATH).select("period", "value").rows()
    assert path == [(date(2024, 12, 1), 0), (date(2025, 12, 1), 600), (date(2026, 12, 1), 1400), (date(2027, 12, 1), 2000)]
    assert rows.filter(pl.col("kind") == charts.START).is_empty()
    told = values.frame(reader, found, history, usual.limits(reader, found, history))
    assert told["Due"].to_list()[-1] == pytest.approx(600 + 800 * 181 / 365)
    judged = [score(session_of(reader.home, "aurora", LAST.plus(-back), "en_GB"), "planting").value for back in range(18)]
    assert judged == history["value"].to_list()[:11:-1]


def test_the_ends_of_a_range_are_named_and_no_path_is_drawn(reader):
    found = score(reader, "noise")
    rows = series.rows(reader, found, series.history(reader, found), series.revised(reader, found))
    assert {plain(name) for name in rows["text"].drop_nulls()} == {"target 40 % to 60 %", "92.9 % in Jun 2026"}
    assert rows.filter(pl.col("kind") == charts.PATH).is_empty()


def test_the_chance_of_a_range_names_both_ends(reader):
    waited = 0
    while not outlooks.ready(reader) and waited < 600:
        waited += 1
        sleep(0.1)
    said = plain(coming.sentence(reader, score(reader, "noise")))
    assert said == "If things go on as so far, the chance of reaching 40 % to 60 % by December 2028 is under 1 % (little to go by)."


def test_binary_milestones_say_both(reader):
    found = score(reader, "stones")
    rows = [plain(said) for said, _ in why.rows(reader, found, series.revised(reader, found))]
    assert rows[0] == "Due now, between the milestones"
    assert "All or nothing: less than what is asked counts as nothing." in rows


def test_a_seasonal_path_says_by_what_it_is_spread(reader):
    found = score(reader, "yearly")
    rows = [(plain(said), plain(value)) for said, value in why.rows(reader, found, series.revised(reader, found))]
    assert (found.value, found.due) == (300, 350)
    assert rows[0] == ("Due now, spread over the year as the year before was", "350")
    assert found.path == [(date(2027, 12, 31), 700)]


def test_a_seasonal_path_is_drawn_by_its_months_as_it_is_judged(reader):
    """700 in each year, by twelfths, as 2025 was planted; 2027 goes by months of 2026 that are not known yet."""
    found = score(reader, "yearly")
    rows = series.rows(reader, found, series.history(reader, found), series.revised(reader, found))
    drawn_path = rows.filter(pl.col("kind") == charts.PATH)["value"].to_list()
    twelfths = [pytest.approx(700 * month / 12) for month in range(1, 13)]
    assert drawn_path == [0.0, *twelfths, 0.0, *twelfths, None, 700.0]
    told = values.frame(reader, found, series.history(reader, found), usual.limits(reader, found, series.history(reader, found)))
    assert told["Due"].to_list()[-6:] == twelfths[:6]
    assert told["Due"].to_list()[:12] == [None] * 12, "of 2023, by which 2024 would go, nothing is known"


def test_the_definition_says_all_that_is_written(reader, lector):
    told = {term: plain(said) for term, said in definition.rows(reader, score(reader, "planting")) if said}
    assert told["How values count"] == "added up over the whole plan"
    assert told["Path"] == "by what is programmed for each year"
    assert told["Programmed by year"] == "2025: 600; 2026: 800; 2027: 600"
    assert told["Reviewed"] == "every quarter, on day 15 of the following month, its figure comes 20 days after a period's end"
    assert (told["In the plan"], told["Weight"]) == ("E1.O2", "2")
    assert (told["Counts as met within"], told["Smallest difference that can be told"]) == ("5 trees", "20 trees")
    assert (told["Where it can be checked"], told["What must hold"]) == ("Inventory of trees", "It rains")
    assert (told["Sustainable Development Goals"], told["ISO 37120"]) == ("11.7, 15.2", "14.1, 19.2 (2014)")
    assert told["U4SSC"] == "EN: EN: PSN: 1C" and "ISO 37122" not in told
    dicho = {term: plain(said) for term, said in definition.rows(lector, score(lector, "noise")) if said}
    assert dicho["Valor meta"] == "40,0 % a 60,0 % (31 dic 2028)"


def test_neither_way_is_called_better(reader):
    found = score(reader, "aside")
    assert plain(goals_table.change(reader, found)) == "0.1 points more"
    assert where.change(reader, found, where.Part("centro", 5.0, 4.0)) == formats.NOTHING
    assert plain(goals_table.change(reader, score(reader, "noise"))) == "0.1 points worse"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kpi", ["noise", "aside", "planting", "stones", "yearly"])
def test_the_page_of_every_kind_of_goal_shows(town, monkeypatch, kpi, language):
    monkeypatch.setenv("MANDATO_HOME", str(town.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    for key, value in {"language": language, "kpi": kpi}.items():
        app.query_params[key] = value
    page = app.switch_page("pages/goals/goal.py").run()
    assert not page.exception
    verdict, evidence, *peers = drawn(page)
    assert text(verdict) and len(peers) <= 1, "the goal, and where somebody else measures it too, its peers"
    assert not [panel for panel in (evidence, *peers) if "{" in text(panel)]
