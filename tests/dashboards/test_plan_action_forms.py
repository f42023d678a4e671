"""Each form of the page Action, filled and sent by whoever may."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.markdown import plain
from data import definitions
from data.people import PROGRAM, add_post
from data.plans.action import Action, action
from data.plans.adopting import adopt
from data.plans.document import NodeEntry, PlanDocument
from data.plans.evidence import bring_link, judge
from data.plans.linking import servable
from tests.action_town import Planned, copied, planned
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Planned:
    return planned(tmp_path_factory.mktemp("planned") / "home")


@pytest.fixture
def city(made, tmp_path) -> Planned:
    """For one test to change."""
    return copied(made, tmp_path / "home")


@pytest.fixture
def page(city, monkeypatch) -> AppTest:
    """The police station, as the data office sees it."""
    monkeypatch.setenv("MANDATO_HOME", str(city.home.folder))
    monkeypatch.setattr("dashboards.acting.choose", lambda *_: city.people["office"])
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.run()
    app.query_params["node"], app.query_params["language"] = str(city.nodes["1.1"]), "en"
    return app.switch_page("pages/plan/action.py").run()


def fill(page: AppTest, form: str, **values: object) -> None:
    """Put values into fields of a form, by the form's name and the fields'."""
    widgets = [*page.text_input, *page.text_area, *page.number_input, *page.selectbox, *page.date_input, *page.multiselect]
    for name, value in values.items():
        next(each for each in widgets if f"/{form}" in (each.key or "") and each.key.endswith(f"#{name}")).set_value(value)


def press(page: AppTest, label: str) -> str:
    """What the page says after a button, whose label says what people wrote as they wrote it."""
    next(button for button in page.button if button.label in (label, plain(label))).click()
    page.run()
    assert not page.exception
    return " ".join(box.value.replace("\\", "") for box in [*page.success, *page.error])


def found(city: Planned) -> Action:
    read = action(city.records, city.nodes["1.1"])
    assert read is not None
    return read


def test_a_decision_moves_the_end_and_keeps_its_reason(page, city):
    fill(page, "decide", title="Later", reason="legal_impediment", why="An appeal", body="Council", ends=date(2027, 6, 30), weight=40.0)
    assert press(page, "Save the decision") == "The decision is recorded, and the plan is changed by it."
    now = found(city)
    assert (now.node["ends"], now.node["weight"], now.node["first_ends"]) == (date(2027, 6, 30), 40, date(2026, 12, 31))
    assert (now.decisions[0]["reason"], now.versions[-1]["decision"]) == ("legal_impediment", now.decisions[0]["id"])


def test_a_decision_gives_the_action_to_another_area_and_post(page, city):
    post = add_post(city.records, PROGRAM, "Head of parks", "parks")
    area = next(area for area in definitions.load(city.home).area if area != found(city).node["area"])
    page.run()
    fill(page, "decide", title="To the parks", reason="other", why="They build it", area=area, owner=post)
    assert press(page, "Save the decision") == "The decision is recorded, and the plan is changed by it."
    now = found(city)
    assert (now.node["area"], now.node["owner"], now.decisions[0]["why"]) == (area, post, "They build it")


def test_a_decision_recorded_before_is_applied_afterwards(page, city):
    fill(page, "decide", title="Stop it", reason="other", why="No money")
    assert press(page, "Save the decision") == "The decision is recorded."
    fill(page, "decide", decision=found(city).decisions[0]["id"], status="cancelled", why="No money")
    assert press(page, "Save the decision") == "The plan is changed, by the decision recorded before."
    now = found(city)
    assert (now.node["status"], now.node["status_reason"], len(now.decisions)) == ("cancelled", "No money", 1)


def test_a_decision_without_its_why_is_refused_and_nothing_typed_is_lost(page, city):
    fill(page, "decide", title="Later", ends=date(2027, 6, 30))
    told = press(page, "Save the decision")
    assert "Nothing was saved: the kind of reason is missing; choose one." in told and "success_elsewhere" not in told
    assert (found(city).decisions, found(city).node["ends"]) == ([], date(2026, 12, 31))
    page.run()
    assert next(each for each in page.text_input if (each.key or "").endswith("decide#0#title")).value == "Later"


def test_a_description_keeps_the_other_language(page, city):
    fill(page, "describe", limits="Two lawsuits", pdca="check", design="collaborate", evaluation="inform", sdg=["16"], goals=["lights"])
    assert press(page, "Save the description") == "The description is saved."
    now = found(city).node
    assert now["limits"] == {"es": "Un pleito", "en": "Two lawsuits"}
    assert (now["pdca"], now["participation"]) == ("check", {"design": "collaborate", "evaluation": "inform"})
    assert (now["sdg"], now["goals"]) == (["16"], ["lights"])


def labels(page: AppTest) -> list[str]:
    return [each.label for each in page.multiselect]


def test_an_action_is_linked_to_what_it_serves_in_another_plan(page, city):
    assert "Parts of other plans that it serves" not in labels(page)
    served = yearly(city)
    page.run()
    assert field(page, "serves").options == ["7 Calm nights (Year)"]
    fill(page, "describe", serves=[served])
    page.run()
    assert field(page, "serves").value == [served]
    assert press(page, "Save the description") == "The description is saved."
    assert found(city).node["serves"] == [served]

    fill(page, "describe", serves=[], pilot="Two streets")
    assert press(page, "Save the description") == "The description is saved."
    assert (found(city).node["serves"], found(city).node["pilot"]) == (None, "Two streets")


def test_a_description_leaves_alone_what_was_not_touched(page, city):
    """Goals that the city no longer tracks and the numbers of a program stay as they were written."""
    fill(page, "describe", pdca="check")
    assert press(page, "Save the description") == "The description is saved."
    now = found(city).node
    assert (now["pdca"], now["goals"], now["sdg"]) == ("check", ["robberies", "gone"], [11, 16])


def field(page: AppTest, name: str):
    return next(each for each in page.multiselect if (each.key or "").endswith(f"#{name}"))


def yearly(city: Planned) -> int:
    """A plan of the year with one part; returns the part's id."""
    entry = NodeEntry(key="7", name={"es": "Noches tranquilas", "en": "Calm nights"}, level=0)
    levels = ({"one": "Action", "many": "Actions"},)
    told = PlanDocument(key="poa", name={"es": "Año", "en": "Year"}, place="aurora", kind="annual", levels=levels, nodes=(entry,))
    adopt(city.records, city.people["office"], told)
    (row,) = servable(city.records, city.plan)
    return row["id"]


def test_amounts_are_changed_and_a_line_is_added(page, city):
    line = found(city).lines[0]
    fill(page, f"line/{line['id']}", paid=700.0)
    assert press(page, "Save the amounts") == "The budget line is saved."
    fill(page, "line/new", code="130.99", initial=50.0, year=2027)
    next(button for button in page.button if "line/new" in (button.key or "") and "send" in (button.key or "")).click()
    page.run()
    assert [(row["code"], row["initial"], row["paid"], row["year"]) for row in found(city).lines] == [
        ("130.22", 1000, 700, 2026), ("130.99", 50, None, 2027),
    ]  # fmt: skip


def test_a_failure_needs_its_measure_and_a_result_its_criterion(page, city):
    fill(page, "outcome", title="It leaks", reason="technical_impediment", what="Rain", lesson="Test roofs")
    assert "a failure needs its corrective measure" in press(page, "Record it")
    fill(page, "outcome", corrective="A new roof", owner=1, due=date(2027, 1, 31))
    assert press(page, "Record it") == "It is recorded."
    assert press(page, "The measure was taken today: It leaks") == "The measure is recorded as taken."
    fill(page, "result", name="Visitors", criterion="scope", measured=12.0, expected=20.0)
    assert press(page, "Record the result") == "The result is recorded."
    now = found(city)
    assert (now.outcomes[0]["done_on"], now.results[0]["measured"]) == (date.today(), 12)


def test_stages_are_reached_and_evidence_is_brought_by_link_and_withdrawn(page, city):
    fill(page, "reached", **{str(city.stage("1.1", 0)): date(2026, 5, 5)})
    assert press(page, "Save the days") == "1 day is saved."
    fill(page, "evidence", title="Minutes", link="javascript:alert(1)")
    assert "is not a link" in press(page, "Send for review")
    fill(page, "evidence", link="https://example.org/m")
    assert "waits for somebody outside" in press(page, "Send for review")
    assert (found(city).milestones[0]["done_on"], found(city).evidence[0]["state"]) == (date(2026, 5, 5), "awaiting")
    assert press(page, "Withdraw «Minutes»") == "«Minutes» is withdrawn."
    assert found(city).evidence == []


def test_an_area_is_not_offered_to_cancel_unless_a_decision_has(page, city):
    def offered() -> list[str]:
        return next(each for each in page.selectbox if (each.key or "").endswith("#status") and "/report" in (each.key or "")).options

    assert "Removal proposed" in offered() and "Cancelled" not in offered()
    fill(page, "decide", title="No", reason="other", why="No money", status="cancelled")
    assert press(page, "Save the decision") == "The decision is recorded, and the plan is changed by it."
    assert "Cancelled" in offered()


def test_what_somebody_else_judged_first_is_said(page, city, monkeypatch):
    piece = bring_link(city.records, city.people["editor"], city.stage("1.1", 0), "Minutes", "https://example.org/m")
    page.run()

    def faster(*given, **more):
        judge(city.records, city.people["reviewer"], piece, 1, "returned", "Empty")
        return judge(*given, **more)

    monkeypatch.setattr("dashboards.plan.judging.judge", faster)
    assert "somebody else has changed it meanwhile" in press(page, "Accept")
    assert found(city).evidence[0]["state"] == "returned"
