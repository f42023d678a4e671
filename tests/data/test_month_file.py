"""A month file: what is signed is what is read, and whatever is not as it was signed is refused in words."""

import json
from collections.abc import Sequence
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.exchange.content import STATUSES, MonthContent
from data.exchange.month_file import FOR, LARGEST, opened, sealed
from data.exchange.signing import fingerprint, own_key, public_key, same_fingerprint, sign, signed
from data.problems import NotPossibleNow, Problem, Refused
from data.records.columns import canonical
from kpis import score
from tests.month_files import CLOSED, GOAL, KEY, MARK, OTHER_KEY, PLAN, content

SMALL = sealed(content(goals=(), plans=()), KEY)


def refusal(found: bytes, now: datetime | None = None) -> Problem:
    with pytest.raises(Refused) as error:
        opened(found, "june.json", now)
    (problem,) = error.value.problems
    assert problem.path == "june.json" and problem.hint
    return problem


def forged(**changes: object) -> bytes:
    """A file whose signature holds, and whose content no program of ours would sign."""
    told = json.loads(SMALL)["content"] | changes
    whole = {"content": told, "key": public_key(KEY), "signature": sign(KEY, FOR + canonical(told).encode())}
    return canonical(whole).encode()


def test_what_is_opened_is_what_was_sealed_whoever_made_it_and_it_is_one_line_of_ascii_or_letters():
    told = content()
    found = sealed(told, KEY)
    assert opened(found, "june.json").content == told
    assert opened(found, "june.json").fingerprint == MARK
    assert sealed(told, KEY) == found and b"\n" not in found and b" : " not in found


def test_every_byte_of_a_file_counts():
    """Each one changed by itself, to a neighbour and to another kind of letter."""
    for at in range(len(SMALL)):
        for other in {SMALL[at] ^ 1, SMALL[at] ^ 0x20, ord(" "), ord("0")} - {SMALL[at]}:
            refusal(SMALL[:at] + bytes([other]) + SMALL[at + 1 :])


def test_every_cut_and_everything_that_is_added_is_refused():
    for at in range(0, len(SMALL), 7):
        refusal(SMALL[:at])
    for more in (b"\n", b" ", b"{}", b"\x00"):
        refusal(SMALL + more)
        refusal(more + SMALL)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (b"", "not a month file"),
        (b"\xff\xfe\x00", "not a month file"),
        (b"PK\x03\x04 a spreadsheet", "not a month file"),
        (b"[1, 2]", "not a month file"),
        (b'{"content": 1, "key": "", "signature": ""}', "not a month file"),
        (SMALL.replace(b'"missing":2', b'"missing":NaN'), "not a month file"),
        (SMALL.replace(b'"missing":2', b'"missing":1e999'), "not a month file"),
        (SMALL.replace(b'"missing":2', b'"missing":' + b"9" * 5000), "not a month file"),
        (SMALL.replace(b'"missing":2', b'"missing":"\\ud800"'), "not a month file"),
        (b'{"content":' * 200_000, "not a month file"),
        (b"[" * 200_000 + b"]" * 200_000, "not a month file"),
        (b" " * (LARGEST + 1), "more than 4000000 bytes"),
        (json.dumps(json.loads(SMALL)).encode(), "changed or lost on its way"),
        (SMALL.replace(b'"signature":"', b'"signature":"\xc3\xa9'), "changed or lost on its way"),
        (SMALL.replace(b'"missing":2', b'"missing":3'), "changed or lost on its way"),
        (SMALL.replace(public_key(KEY).encode(), public_key(OTHER_KEY).encode()), "changed or lost on its way"),
        (SMALL.replace(b'"format":1', b'"format":2'), "format 2, and this program reads format 1"),
    ],
)
def test_what_is_no_month_file_says_so(found, says):
    assert says in str(refusal(found))


def test_capitals_in_the_key_or_the_signature_are_another_file():
    whole = json.loads(SMALL)
    for part in ("key", "signature"):
        refusal(canonical(whole | {part: whole[part].upper()}).encode())


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"people": ["Ana"]}, "people"),
        ({"goals": [GOAL.model_dump(mode="json") | {"owner": "Ana"}]}, "goals.0.owner"),
        ({"goals": [GOAL.model_dump(mode="json") | {"status": "green"}]}, "goals.0.status"),
        ({"goals": [GOAL.model_dump(mode="json") | {"value": "37"}]}, "goals.0.value"),
        ({"missing": -1}, "missing"),
        ({"missing": 1.5}, "missing"),
        ({"city": "../aurora"}, "city"),
        ({"month": "June"}, "month"),
        ({"closed_at": "2026-07-20"}, "closed_at"),
        ({"closed_at": "2026-07-20T09:15:00.000000"}, "closed_at"),
        ({"next_meeting": "soon"}, "next_meeting"),
        ({"name": {}}, "name"),
    ],
)
def test_what_is_signed_and_says_something_else_is_refused(changes, says):
    problem = str(refusal(forged(**changes)))
    assert "says something that month files do not say" in problem and says in problem


ODD = [
    *("", "x" * 5000, "\u0000", "0001-01-01T00:00:00.000000+23:59", "0001-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z"),
    *("9999-12", "0000-00", "2026-02-30", 10**400, -(10**400), 1e308, -0.0, True, None),
    *([], {}, [[]], {"es": "x" * 3000}, {"xx_yy": "a"}, [1, 2], [1.5, 10**400]),
]
ANY = st.recursive(st.sampled_from(ODD) | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
                   lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=3), parts, max_size=3))  # fmt: skip
TOLD = json.loads(sealed(content(), KEY))["content"]


def leads(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every way that leads to a part of a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(way for name, part in parts for way in leads(part, (*path, name)))]


def opens_or_is_refused(path: Sequence[str | int], value: object) -> None:
    """A file in which something else stands in one place."""
    told: Any = deepcopy(TOLD)
    inner = told
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    try:
        opened(forged(**told), "june.json")
    except Refused as refused:
        assert [problem.path for problem in refused.problems] == ["june.json"] and str(refused)


@settings(max_examples=400)
@given(st.sampled_from(leads(TOLD)[1:]), ANY)
def test_whatever_a_stranger_signs_is_a_month_or_is_refused(path, value):
    """Their own key signs what it likes, and the file is read before anybody trusts it."""
    opens_or_is_refused(path, value)


@pytest.mark.parametrize("value", ODD, ids=lambda value: str(value)[:40])
def test_odd_values_in_every_place(value):
    for path in leads(TOLD)[1:]:
        opens_or_is_refused(path, value)


def test_a_goal_or_a_plan_that_is_told_twice_is_refused():
    one, plan = GOAL.model_dump(mode="json"), PLAN.model_dump(mode="json")
    assert "goal robberies" in str(refusal(forged(goals=[one, one])))
    assert "plan pam" in str(refusal(forged(plans=[plan, plan])))


def test_a_file_of_days_to_come_would_stand_in_the_way_of_every_later_one():
    now = CLOSED - timedelta(days=2)
    assert "2026-07-20" in str(refusal(SMALL, now))
    assert "a month to come" in str(refusal(forged(month="2027-01")))
    assert opened(SMALL, "june.json", CLOSED - timedelta(hours=20))


def test_the_statuses_are_those_of_the_goals():
    assert STATUSES == score.STATUSES


def test_a_signature_for_anything_else_is_none_of_a_month():
    told = json.loads(SMALL)["content"]
    signature = sign(KEY, canonical(told).encode())
    refusal(canonical({"content": told, "key": public_key(KEY), "signature": signature}).encode())
    assert not signed(public_key(KEY), "00", b"x") and not signed("00", signature, b"x")


def test_moments_are_written_with_all_their_digits():
    told = content(made_at=datetime(2026, 7, 20, 10, tzinfo=UTC))
    assert b'"made_at":"2026-07-20T10:00:00.000000Z"' in sealed(told, KEY)
    assert isinstance(opened(sealed(told, KEY), "june.json").content, MonthContent)


# The key -------------------------------------------------------------------------------------------------------------------------
def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    store = tmp_path / "store"
    made = own_key(store)
    assert own_key(store) == made and len(made) == 32
    assert (store / "signing.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in store.iterdir()] == ["signing.key"]


def test_a_damaged_key_signs_nothing_and_is_not_replaced(tmp_path):
    (tmp_path / "signing.key").write_text("half\n")
    with pytest.raises(NotPossibleNow, match=r"signing\.key in the store is damaged"):
        own_key(tmp_path)
    assert (tmp_path / "signing.key").read_text() == "half\n"


def test_fingerprints_are_the_same_however_they_are_typed():
    assert [len(group) for group in MARK.split(" ")] == [4] * 8
    assert same_fingerprint(MARK, MARK.upper().replace(" ", "-")) and same_fingerprint(f" {MARK.replace(' ', '')}\n", MARK)
    assert not same_fingerprint(MARK, MARK[:-1]) and not same_fingerprint("", "") and not same_fingerprint(MARK, "")
    assert fingerprint(public_key(OTHER_KEY)) != MARK
