"""The server: where it listens, what it says of its own health, and the demo city that is never shown empty."""

import json
import socket

import pytest
from starlette.requests import Request

from dashboards.commands.serve import _first_demo
from dashboards.server import health, listen
from dashboards.visit import visit
from data import facts
from data.home import Home
from data.new_home import copy, demo_files
from data.problems import NotPossibleNow
from tests.browser.panel import served
from tests.small_city import build

ASKED = Request({"type": "http"})


@pytest.fixture
def home(tmp_path, monkeypatch) -> Home:
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    return Home(tmp_path)


def answered() -> tuple[int, dict[str, object]]:
    response = health(ASKED)
    return response.status_code, json.loads(bytes(response.body))


def test_a_house_without_facts_is_not_healthy(home):
    assert answered() == (503, {"facts_version": None, "reason": "no facts are loaded yet"})


def test_a_house_with_facts_says_their_version(home):
    build(home.folder)
    assert answered() == (200, {"facts_version": 1, "reason": None})


@pytest.mark.parametrize("damage", ["facts-0000", "facts-000099.duckdb", ""])
def test_a_damaged_pointer_is_said_with_its_reason(home, damage):
    build(home.folder)
    (home.store / "facts" / "CURRENT").write_text(damage, encoding="utf-8")
    status, said = answered()
    assert status == 503
    assert said["reason"]


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


def test_the_demo_city_s_home_is_filled_on_the_first_start(home):
    copy(demo_files(home))
    _first_demo(home)
    held = facts.current(home)
    assert held is not None
    assert held.demo


def test_a_city_s_own_home_is_left_alone(home):
    build(home.folder)
    _first_demo(home)
    held = facts.current(home)
    assert held is not None
    assert not held.demo
