"""Forecasts kept beside the facts: read back as they were, made anew where they do not fit, and never in anybody's way."""

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data import definitions as definition_files
from data.definitions import Definitions
from data.facts import Facts, current
from data.home import Home
from data.loads import NewLoad, apply
from kpis import catalogue as goal_files
from kpis.catalogue import Catalogue
from kpis.foresight import kept
from kpis.foresight.outlook import chance
from tests.small_city import build


@pytest.fixture
def home(tmp_path) -> Home:
    return build(tmp_path)


def known(home: Home) -> tuple[Facts, Catalogue, Definitions, str]:
    definitions, facts = definition_files.load(home), current(home)
    assert isinstance(facts, Facts)
    return facts, goal_files.load(home, definitions), definitions, "aurora"


def file(home: Home) -> Path:
    return home.store / "forecasts" / "000001" / "aurora.json"


def test_what_was_kept_is_read_back_as_it_was_computed(home):
    told = known(home)
    assert kept.kept(home, *told) == kept.compute(*told)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"key": 1}', b"\xff\xfe", b"null"])
def test_a_damaged_file_counts_for_nothing_and_is_made_anew(home, content):
    told = known(home)
    file(home).write_bytes(content)
    assert kept.kept(home, *told) is None
    kept.keep(home, *told, kept.compute(*told))
    assert kept.kept(home, *told)


def test_a_file_with_a_part_missing_counts_for_nothing(home):
    told = known(home)
    text = file(home).read_text(encoding="utf-8")
    file(home).write_text(text.replace('"deviation"', '"nothing"'), encoding="utf-8")
    assert kept.kept(home, *told) is None


def test_a_later_end_of_the_mandate_makes_them_anew(home):
    home.city.write_text(home.city.read_text(encoding="utf-8").replace("end: 2028-12-31", "end: 2030-12-31"), encoding="utf-8")
    assert kept.kept(home, *known(home)) is None


def test_a_new_target_needs_no_new_forecast(home):
    path = home.definitions / "all.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("target: {value: 20,", "target: {value: 21,"), encoding="utf-8")
    assert kept.kept(home, *known(home)) is not None


def test_those_of_versions_that_are_gone_are_thrown_away(home):
    told = known(home)
    old = home.store / "forecasts" / "000000"
    shutil.copytree(file(home).parent, old)
    kept.keep(home, *told, kept.compute(*told))
    assert not old.exists() and file(home).exists()


def test_a_new_version_of_the_facts_has_none_yet(home):
    definitions = definition_files.load(home)
    rows = pl.DataFrame({"place": ["aurora"], "indicator": ["robberies"], "segment": [""], "period": [date(2026, 7, 31)], "value": [30.0]})
    empty = dict.fromkeys(("numerator", "denominator"), pl.lit(None, pl.Float64))
    rows = rows.with_columns(**empty, flag=pl.lit(None, pl.String))
    apply(home, definitions, [(NewLoad("more", "test", ("m.csv",), "test", date(2026, 8, 3), 1), rows)])
    told = known(home)
    assert kept.kept(home, *told) is None
    assert kept.compute(*told)["robberies"].last == date(2026, 7, 31)


def test_the_chance_is_of_the_target_at_its_date(home):
    facts, catalogue, definitions, place = known(home)
    found = kept.compute(facts, catalogue, definitions, place)
    trees, lights = (catalogue.kpi[name] for name in ("trees", "lights"))
    assert chance(trees, catalogue.aim("trees", place), found["trees"], 1) == pytest.approx(1, abs=0.01)
    assert chance(lights, catalogue.aim("lights", place), found["lights"], 1) == pytest.approx(0, abs=0.01)
    aimless = catalogue.aim("aimless", place)
    assert chance(catalogue.kpi["aimless"], aimless, found.get(catalogue.kpi["aimless"].measure), 1) is None
    assert chance(trees, catalogue.aim("trees", place), None, 1) is None
