"""What every test may ask for."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import make_url

from data.home import Home
from data.ingest.apart import __main__ as reader
from data.records.records import Records
from tests import demo_city as demo
from tests import recorded_town
from tests.postgres import TEMPLATE, Postgres, server

settings.register_profile("house", deadline=None)  # a busy machine is no failure
settings.load_profile("house")

ROOT = Path(__file__).parents[1]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: looking through it for what may go was a tenth of all the tests' work."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """So that libraries that count what is left of them at the end find nothing."""
    gc.unfreeze()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Public data with published results, kept beside the checkout and never committed."""
    folder = Path(os.environ.get("MANDATO_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the folder of public data with published results is not beside this checkout (MANDATO_SHARED names it)")
    return folder


@pytest.fixture(scope="session")
def demo_city(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The demo city, only to be read: whoever writes takes a copy."""
    return demo.demo_city(tmp_path_factory)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts the machine into a time zone, such as America/Lima, until the test is over."""

    def put(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs of the reader of files are done in this process, which saves half a second each; test_apart.py holds its own process."""
    monkeypatch.setattr(reader, "hold", lambda limits: None)
    monkeypatch.setattr("data.ingest.apart.parent._run", lambda command, limits, name: reader.main(Path(command[-1])))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that is up for this session, made by whoever asks first."""
    with server() as found:
        yield found


@pytest.fixture(scope="session")
def town_on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> recorded_town.Built:
    """The town of `place`, only to be copied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MANDATO_RECORDS", raising=False)
        patch.delenv("MANDATO_SECRET", raising=False)
        return recorded_town.built(tmp_path_factory.mktemp("town") / "home")


@pytest.fixture(scope="session")
def town_on_postgresql(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> recorded_town.Built:
    """The same there."""
    address = postgres.fresh()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MANDATO_SECRET", raising=False)
        patch.setenv("MANDATO_RECORDS", address)
        return recorded_town.built(tmp_path_factory.mktemp("town") / "home", make_url(address).database or "")


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each of the two databases in turn, as the one that holds the records: its name."""
    monkeypatch.delenv("MANDATO_SECRET", raising=False)
    monkeypatch.delenv("MANDATO_RECORDS", raising=False)
    if request.param == "sqlite":
        yield "sqlite"
        return
    held: Postgres = request.getfixturevalue("postgres")
    settled = "place" in request.fixturenames
    address = held.fresh(template=request.getfixturevalue("town_on_postgresql").database if settled else TEMPLATE)
    monkeypatch.setenv("MANDATO_RECORDS", address)
    yield "postgresql"
    held.drop(address)


@pytest.fixture
def records(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[Records]:
    """The records of a new home, on each of the two databases: nothing is written in them yet, unless a test asks for `place`."""
    if "place" in request.fixturenames:
        request.getfixturevalue(f"town_on_{database}").lay(tmp_path / "home")
    with recorded_town.records_of(tmp_path / "home") as found:
        yield found


@pytest.fixture
def place(request: pytest.FixtureRequest, records: Records, database: str) -> recorded_town.Town:
    """A town with people of every role and a small plan, on each of the two databases."""
    return request.getfixturevalue(f"town_on_{database}").of(records)
