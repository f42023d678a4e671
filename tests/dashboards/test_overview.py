"""The Overview's sentence, its bar of time, and the truth line of the plan that stands in its place."""

import re
import shutil
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.overview import sentence, time_used
from dashboards.plan import mandate
from dashboards.words import translator
from data.access import Actor, Role
from data.city import Mandate
from data.periods import Month
from data.plans.action import action
from data.plans.reporting import Report, report_all
from data.records.records import begun, records
from kpis.headline import Headline
from tests.conftest import ROOT
from tests.planned_city import node_id, planned
from tests.small_city import build, session


@pytest.mark.parametrize(
    ("good", "judged", "worsened", "without", "said"),
    [
        (12, 22, 3, 0, "12 of 22 goals are on track or better. 3 got worse since their last figure."),
        (1, 1, 1, 0, "1 of 1 goal is on track or better. 1 got worse since its last figure."),
        (0, 2, 0, 1, "0 of 2 goals are on track or better. None got worse. 1 has no fresh data."),
        (0, 2, 0, 2, "0 of 2 goals are on track or better. None got worse. 2 have no fresh data."),
        (0, 0, 0, 0, "No goal with a target is due here yet."),
    ],
)
def test_the_month_is_summed_up_in_plain_words(good, judged, worsened, without, said):
    assert sentence(Headline(good, judged, worsened, (), without), translator("en")) == said


@pytest.mark.parametrize(
    ("month", "share"),
    [(Month(2024, 6), 0.0), (Month(2025, 1), 31 / 1461), (Month(2026, 12), 730 / 1461), (Month(2028, 12), 1.0), (Month(2031, 1), 1.0)],
)
def test_the_time_used_is_counted_to_the_end_of_the_month_under_review(month, share):
    mandate = Mandate(start=date(2025, 1, 1), end=date(2028, 12, 31))
    assert time_used(mandate, month) == pytest.approx(share)


@pytest.fixture(scope="module")
def with_a_plan(tmp_path_factory):
    return planned(tmp_path_factory.mktemp("with_a_plan") / "home")


def test_the_plan_s_truth_line_stands_on_the_overview_in_three_rows_on_one_scale(with_a_plan):
    found = ElementTree.fromstring(f"<div>{mandate.block(session(with_a_plan))}</div>")
    labels = [scale.attrib["aria-label"].replace("\xa0", " ") for scale in found.iter("span") if "scale" in scale.attrib.get("class", "")]
    assert labels == ["38 % of the time used", "25 % proved, 52.1 % declared", "92.7 % paid, 100 % committed"]
    link = found.findall("p/a")[-1]
    assert link.attrib["href"] == "progress?place=aurora&month=2026-06&language=en&plan=pam"


def test_how_many_actions_are_late_stands_beside_the_truth_line_and_leads_to_them(with_a_plan):
    asked = session(with_a_plan)
    plan = mandate.of_place(asked)
    assert plan is not None
    truth = mandate.shown.truth_of(asked, plan)
    link = ElementTree.fromstring(f"<div>{mandate.block(asked)}</div>").findall("p/a")[0]
    assert truth.counts["late"] > 0
    assert link.text == f"Late: {truth.counts['late']} of {truth.whole['actions']} actions"
    assert link.attrib["href"] == "progress?place=aurora&month=2026-06&language=en&plan=pam&state=late"


def test_the_plan_is_that_of_the_place_looked_at(with_a_plan):
    assert mandate.block(session(with_a_plan, place="bruma")) == ""


def test_a_city_without_the_plan_s_pages_is_shown_the_time_alone(with_a_plan):
    asked = session(with_a_plan)
    city = asked.definitions.city.model_copy(update={"modules": ("goals",)})
    asked = replace(asked, definitions=replace(asked.definitions, city=city))
    assert mandate.stamp(asked) is None and mandate.block(asked) == ""


def test_damaged_records_leave_the_overview_its_goals(tmp_path):
    home = build(tmp_path / "home")
    store = home.folder / "data" / "store"
    store.mkdir(exist_ok=True)
    (store / "records.sqlite").write_bytes(b"no database " * 1000)
    asked = session(home)
    assert "The plan cannot be read" in mandate.block(asked)
    assert "python -m data verify" in mandate.block(asked)


def test_looking_at_the_overview_makes_no_records(tmp_path, monkeypatch):
    home = build(tmp_path / "home")
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    assert not AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run().exception
    assert not begun(home)


def test_the_overview_is_drawn_again_when_the_records_change(with_a_plan, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(with_a_plan.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"

    def work() -> list[str]:
        html = "".join(panel.proto.bytes.decode() for panel in app.run().main.get("bidi_component"))
        return re.findall(r'scale work" role="img" aria-label="([^"]*)', html.replace("\xa0", " "))

    assert work() == ["25 % proved, 52.1 % declared"]
    held = records(with_a_plan)
    number = node_id(held, "1.2.2")
    found = action(held, number)
    assert found is not None
    office = Actor(1, "Ofelia", frozenset({Role("office")}))
    report_all(held, office, [Report(number, found.node["version"], date(2026, 7, 1), 70.0, "started")])
    assert work() == ["25 % proved, 62.1 % declared"]


def test_a_plan_without_figures_stands_on_the_overview_with_the_way_to_load_some(with_a_plan, tmp_path, monkeypatch):
    shutil.copytree(with_a_plan.folder, tmp_path / "home")
    shutil.rmtree(tmp_path / "home" / "data" / "store" / "facts")
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "home"))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.query_params["language"] = "en"
    app.run()
    assert not app.exception
    drawn = "".join(panel.proto.bytes.decode() for panel in app.main.get("bidi_component"))
    assert "The plan, action by action" in drawn
    assert 'class="truth-line"' in drawn
    assert app.header[0].value == "No figures of goals yet"
    assert "python -m data ingest" in app.code[0].value
