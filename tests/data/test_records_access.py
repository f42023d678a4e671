"""Who may do what, each line of the table both ways: with the verbs themselves, for every role, here, elsewhere and everywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest

from data.access import ALLOWED, ROLES, Actor, NotAllowed, Object, Role, may
from data.records.records import Records
from data.records.writing import Write
from tests.recorded_town import everything
from tests.recorded_verbs import VERBS

HERE, ELSEWHERE = "water", "parks"
EVERYWHERE = {role: Role(role) for role in ROLES}
ROLES_TRIED = {
    **EVERYWHERE,
    **{f"{role} here": Role(role, HERE) for role in ROLES},
    **{f"{role} elsewhere": Role(role, ELSEWHERE) for role in ROLES},
}
ANY = set(ROLES_TRIED)


def each(*roles: str) -> set[str]:
    """Those roles, whichever area they are of."""
    return {name for name in ROLES_TRIED if name.split()[0] in roles}


def reaching(*roles: str) -> set[str]:
    """Those roles, of the area that owns the action or of all."""
    return {name for name in each(*roles) if not name.endswith("elsewhere")}


def outside(*roles: str) -> set[str]:
    """Those roles, but not of the area that owns the action."""
    return {name for name in each(*roles) if not name.endswith("here") or name.endswith("elsewhere")}


WHO = {
    "keep_people": each("office"),
    "import_plan": each("office"),
    "change_plan": each("office"),
    "describe_action": reaching("office", "editor"),
    "report_progress": reaching("office", "editor"),
    "bring_evidence": reaching("office", "editor"),
    "judge_evidence": outside("office", "reviewer"),
    "keep_budget": reaching("office", "editor"),
    "record_decision": each("office", "mayor", "consultant"),
    "record_outcome": reaching("office", "mayor", "consultant", "editor"),
    "record_result": reaching("office", "editor"),
    "keep_draft": ANY,
    "keep_review": each("office"),
    "type_value": reaching("office", "editor"),
    "validate_value": each("office"),
    "write_analysis": reaching("office", "editor"),
    "weigh_risk": reaching("office", "editor"),
    "name_stand_in": reaching("office", "editor"),
    "keep_meeting": each("office", "mayor", "consultant"),
    "write_note": each("office", "mayor", "consultant"),
    "ask_follow_up": each("office", "mayor", "consultant"),
    "do_follow_up": reaching("office", "mayor", "consultant", "editor"),
    "raise_concern": ANY,
    "answer_concern": reaching("office", "mayor", "consultant", "editor"),
    "decide_concern": each("office", "mayor", "consultant"),
    "close_concern": ANY,
    "keep_policy": each("office", "consultant"),
    "describe_policy": reaching("office", "consultant", "editor"),
    "keep_assessment": each("office", "consultant"),
    "propose_practice": ANY,
    "keep_practice": each("office", "consultant"),
    "receive_city": each("office", "consultant"),
    "keep_study": each("office"),
    "keep_index": each("office"),
    "keep_group": each("office"),
}
"""Written apart from data/access.py, so that a slip in either shows."""


class _Wrote(Exception):
    """What was written is taken back, so that the next one finds the town as it was."""


class _ThrownAway(Records):
    """Records in which every verb is done to its end, and then undone where it wrote anything."""

    @contextmanager
    def write(self, actor: Actor, at: datetime | None = None) -> Iterator[Write]:
        with super().write(actor, at) as write:
            begun = write.head
            yield write
            if write.head != begun:
                raise _Wrote


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_is_done_by_those_who_may_and_by_nobody_else(place, verb):
    action, ready = VERBS[verb]
    done, *given = ready(place)
    somebody = place.who["nobody"].person
    allowed, before = set(), everything(place.records)
    for name, role in ROLES_TRIED.items():
        areas = frozenset({role.area} if role.area else ())
        who = Actor(somebody, "nobody", frozenset({role}), areas)
        try:
            done(_ThrownAway(place.records.engine, place.records.store), who, *given)
        except _Wrote:
            allowed.add(name)
        except NotAllowed as refusal:
            assert "nobody may not do this" in str(refusal)
        assert everything(place.records) == before
    assert allowed == WHO[action]


def test_the_table_of_this_test_names_every_action():
    assert set(WHO) == set(ALLOWED)


@pytest.mark.parametrize("action", ALLOWED)
def test_a_line_of_the_table_both_ways(action):
    found = {
        name
        for name, role in ROLES_TRIED.items()
        if may(Actor(1, "a", frozenset({role}), frozenset({role.area} if role.area else ())), action, Object("node", HERE, None, 1))
    }
    assert found == WHO[action]
    assert not may(Actor(1, "a"), action, Object("node", HERE))


def test_what_no_area_owns_is_judged_by_nobody_and_kept_by_whole_roles():
    nobodys = Object("node", None)
    assert not any(may(Actor(1, "a", frozenset({role})), "judge_evidence", nobodys) for role in ROLES_TRIED.values())
    kept = {name for name, role in ROLES_TRIED.items() if may(Actor(1, "a", frozenset({role})), "report_progress", nobodys)}
    assert kept == {"office", "editor"}


def test_a_post_makes_its_holder_an_insider():
    """A reviewer of all areas who heads one of them does not judge it."""
    who = Actor(1, "a", frozenset({Role("reviewer")}), frozenset({HERE}))
    assert not may(who, "judge_evidence", Object("node", HERE)) and may(who, "judge_evidence", Object("node", ELSEWHERE))


def test_nobody_judges_what_their_own_post_answers_for():
    """A post may answer for an action of another area, or be of none."""
    who = Actor(1, "a", frozenset({Role("office")}), frozenset({ELSEWHERE}), frozenset({7}))
    assert may(who, "judge_evidence", Object("node", HERE)) and may(who, "judge_evidence", Object("node", HERE, 8))
    assert not may(who, "judge_evidence", Object("node", HERE, 7)) and may(who, "bring_evidence", Object("node", HERE, 7))


def test_a_concern_is_closed_by_whoever_raised_it_and_by_nobody_else():
    who = Actor(1, "a", frozenset({Role("office"), Role("mayor")}))
    assert may(who, "close_concern", Object("concern", HERE, None, 1)) and not may(who, "close_concern", Object("concern", HERE, None, 2))


def test_a_post_does_what_it_promised_whichever_area_owns_that():
    who = Actor(1, "a", frozenset({Role("editor", ELSEWHERE)}), frozenset({ELSEWHERE}), frozenset({7}))
    assert may(who, "do_follow_up", Object("follow_up", HERE, 7)) and not may(who, "do_follow_up", Object("follow_up", HERE, 8))


def test_an_action_that_is_none_is_denied_loudly():
    with pytest.raises(KeyError):
        may(Actor(1, "a", frozenset({Role("office")})), "burn_everything", Object("node"))


def test_somebody_of_two_roles_may_what_either_may():
    who = Actor(1, "a", frozenset({Role("editor", ELSEWHERE), Role("mayor")}))
    assert may(who, "record_decision", Object("plan")) and not may(who, "report_progress", Object("node", HERE))
    assert may(replace(who, roles=frozenset({Role("editor", HERE)})), "report_progress", Object("node", HERE))
