"""A small city for the tests of what people see."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from dashboards.session import Session
from data import definitions as definition_files
from data import facts as fact_files
from data.home import Home
from data.loads import NewLoad, apply
from data.periods import Month
from kpis import catalogue as goal_files
from tests.conftest import ROOT
from tests.small_city import LAST, build


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """Every AppTest reads what each installed package says of itself, in search of components: a tenth of a second, always the same."""
    found = manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: found)
        yield


@pytest.fixture(scope="session")
def city(tmp_path_factory) -> Home:
    return build(tmp_path_factory.mktemp("city"))


@pytest.fixture
def app(city, monkeypatch) -> AppTest:
    """The panel of the small city, not yet visited."""
    monkeypatch.setenv("MANDATO_HOME", str(city.folder))
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)


@pytest.fixture
def others(city, app, tmp_path, monkeypatch) -> AppTest:
    """The panel of the small city where nothing is loaded of itself: only two months of 2018 of another one, Bruma."""
    shutil.copytree(city.folder, tmp_path / "others", ignore=shutil.ignore_patterns("store"))
    load_another(Home(tmp_path / "others"))
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "others"))
    return app


def load_another(home: Home) -> None:
    """Two months of 2018 of Bruma."""
    rows = [{"place": "bruma", "indicator": "robberies", "segment": "", "period": Month(2018, month).last} for month in (11, 12)]
    empty = dict.fromkeys(("numerator", "denominator"), pl.lit(None, pl.Float64))
    values = pl.DataFrame(rows).with_columns(value=pl.lit(7.0), **empty, flag=pl.lit(None, pl.String))
    load = NewLoad("others", "test", ("others.csv",), "test", date(2025, 3, 3), 1)
    apply(home, definition_files.load(home), [(load, values)])


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
