"""Writing an index from the panel: tried by anybody, saved by the office with its reason, changed, removed and brought back."""

import shutil
from pathlib import Path

import pytest

from data.access import Actor, Role
from data.home import Home
from data.yaml_file import parse
from tests.indexed_town import SILENT, WELL, indexed
from tests.visited import drawn, fill, press, visited

PAGE = "pages/compare/index.py"
OFFICE = Actor(1, "Olga", frozenset({Role("office")}))


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Home:
    return indexed(tmp_path_factory.mktemp("town") / "home", well=WELL)


@pytest.fixture
def home(town, tmp_path) -> Home:
    """For one test to change."""
    return Home(Path(shutil.copytree(town.folder, tmp_path / "home")))


def labels(app) -> list[str]:
    return [button.label for button in app.button]


def written(app) -> str:
    return "\n".join(each.value.replace("\\", "") for each in app.markdown)


def chosen(app, key: str, *values: str) -> None:
    next(each for each in app.multiselect if each.key.endswith(f"#{key}")).set_value(list(values))


def test_anybody_may_try_a_new_index_and_only_the_office_saves(home, monkeypatch):
    app = visited(home, monkeypatch, PAGE, new="1")
    assert "Well · Index" in app.sidebar.selectbox[0].options, "and the search box finds those that are there"
    assert "Still to be said: its name, two indicators or more." in written(app)
    assert "only the data office saves it" in written(app), "said before anything is filled in"
    fill(app, "index/#", name_en="Order", places="cities")
    chosen(app, "indicators", "robberies", "lights")
    app.run()
    assert "Try it" in labels(app) and "Save the index" not in labels(app)
    press(app, "Try it")
    assert "Aurora cannot be told from the other places" in (
        next(each.text for each in drawn(app).iter("p") if each.get("class") == "headline") or ""
    )
    table = next(each for each in drawn(app).iterfind(".//table") if "Places by rank" in (each.findtext("caption") or ""))
    assert [row.findtext("th") or row.findtext("th/b") for row in table.iterfind("tbody/tr")] == ["Aurora", "Bruma"]
    assert "Only the data office saves indices" in written(app) and not (home.indices / "order.yaml").exists()


def test_the_office_saves_it_with_its_reason(home, monkeypatch):
    app = visited(home, monkeypatch, PAGE, OFFICE, new="1")
    fill(app, "index/#", name_en="Order", places="named")
    chosen(app, "indicators", "robberies", "lights")
    chosen(app, "named", "aurora", "centro", "puerto")
    app.run()
    fill(app, "index//robberies", part="Calm")
    press(app, "Try it")
    assert "nobody has said why" in press(app, "Save the index")
    app.text_area(key="index_reason_order").set_value("The council asked")
    assert "Saved in kpis/indices/order.yaml" in press(app, "Save the index")
    found = parse((home.indices / "order.yaml").read_text(encoding="utf-8"), "").value
    assert isinstance(found, dict) and found["places"] == ["aurora", "centro", "puerto"]
    assert found["levels"][0] == {"name": "calm", "label": "Calm", "of": ["robberies"]}
    assert [change["reason"] for change in found["changes"]] == ["The council asked"]


def test_one_that_is_there_is_changed_undone_removed_and_brought_back(home, monkeypatch):
    path = home.indices / "well.yaml"
    app = visited(home, monkeypatch, PAGE, OFFICE, index="well", change="1")
    next(each for each in app.number_input if each.key == "index/well/trips#weight").set_value(5.0)
    app.run()
    press(app, "Try it")
    app.text_area(key="index_reason_well").set_value("Trips matter more")
    press(app, "Save the index")
    assert "weight: 5" in path.read_text(encoding="utf-8") and path.read_text(encoding="utf-8").startswith("# ours\n")
    app = visited(home, monkeypatch, PAGE, OFFICE, index="well", change="1")
    app.text_input(key="index_why_well").set_value("They do not")
    press(app, "Bring back what the file said before")
    assert "weight: 2" in path.read_text(encoding="utf-8")
    app = visited(home, monkeypatch, PAGE, OFFICE, index="well", change="1")
    app.text_input(key="index_why_well").set_value("Nobody reads it")
    assert "Removed: Well. It can be brought back below." in press(app, "Remove the index") and not path.exists()
    assert "Saved in kpis/indices/well.yaml" in press(app, "Bring back well") and "weight: 2" in path.read_text(encoding="utf-8")


def test_what_cannot_be_ranked_is_said_and_not_saved(home, monkeypatch):
    app = visited(home, monkeypatch, PAGE, OFFICE, new="1")
    fill(app, "index/#", name_en="Silence", places="cities")
    chosen(app, "indicators", "silent", "lights")
    app.run()
    press(app, "Try it")
    assert "no place has a figure of silent" in written(app) and "Save the index" not in labels(app)
    assert not app.code and "silence.yaml" not in written(app), "there is no file yet, and no command that would find it"


def test_an_index_that_no_form_can_say_is_left_to_its_file(home, monkeypatch):
    deep = WELL.replace("  - {name: well, of: [order, trips]}", "  - {name: more, of: [order]}\n  - {name: well, of: [more, trips]}")
    (home.indices / "well.yaml").write_text(deep, encoding="utf-8")
    app = visited(home, monkeypatch, PAGE, OFFICE, index="well", change="1")
    assert "change it in its file, `kpis/indices/well.yaml`" in written(app) and "Try it" not in labels(app)


def test_a_broken_file_keeps_its_name_to_itself(home, monkeypatch):
    (home.indices / "order.yaml").write_text("index: [\n", encoding="utf-8")
    (home.indices / "silent.yaml").write_text(SILENT, encoding="utf-8")
    app = visited(home, monkeypatch, PAGE, OFFICE, new="1")
    fill(app, "index/#", name_en="Order", places="cities")
    chosen(app, "indicators", "robberies", "lights")
    app.run()
    press(app, "Try it")
    app.text_area(key="index_reason_order_2").set_value("A second one")
    assert "Saved in kpis/indices/order_2.yaml" in press(app, "Save the index")
