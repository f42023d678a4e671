"""What was typed is held against what was shown and what holds now: a row that nobody touched undoes nothing of others."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.plans import typed
from data.plans.comparing import FIELDS, Held, Values, compare
from data.plans.reporting import Report
from data.plans.vocabulary import STATUSES
from data.problems import Refused

BEGUN = Values(40.0, "started", None, "On its way")


def change(wanted: Values, now: Values = BEGUN, version: int = 3):
    found = compare({1: wanted}, {1: BEGUN}, {1: Held(1, version, "a", '"A"', now)})
    return found[0] if found else None


def test_a_row_that_nobody_touched_is_no_change_whatever_others_did():
    assert change(BEGUN) is None
    assert change(BEGUN, Values(90.0, "completed", None, None), 5) is None


def test_a_change_is_reported_on_the_version_that_holds_now():
    found = change(replace(BEGUN, declared=50.0), version=7)
    assert found is not None and not found.stale
    assert found.report(date(2026, 7, 15)) == Report(1, 7, date(2026, 7, 15), 50.0, "started", None, "On its way")


def test_what_others_changed_meanwhile_makes_the_row_stale_and_what_was_not_touched_takes_theirs():
    found = change(replace(BEGUN, declared=50.0), Values(45.0, "suspended", None, "Appeal"), 4)
    assert found is not None and found.stale
    assert found.theirs == ("declared", "status", "reason")
    assert found.wanted == Values(50.0, "suspended", None, "Appeal")


def test_a_version_that_moved_for_another_reason_is_not_in_the_way():
    found = change(replace(BEGUN, declared=50.0), BEGUN, 9)
    assert found is not None and not found.stale


def test_who_wants_what_others_did_already_changes_nothing():
    assert change(replace(BEGUN, declared=50.0), replace(BEGUN, declared=50.0), 4) is None


def test_spaces_and_the_last_digits_of_a_number_are_no_change():
    assert change(Values(40.0000000001, "started", "  ", " On its way\r\n")) is None


def test_a_cell_that_was_emptied_is_a_change():
    found = change(Values(None, "started", None, "On its way"))
    assert found is not None and found.mine == ("declared",) and found.wanted.declared is None


values = st.builds(Values, st.none() | st.integers(0, 100).map(float), st.none() | st.sampled_from(STATUSES), st.none(),
                   st.none() | st.sampled_from(["x", "y"]))  # fmt: skip


@given(values, values, values)
def test_each_cell_is_mine_where_i_touched_it_and_theirs_where_i_did_not(mine, begun, now):
    found = compare({1: mine}, {1: begun}, {1: Held(1, 2, "a", '"A"', now)})
    for name in FIELDS:
        was, said, holds = (getattr(each, name) for each in (begun, mine, now))
        would = getattr(found[0].wanted, name) if found else holds
        assert would == (said if said != was else holds)
        assert bool(found and name in found[0].mine) == (would != holds)


@pytest.mark.parametrize(("text", "value"), [("", None), ("0", 0), ("100 %", 100), ("33,3", 33.3), ("0 %", 0), ("0,5 %", 0.5), (" 7 ", 7)])
def test_a_percentage_as_people_write_it(text, value):
    assert typed.percent(text) == value


@pytest.mark.parametrize("text", ["x", "1.234,5", "1,234.5", "7 of 9", "0.75", "%", "1e2", "٣"])
def test_what_could_mean_two_things_or_nothing_is_asked_back(text):
    with pytest.raises(Refused):
        typed.percent(text)


def test_a_fraction_that_was_shown_so_is_left_in_peace():
    assert typed.percent("0.75", 0.75) == 0.75


def test_a_status_is_known_by_its_word_in_any_case():
    words = {"Under way": "started", "Iniciada": "started"}
    assert [typed.status(text, words) for text in ("under  WAY", "iniciada", " ")] == ["started", "started", None]
    with pytest.raises(Refused, match=r"begun is not a status; write one of: Under way$"):
        typed.status("begun", words)
