"""The server: where it listens, what it says of its own health, and the demo city that is never shown empty."""

import inspect
import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.requests import Request
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.runtime import Runtime

from dashboards.commands.serve import _first_demo
from dashboards.server import health, listen
from dashboards.visit import visit
from data import definitions as definition_files
from data import facts
from data.demo.build import loads as demo_loads
from data.demo.plan.build import counts
from data.home import Home
from data.loads import apply
from data.new_home import copy, demo_files
from data.problems import NotPossibleNow
from tests.browser.panel import in_home, served
from tests.conftest import ROOT
from tests.small_city import build

ASKED = Request({"type": "http"})


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    return Home(tmp_path)


def answered() -> tuple[int, dict[str, Any]]:
    response = health(ASKED)
    return response.status_code, json.loads(bytes(response.body))


def test_streamlit_still_goes_by_the_pause_that_is_shortened():
    assert inspect.getsource(Runtime).count("sleep(MESSAGE_FLUSH_INTERVAL_SECS)") == 1


def test_a_house_without_facts_is_not_healthy(home):
    status, said = answered()
    assert (status, said["ok"], said["facts_version"], said["reason"]) == (503, False, None, "no facts are loaded yet")
    assert (said["facts"], said["records"], said["last_load"]) == ({"ok": False, "version": None}, None, None)


def test_a_house_with_facts_says_their_version_the_room_and_the_last_load(home):
    build(home.folder)
    status, said = answered()
    assert (status, said["ok"], said["facts_version"], said["reason"]) == (200, True, 1, None)
    assert said["facts"] == {"ok": True, "version": 1}
    assert said["disk"]["ok"] and said["disk"]["free_mb"] > said["disk"]["needed_mb"] >= 200
    assert {key: said["last_load"][key] for key in ("by", "age_days", "limit_days", "stale")} == {
        "by": "test",
        "age_days": 0,
        "limit_days": 45,
        "stale": False,
    }


def test_a_load_older_than_the_shortest_limit_is_stale(home, monkeypatch):
    build(home.folder)
    late = datetime.now(UTC) + timedelta(days=46, hours=1)
    monkeypatch.setattr("data.health.datetime", type("Later", (datetime,), {"now": classmethod(lambda *_: late)}))
    status, said = answered()
    assert (status, said["last_load"]["age_days"], said["last_load"]["stale"]) == (200, 46, True)


def test_a_definition_that_is_being_written_does_not_make_the_house_ill(home):
    build(home.folder)
    home.indicators.write_text("themes: [", encoding="utf-8")
    status, said = answered()
    assert (status, said["last_load"]["stale"]) == (200, None)


def test_a_disk_without_room_for_the_next_load_is_not_healthy(home, monkeypatch):
    build(home.folder)
    usage = shutil.disk_usage(home.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=199_000_000))
    status, said = answered()
    assert (status, said["ok"], said["facts_version"], said["reason"]) == (503, False, 1, "the disk is too full to load safely")
    assert said["disk"] == {"ok": False, "free_mb": 199, "needed_mb": said["disk"]["needed_mb"]}


@pytest.mark.parametrize("damage", ["facts-0000", "facts-000099.duckdb", ""])
def test_a_damaged_pointer_is_said_with_its_reason(home, damage):
    build(home.folder)
    (home.store / "facts" / "CURRENT").write_text(damage, encoding="utf-8")
    status, said = answered()
    assert status == 503
    assert said["reason"] == "the facts cannot be read; the log and `python -m data verify` say why"


def test_the_public_answer_names_nothing_of_the_machine(home, caplog):
    build(home.folder)
    path = home.store / "facts" / "facts-000001.duckdb"
    path.chmod(0o644)
    path.write_bytes(b"no database " * 500)
    response = health(ASKED)
    assert response.status_code == 503
    text = bytes(response.body).decode()
    assert str(home.folder) not in text and "duckdb" not in text.lower()
    assert "facts-000001.duckdb" in caplog.text, "the log says more"
    assert response.headers["Cache-Control"] == "no-store"


def test_asking_again_reads_no_file_of_facts(home, monkeypatch):
    build(home.folder)
    answered()
    monkeypatch.setattr("data.facts.open_to_read", lambda _: pytest.fail("the facts were opened again"))
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("a file was hashed"))
    assert answered()[0] == 200


def test_it_takes_the_next_port_where_the_one_asked_for_is_taken():
    with listen(8700) as first, listen(first.getsockname()[1]) as second:
        assert second.getsockname()[1] > first.getsockname()[1]


@pytest.mark.parametrize("port", [-1000, 65_536, 70_000])
def test_what_is_no_port_is_said_in_words(port):
    with pytest.raises(NotPossibleNow, match="cannot be had"):
        listen(port)


def test_links_and_controls_have_the_city_s_colours(home):
    build(home.folder)
    home.city.write_text(home.city.read_text(encoding="utf-8") + 'colours: {brand: "#7a1f5c", brand_dark: "#f0a8d8"}\n', encoding="utf-8")
    with served(home.folder) as (address, _), visit(address) as visitor:
        theme = visitor.run()[0].new_session.custom_theme
    assert (theme.light.primary_color, theme.light.link_color, theme.dark.link_color) == ("#7a1f5c", "#7a1f5c", "#f0a8d8")


def test_it_listens_to_this_machine_alone_and_sends_small_messages_at_once():
    with listen(8700) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert listener.proto == socket.IPPROTO_TCP


@pytest.fixture
def asked(home, demo_city, monkeypatch) -> list[list[str]]:
    """The commands that were asked for; the one that builds the demo city lays down what it built once for all these tests."""
    commands: list[list[str]] = []

    def command(told: list[str]) -> int:
        commands.append(told)
        shutil.copytree(demo_city.folder, home.folder, dirs_exist_ok=True)
        return 0

    monkeypatch.setattr("dashboards.commands.serve.data_command", command)
    return commands


def test_the_demo_city_is_built_where_nothing_is_loaded_or_its_plans_are_missing(home, asked):
    copy(demo_files(home))
    _first_demo(home)
    assert (asked, counts(home)["plans"]) == ([["demo"]], 3)
    _first_demo(home)
    assert asked == [["demo"]], "it is there already"


def test_a_demo_without_its_plans_is_built_again(home, asked):
    copy(demo_files(home))
    known = definition_files.load(home)
    apply(home, known, demo_loads(known)[-1:])
    _first_demo(home)
    assert asked == [["demo"]]


@pytest.mark.long
def test_the_demo_city_s_home_is_filled_on_the_first_start(home):
    copy(demo_files(home))
    _first_demo(home)
    held = facts.current(home)
    assert held is not None
    assert held.demo
    assert counts(home)["plans"] == 3


@pytest.mark.long
def test_a_demo_that_an_earlier_program_built_gets_its_plans(home):
    copy(demo_files(home))
    known = definition_files.load(home)
    apply(home, known, demo_loads(known)[-1:])
    _first_demo(home)
    assert counts(home) == {"plans": 3, "actions": 147}


def test_a_city_s_own_home_is_left_alone(home):
    build(home.folder)
    _first_demo(home)
    held = facts.current(home)
    assert held is not None
    assert not held.demo


def test_the_first_who_enters_by_a_link_finds_the_page_under_any_server(home):
    build(home.folder)
    with listen(8701) as free:
        port = free.getsockname()[1]
    told = [sys.executable, "-m", "uvicorn", "--factory", "dashboards.server:panel", "--port", str(port), "--log-level", "warning"]
    with subprocess.Popen(told, cwd=ROOT, env=in_home(home.folder)) as process:
        try:
            messages = _entered(f"http://127.0.0.1:{port}", "goals")
        finally:
            process.terminate()
    assert [message for message in messages if message.WhichOneof("type") == "page_not_found"] == []
    assert [message for message in messages if message.WhichOneof("type") == "navigation"] != []


def _entered(address: str, page: str) -> list[ForwardMsg]:
    """What the very first visitor is sent, as soon as the server listens."""
    for _try in range(300):
        with suppress(OSError), visit(address) as visitor:
            return visitor.run(page=page)
        time.sleep(0.1)
    raise TimeoutError(address)
