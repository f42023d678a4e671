"""A status that moved has one main reason: what came last of definition, target, revision, new value and time."""

import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from data.facts import Facts, current
from data.home import Home
from data.periods import Month
from kpis.__main__ import main
from kpis.catalogue import Catalogue
from kpis.definition import Aim, Bands, Kpi, Target
from kpis.moves import Move, Reading, moves
from kpis.scorecard import scorecard
from tests import tiny_facts
from tests.kpi_town import goal

AIM = {"indicator": "monthly", "owner": "hall", "baseline": (60.0, "2024-12-31"), "target": (84.0, "2026-12-31")}
"""About one more is due every month."""
KPI = goal(**AIM)
JANUARY, FEBRUARY, MARCH, APRIL, MAY = (Month(2025, number) for number in range(1, 6))


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """January to March became known in turn; with March came a correction of February."""
    found = tiny_facts.home(tmp_path_factory.mktemp("moves"))
    for name, day, values in (
        ("first", date(2025, 2, 5), {JANUARY: 61.0}),
        ("second", date(2025, 3, 5), {FEBRUARY: 62.0}),
        ("third", date(2025, 4, 5), {FEBRUARY: 55.0, MARCH: 62.4}),
    ):
        rows = tiny_facts.rows(*({"period": month.last, "value": value} for month, value in values.items()))
        tiny_facts.load(found, name, rows, day)
    return found


@pytest.fixture(scope="module")
def facts(home) -> Facts:
    found = current(home)
    assert found
    return found


@pytest.fixture
def read(home, facts):
    def reading(month: Month, *kpis: Kpi, as_known: date | None = None, own: dict | None = None) -> Reading:
        return Reading(facts, Catalogue(kpis or (KPI,), own or {}), tiny_facts.definitions(home), "aurora", month, as_known)

    return reading


def only(found: list[Move]) -> tuple:
    (move,) = found
    return move.before and move.before.status, move.after and move.after.status, move.why, str(move.reason)


def test_a_new_value(read):
    assert only(moves(read(FEBRUARY), read(MARCH))) == (
        *("off_track", "at_risk", "value"),
        "new value: 62.4 days in 2025-03, after 55.0 days in 2025-02",
    )


def test_a_first_value(read):
    told = moves(read(JANUARY, as_known=date(2025, 2, 1)), read(JANUARY))
    assert only(told) == ("no_data", "on_track", "value", "first value: 61.0 days in 2025-01")


def test_a_revision(read):
    told = moves(read(FEBRUARY, as_known=date(2025, 3, 10)), read(FEBRUARY))
    assert only(told) == ("on_track", "off_track", "revision", "revision: 62.0 days in 2025-02 was corrected to 55.0 days")


def test_a_value_that_was_taken_back(read):
    told = moves(read(JANUARY), read(JANUARY, as_known=date(2025, 2, 1)))
    assert only(told) == ("on_track", "no_data", "revision", "revision: 61.0 days in 2025-01 was taken back")


def test_time_alone(read):
    told = moves(read(MARCH), read(MAY))
    assert only(told) == ("at_risk", "stale", "time", "out of date: the latest value, 62.4 days, is of 2025-03")
    assert moves(read(MARCH), read(APRIL)) == []


def test_a_new_target(read):
    lower = goal(**{**AIM, "target": (70.0, "2026-12-31")})
    told = moves(read(MARCH), read(MARCH, lower))
    assert only(told) == (
        *("at_risk", "on_track", "target"),
        "new target: 70.0 days by 2026-12-31, after 84.0 days by 2026-12-31",
    )


def test_a_places_own_new_target(read):
    own = {("goal", "aurora"): Aim(target=Target(value=70, date=date(2026, 12, 31)))}
    assert only(moves(read(MARCH), read(MARCH, own=own)))[:3] == ("at_risk", "on_track", "target")
    assert only(moves(read(MARCH, own=own), read(MARCH)))[:3] == ("on_track", "at_risk", "target")


def test_a_target_that_was_set_or_dropped(read):
    none = goal(**{**AIM, "target": None})
    assert only(moves(read(MARCH, none), read(MARCH)))[2:] == ("target", "new target: 84.0 days by 2026-12-31, and none before")
    assert only(moves(read(MARCH), read(MARCH, none)))[2:] == ("target", "the target of 84.0 days by 2026-12-31 was dropped")


def test_a_new_baseline(read):
    told = moves(read(MARCH), read(MARCH, goal(**{**AIM, "baseline": (50.0, "2024-12-31")})))
    assert only(told)[2:] == ("target", "new baseline or path: 54.2 days is due, after 63.0 days")


def test_a_new_definition(read):
    strict = goal(bands=Bands(on_track=0.99, at_risk=0.9), **AIM)
    assert only(moves(read(MARCH), read(MARCH, strict))) == (
        *("at_risk", "off_track", "definition"),
        "new definition: 81% of what is asked, after 81%",
    )


def test_a_goal_that_is_new_and_one_that_is_gone(read):
    other = goal(id="other", **AIM)
    told = moves(read(MARCH, KPI), read(MARCH, other))
    assert [(move.before is None, move.after is None, move.why, str(move.reason)) for move in told] == [
        (True, False, "definition", "a new goal"),
        (False, True, "definition", "no longer a goal"),
    ]


def test_what_came_last_is_the_main_reason(read):
    """Looser bands do not help February, once corrected; stricter ones had moved it before any correction."""
    loose = goal(bands=Bands(on_track=0.8, at_risk=0.5), **AIM)
    before = read(FEBRUARY, as_known=date(2025, 3, 10))
    assert only(moves(before, read(FEBRUARY, loose)))[:3] == ("on_track", "off_track", "revision")
    assert moves(before, read(MARCH, loose)) == []
    strict = goal(bands=Bands(on_track=2.0, at_risk=1.5), **AIM)
    assert only(moves(before, read(MARCH, strict)))[:3] == ("on_track", "off_track", "definition")


KPIS = (KPI, goal(bands=Bands(on_track=0.8, at_risk=0.5), **{**AIM, "target": (62.0, "2026-12-31")}))
DAYS = (None, date(2025, 3, 10))


def test_exactly_what_moved_has_exactly_one_reason(read):
    """Every pair of two definitions, two months and two days of knowing."""
    readings = [read(month, kpi, as_known=day) for month, kpi, day in product((FEBRUARY, MAY), KPIS, DAYS)]
    judged = [scorecard(one.facts, one.catalogue, one.definitions, one.place, one.month, one.as_known) for one in readings]
    status = [score.status for (score,) in judged]
    for (before, was), (after, now) in product(zip(readings, status, strict=True), repeat=2):
        found = moves(before, after)
        assert [(move.before and move.before.status, move.after and move.after.status) for move in found] == [(was, now)] * (was != now)
        if before.catalogue.kpis == after.catalogue.kpis:
            assert {move.why for move in found} <= {"revision", "value", "time"}
        assert all(move.reason.sentence.format(**move.reason.values) for move in found)


def changes(capsys, folder: Path, monkeypatch, *told: str) -> tuple[int, dict]:
    monkeypatch.setenv("MANDATO_HOME", str(folder))
    code = main(["changes", *told, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_command_prints_the_moves(capsys, home, facts, monkeypatch, tmp_path):
    home.definitions.mkdir(parents=True, exist_ok=True)
    text = "kpis:\n  - {id: goal, name: Goal, indicator: monthly, polarity: higher, owner: hall,\n"
    text += "     baseline: {value: 60, date: 2024-12-31}, target: {value: 84, date: 2026-12-31}}\n"
    (home.definitions / "all.yaml").write_text(text, encoding="utf-8")
    code, said = changes(capsys, home.folder, monkeypatch, "--place", "aurora", "--from", "2025-02", "--to", "2025-03")
    assert (code, list(said)) == (0, ["place", "from", "to", "facts_version", "goals", "moves"])
    assert (said["from"], said["to"], said["goals"]) == (*({"month": month, "as_known": None} for month in ("2025-02", "2025-03")), 1)
    (move,) = said["moves"]
    assert list(move) == ["id", "from", "to", "why", "reason"]
    assert move["from"] == {"status": "off_track", "value": 55, "period": "2025-02", "due": pytest.approx(61.94, abs=0.01), "target": 84}
    assert (move["to"]["status"], move["why"]) == ("at_risk", "value")
    known = ("--as-known-from", "2025-03-10", "--as-known-to", "2025-04-10")
    code, said = changes(capsys, home.folder, monkeypatch, "--place", "aurora", "--from", "2025-02", "--to", "2025-02", *known)
    assert (said["from"]["as_known"], [move["why"] for move in said["moves"]]) == ("2025-03-10", ["revision"])


def test_the_command_lists_every_mistake_at_once(capsys, home, monkeypatch):
    told = ("--place", "x", "--from", "June", "--to", "2025-13", "--as-known-from", "soon", "--as-known-to", "2025-02-30")
    code, said = changes(capsys, home.folder, monkeypatch, *told)
    assert (code, [problem["key"] for problem in said["problems"]]) == (1, [f"--{name}" for name in ("place", *_OPTIONS)])


_OPTIONS = ("from", "to", "as-known-from", "as-known-to")
