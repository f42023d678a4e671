"""Values that areas owe: who may type, send, ask, validate, withdraw and publish them, and that none is lost or half published."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data import facts
from data.access import NotAllowed
from data.loads import NewLoad, apply, remove
from data.problems import NotPossibleNow, Refused
from data.records.records import Records
from data.records.tables import review
from data.records.writing import Gone, Stale
from data.reviews import publishing
from data.reviews.publishing import publish, stopped
from data.reviews.values import send, send_back, sent, type_values, validate, withdraw
from data.versions import writing
from tests.tiny_facts import rows as of_a_file
from tests.value_town import JUNE, ValueTown, copied, typed, value_town


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> ValueTown:
    return value_town(tmp_path_factory.mktemp("values") / "home")


@pytest.fixture
def town(built: ValueTown, tmp_path: Path) -> ValueTown:
    """For one test to change."""
    return copied(built, tmp_path / "home")


def keep(town: ValueTown, *values: Any, who: str = "water") -> dict[int, int]:
    return type_values(town.records, town.who[who], town.definitions, town.review, values)


def hand(town: ValueTown, seen: dict[int, int], who: str = "water") -> dict[int, int]:
    return send(town.records, town.who[who], town.definitions, town.review, seen)


def agree(town: ValueTown, seen: dict[int, int], who: str = "office") -> dict[int, int]:
    return validate(town.records, town.who[who], town.review, seen)


def take_back(town: ValueTown, seen: dict[int, int], who: str = "water") -> dict[int, int]:
    return withdraw(town.records, town.who[who], town.definitions, town.review, seen)


def load(town: ValueTown, who: str = "office") -> list[publishing.Published]:
    return publish(town.home, town.records, town.who[who], town.definitions, town.review)


def rows(town: ValueTown) -> dict[str, Any]:
    """What stands there by place, indicator and segment."""
    return {"/".join((row["place"], row["indicator"], row["segment"])): dict(row) for row in sent(town.records, town.review)}


def states(town: ValueTown) -> dict[str, str]:
    return {name: row["state"] for name, row in rows(town).items()}


def fact(town: ValueTown, indicator: str = "leaks") -> list[float | None]:
    """June's value of the city."""
    held = facts.current(town.home)
    assert held is not None
    return held.observations(places=["aurora"], indicators=[indicator], since=JUNE, until=JUNE)["value"].to_list()


def close(town: ValueTown) -> None:
    with town.records.write(town.who["office"]) as write:
        write.action = "close"
        write.update(review, town.review, 1, state="closed")


def test_a_value_goes_from_the_area_to_the_facts(records: Records, tmp_path: Path):
    """On each of the two databases."""
    town = value_town(tmp_path / "home")
    assert town.records is records
    seen = agree(town, hand(town, keep(town, typed(30), typed(14, place="centro"), typed(15, segment="kind=main"))))
    assert set(states(town).values()) == {"validated"} and fact(town) == []
    done = load(town)
    assert [(each.values, each.new, each.unchanged, each.revised) for each in done] == [(3, 3, 0, 0)]
    assert states(town) == dict.fromkeys(("aurora/leaks/", "aurora/leaks/kind=main", "centro/leaks/"), "published")
    assert fact(town) == [30.0] and len(seen) == 3
    held = facts.current(town.home)
    assert held is not None
    newest = held.loads()[0]
    assert (newest.number, newest.source, newest.by) == (done[0].load, "review 2026-06", "Olga Oficina")
    assert {row["load"] for row in rows(town).values()} == {newest.number}
    assert (
        rows(town)["aurora/leaks/"]["typed_by_name"] == "Walter Aguas" and rows(town)["aurora/leaks/"]["judged_by_name"] == "Olga Oficina"
    )


WRONG = [
    (typed(-1), "below the limit"),
    (typed(101, "losses"), "above the limit"),
    (typed(1, "gone"), "defined no more"),
    (typed(1, place="gone"), "defined no more"),
    (typed(None), "neither a value nor a reason"),
    (typed(None, said="  "), "neither a value nor a reason"),
    (typed(float("inf")), "this is no number"),
    (replace(typed(1), period=date(2026, 6, 15)), "is no period"),
    (replace(typed(1), period=date(2026, 7, 31)), "is no period"),
    (replace(typed(1, "losses"), period=date(2026, 5, 31)), "is no period"),
    (typed(14), "given twice"),
]


def test_one_wrong_value_of_many_keeps_them_all_out(town):
    for wrong, said in WRONG:
        with pytest.raises(Refused, match=said):
            keep(town, typed(14), wrong)
    assert rows(town) == {}


def test_an_area_types_its_own_values_alone(town):
    with pytest.raises(NotAllowed):
        keep(town, typed(14), typed(3, "trees"))
    with pytest.raises(NotAllowed):
        keep(town, typed(14), who="mayor")
    assert rows(town) == {}
    seen = keep(town, typed(14))
    for verb, who in ((hand, "parks"), (take_back, "parks")):
        with pytest.raises(NotAllowed):
            verb(town, seen, who)
    seen = hand(town, seen)
    with pytest.raises(NotAllowed):
        agree(town, seen, "water")
    with pytest.raises(NotAllowed):
        send_back(town.records, town.who["water"], town.review, seen, "Really?")
    agree(town, seen)
    with pytest.raises(NotAllowed):
        load(town, "water")
    keep(town, typed(5, "trees"), who="office")  # the data office types for any area
    assert states(town) == {"aurora/leaks/": "validated", "aurora/trees/": "draft"}


def test_whoever_is_slower_is_told_and_overwrites_nothing(town):
    ((value, _),) = keep(town, typed(14)).items()
    keep(town, typed(15, version=1))
    for late in (typed(99, version=1), typed(99)):
        with pytest.raises(Stale) as found:
            keep(town, late)
        assert found.value.now["value"] == 15
    for verb in (hand, take_back):
        with pytest.raises(Stale):
            verb(town, {value: 1})
    assert rows(town)["aurora/leaks/"]["value"] == 15
    with pytest.raises(Gone):
        hand(town, {value + 1: 1})
    take_back(town, {value: 2})
    with pytest.raises(Refused, match="somebody took this value away"):
        keep(town, typed(16, version=2))


def test_the_office_asks_and_the_area_answers(town):
    seen = hand(town, keep(town, typed(300)))
    with pytest.raises(Refused, match="the question is empty"):
        send_back(town.records, town.who["office"], town.review, seen, " ")
    back = send_back(town.records, town.who["office"], town.review, seen, " Ten times May? ")
    row = rows(town)["aurora/leaks/"]
    assert (row["state"], row["question"], row["value"]) == ("returned", "Ten times May?", 300)
    again = hand(town, keep(town, typed(30, version=back[row["id"]], said="A slip")))
    assert rows(town)["aurora/leaks/"]["question"] == "Ten times May?"  # the office sees what it had asked
    agree(town, again)
    assert rows(town)["aurora/leaks/"]["question"] is None


def test_steps_are_taken_in_order(town):
    draft = keep(town, typed(14))
    with pytest.raises(Refused, match="as it stands"):
        agree(town, draft)
    with pytest.raises(Refused, match="no value of this review is validated"):
        load(town)
    there = hand(town, draft)
    with pytest.raises(Refused, match="as it stands"):
        hand(town, there)
    right = agree(town, there)
    with pytest.raises(Refused, match="has validated"):
        keep(town, typed(15, version=right[next(iter(right))]))
    back = take_back(town, right, "office")
    assert states(town) == {"aurora/leaks/": "sent"}
    back = take_back(town, back)
    assert states(town) == {"aurora/leaks/": "draft"}
    assert take_back(town, back) == {} and rows(town) == {}


def test_a_value_that_there_is_not_is_published_with_its_reason(town):
    agree(town, hand(town, keep(town, typed(None, said="The meter broke"))))
    load(town)
    held = facts.current(town.home)
    assert held is not None
    found = held.observations(places=["aurora"], indicators=["leaks"], since=JUNE)
    assert found.select("value", "flag").rows() == [(None, "The meter broke")]


def test_a_published_value_can_be_corrected(town):
    agree(town, hand(town, keep(town, typed(30))))
    load(town)
    row = rows(town)["aurora/leaks/"]
    seen = keep(town, typed(31, version=row["version"]))
    assert (states(town), fact(town)) == ({"aurora/leaks/": "draft"}, [30.0])
    agree(town, hand(town, seen))
    assert [(each.new, each.revised) for each in load(town)] == [(0, 1)]
    assert fact(town) == [31.0]


def test_the_same_value_typed_again_after_its_load_was_undone_is_loaded_again(town):
    agree(town, hand(town, keep(town, typed(30))))
    (done,) = load(town)
    remove(town.home, town.definitions, lambda each: each.number == done.load)
    assert fact(town) == []
    agree(town, hand(town, keep(town, typed(30, version=rows(town)["aurora/leaks/"]["version"]))))
    load(town)
    assert fact(town) == [30.0]


def test_a_closed_review_refuses_everything_with_a_cure(town):
    draft = keep(town, typed(14), typed(15, segment="kind=main"))
    ids = list(draft)
    there = hand(town, {ids[0]: draft[ids[0]]})
    close(town)
    before = rows(town)
    for verb in (
        lambda: keep(town, typed(16, place="centro")),
        lambda: hand(town, {ids[1]: draft[ids[1]]}),
        lambda: agree(town, there),
        lambda: take_back(town, there),
        lambda: send_back(town.records, town.who["office"], town.review, there, "Why?"),
        lambda: load(town),
    ):
        with pytest.raises(Refused, match="open it again"):
            verb()
    assert rows(town) == before


class Stopped(BaseException):
    """The program dies here."""


@pytest.mark.parametrize("where", ["apply", "_mark"])
def test_a_stopped_publication_is_finished_by_the_next(town, monkeypatch, where):
    seen = agree(town, hand(town, keep(town, typed(30))))
    real = getattr(publishing, where)

    def dies(*given: Any) -> Any:
        raise Stopped

    monkeypatch.setattr(publishing, where, dies)
    with pytest.raises(Stopped):
        load(town)
    monkeypatch.setattr(publishing, where, real)
    assert fact(town) == ([30.0] if where == "_mark" else [])
    version: int = rows(town)["aurora/leaks/"]["version"]
    now: dict[int, int] = dict.fromkeys(seen, version)
    for verb in (
        lambda: send_back(town.records, town.who["office"], town.review, now, "Why?"),
        lambda: take_back(town, now, "office"),
        lambda: keep(town, typed(31, version=version)),
    ):
        with pytest.raises(Refused):
            verb()  # or the facts would hold what nobody stands by
    assert len(stopped(town.records, town.review)) == 1
    agree(town, hand(town, keep(town, typed(9, segment="kind=main"))))
    done = load(town)
    assert [each.values for each in done] == [1, 1]
    assert set(states(town).values()) == {"published"} and stopped(town.records, town.review) == [] and fact(town) == [30.0]


def test_while_somebody_else_loads_it_is_put_off(town):
    agree(town, hand(town, keep(town, typed(30))))
    with writing(town.home), pytest.raises(NotPossibleNow):
        load(town)
    assert (fact(town), states(town)) == ([], {"aurora/leaks/": "validated"})
    load(town)
    assert (fact(town), states(town)) == ([30.0], {"aurora/leaks/": "published"})


def test_what_the_facts_do_not_take_is_only_validated_again(town, monkeypatch):
    agree(town, hand(town, keep(town, typed(30))))
    real = publishing.apply

    def refuses(*_given: Any) -> Any:
        raise Refused([])

    monkeypatch.setattr(publishing, "apply", refuses)
    with pytest.raises(Refused):
        load(town)
    monkeypatch.setattr(publishing, "apply", real)
    assert (states(town), stopped(town.records, town.review)) == ({"aurora/leaks/": "validated"}, [])
    take_back(town, {row["id"]: row["version"] for row in rows(town).values()}, "office")


STEP = st.tuples(
    st.sampled_from(["type", "send", "ask", "agree", "back", "publish", "die", "file"]),
    st.sampled_from(["water", "office"]),
    st.integers(1, 5),
)


class Walk:
    """Does one step after another, where it is allowed, with a model of what the facts may hold and the records must.

    `in_force` is what the facts hold by what was done last, `validated` what they may hold too because the office stands by it.
    """

    def __init__(self, town: ValueTown) -> None:
        self.town = town
        self.kept: float | None = None
        self.validated: float | None = None
        self.in_force: list[float | None] = []

    def step(self, name: str, who: str, number: int) -> None:
        row = rows(self.town).get("aurora/leaks/")
        with suppress(Refused, NotAllowed, Stale):
            getattr(self, name)(row, {row["id"]: row["version"]} if row else {}, who, float(number))
        now = rows(self.town).get("aurora/leaks/")
        assert fact(self.town) in (self.in_force, [self.validated])
        assert (now["value"] if now else None) == self.kept

    def type(self, row: Any, _seen: dict[int, int], who: str, number: float) -> None:
        keep(self.town, typed(number, version=row["version"] if row else 0), who=who)
        self.kept, self.validated = number, None

    def send(self, _row: Any, seen: dict[int, int], who: str, _number: float) -> None:
        hand(self.town, seen, who)

    def ask(self, _row: Any, seen: dict[int, int], who: str, _number: float) -> None:
        send_back(self.town.records, self.town.who[who], self.town.review, seen, "Why?")
        self.validated = None

    def agree(self, row: Any, seen: dict[int, int], who: str, _number: float) -> None:
        if agree(self.town, seen, who):
            self.validated = row["value"]

    def back(self, row: Any, seen: dict[int, int], who: str, _number: float) -> None:
        take_back(self.town, seen, who)
        self.validated = None
        self.kept = self.kept if row and row["state"] in ("sent", "validated") else None

    def publish(self, _row: Any, _seen: dict[int, int], who: str, _number: float) -> None:
        load(self.town, who)
        self.in_force = fact(self.town)
        assert self.in_force == [self.validated]

    def die(self, _row: Any, _seen: dict[int, int], who: str, _number: float) -> None:
        _dies(self.town, who)

    def file(self, _row: Any, _seen: dict[int, int], _who: str, number: float) -> None:
        _by_file(self.town, 100 + number)
        self.in_force = [100 + number]


@settings(max_examples=5)
@given(steps=st.lists(STEP, min_size=4, max_size=10))
@example(
    steps=[(name, "office", 3) for name in ("type", "send", "agree", "die", "back", "ask", "type", "publish", "file", "type", "publish")]
)
def test_in_whatever_order_nothing_is_in_the_facts_unvalidated_and_nothing_is_lost(built, steps):
    with TemporaryDirectory() as folder:
        walk = Walk(copied(built, Path(folder) / "home"))
        for step in steps:
            walk.step(*step)
        walk.town.records.engine.dispose()


def _dies(town: ValueTown, who: str) -> None:
    """Between the facts and the records."""
    real = publishing._mark

    def dies(*_given: Any) -> None:
        raise Stopped

    publishing._mark = dies
    try:
        with suppress(Stopped):
            load(town, who)
    finally:
        publishing._mark = real


def _by_file(town: ValueTown, value: float) -> None:
    held = facts.current(town.home)
    assert held is not None
    table = of_a_file({"indicator": "leaks", "period": JUNE, "value": value})
    new = NewLoad(f"file {len(held.loads())}", "file", ("june.csv",), "ana", date(2026, 12, 31), 1)
    apply(town.home, town.definitions, [(new, table)])
