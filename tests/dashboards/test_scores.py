"""What is judged is kept: once for all languages, and a month for itself and as the one before the next."""

from dataclasses import replace

import polars as pl
import pytest

from dashboards import changed, scores
from kpis import scorecard as cards
from kpis.moves import Reading, moves
from tests.small_city import LAST, build, session


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return build(tmp_path_factory.mktemp("kept"))


@pytest.fixture(autouse=True)
def empty():
    for kept in (scores.judged, scores.histories, scores._held):
        kept.clear()


def test_a_month_cut_from_everything_held_is_judged_as_if_it_were_asked_for_alone(home):
    for back in range(30):
        asked = session(home).at(LAST.plus(-back))
        alone = cards.scorecard(asked.facts, asked.catalogue, asked.definitions, asked.place, asked.month)
        assert list(scores.judged(asked)) == alone, asked.month


def test_the_history_of_a_month_ends_with_it(home):
    asked = session(home).at(LAST.plus(-5))
    assert scores.histories(asked)
    for rows in scores.histories(asked).values():
        assert rows.filter(pl.col("period") > asked.month.last).is_empty()


def test_another_language_is_not_judged_again(home):
    english = scores.judged(session(home, "en"))
    assert scores.judged(session(home, "es")) is english
    assert scores.judged(session(home, "es", place="bruma")) is not english
    assert scores.judged(session(home, "es", month=LAST.plus(-1))) is not english


def test_everything_held_is_asked_for_once_for_all_months(home, monkeypatch):
    asked = []
    monkeypatch.setattr(scores, "held", lambda *known: (asked.append(known[-1]), cards.held(*known))[1])
    for back in range(6):
        scores.judged(session(home).at(LAST.plus(-back)))
    assert len(asked) == 1


def test_a_session_in_another_month_has_a_key_of_its_own(home):
    now = session(home)
    before = now.at(LAST.plus(-1))
    assert (before.month, before.place, before.locale) == (LAST.plus(-1), now.place, now.locale)
    assert before.key == session(home, month=LAST.plus(-1)).key
    assert before.key != now.key


def test_what_changed_leans_on_what_is_judged_already(home, monkeypatch):
    asked = session(home)
    now = Reading(asked.facts, asked.catalogue, asked.definitions, asked.place, asked.month)
    before = replace(now, month=LAST.plus(-1))
    known = {now: scores.judged(asked), before: scores.judged(asked.at(before.month))}
    told = [(move.why, str(move.reason)) for move in moves(before, now, known)]
    assert told == [(move.why, str(move.reason)) for move in moves(before, now)]
    judged = []
    monkeypatch.setattr("kpis.moves.judged", lambda *_: judged.append(1) or [])
    changed.block(asked)
    assert len(judged) <= 1  # what was known at the review
