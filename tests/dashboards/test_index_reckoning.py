"""An index is reckoned behind the page, kept, and read from then on; what fails in one is said and takes no other down."""

import shutil
import time
from pathlib import Path
from threading import Event

import pytest

from dashboards.behind import Behind
from dashboards.index import known, reckoning
from dashboards.index.reckoning import Reckoned
from dashboards.session import Session
from data.home import Home
from kpis.index import kept, kept_ways
from kpis.index.reading import Written
from tests.dashboards.conftest import session_of
from tests.indexed_town import SILENT, WELL, indexed
from tests.small_city import LAST

PATIENCE = 20.0
"""Seconds."""


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Home:
    """The small city with an index that can be reckoned, and one that cannot."""
    return indexed(tmp_path_factory.mktemp("town") / "home", well=WELL, silent=SILENT)


@pytest.fixture
def session(town, tmp_path) -> Session:
    return session_of(Home(Path(shutil.copytree(town.folder, tmp_path / "home"))), "aurora", LAST, "en_GB")


def index(session: Session, name: str = "well") -> Written:
    found = known.indices(session).find(name)
    assert found is not None
    return found


def waited(session: Session) -> Reckoned | None:
    """What comes in the end."""
    until = time.monotonic() + PATIENCE
    while (found := known.found(session, index(session))) is None and time.monotonic() < until:
        time.sleep(0.02)
    return found


def test_nobody_waits_and_what_was_found_is_kept(session, monkeypatch):
    assert known.found(session, index(session)) is None, "it is begun, not waited for"
    found = waited(session)
    assert found is not None and found.built is not None and found.own == "aurora" and found.problems == ()
    assert kept.latest(session.home, found.built, "aurora") is not None
    assert found.ways and kept_ways.latest(session.home, found.built, "aurora") == found.ways
    assert known.found(session, index(session)) is found, "and remembered"
    monkeypatch.setattr(reckoning, "_behind", Behind("index", 4))
    again = known.found(session, index(session))
    assert again is not None and again.doubted is not None, "another process reads what was kept, and need not wait"
    assert again.ways == found.ways


def test_a_page_that_waits_does_not_build_the_index_again(session, monkeypatch):
    going, built, right = Event(), [], reckoning.reckoned
    monkeypatch.setattr(reckoning, "reckoned", lambda *told: built.append(1) or right(*told))
    drawn = kept.renewed
    monkeypatch.setattr(kept, "renewed", lambda *told: going.wait(PATIENCE) and drawn(*told))
    assert known.found(session, index(session)) is None and known.found(session, index(session)) is None
    going.set()
    assert waited(session) is not None and len(built) == 1


def test_whoever_asks_once_has_it_at_the_end_and_a_changed_index_is_reckoned_anew(session):
    found = known.settle(session, index(session))
    assert found.built is not None and found.doubted is not None and found.doubted.choices and found.doubted.own == 0
    path = session.home.indices / "well.yaml"
    path.write_text(WELL.replace("weight: 2", "weight: 5"), encoding="utf-8")
    assert known.found(session, index(session)) is None
    after = waited(session)
    assert after is not None and after.built is not None and after.built.score.tolist() != found.built.score.tolist()


def test_what_cannot_be_ranked_says_why_at_once(session):
    found = known.found(session, index(session, "silent"))
    assert found is not None and found.built is None and "no place has a figure of silent" in str(found.problems[0])


def test_where_nothing_can_be_kept_it_is_found_all_the_same(session, monkeypatch):
    def full(*_told: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "keep", full)
    assert known.settle(session, index(session)).doubted is not None


@pytest.mark.parametrize("step", ["reckoned", "kept.renewed"])
def test_a_fault_of_ours_is_said_on_its_page_and_takes_no_other_down(session, monkeypatch, step):
    def wrong(*_told: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(f"dashboards.index.reckoning.{step}", wrong)
    assert "could not be reckoned" in str(known.settle(session, index(session)).problems[0])
    if step == "kept.renewed":
        assert "no place has a figure" in str(known.settle(session, index(session, "silent")).problems[0])


def test_sensitivity_is_reckoned_when_it_is_asked_for_and_only_of_what_was_doubted(session):
    found = known.settle(session, index(session))
    told = known.sensitivity(session, found)
    assert told is not None and told is known.sensitivity(session, found)
    assert known.sensitivity(session, known.settle(session, index(session, "silent"))) is None


def test_what_an_indicator_left_out_does_is_reckoned_once(session, monkeypatch):
    found, times, right = known.settle(session, index(session)), [], known.removals
    monkeypatch.setattr(known, "removals", lambda *told: times.append(1) or right(*told))
    assert known.removed(session, found) is known.removed(session, found) and len(times) == 1


def test_each_place_is_held_beside_the_others_as_itself_and_the_city_where_the_reader_stands_outside(session):
    bruma = session_of(session.home, "bruma", LAST, "en_GB")
    assert known.settle(bruma, index(bruma)).own == "bruma"
    path = session.home.indices / "well.yaml"
    path.write_text(WELL.replace("[aurora, bruma, centro, puerto]", "[aurora, centro, puerto]"), encoding="utf-8")
    assert known.settle(bruma, index(bruma)).own == "aurora"
