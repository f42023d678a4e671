"""A closed month on the pages: as it was when it was closed, as it is today, and what differs between the two."""

import json
import re
import shutil
from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.meetings.month import closing
from dashboards.reports.reader import reader
from dashboards.session import MORE, enter
from data.definitions import load as load_definitions
from data.home import Home
from data.loads import NewLoad, apply
from data.plans.reporting import Report, report
from data.reviews.reviews import open_review
from data.snapshots.freezing import freeze
from data.snapshots.frozen import frozen, in_force
from data.snapshots.reopening import reopen
from kpis.reviews.statuses import statuses
from tests.action_town import Planned, copied, planned
from tests.conftest import ROOT
from tests.small_city import LAST, session
from tests.tiny_facts import rows

PAGES = {"overview": "pages/home/overview.py", "goal": "pages/goals/goal.py", "progress": "pages/plan/progress.py"}


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Planned:
    """June 2026 is closed; then a value is revised, a target changed and an action reported."""
    made = planned(tmp_path_factory.mktemp("closed") / "home")
    freeze(made.home, made.records, made.people["office"], "aurora", LAST, accepted="Satisfaction is asked once a year")
    revision = rows({"indicator": "robberies", "period": LAST.last, "value": 20.0})
    apply(made.home, load_definitions(made.home), [(NewLoad("revision", "hall", ("r.csv",), "ana", date(2026, 8, 1), 1, False), revision)])
    goals = made.home.definitions / "all.yaml"
    before = goals.read_text(encoding="utf-8")
    goals.write_text(before.replace("value: 97, date: 2028-12-31", "value: 99, date: 2028-12-31", 1), encoding="utf-8")
    told = Report(made.nodes["1.1"], made.version("1.1"), date(2026, 7, 9), 90.0, "started")
    report(made.records, made.people["editor"], told)
    return made


@pytest.fixture
def seen(town, monkeypatch):
    """What a page of June shows, as text: what its panels draw, and its badges."""

    def see(page: str, **asked: str) -> str:
        app = visited(town.home, monkeypatch, page, **asked)
        drawn = [each.proto.bytes.decode() for each in app.main.get("bidi_component") if each.proto.bytes]
        plain = re.sub("<[^>]*>", " ", " ".join(each for each in drawn if isinstance(each, str))).replace("\xa0", " ")
        return re.sub(" +", " ", " ".join([plain, *(each.value for each in app.markdown)]))

    return see


def visited(home: Home, monkeypatch: pytest.MonkeyPatch, page: str, **asked: str) -> AppTest:
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.run()
    for key, value in {"language": "en", "place": "aurora", "month": str(LAST), **asked}.items():
        app.query_params[key] = value
    app.switch_page(PAGES[page]).run()
    assert not app.exception
    return app


OLD, NEW = "as it was closed on", "shown as it is today"


@pytest.mark.parametrize(
    ("page", "then", "now"),
    [
        ("overview", "Goal robberies Off track 37.1 % 31.9 %", "Goal robberies Reached 20.0 % 31.9 %"),
        ("overview", "Goal lights At risk 92.9 % 93.2 %", "Goal lights At risk 92.9 % 94.0 %"),
        ("goal", "37.1 % against 31.9 % due now", "20.0 % meets the target of 20.0 %"),
        ("progress", "0 % of the plan is proved; the areas declare 75 %", "0 % of the plan is proved; the areas declare 95 %"),
    ],
)
def test_a_closed_month_shows_its_old_figures_and_on_request_today_s(seen, page, then, now):
    closed, today = seen(page, kpi="robberies"), seen(page, kpi="robberies", **{"as": "today"})
    assert (then in closed, now in closed, OLD in closed, NEW in closed) == (True, False, True, False)
    assert (then in today, now in today, OLD in today, NEW in today) == (False, True, False, True)


@pytest.mark.parametrize("view", ["closed", "today"])
def test_what_has_changed_since_stands_on_its_overview_with_the_reason(seen, view):
    said = seen("overview", **{"as": view})
    _before, _title, since = said.partition("What has changed since it was closed on")
    assert "Goal robberies Off track 37.1 % Reached 20.0 % Revision: 37.1 % in June 2026 was corrected to 20.0 %." in since
    assert "Goal lights At risk 92.9 % At risk 92.9 % New target: 99.0 % by 31 Dec 2028, after 97.0 % by 31 Dec 2028." in since
    assert "Plan: declared 75 % 95 % Reported, accepted or paid since" in since
    assert "Goal answered" not in since


def test_a_district_shows_the_month_as_its_city_closed_it(town, seen):
    closed, today = seen("overview", place="centro"), seen("overview", place="centro", **{"as": "today"})
    assert (OLD in closed, NEW in closed, OLD in today, NEW in today) == (True, False, False, True)
    assert reader(town.home, "centro", LAST, "en").home.frozen
    assert not reader(town.home, "centro", LAST.plus(-1), "en").home.frozen


def test_a_district_with_a_review_of_its_own_is_closed_by_that(town, tmp_path):
    made = copied(town, tmp_path / "own")
    open_review(made.records, made.people["office"], "centro", LAST)
    assert not reader(made.home, "centro", LAST, "en").home.frozen
    assert reader(made.home, "puerto", LAST, "en").home.frozen
    freeze(made.home, made.records, made.people["office"], "centro", LAST, accepted="Asked once a year", statuses=statuses)
    row = reader(made.home, "centro", LAST, "en").snapshot
    assert row is not None and row["place"] == "centro"


def test_a_city_is_not_closed_by_its_district(town, tmp_path):
    made = copied(town, tmp_path / "district")
    before = LAST.plus(-1)
    freeze(made.home, made.records, made.people["office"], "centro", before, accepted="Asked once a year", statuses=statuses)
    assert [reader(made.home, place, before, "en").home.frozen for place in ("centro", "aurora", "puerto")] == [True, False, False]


def test_an_open_month_says_nothing_of_it(seen):
    said = seen("overview", month="2026-05")
    assert "closed" not in said


def test_the_statuses_that_were_kept_are_those_of_the_frozen_home(town):
    home = frozen(town.home, town.records, "aurora", LAST)
    assert home is not None
    kept = json.loads((home.folder / "statuses.json").read_text(encoding="utf-8"))
    again = json.loads(json.dumps(statuses(home, "aurora", LAST), default=str))
    assert {name: kept[name] for name in again} == again
    assert {goal["id"]: goal["status"] for goal in kept["kpis"]}["robberies"] == "off_track"
    assert [round(plan["declared"]) for plan in kept["plans"]] == [75]
    assert statuses(town.home, "aurora", LAST)["kpis"] != kept["kpis"]


def test_the_choice_is_offered_and_links_carry_it(town, monkeypatch):
    app = visited(town.home, monkeypatch, "overview")
    app.session_state[MORE] = True
    app.run()
    assert [radio.value for radio in app.radio] == ["closed"]
    app.radio[0].set_value("today").run()
    assert app.query_params["as"] == "today" or app.query_params["as"] == ["today"]
    drawn = " ".join(each.proto.bytes.decode() for each in app.main.get("bidi_component"))
    links = re.findall(r'href="(goal[^"]*)"', drawn)
    assert links
    assert all("as=today" in link for link in links)


def test_nobody_writes_in_a_closed_month_but_beside_it(town, monkeypatch):
    """What a page is given: nobody who writes, and today's home where the page is one of today."""
    monkeypatch.setenv("MANDATO_HOME", str(town.home.folder))
    today = session(town.home)
    row = in_force(town.records, "aurora", LAST)
    looked = replace(today, actor=town.people["office"], snapshot=row)
    shown = enter(looked, "overview")
    assert (shown.actor, shown.home.frozen, shown.held.version) == (None, True, 1)  # pyright: ignore[reportOptionalMemberAccess]
    assert shown.live is looked
    assert shown.closed is shown
    assert shown.address("goal") == looked.address("goal")
    for page in ("review", "meeting", "load", "workshop"):
        assert enter(looked, page) is looked, page
    assert enter(replace(looked, today=True), "overview").home == town.home
    assert (shown.at(LAST.plus(-1)).home.frozen, shown.at(LAST.plus(-1)).live.month) == (True, LAST.plus(-1))


def test_whoever_comes_from_another_month_meets_a_closed_one_as_it_was_closed(town):
    """As the page of a meeting does, which shows the month that the meeting is about."""
    away = replace(session(town.home, month=LAST.plus(-1)), state_met=town.records.state)
    back = away.at(LAST)
    assert (back.month, back.closed.home.frozen, back.closed.live is back) == (LAST, True, True)
    assert away.at(LAST.plus(-2)).snapshot is None


def test_a_month_that_is_reopened_shows_as_it_is(town, tmp_path, monkeypatch):
    made = copied(town, tmp_path / "reopened")
    reopen(made.records, made.people["office"], "aurora", LAST, "The police corrected a value")
    app = visited(made.home, monkeypatch, "overview")
    assert not any("closed on" in each.value for each in app.markdown)


def test_a_closed_month_that_is_gone_is_said_in_words_and_today_s_view_is_there(town, tmp_path, monkeypatch):
    made = copied(town, tmp_path / "gone")
    row = in_force(made.records, "aurora", LAST)
    assert row is not None
    shutil.rmtree(made.home.store / "snapshots" / row["folder"])
    app = visited(made.home, monkeypatch, "overview")
    assert [title.value for title in app.title] == ["Not possible just now"]
    assert any("the closed month aurora-2026-06-1 is gone from the store" in each.value for each in app.text)
    app.query_params["as"] = "today"
    app.run()
    assert [title.value for title in app.title] == ["June 2026"]
    assert any("the closed month aurora-2026-06-1 is gone" in each.value.replace("\\", "") for each in app.markdown)


def test_a_missing_value_of_what_is_defined_no_more_is_named_by_its_id(town):
    """Somebody typed it, then the indicator went: the month can be closed all the same."""
    lacked = {"area": None, "place": "gone", "indicator": "gone_too", "segment": "", "period": "2026-06-30", "state": "draft"}
    assert closing.named(session(town.home), lacked)[:2] == ["gone_too", "gone"]
