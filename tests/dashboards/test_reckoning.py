"""Studies are reckoned behind the page, kept, and read from then on; what fails in one is said and takes no other down."""

import shutil
import time
from collections.abc import Callable

import pytest

from dashboards.session import Session
from dashboards.study import known, reckoning
from data.home import Home
from kpis.impact import kept
from tests.dashboards.conftest import session_of
from tests.small_city import LAST

FILES = {
    "app": "study: app\nindicator: answered\nmethod: its\nstart: 2026-05\n",
    "bus": "study: bus\nindicator: trips\nmethod: its\nstart: 2026-05\n",
}
PATIENCE = 20.0
"""Seconds."""


@pytest.fixture
def studied(city, tmp_path) -> Session:
    """The small city with two studies that are asked too early."""
    shutil.copytree(city.folder, tmp_path / "studied")
    home = Home(tmp_path / "studied")
    home.studies.mkdir(parents=True)
    for name, text in FILES.items():
        (home.studies / f"{name}.yaml").write_text(text, encoding="utf-8")
    return session_of(home, "aurora", LAST, "en_GB")


def waited(ask: Callable[[], object]) -> object:
    """What comes in the end."""
    until = time.monotonic() + PATIENCE
    while (found := ask()) is None and time.monotonic() < until:
        time.sleep(0.05)
    return found


def test_nobody_waits_and_what_was_found_is_kept(studied):
    assert known.every(studied) is None, "it is begun, not waited for"
    found = waited(lambda: known.every(studied))
    assert [shown.study.study for shown in known.every(studied) or []] == ["app", "bus"] and found
    assert all(shown.kind == "refused" and shown.past for shown in known.every(studied) or [])
    (written, _other) = known.studies(studied).written
    assert kept.latest(studied.home, written, studied.held, studied.catalogue, studied.definitions) is not None


def test_whoever_asks_once_has_it_at_the_end(studied):
    known.settle(studied)
    assert known.every(studied) is not None


def test_where_nothing_can_be_kept_it_is_found_all_the_same(studied, monkeypatch):
    def full(*_told: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "keep", full)
    known.settle(studied)
    assert len(known.every(studied) or []) == 2


def test_a_fault_in_one_study_is_said_on_its_page_and_takes_no_other_down(studied, monkeypatch):
    right = reckoning.answered

    def wrong(written, *told):
        if written.study.study == "app":
            raise ZeroDivisionError
        return right(written, *told)

    monkeypatch.setattr(reckoning, "answered", wrong)
    known.settle(studied)
    app, bus = known.every(studied) or []
    assert "could not be reckoned" in str(app.answer.refused[0]) and "could not be reckoned" not in str(bus.answer.refused[0])


def test_a_changed_study_is_reckoned_anew(studied):
    known.settle(studied)
    path = studied.home.studies / "app.yaml"
    path.write_text(FILES["app"].replace("2026-05", "2026-04"), encoding="utf-8")
    assert known.every(studied) is None
    assert waited(lambda: known.every(studied))
