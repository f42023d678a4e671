"""The demo's reviews: months closed as they went by, one of them twice, and values of the newest in every state."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from data import definitions, facts
from data.__main__ import main
from data.demo.meetings import closing
from data.demo.plan.timeline import SEEN
from data.home import Home
from data.people import PROGRAM, add_person, people
from data.periods import Month
from data.problems import NotPossibleNow, Refused
from data.records.records import Records, begun, records
from data.records.tables import audit, review
from data.records.together import together
from data.reviews.reviews import REVIEW, open_review, review_of, reviews
from data.reviews.stand_ins import covering
from data.reviews.values import sent
from data.snapshots.frozen import home_of, snapshots
from data.snapshots.judging import of_the_kpis, one_after_another
from data.snapshots.reopening import reopen
from kpis import catalogue
from kpis.reviews.missing import _held
from kpis.reviews.values_owed import STATES, values_owed
from tests.demo_city import copied
from tests.small_demo import small_demo

CITY = "villa_quimera"
NEWEST = Month(2026, 10)


@pytest.fixture(scope="module")
def home(demo_city: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with pytest.MonkeyPatch.context() as patch:
        found = copied(demo_city, tmp_path_factory.mktemp("copy"))
        patch.setenv("MANDATO_HOME", str(found.folder))
        yield found


@pytest.fixture(scope="module")
def held(home: Home) -> Records:
    return records(home)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    return small_demo(tmp_path)


def test_two_months_are_closed_and_one_was_opened_again(held: Records) -> None:
    found = [(row["month"], row["at"].date(), row["reopened_at"] and row["reopened_at"].date()) for row in snapshots(held, CITY)]
    assert found == [
        ("2026-09", date(2026, 11, 9), None), ("2026-09", date(2026, 10, 30), date(2026, 11, 6)), ("2026-08", date(2026, 9, 25), None),
    ]  # fmt: skip
    assert [row["state"] for row in snapshots(held, CITY)] == ["closed"] * 3
    assert all(row["missing"] and row["accepted"] for row in snapshots(held, CITY)), "each was closed without something, for a reason"
    assert "denuncias por internet" in snapshots(held, CITY)[1]["reopened_why"]


def test_a_closed_month_holds_what_was_known_on_its_day(home: Home, held: Records) -> None:
    for row in snapshots(held, CITY):
        frozen = home_of(home, row)
        with records(frozen).read() as connection:
            assert max(connection.execute(select(audit.c.at)).scalars()) < row["at"]
        shown = facts.current(frozen)
        assert shown
        assert max(load.known_on for load in shown.loads()) <= row["at"].date()


def test_what_was_corrected_since_is_another_figure_in_the_closed_month(home: Home, held: Records) -> None:
    def robberies(where: Home, month: Month) -> float:
        found = facts.current(where)
        assert found
        return found.observations(places=[CITY], indicators=["robberies"], since=month.first, until=month.last)["value"].item()

    again, september, august = (home_of(home, row) for row in snapshots(held, CITY))
    assert robberies(august, Month(2026, 8)) == pytest.approx(robberies(home, Month(2026, 8)) * 0.96, rel=0.01)
    assert robberies(september, Month(2026, 9)) == pytest.approx(robberies(again, Month(2026, 9)) * 0.96, rel=0.01)
    assert robberies(again, Month(2026, 9)) == robberies(home, Month(2026, 9))


def test_values_of_the_newest_review_are_in_every_state(home: Home, held: Records) -> None:
    known = definitions.load(home)
    newest = review_of(held, CITY, NEWEST)
    assert newest
    typed = sent(held, newest["id"])
    shown = facts.current(home)
    owed = values_owed(_held(shown, known, CITY, NEWEST), typed, known, catalogue.load(home, known), CITY, NEWEST)
    assert set(owed["state"]) == set(STATES)
    assert [row["question"] for row in typed if row["state"] == "returned"] == [
        "Sube de 10,8 a 14,1 en un mes. ¿Entran los alquileres por temporada?"
    ]


def test_what_was_published_is_a_load_of_the_demo(home: Home) -> None:
    found = facts.current(home)
    assert found
    assert not found.own
    (load,) = [load for load in found.loads() if load.source == "review 2026-10"]
    assert (load.known_on, load.rows_new, load.demo) == (date(2026, 11, 6), 6, True)


def test_somebody_stands_in_on_the_day_of_the_review(held: Records) -> None:
    (person,) = covering(held, date(2026, 11, 10)).values()
    assert {row["id"]: row["name"] for row in people(held)}[person] == "Jaime Otero Vidal"
    assert not covering(held, date(2026, 11, 6))


def test_nothing_is_written_backwards_or_after_the_last_day(held: Records) -> None:
    with held.read() as connection:
        moments = connection.execute(select(audit.c.at).order_by(audit.c.seq)).scalars().all()
    assert moments == sorted(moments)
    assert moments[-1].date() == SEEN


def test_everything_is_in_order_and_a_second_run_changes_nothing(home: Home, held: Records, capsys: pytest.CaptureFixture[str]) -> None:
    stamp = held.stamp
    assert main(["verify"]) == 0
    assert main(["demo"]) == 0
    assert "nothing has changed" in capsys.readouterr().out
    assert held.stamp == stamp
    assert sorted(path.name for path in (home.store / "snapshots").iterdir() if path.is_dir() and path.name != "made") == [
        "villa_quimera-2026-08-1", "villa_quimera-2026-09-1", "villa_quimera-2026-09-2",
    ]  # fmt: skip


@pytest.mark.long
def test_months_judged_one_after_another_say_what_the_command_says(home: Home, held: Records) -> None:
    rows = snapshots(held, CITY)[-2:]
    with one_after_another() as statuses:
        told = [statuses(home_of(home, row), CITY, Month.parse(row["month"])) for row in rows]
    assert told == [of_the_kpis(home_of(home, row), CITY, Month.parse(row["month"])) for row in rows]


def test_whoever_judges_and_dies_leaves_the_month_open(home: Home) -> None:
    with pytest.raises(NotPossibleNow, match="it is open as before"), one_after_another() as statuses:
        statuses(Home(home.folder / "nowhere"), CITY, NEWEST)


@pytest.mark.long
def test_a_demo_that_is_stopped_half_way_leaves_nothing_and_is_built_again(small: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> int:
        raise ValueError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(closing, "freeze", fails)
        with pytest.raises(ValueError, match="power cut"):
            main(["demo"])
    assert facts.current(small) is None
    assert not begun(small)
    assert not list(small.store.glob("*.part"))
    assert main(["demo"]) == 0
    assert begun(small)
    assert len(snapshots(records(small), CITY)) == 3


def test_records_that_people_began_are_kept_and_no_month_is_closed(small: Home) -> None:
    add_person(records(small), PROGRAM, "Somebody")
    assert main(["demo"]) == 0
    assert snapshots(records(small), CITY) == []


def test_a_verb_that_is_refused_within_one_change_leaves_nothing_of_itself(tmp_path_factory: pytest.TempPathFactory) -> None:
    held = records(Home(tmp_path_factory.mktemp("together")))
    with together(held, PROGRAM) as whole:
        open_review(whole, PROGRAM, CITY, NEWEST)
        with pytest.raises(Refused):
            reopen(whole, PROGRAM, CITY, NEWEST, "it was never closed")
        with pytest.raises(RuntimeError), whole.write(PROGRAM) as part:
            part.doing("keep_review", REVIEW)
            part.insert(review, place=CITY, month="2026-12", state="open")
            raise RuntimeError
        open_review(whole, PROGRAM, CITY, NEWEST.plus(1))
    assert [row["month"] for row in reviews(held, CITY)] == ["2026-11", "2026-10"]
    with held.read() as connection:
        assert connection.execute(select(audit.c.seq)).scalars().all() == [1, 2]
