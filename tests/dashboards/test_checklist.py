"""The first steps: each tick is looked up in the home."""

import shutil
from xml.etree import ElementTree

import pytest

from dashboards.checklist import block, steps
from data.home import Home
from data.new_home import STARTER
from tests.small_city import build, session


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return build(tmp_path_factory.mktemp("own"))


def done(asked) -> list[bool]:
    return [step.done for step in steps(asked)]


def test_a_city_with_its_own_files_and_facts_has_nothing_left(home):
    assert done(session(home)) == [True] * 5


def test_a_fresh_home_has_everything_left(tmp_path):
    shutil.copytree(STARTER, tmp_path / "fresh")
    assert done(session(Home(tmp_path / "fresh"), place="my_city")) == [False] * 5


def test_the_demo_city_is_nobodys_own(home, tmp_path):
    shutil.copytree(home.folder, tmp_path / "demo")
    demo = Home(tmp_path / "demo")
    demo.city.write_text(demo.city.read_text(encoding="utf-8") + "demo: true\n", encoding="utf-8")
    assert done(session(demo)) == [False, False, False, False, True]


def test_the_last_step_names_the_page_that_loads_too_where_it_is_on(home, tmp_path):
    assert [step.page for step in steps(session(home))] == [""] * 4 + ["pages/office/load.py"]
    shutil.copytree(home.folder, tmp_path / "off")
    off = Home(tmp_path / "off")
    off.city.write_text(off.city.read_text(encoding="utf-8") + "modules: [goals]\n", encoding="utf-8")
    assert steps(session(off))[-1].page == ""


def test_a_step_names_the_file_to_write(home):
    assert [step.where for step in steps(session(home))][:4] == ["data/city.yaml"] * 3 + ["data/places.yaml"]


def test_the_steps_stand_on_the_overview_only_while_one_is_left(home, tmp_path):
    assert block(session(home)) == ""
    shutil.copytree(STARTER, tmp_path / "fresh")
    found = ElementTree.fromstring(block(session(Home(tmp_path / "fresh"), place="my_city")))
    assert found.attrib["open"] == ""
    assert found.findtext("summary") == "Make it your own: 5 steps left"
    assert [link.text for link in found.iter("a")] == ["Load data"]


def test_they_are_folded_once_something_is_loaded(home, tmp_path):
    shutil.copytree(home.folder, tmp_path / "demo")
    demo = Home(tmp_path / "demo")
    demo.city.write_text(demo.city.read_text(encoding="utf-8") + "demo: true\n", encoding="utf-8")
    found = ElementTree.fromstring(block(session(demo)))
    assert "open" not in found.attrib
    assert found.findtext("p/code") == "python -m data new DIR"
    assert [(line.text or "")[0] for line in found.iter("li")] == ["○"] * 4 + ["✓"]
