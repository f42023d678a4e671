"""A load is rehearsed on a copy: what it would change is exact, and nothing of it stays."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data import definitions as definition_files
from data.definition_edits import extended
from data.facts import current
from data.home import Home
from data.loads import NewLoad, apply, remove
from data.problems import NotPossibleNow, Refused
from data.rehearsal import rehearsed
from data.versions import Versions, writing
from tests import small_city

JULY = date(2026, 7, 31)
NOTHING = {"numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "flag": pl.lit(None, pl.String)}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return small_city.build(tmp_path / "home")


def load(name: str = "july") -> NewLoad:
    return NewLoad(name, "test", ("july.csv",), "test", date(2026, 8, 5), 3)


def rows(*values: tuple[str, str, date, float]) -> pl.DataFrame:
    frame = pl.DataFrame(values, schema=["place", "indicator", "period", "value"], orient="row")
    return frame.with_columns(segment=pl.lit(""), **NOTHING)


def files(home: Home) -> dict[str, bytes]:
    """Everything under the store that is not the writer's own lock and note."""
    found = [path for path in home.store.rglob("*") if path.is_file() and not path.name.startswith("writer.")]
    return {str(path.relative_to(home.store)): path.read_bytes() for path in found}


def test_new_unchanged_and_revised_rows_are_counted_exactly_and_nothing_is_published(home: Home):
    before, definitions = files(home), definition_files.load(home)
    held = current(home)
    assert held is not None
    june = held.observations(places=["aurora"], indicators=["lights"])["value"][-1]
    brought = rows(
        ("aurora", "lights", JULY, 93.0),
        ("aurora", "lights", small_city.LAST.last, june),
        ("aurora", "trips", small_city.LAST.last, 1.0),
    )
    with rehearsed(home, definitions, load(), brought) as found:
        assert (found.new, found.unchanged, found.revised, found.held) == (1, 1, 1, False)
        then = found.facts.observations(places=["aurora"], indicators=["lights", "trips"], since=small_city.LAST.last)
        assert then.select("indicator", "period", "value").rows() == [
            ("lights", small_city.LAST.last, june),
            ("lights", JULY, 93.0),
            ("trips", small_city.LAST.last, 1.0),
        ]
    assert files(home) == before
    assert current(home) is held
    outcome = apply(home, definitions, [(load(), brought)])[0]
    assert (outcome.new, outcome.unchanged, outcome.revised) == (1, 1, 1)


def test_a_load_that_is_held_already_says_so(home: Home):
    definitions, brought = definition_files.load(home), rows(("aurora", "lights", JULY, 93.0))
    apply(home, definitions, [(load(), brought)])
    with rehearsed(home, definitions, load(), brought) as found:
        assert (found.new, found.unchanged, found.revised, found.held) == (0, 1, 0, True)


def test_the_first_load_of_an_empty_home_can_be_rehearsed(home: Home):
    definitions = definition_files.load(home)
    empty = Home(home.folder.parent / "empty")
    with rehearsed(empty, definitions, load(), rows(("aurora", "lights", JULY, 93.0))) as found:
        assert (found.new, found.facts.places) == (1, list(definitions.place))
    assert files(empty) == {}


def test_places_and_indicators_that_are_still_to_be_saved_take_part(home: Home):
    lights = {"id": "lamps", "name": "Lamps", "unit": "lamps", "kind": "flow", "frequency": "month", "theme": "life"}
    known = definition_files.load(home)
    definitions = extended(known, places=[{"id": "faro", "name": "Faro"}], indicators=[{**lights, "source": "x", "owner": "hall"}])
    brought = rows(("faro", "lamps", JULY, 7.0))
    with rehearsed(home, definitions, load(), brought) as found:
        assert found.facts.observations(places=["faro"], indicators=["lamps"])["value"].to_list() == [7.0]
    with pytest.raises(Refused), rehearsed(home, known, load(), brought):
        pass


def test_nothing_stays_of_a_rehearsal_that_fails(home: Home):
    before = files(home)
    with pytest.raises(Refused), rehearsed(home, definition_files.load(home), load(), rows(("nowhere", "lights", JULY, 1.0))):
        pass
    with pytest.raises(ZeroDivisionError), rehearsed(home, definition_files.load(home), load(), rows(("aurora", "lights", JULY, 1.0))):
        raise ZeroDivisionError
    assert files(home) == before


def test_what_a_killed_rehearsal_left_is_removed_by_the_next_one(home: Home):
    left = home.store / "rehearsal-999999999-x"
    left.mkdir()
    (left / "facts.duckdb").write_text("half")
    with rehearsed(home, definition_files.load(home), load(), rows(("aurora", "lights", JULY, 93.0))):
        assert not left.exists()


def test_a_load_can_be_rehearsed_while_somebody_loads_and_does_not_stop_them(home: Home):
    definitions = definition_files.load(home)
    with writing(home), rehearsed(home, definitions, load(), rows(("aurora", "lights", JULY, 93.0))) as found:
        assert found.new == 1
    remove(home, definitions, lambda load: True)


def test_a_store_that_cannot_be_written_is_said(home: Home, tmp_path: Path):
    (tmp_path / "blocked").mkdir()
    blocked = Home(tmp_path / "blocked")
    blocked.store.parent.mkdir()
    blocked.store.write_text("a file where the folder should be")
    with (
        pytest.raises(NotPossibleNow, match="cannot be rehearsed"),
        rehearsed(blocked, definition_files.load(home), load(), rows(("aurora", "lights", JULY, 93.0))),
    ):
        pass


def test_a_damaged_pointer_is_said_and_leaves_nothing_behind(home: Home):
    (Versions.of(home).folder / "CURRENT").write_text("facts-000999.duckdb")
    with pytest.raises(NotPossibleNow), rehearsed(home, definition_files.load(home), load(), rows(("aurora", "lights", JULY, 93.0))):
        pass
    assert not list(home.store.glob("rehearsal-*"))
