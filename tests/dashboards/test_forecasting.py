"""Forecasts begin when the facts change, apart from every visitor."""

import logging
import shutil
import threading
import time
from collections.abc import Callable

import pytest

from dashboards import forecasting
from data.home import Home
from data.versions import Versions
from tests.small_city import build


@pytest.fixture
def home(tmp_path) -> Home:
    return build(tmp_path / "city")


@pytest.fixture
def started(monkeypatch) -> list[Home]:
    """Every home of which forecasts were begun, and none of them computed."""
    found: list[Home] = []

    class Idle:
        returncode = 0

        def communicate(self):
            return "", ""

        def poll(self):
            return 0

    monkeypatch.setattr(forecasting, "_started", lambda home: (found.append(home), Idle())[1])
    return found


def until(true: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def point_back(home: Home, version: int) -> None:
    """Another process put a version in force."""
    (Versions.of(home).folder / "CURRENT").write_text(f"{Versions.of(home).path(version).name}\n", encoding="utf-8")


def another_version(home: Home) -> None:
    versions = Versions.of(home)
    number = versions.current or 0
    shutil.copy(versions.path(number), versions.path(number + 1))
    point_back(home, number + 1)


def test_a_version_is_forecast_once(home, started):
    forecasting.begin(home)
    forecasting.begin(home)
    assert started == [home]
    another_version(home)
    forecasting.begin(home)
    assert started == [home, home]


def test_before_the_first_load_there_is_nothing_to_forecast(tmp_path, started):
    forecasting.begin(Home(tmp_path))
    assert started == []


def test_what_another_process_loads_is_forecast_while_the_panel_is_served(home, started):
    with forecasting.watching(home, every=0.01):
        time.sleep(0.1)
        assert started == []
        another_version(home)
        until(lambda: started)
    another_version(home)
    time.sleep(0.1)
    assert started == [home]


def test_what_is_begun_ends_with_the_server(home, monkeypatch):
    monkeypatch.setattr(forecasting, "COMMAND", (forecasting.sys.executable, "-c", "import time; time.sleep(60)"))
    with forecasting.watching(home):
        forecasting.begin(home)
        running = forecasting._running[home]
        assert running.poll() is None
    assert running.wait(10) != 0


def test_what_cannot_be_computed_is_said_in_the_log(home, monkeypatch, caplog):
    monkeypatch.setattr(forecasting, "COMMAND", (forecasting.sys.executable, "-c", "raise SystemExit('no room')"))
    with caplog.at_level(logging.WARNING):
        forecasting.begin(home)
        until(lambda: "no room" in caplog.text)


def test_where_no_process_can_be_started_a_load_is_none_the_worse(home, monkeypatch, caplog):
    monkeypatch.setattr(forecasting, "COMMAND", (str(home.folder / "nobody"),))
    with caplog.at_level(logging.WARNING):
        forecasting.begin(home)
    assert "could not be begun" in caplog.text


def test_every_place_is_forecast_without_anybody_waiting_and_the_studies_are_estimated_after(home):
    shutil.rmtree(home.store / "forecasts", ignore_errors=True)
    home.studies.mkdir(parents=True)
    asked = "study: lights_study\nindicator: lights\nstart: 2026-01\ncompare: [bruma]\n"
    (home.studies / "lights_study.yaml").write_text(asked, encoding="utf-8")
    began = time.monotonic()
    forecasting.begin(home)
    assert time.monotonic() - began < 1
    until(lambda: len(list((home.store / "forecasts" / f"{Versions.of(home).current:06}").glob("*.json"))) >= 3)
    until((home.store / "studies" / "lights_study.json").is_file)
    forecasting._running[home].wait(60)


def test_where_no_study_is_written_down_none_is_asked(home, started, monkeypatch):
    asked: list[object] = []
    monkeypatch.setattr(forecasting, "_process", lambda *told: asked.append(told))
    forecasting.begin(home)
    until(lambda: not [thread for thread in threading.enumerate() if thread.name == "forecasting"])
    assert started == [home] and asked == []
