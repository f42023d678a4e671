"""The Foresight page: goals by their chance, what an assumption would change, and the register of trends."""

import shutil
from collections.abc import Callable
from xml.etree import ElementTree

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboards import charts, fan, outlooks, palette, scores
from dashboards.behind import Behind
from dashboards.foresight.page import sentence
from dashboards.goal import coming
from dashboards.words import translator
from data.home import Home
from data.periods import Month
from tests.dashboards.conftest import session_of
from tests.small_city import LAST

PAGE = "pages/policy/foresight.py"
TRENDS = """trends:
  - {id: ageing, name: "<b>Ageing</b>", area: population, watched: Older people, source: Register, indicator: robberies}
"""


def visit(app: AppTest, page: str = PAGE, **asked: str) -> AppTest:
    app.query_params["language"] = "en"
    app.run()
    for key, value in asked.items():
        app.query_params[key] = value
    return app.switch_page(page).run()


def drawn(app: AppTest) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(f"<div>{panel.proto.bytes.decode()}</div>") for panel in app.main.get("bidi_component")]


def text(element: ElementTree.Element) -> str:
    return "".join(element.itertext()).replace("\xa0", " ")


@pytest.fixture
def changed(city, app, tmp_path, monkeypatch) -> Callable[[dict[str, str]], AppTest]:
    """The panel of the small city with files of its own."""

    def build(files: dict[str, str]) -> AppTest:
        shutil.copytree(city.folder, tmp_path / "changed")
        for name, content in files.items():
            (tmp_path / "changed" / name).write_text(content, encoding="utf-8")
        monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "changed"))
        return app

    return build


def test_the_goals_stand_by_their_chance_and_the_headline_counts_them(app):
    table, _trends = drawn(visit(app))
    rows = [row for row in table.iter("tr") if "data-goal" in row.attrib]
    chances = [text(row[1]).removesuffix("little to go by").removesuffix("drift only") for row in rows]
    assert chances[0] == "under 1 %" and chances[-1] == "over 99 %"
    good = sum(chance.startswith(("over", "5", "6", "7", "8", "9")) for chance in chances)
    headline = table.find("p[@class='headline']")
    assert headline is not None and text(headline).startswith(f"{good} of {len(rows)} goals are more likely than not")


def test_a_goal_without_a_chance_says_why(app):
    table, _trends = drawn(visit(app))
    said = [text(line) for line in table.iter("li")]
    assert "Silent: no value is known." in said


def test_the_page_says_of_an_older_month_where_the_newest_values_are(app):
    page = visit(app, month="2025-03")
    assert "No chance can be told here" in [header.value for header in page.header]
    assert not page.exception


def test_an_assumption_changes_the_chance_and_is_said(app):
    page = visit(app)
    assert any(shown.value.startswith("Nothing is assumed yet: ") for shown in page.markdown)
    page.number_input[0].set_value(500.0)
    page.select_slider[0].set_value(2.0).run()
    said = next(shown.value for shown in page.markdown if shown.value.startswith("Assuming"))
    assert "a level +500" in said and "2.0 times the change expected" in said
    assert not page.exception


def test_a_factor_is_written_as_the_country_writes_numbers(app):
    page = visit(app, language="es")
    assert [(slider.options[0], slider.value) for slider in page.select_slider] == [("-1,0", 1.0), ("0,50", 1.0)]


def test_a_city_without_a_register_is_shown_how_one_is_written(app):
    page = visit(app)
    assert page.code[0].value.startswith("trends:")
    (_table, trends) = drawn(page)
    assert "9 of 9" in text(trends) and "none watched here" in text(trends)


def test_a_trend_is_shown_as_it_is_written_and_leads_to_its_indicator(changed):
    (_table, trends) = drawn(visit(changed({"kpis/trends.yaml": TRENDS})))
    row = trends.find(".//tr[@data-trend='ageing']")
    assert row is not None and text(row[0]) == "<b>Ageing</b>"
    assert "indicators=robberies" in next(link.attrib["href"] for link in row.iter("a"))


def test_a_broken_register_takes_nothing_else_down(changed):
    page = visit(changed({"kpis/trends.yaml": "trends:\n  - {id: ageing}\n"}))
    assert not page.exception
    assert any("kpis/trends.yaml" in shown.value.replace("\\", "") for shown in page.markdown)
    (table,) = drawn(page)
    assert table.find(".//tr[@data-goal]") is not None


def test_while_forecasts_are_computed_every_page_says_so_and_shows_the_rest(changed, monkeypatch):
    app = changed({})
    shutil.rmtree(Home.here().store / "forecasts")
    monkeypatch.setattr(outlooks._behind, "_begin", lambda *_: None)
    for page in ("pages/home/overview.py", "pages/goals/goals.py", "pages/goals/goal.py", PAGE):
        shown = visit(app, page, kpi="robberies")
        assert not shown.exception
        assert "The forecasts are being computed; they appear here in a moment." in [caption.value for caption in shown.caption], page


def test_forecasts_that_cannot_be_kept_are_shown_all_the_same(city, monkeypatch):
    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr(outlooks.kept, "keep", full)
    session = session_of(city, "puerto", LAST, "en_GB")
    monkeypatch.setattr(outlooks, "_behind", Behind("forecasts", 1))
    monkeypatch.setattr(outlooks.kept, "kept", lambda *_: None)
    outlooks.settle(session)
    assert (outlooks.of(session) or {})["robberies"].forecast.mean


def test_what_cannot_be_computed_leaves_the_pages_without_chances(city, monkeypatch, caplog):
    def broken(*_):
        raise ValueError("no")

    monkeypatch.setattr(outlooks.kept, "compute", broken)
    monkeypatch.setattr(outlooks, "_behind", Behind("forecasts", 1))
    monkeypatch.setattr(outlooks.kept, "kept", lambda *_: None)
    session = session_of(city, "puerto", LAST, "en_GB")
    outlooks.settle(session)
    assert outlooks.of(session) == {}
    assert "the forecasts of puerto could not be reckoned" in caplog.text


def test_a_chance_is_never_none_at_all_and_never_certain():
    assert [outlooks.said(chance, "en_GB") for chance in (None, 0.0, 0.004, 0.5, 0.999)] == [
        "–",
        "under 1 %",
        "under 1 %",
        "50\xa0%",
        "over 99 %",
    ]


def test_the_fan_begins_at_the_last_value_and_stays_within_what_can_be(city):
    session = session_of(city, "aurora", LAST, "en_GB")
    score = next(score for score in scores.judged(session) if score.kpi.id == "lights")
    rows = coming.with_fan(session, score, pl.DataFrame(schema={"period": pl.Date, "value": pl.Float64, "kind": pl.String}))
    first = rows.filter(pl.col("kind") == fan.kind(5)).row(0, named=True)
    assert (first["period"], first["low"], first["high"]) == (LAST.first, score.value, score.value)
    edges = rows.filter(pl.col("kind") == fan.kind(5))
    assert (edges["low"] <= edges["high"]).all()
    assert rows["period"].max() == Month(2028, 12).first


def test_the_goal_page_says_the_chance_in_words_with_its_caveat(app):
    page = visit(app, "pages/goals/goal.py", kpi="robberies")
    verdict, evidence, *_beside_its_peers = drawn(page)
    assert "If things go on as so far, the chance of reaching 20 % by December 2028 is under 1 % (little to go by)." in text(verdict)
    assert "it knows nothing of measures that have been decided" in text(evidence)
    assert "The same, if last year came again" in text(evidence)


def test_the_scenario_s_line_is_ink_and_not_the_city_s_colour():
    colours = palette.light("#123456")
    layers = charts.scenario(colours, "en_GB", "%", "month")["layer"]
    lines = [layer["mark"]["color"] for layer in layers if layer["mark"]["type"] == "line"]
    assert lines.count(colours.brand) == 1 and colours.ink in lines


def test_one_goal_is_said_in_the_singular():
    assert sentence([0.7], translator("en")).startswith("1 of 1 goal is more likely than not")
