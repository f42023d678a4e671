"""What every test may ask for."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from data.records.records import Records
from tests import recorded_town
from tests.postgres import Postgres, server

settings.register_profile("house", deadline=None)  # a busy machine is no failure
settings.load_profile("house")

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Public data with published results, kept beside the checkout and never committed."""
    folder = Path(os.environ.get("MANDATO_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder of public data with published results is not beside this checkout (MANDATO_SHARED names it)")
    return folder


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts the machine into a time zone, such as America/Lima, until the test is over."""

    def put(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that is up for this session, made by whoever asks first."""
    with server() as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each of the two databases in turn, as the one that holds the records: its name."""
    monkeypatch.delenv("MANDATO_SECRET", raising=False)
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    if request.param == "sqlite":
        yield "sqlite"
        return
    held: Postgres = request.getfixturevalue("postgres")
    address = held.fresh()
    monkeypatch.setenv("MANDATO_RECORDS", address)
    yield "postgresql"
    held.drop(address)


@pytest.fixture
def records(database: str, tmp_path: Path) -> Iterator[Records]:
    """The records of a new home, on each of the two databases: nothing is written in them yet."""
    with recorded_town.records_of(tmp_path / "home") as found:
        yield found


@pytest.fixture
def place(records: Records) -> recorded_town.Town:
    """A town with people of every role and a small plan, on each of the two databases."""
    return recorded_town.town(records)
