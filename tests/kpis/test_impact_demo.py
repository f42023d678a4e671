"""The studies of the demo city: the policy that was built in is found, the useless one is not, and who asks too early is told so."""

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data import definitions as definition_files
from data.definitions import Definitions
from data.demo.build import loads
from data.facts import current
from data.home import REPOSITORY, Home
from data.loads import NewLoad, apply
from data.yaml_file import parse
from kpis import catalogue as goal_files
from kpis.catalogue import Catalogue
from kpis.impact import reading, studies
from kpis.impact.answer import Answer, answered
from kpis.impact.reading import Written, read
from kpis.impact.study import Study

FOLDER = REPOSITORY / "kpis" / "studies"
KEY = ("place", "indicator", "segment", "period")
STARTS = {"almond_trees_office": "2026-01"}
"""Of a study whose action began then, by the demo's plan, which is not built here."""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """The figures of the indicators that the studies read, as they are in the end, in one load: the whole demo takes ten seconds."""
    found = Home(tmp_path_factory.mktemp("demo"))
    repository = Home(REPOSITORY)
    found.city.parent.mkdir(parents=True)
    for name in ("city", "places", "indicators", "sources"):
        getattr(found, name).write_bytes(getattr(repository, name).read_bytes())
    definitions = definition_files.load(found)
    asked = [read(path).study.indicator for path in sorted(FOLDER.glob("*.yaml"))]
    rows = pl.concat([rows.filter(pl.col("indicator").is_in(asked)) for _, rows in loads(definitions)], how="diagonal_relaxed")
    load = NewLoad("demo", "demo", ("demo.csv",), "demo", date(2026, 11, 5), 1)
    apply(found, definitions, [(load, rows.unique(KEY, keep="last", maintain_order=True))])
    return found


def written(name: str) -> Written:
    found = read(FOLDER / f"{name}.yaml")
    return Written(found.study.model_copy(update={"start": found.study.start or STARTS[name]}), found.document, found.path)


def answer(home: Home, name: str) -> Answer:
    definitions = definition_files.load(home)
    return answered(written(name), home, current(home), goal_files.load(home, definitions), definitions)


def test_the_policy_that_worked_is_found(home):
    found = answer(home, "request_app")
    assert found.kind == "clear_effect" and found.verdict and found.verdict.way == "better"
    assert found.effect and 5 < found.effect.estimate < 12 and found.effect.n_control == 23


def test_the_policy_that_did_not_is_not(home):
    found = answer(home, "bus_lanes")
    assert found.kind == "no_detectable_effect"
    assert found.effect and found.effect.low and found.effect.high and found.effect.low < 0 < found.effect.high


def test_a_district_is_held_against_the_seven_others(home):
    found = answer(home, "almond_trees_office")
    assert found.kind == "cannot_tell" and found.effect and found.effect.n_control == 7
    assert found.start == "2026-01"


def test_who_asks_two_months_after_the_start_is_told_what_is_needed(home):
    found = answer(home, "school_streets")
    assert found.effect is None and "periods under the policy: 2, where at least 3 are needed" in str(found.refused[0])


def test_the_studies_hold_beside_what_the_demo_defines():
    home = Home(REPOSITORY)
    known: Definitions = definition_files.load(home)
    catalogue: Catalogue = goal_files.load(home, known)
    paths: list[Path] = sorted(FOLDER.glob("*.yaml"))
    assert len(paths) == 4
    for path in paths:
        assert studies.problems(read(path), known, catalogue) == [], path.name


PAGE = (REPOSITORY / "docs" / "impact.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_is_a_study_of_the_demo():
    example = re.search(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert example
    told, kept = reading.written(parse(example[1], "impact.md"), Path("impact.md")).study, read(FOLDER / "request_app.yaml").study
    words = {"name", "question"}
    assert told.model_dump(exclude=words, exclude_defaults=True).items() <= kept.model_dump(exclude=words, exclude_defaults=True).items()


def test_what_the_page_says_of_it_is_what_comes_out(home):
    found = answer(home, "request_app").effect
    numbers = re.search(r"improved it: ([\d.]+) points higher .* interval: ([\d.]+) points to ([\d.]+) points", PAGE)
    assert numbers and found
    assert [float(number) for number in numbers.groups()] == pytest.approx([found.estimate, found.low, found.high], abs=0.2)


@pytest.mark.parametrize("key", sorted(set(Study.model_fields) - {"study", "name", "question", "policy", "changes"}))
def test_every_key_of_a_study_is_explained(key):
    assert re.search(rf"`{key}[`:]", PAGE), key
