"""Loading through the page: a file, its mapping, the check, the load, and the way back; whatever the file is."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from dashboards import forecasting, formats
from dashboards.load import desk as desks
from data import definitions as definition_files
from data.facts import Facts, current
from data.home import Home
from data.ingest.apart import parent
from data.versions import Versions, writing
from tests.browser.loading import workbook
from tests.city_home import write_home
from tests.conftest import ROOT
from tests.small_city import build
from tests.thorough import some

PAGE = "pages/office/load.py"
APART = parent._run
SOURCE = """
sources:
  - id: sheet
    name: Monthly sheet
    format: csv
    columns: {place: place, indicator: indicator, period: month, value: value}
"""
GOOD = "place,indicator,month,value\naurora,answered,2026-06,91.7\naurora,answered,2026-07,92.1\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Home:
    home = build(tmp_path_factory.mktemp("built"))
    home.sources.write_text(SOURCE, encoding="utf-8")
    return home


@pytest.fixture
def home(built, read_here, tmp_path, monkeypatch) -> Home:
    """The small city with one saved source, for one test to change."""
    shutil.copytree(built.folder, tmp_path / "home")
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "home"))
    return Home(tmp_path / "home")


@pytest.fixture(autouse=True)
def forecast(monkeypatch) -> list[int | None]:
    """The versions of which forecasts were begun; none is computed."""
    begun: list[int | None] = []
    monkeypatch.setattr(forecasting, "begin", lambda home: begun.append(Versions.of(home).current))
    return begun


@pytest.fixture
def apart(read_here, monkeypatch) -> None:
    """Files are read by a process of their own, as everywhere but in most tests of this page."""
    monkeypatch.setattr(parent, "_run", APART)


@pytest.fixture
def app(home) -> Iterator[AppTest]:
    """An English reader at the page."""
    opened = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    opened.query_params["language"] = "en"
    opened.run()
    yield opened.switch_page(PAGE).run()


def bring(app: AppTest, name: str, content: str | bytes) -> AppTest:
    told = content.encode() if isinstance(content, str) else content
    return settled(app.file_uploader(key="load_file").set_value((name, told, "")).run())


def press(app: AppTest, key: str) -> AppTest:
    return settled(app.button(key=key).click().run())


def answer(app: AppTest, question: str, option: str) -> AppTest:
    """Choose the option that begins so."""
    radio = next(radio for radio in app.radio if radio.label == question)
    return settled(radio.set_value(next(one for one in radio.options if one.replace("\\", "").startswith(option))).run())


def settled(app: AppTest) -> AppTest:
    assert not app.exception, app.exception[0].message
    return app


def headings(app: AppTest) -> list[str]:
    return [header.value.replace("\\", "") for header in app.header]


def panels(app: AppTest) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(f"<div>{panel.proto.bytes.decode()}</div>") for panel in app.main.get("bidi_component")]


def cells(app: AppTest, first: str) -> list[list[str]]:
    """The table whose first heading is this: its rows."""
    table = next(panel for panel in panels(app) if (title := panel.find(".//thead//th")) is not None and title.text == first)
    return [["".join(cell.itertext()).replace("\xa0", " ") for cell in row] for row in table.iter("tr")][1:]


def tables(app: AppTest) -> list[list[list[str]]]:
    """Every table, its headings first."""
    return [[["".join(cell.itertext()) for cell in row] for row in panel.iter("tr")] for panel in panels(app) if panel.find(".//tr")]


def facts(home: Home) -> Facts:
    found = current(home)
    assert found is not None
    return found


def value(home: Home, period: str, indicator: str = "answered", place: str = "aurora") -> float | None:
    held = facts(home).observations(places=[place], indicators=[indicator]).filter(pl.col("period").dt.strftime("%Y-%m") == period)
    return held["value"][0] if held.height else None


@pytest.mark.usefixtures("apart")
def test_a_file_of_a_saved_source_is_checked_and_loaded_with_two_gestures(home, app):
    bring(app, "june.csv", GOOD)
    assert headings(app)[0] == "2 rows can be loaded: 1 new, 1 revised, 0 unchanged"
    press(app, "load_commit")
    assert headings(app)[0] == "Load 2 is in force"
    assert (value(home, "2026-06"), value(home, "2026-07")) == (91.7, 92.1)
    assert [link.proto.label for link in app.main.get("page_link")] == ["Overview", "Explorer", "Goal answered"]


def test_nothing_is_loaded_before_the_button_is_pressed(home, app, forecast):
    bring(app, "june.csv", GOOD)
    assert (value(home, "2026-07"), facts(home).version, forecast) == (None, 1, [])


def test_forecasts_of_the_new_version_begin_with_the_load_and_with_its_undoing(home, app, forecast):
    press(bring(app, "june.csv", GOOD), "load_commit")
    assert forecast == [2]
    press(app, "load_undo")
    press(app, "undo_yes")
    assert forecast == [2, 3]


def test_the_check_shows_the_rows_as_they_will_be_loaded(app):
    bring(app, "june.csv", GOOD)
    assert cells(app, "Place")[0] == ["Aurora", "Goal answered", "June 2026", "91.7 %"]


def test_the_check_shows_which_goals_would_change_and_the_series_it_revises(app):
    bring(app, "june.csv", GOOD)
    (goal,) = [row for row in cells(app, "Goal") if row[0] == "Goal answered"]
    assert goal[1:] == ["On track 74.5 % (Jun 2026)", "Exceeded 92.1 % (Jul 2026)"]
    assert app.get("vega_lite_chart")


def test_the_same_file_again_is_nothing_new(home, app):
    bring(app, "june.csv", GOOD)
    press(app, "load_commit")
    press(app, "load_next")
    bring(app, "june again.csv", GOOD)
    assert any("was loaded before" in text.value for text in app.markdown)
    assert not [button for button in app.button if button.key == "load_commit"]
    assert len(facts(home).loads()) == 2


def test_a_second_press_loads_nothing_twice(home, app):
    bring(app, "june.csv", GOOD)
    first = app.button(key="load_commit").click()
    first.run()
    desk = next((home.store / "desks").iterdir())
    kept = desks._FORM.validate_json((desk / desks.NOTES).read_bytes())
    kept.file.write_text(GOOD, encoding="utf-8")  # the press that came while the first one was at work
    desks.keep(kept, step="check")
    settled(app.run())
    assert len(facts(home).loads()) == 2
    assert any("was loaded before" in text.value for text in app.markdown)


def test_a_load_is_undone_after_one_more_question(home, app):
    bring(app, "june.csv", GOOD)
    press(app, "load_commit")
    press(app, "load_undo")
    assert headings(app)[0] == "Undo load 2?"
    press(app, "undo_yes")
    assert (value(home, "2026-07"), len(facts(home).loads())) == (None, 1)
    assert headings(app)[0] == "This load has been undone"


def test_an_undone_load_stays_in_the_list_and_the_page_says_what_stays_in_which_files(app):
    stays = "mappings, places and indicators saved with a load stay in data/sources.yaml, data/places.yaml, data/indicators.yaml"
    bring(app, "june.csv", GOOD)
    press(app, "load_commit")
    assert not says(app, stays)
    press(app, "load_undo")
    press(app, "undo_yes")
    undone, held = cells(app, "Load")
    assert (undone[:2], held[5]) == (["2", "june.csv"], "Undo")
    assert undone[5] == f"Undone {formats.day(datetime.now(UTC).date(), 'en_GB')}"
    assert says(app, stays)


def test_an_undo_can_be_thought_better_of(home, app):
    bring(app, "june.csv", GOOD)
    press(app, "load_commit")
    press(app, "load_undo")
    press(app, "undo_no")
    assert value(home, "2026-07") == 92.1


def test_every_load_stands_in_the_list_with_who_what_and_a_way_back(app):
    bring(app, "june.csv", GOOD)
    press(app, "load_commit")
    newest, oldest = cells(app, "Load")
    assert newest[:3] == ["2", "june.csv", "Monthly sheet"] and newest[4:] == ["1 new, 1 revised, 0 unchanged", "Undo"]
    assert oldest[1] == "small.csv"


def test_refused_lines_are_said_and_left_aside_only_when_agreed(home, app):
    bring(app, "june.csv", GOOD + "nowhere,answered,2026-07,1\naurora,answered,2026-08,many\n")
    assert headings(app)[:2] == ["2 rows can be loaded: 1 new, 1 revised, 0 unchanged. 2 lines are refused", "2 lines are refused"]
    assert [row[:2] for row in cells(app, "Line")] == [["4", "place"], ["5", "value"]]
    assert app.button(key="load_commit").disabled
    app.checkbox(key="load_partial").check().run()
    press(app, "load_commit")
    assert (value(home, "2026-07"), value(home, "2026-08")) == (92.1, None)


def test_many_problems_are_shown_a_page_at_a_time(app):
    bring(app, "june.csv", GOOD + "".join(f"aurora,answered,{2010 + n // 12}-{n % 12 + 1:02},no\n" for n in range(120)))
    assert len(cells(app, "Line")) == 50
    app.selectbox(key="load_faults").set_value(100).run()
    assert [row[0] for row in cells(app, "Line")] == [str(line) for line in range(104, 124)]


BROKEN = {
    "a page of the web": ("june.csv", b"<html><body>Please sign in</body></html>"),
    "an empty file": ("june.csv", b""),
    "a picture": ("june.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "an archive": ("june.zip", b"PK\x03\x04" + bytes(100)),
    "a letter on paper": ("june.pdf", b"%PDF-1.7 " + bytes(range(256))),
    "letters that are none": ("june.csv", bytes(range(128, 256)) * 20),
    "a workbook that is cut off": ("june.xlsx", b"PK\x03\x04" + bytes(2000)),
    "a name that climbs": ("../../june.csv", b"\x00\x01\x02"),
}
TRIED = some(list(BROKEN), 2)


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize(("name", "content"), [BROKEN[each] for each in TRIED], ids=TRIED)
def test_a_broken_file_is_refused_in_words_and_the_page_lives_on(home, app, name, content):
    bring(app, name, content)
    assert facts(home).version == 1
    said = headings(app)
    assert "This file cannot be loaded as it is" in said or "What is in the file" in said
    if "load_another" in {button.key for button in app.button}:
        press(app, "load_another")
    bring(app, "june.csv", GOOD)
    assert headings(app)[0].startswith("2 rows can be loaded")


@pytest.mark.usefixtures("apart")
def test_a_file_that_kills_its_reader_is_refused_in_words(home, app, monkeypatch):
    monkeypatch.setattr("data.ingest.apart.parent.READER", ("python3", "-c", "import os; os.kill(os.getpid(), 9)"))
    bring(app, "june.csv", GOOD)
    assert "This file cannot be loaded as it is" in headings(app)
    assert "MB of memory" in cells(app, "Line")[0][2]


def test_whoever_loads_at_the_same_time_is_said_and_nothing_is_lost(home, app):
    bring(app, "june.csv", GOOD)
    with writing(home):
        press(app, "load_commit")
        assert "Not possible just now" in headings(app)
    press(app, "load_again")
    press(app, "load_commit")
    assert value(home, "2026-07") == 92.1


ONE_ANSWER = "Chosen already: no other place is defined."


def of_one_place(app: AppTest, folder: Path, monkeypatch, *indicators: str) -> AppTest:
    """The page of a city that has defined nothing but itself and these indicators."""
    home = write_home(folder / "one", city="aurora", indicators=dict.fromkeys(indicators, "month"))
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    return app.run()


def says(app: AppTest, sentence: str) -> bool:
    return any(sentence in text.value.replace("\\", "") for text in app.markdown)


def asked(app: AppTest, message: str) -> Radio:
    return next(radio for radio in app.radio if radio.label.startswith(message))


def test_where_there_is_only_one_place_it_is_chosen_already_and_said(app, tmp_path, monkeypatch):
    of_one_place(app, tmp_path, monkeypatch, "calls", "visits")
    bring(app, "calls.csv", "indicator,month,value\ncalls,2026-06,3\nvisits,2026-06,4\n")
    assert asked(app, "No column names a place").value == 0
    assert says(app, ONE_ANSWER)
    assert not app.button(key="load_check").disabled


def test_what_the_numbers_measure_is_asked_also_where_only_one_indicator_is_defined(app, tmp_path, monkeypatch):
    of_one_place(app, tmp_path, monkeypatch, "calls")
    bring(app, "numbers.csv", "place,month,value\naurora,2026-06,3\naurora,2026-07,4\n")
    question = asked(app, "No column names an indicator")
    assert (question.value, len(question.options)) == (None, 1)
    assert app.button(key="load_check").disabled
    assert not says(app, ONE_ANSWER)


def test_a_column_of_sentences_is_not_offered_as_the_period(app):
    rows = (
        "aurora,answered,91.7,round 1,Calls of 3 June 2026 were answered late: two people were ill",
        "bruma,answered,88.2,round 2,Nothing to add",
    )
    bring(app, "calls.csv", "\n".join(["place,indicator,value,wave,remarks", *rows]))
    question = next(radio for radio in app.radio if radio.label.startswith("No column says when"))
    offered = [option for option in question.options if "in the column" in option]
    assert offered == ["Each row has its own, in the column wave"]


def test_the_file_is_gone_from_the_desk_once_it_is_loaded_or_put_away(home, app):
    bring(app, "june.csv", GOOD)
    press(app, "load_commit")
    assert not list((home.store / "desks").glob("*/file*"))
    press(app, "load_next")
    bring(app, "july.csv", GOOD.replace("91.7", "91.8"))
    press(app, "load_another")
    assert list((home.store / "desks").iterdir()) == []


def towns(tmp_path: Path) -> bytes:
    return workbook(tmp_path / "towns.xlsx").read_bytes()


def mapped(app: AppTest, tmp_path: Path) -> AppTest:
    """The workbook of towns, with every question answered."""
    bring(app, "towns.xlsx", towns(tmp_path))
    answer(app, "Which sheet holds the data?", "Figures")
    if any(radio.label.startswith("No column names a place") for radio in app.radio):
        answer(app, "No column names a place: which one is the file about?", "Each row has its own, in the column Town")
    answer(app, "No column says when: of which period are the values?", "2024")
    press(app, "load_add_places")
    say(app, "load_all_places_kind", "city")
    say(app, "load_all_places_parent", "")
    press(app, "load_add_indicators")
    say(app, "load_all_indicators_kind", "level")
    return say(app, "load_all_indicators_owner", "police")


def say(app: AppTest, key: str, chosen: str) -> AppTest:
    return settled(app.selectbox(key=key).set_value(chosen).run())


def test_of_new_places_and_indicators_nothing_is_taken_for_granted(app, tmp_path):
    bring(app, "towns.xlsx", towns(tmp_path))
    answer(app, "Which sheet holds the data?", "Figures")
    answer(app, "No column names a place: which one is the file about?", "Each row has its own, in the column Town")
    answer(app, "No column says when: of which period are the values?", "2024")
    press(app, "load_add_places")
    press(app, "load_add_indicators")
    asked = {"places": ("kind", "parent"), "indicators": ("kind", "owner")}
    asked_keys = [f"load_all_{part}_{name}" for part, names in asked.items() for name in names]
    assert [app.selectbox(key=key).value for key in asked_keys] == [None] * 4
    assert (app.selectbox(key="load_all_indicators_polarity").value, app.selectbox(key="load_all_indicators_theme").value) == (
        "neutral",
        "life",
    )
    for key, chosen in zip(asked_keys, ("city", "", "flow", "hall"), strict=True):
        assert app.button(key="load_check").disabled
        say(app, key, chosen)
    assert not app.button(key="load_check").disabled
    places, indicators = (table for table in tables(app) if table[0][0] == "Name")
    assert places[1] == ["Alta Mar", "city", "none"]
    assert indicators[0] == ["Name", "Unit", "A value for each", "A value is", "Which way is better", "Theme", "Owner"]
    assert [row[3:6] for row in indicators[1:]] == [["adds up over periods", "neither", "Life"]] * 3


def test_one_of_them_can_be_another_than_all(home, app, tmp_path):
    mapped(app, tmp_path)
    say(app, "load_one_places", "rio_hondo")
    app.selectbox(key="load_one_rio_hondo_kind").set_value("region")
    press(app, "load_one_set_places")
    press(app, "load_check")
    press(app, "load_commit")
    kinds = {place.id: place.kind for place in definition_files.load(home).places}
    assert (kinds["alta_mar"], kinds["rio_hondo"]) == ("city", "region")


def test_a_column_of_districts_proposes_districts_of_the_own_city(home, app):
    bring(app, "july.csv", "Barrio,indicator,month,value\nNorte,answered,2026-07,5\nSur,answered,2026-07,6\n")
    press(app, "load_add_places")
    assert [app.selectbox(key=f"load_all_places_{name}").value for name in ("kind", "parent")] == ["district", "aurora"]
    say(app, "load_all_places_parent", "")
    assert app.button(key="load_check").disabled
    say(app, "load_all_places_parent", "aurora")
    press(app, "load_check")
    press(app, "load_commit")
    assert {place.id: (place.kind, place.parent) for place in definition_files.load(home).places[-2:]} == {
        "norte": ("district", "aurora"),
        "sur": ("district", "aurora"),
    }


def test_a_sheet_that_cannot_be_read_leaves_the_choice_of_another(app, tmp_path):
    bring(app, "towns.xlsx", towns(tmp_path))
    answer(app, "Which sheet holds the data?", "Read me")
    assert "This file cannot be loaded as it is" in headings(app)
    answer(app, "Which sheet holds the data?", "Figures")
    assert "This file cannot be loaded as it is" not in headings(app)


def test_a_problem_shows_words_of_the_yaml_without_their_marks(home, app):
    bring(app, "june.csv", GOOD + "aurora,answered,2026-08,n/k\n")
    said = cells(app, "Line")[0][2]
    assert "nulls" in said and "`" not in said


def test_a_new_file_is_asked_about_and_its_mapping_saved_by_name(home, app, tmp_path):
    mapped(app, tmp_path)
    app.selectbox(key="load_all_places_kind").set_value("region").run()
    app.text_input(key="load_title").set_value("Towns by the year").run()
    press(app, "load_check")
    assert headings(app)[0] == "9 rows can be loaded: 9 new, 0 revised, 0 unchanged"
    press(app, "load_commit")
    known = definition_files.load(home)
    assert known.source["towns_by_the_year"].name == "Towns by the year"
    assert {place.id: place.kind for place in known.places[-3:]} == dict.fromkeys(("alta_mar", "pena_clara", "rio_hondo"), "region")
    assert [(one.unit, one.frequency) for one in known.indicators[-3:]] == [
        ("%", "year"),
        ("books per resident", "year"),
        ("minutes", "year"),
    ]
    assert value(home, "2024-12", "books_lent", "alta_mar") == 3.25


def test_the_next_file_like_it_is_read_by_the_saved_mapping(home, app, tmp_path):
    mapped(app, tmp_path)
    press(app, "load_check")
    press(app, "load_commit")
    press(app, "load_next")
    bring(app, "the same.xlsx", (tmp_path / "towns.xlsx").read_bytes())
    assert any("was loaded before" in text.value for text in app.markdown)
    press(app, "load_another")
    book, changed = load_workbook(tmp_path / "towns.xlsx"), BytesIO()
    book["Figures"]["C4"] = 98
    book.save(changed)
    bring(app, "towns again.xlsx", changed.getvalue())
    assert headings(app)[0] == "9 rows can be loaded: 0 new, 1 revised, 8 unchanged"


def test_a_mapping_that_was_removed_meanwhile_is_said(home, app):
    bring(app, "june.csv", GOOD)
    home.sources.write_text("sources: []\n", encoding="utf-8")
    settled(app.run())
    assert "'sheet' is no longer saved" in cells(app, "Line")[0][2]
    press(app, "load_remap")
    assert "What is in the file" in headings(app)


def test_a_saved_mapping_is_changed_from_what_it_says(home, app):
    bring(app, "june.csv", GOOD)
    press(app, "load_remap")
    assert app.text_input(key="load_title").value == "Monthly sheet"
    assert not app.button(key="load_check").disabled
    press(app, "load_check")
    press(app, "load_commit")
    assert [source.id for source in definition_files.load(home).sources] == ["sheet"]
    assert value(home, "2026-07") == 92.1


def test_an_unknown_name_is_chosen_from_the_near_ones_or_left_out(home, app):
    content = "place,indicator,month,amount\nAurora,answered,2026-07,5\nPuert,answered,2026-07,6\nNowhere at all,answered,2026-07,7\n"
    bring(app, "july.csv", content)
    assert app.button(key="load_check").disabled
    app.selectbox(key="load_name_places_Puert").set_value("puerto").run()
    app.selectbox(key="load_name_places_Nowhere at all").set_value("*out").run()
    press(app, "load_check")
    press(app, "load_commit")
    assert (value(home, "2026-07"), value(home, "2026-07", place="puerto")) == (5, 6)


def test_nothing_ambiguous_is_read_without_an_answer(home, app):
    bring(app, "july.csv", "place;indicator;month;amount\nAurora;answered;2026-07;1.234\nCentro;answered;2026-07;2.345\n")
    assert app.button(key="load_check").disabled
    question = next(radio for radio in app.radio if "decimal" in radio.label.lower() or "1.234" in radio.label)
    assert len(question.options) == 2


def test_the_module_can_be_switched_off(home, app):
    home.city.write_text(home.city.read_text(encoding="utf-8") + "modules: [goals, explorer]\n", encoding="utf-8")
    app.run()
    (menu,) = app.sidebar.get("bidi_component")
    assert b"Goals</a>" in menu.proto.bytes
    assert b"Load data" not in menu.proto.bytes


def test_what_nobody_comes_back_to_is_cleared_after_a_day(home, monkeypatch):
    old, new = home.store / "desks" / "old", home.store / "desks" / "new"
    for folder in (old, new):
        folder.mkdir(parents=True)
    monkeypatch.setattr("time.time", lambda: new.stat().st_mtime + desks.FORGOTTEN_AFTER - 10)
    desks.clear_forgotten(home)
    assert old.exists() and new.exists()
    monkeypatch.setattr("time.time", lambda: new.stat().st_mtime + desks.FORGOTTEN_AFTER + 10)
    desks.clear_forgotten(home)
    assert not old.exists()


def test_a_year_and_a_month_in_two_columns_are_loaded_as_months(home, app):
    bring(app, "july.csv", "place,indicator,year,month,amount\nAurora,answered,2026,7,88\nPuerto,answered,2026,7,89\n")
    press(app, "load_check")
    press(app, "load_commit")
    assert definition_files.load(home).sources[-1].columns.period == ("year", "month")
    assert value(home, "2026-07") == 88


def test_a_saved_mapping_with_joined_columns_is_changed_from_what_it_says(home, app):
    joined = SOURCE.replace("period: month", "period: [year, month]").replace("indicator: indicator", "indicator: [code, units]")
    home.sources.write_text(joined.rstrip("\n") + "\n    names: {indicators: {7 percent: answered}}\n", encoding="utf-8")
    bring(app, "june.csv", "units,code,place,month,year,value\npercent,7,aurora,7,2026,93.5\n")
    press(app, "load_remap")
    assert not app.button(key="load_check").disabled
    press(app, "load_check")
    press(app, "load_commit")
    (kept,) = definition_files.load(home).sources
    assert (kept.columns.indicator, kept.columns.period) == (("code", "units"), ("year", "month"))
    assert kept.names.indicators == {"7 percent": "answered"}
    assert value(home, "2026-07") == 93.5


def test_a_name_of_joined_columns_is_not_left_out_by_the_text_of_one(home, app):
    bring(app, "july.csv", "code,units,place,month,amount\n7,percent,aurora,2026-07,93.5\n8,percent,aurora,2026-07,1\n")
    for column in ("code", "units"):
        app.selectbox(key="load_column_name").set_value(column)
        app.selectbox(key="load_column_role").set_value("indicator")
        press(app, "load_column_set")
    choice = app.selectbox(key="load_name_indicators_7 percent")
    assert "A new indicator" in choice.options
    assert "Leave it out" not in choice.options
    assert "load_out_indicators" not in [button.key for button in app.button]


@pytest.mark.parametrize(
    "source",
    [SOURCE.rstrip("\n") + "\n    true: [si]\n", SOURCE.replace("indicator: indicator", "indicator: [indicator, month]")],
    ids=["a key without a step", "a column that is two things"],
)
def test_a_mapping_that_the_steps_cannot_show_whole_is_not_changed_there(source, home, app):
    home.sources.write_text(source, encoding="utf-8")
    bring(app, "june.csv", GOOD)
    assert "load_remap" not in [button.key for button in app.button]
    assert any("more than these steps can show" in text.value for text in app.markdown)


def test_what_a_fetch_keeps_is_never_cleared(home, monkeypatch):
    fetched = [home.store / "incoming" / name for name in ("sheet.csv", "sheet.json", "sheet/page-1.csv")]
    for path in fetched:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    monkeypatch.setattr("time.time", lambda: fetched[0].stat().st_mtime + 10 * desks.FORGOTTEN_AFTER)
    desks.clear_forgotten(home)
    assert all(path.exists() for path in fetched)
