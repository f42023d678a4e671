"""The position among peers in the Overview's table: nobody waits for it, and it stands there once it is known."""

import time
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dashboards import goals_table, scores
from dashboards.behind import Behind
from dashboards.peers import positions
from dashboards.session import Session
from data.home import Home
from data.periods import Month
from tests.dashboards.conftest import session_of

OCTOBER = Month(2026, 10)
PATIENCE = 30.0
"""Seconds until what runs in the background must be done, on a machine that does much else."""


@pytest.fixture(scope="module")
def reader(demo_city: Home) -> Session:
    return session_of(demo_city, "villa_quimera", OCTOBER, "en_GB")


def table(session: Session) -> ElementTree.Element:
    judged = scores.by_axis(session, scores.judged(session))
    return ElementTree.fromstring(f"<div>{goals_table.table(session, judged, {}, compared=True)}</div>")[0]


def settled(session: Session) -> None:
    until = time.monotonic() + PATIENCE
    while not positions.ready(session):
        assert time.monotonic() < until, "the positions were not reckoned"
        time.sleep(0.02)


def test_positions_come_when_they_are_reckoned_and_nobody_waits(reader: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(positions, "_behind", Behind("positions", 4))
    with monkeypatch.context() as held_up:
        held_up.setattr(positions._behind, "_begin", lambda key, work: None)
        assert positions.of(reader) is None and not positions.ready(reader)
        assert _columns(table(reader)) == 8  # as it is before they are known
    settled(reader)
    shown = table(reader)
    assert _columns(shown) == 9
    found = {row.attrib["data-goal"]: row.find("td[@class='number peers']") for row in shown.iter("tr") if "data-goal" in row.attrib}
    said = {goal: "".join(cell.itertext()) for goal, cell in found.items() if cell is not None}
    assert said["school_meals_local"] == "–"  # never measured: no position
    assert said["robberies"].startswith("4th of 15may be ")  # one of the fifteen has no figure of that month yet
    deaths = found["road_deaths"]
    assert deaths is not None and deaths.attrib["data-name"] == "Position among peers"
    link, doubt = list(deaths)
    assert "peers" in link.attrib["href"] and "road_deaths" in link.attrib["href"] and doubt.attrib["class"] == "note"


def _columns(shown: ElementTree.Element) -> int:
    return sum(cell.get("role") == "columnheader" for cell in shown.iter("th"))


def test_a_city_that_compares_nothing_has_no_such_column(reader: Session) -> None:
    city = reader.definitions.city
    alone = replace(reader.definitions, city=city.model_copy(update={"modules": tuple(one for one in city.modules if one != "compare")}))
    session = replace(reader, definitions=alone)
    assert positions.of(session) == (None, {}) and positions.cells(session, scores.judged(session)) == {}


def test_what_fails_is_said_in_the_log_and_leaves_no_page_waiting(
    reader: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(positions, "_behind", Behind("positions", 4))
    monkeypatch.setattr(positions.sets, "usual", lambda session: 1 / 0)
    settled(reader)
    assert positions.of(reader) == (None, {}) and "villa_quimera" in caplog.text
