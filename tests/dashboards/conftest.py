"""A small city for the tests of what people see."""

from pathlib import Path

import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from dashboards.session import Session
from data import definitions as definition_files
from data import facts as fact_files
from data.home import Home
from data.periods import Month
from kpis import catalogue as goal_files
from tests.conftest import ROOT
from tests.small_city import LAST, build


@pytest.fixture(scope="session")
def city(tmp_path_factory) -> Home:
    return build(tmp_path_factory.mktemp("city"))


@pytest.fixture
def app(city, monkeypatch) -> AppTest:
    """The panel of the small city, not yet visited."""
    monkeypatch.setenv("MANDATO_HOME", str(city.folder))
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)


@pytest.fixture
def session(city) -> Session:
    """An English reader of Aurora in June 2026; the city writes numbers as Spain does."""
    return session_of(city, "aurora", LAST, "en_GB")


def session_of(home: Home, place: str, month: Month, locale: str) -> Session:
    definitions = definition_files.load(home)
    held = fact_files.current(home)
    catalogue, key = goal_files.load(home, definitions), (str(Path(home.folder)), place, str(month), locale)
    room = DeltaGenerator()
    return Session(home, definitions, catalogue, place, month, locale[:2], locale, held, key, room, room, room)
