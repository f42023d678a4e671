"""The register of trends: read with every problem named, and held against the shares that the study printed."""

import csv

import pytest

from data import definitions as definition_files
from data.home import REPOSITORY, Home
from data.problems import Refused
from kpis.checking import check
from kpis.foresight import register
from kpis.shares import wilson
from tests.small_city import build


@pytest.fixture
def home(tmp_path) -> Home:
    return build(tmp_path)


def load(home: Home) -> tuple[register.Trend, ...]:
    return register.load(home, definition_files.load(home))


def trend(**told: str) -> str:
    known = {"id": "ageing", "name": "Ageing", "area": "population", "watched": "Older people", "source": "Register", **told}
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in known.items()) + "}\n"


def test_a_home_without_a_register_watches_nothing(home):
    assert load(home) == ()


def test_the_demo_watches_something_of_every_area():
    found = load(Home(REPOSITORY))
    assert {trend.area for trend in found} == set(register.AREAS)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("trends:\n" + trend(area="weather"), 2, "'weather' is not allowed here"),
        ("trends:\n" + trend() + trend(), 3, "the id 'ageing' is given twice"),
        ("trends:\n" + trend(indicator="nobody"), 2, "'nobody' is not a known indicator"),
        ("trends:\n" + trend(colour="red"), 2, "colour is not a known key"),
        ("trend: []\n", 1, "trend is not a known key"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_kpis_check_finds_it(home, text, line, said):
    home.trends.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load(home)
    (problem,) = refused.value.problems
    assert (problem.path, problem.line, str(problem.message).format(**problem.values)) == ("kpis/trends.yaml", line, said)
    assert [found.line for found in check(home).problems] == [line]
    assert [found.line for found in check(home, [home.trends]).problems] == [line]
    assert not check(home, [home.definitions]).problems


def test_the_counts_of_the_study_give_the_shares_that_it_printed(shared):
    with (shared / "data/reference/uclg2019.csv").open(encoding="utf-8") as file:
        printed = {
            row["option"]: float(row["value"]) for row in csv.DictReader(file) if row["question"].startswith("Areas on which foresight")
        }
    study = register.study()
    assert {share.question: round(100 * share.of(study.base)) for share in study.shares} == printed
    assert [share.area for share in study.shares] == list(register.AREAS)
    assert round(100 * study.base / study.asked) == 45


def test_few_cities_say_little():
    assert wilson(9, 9) == pytest.approx((0.7009, 1.0), abs=1e-4)
    assert wilson(1, 9) == pytest.approx((0.0199, 0.4350), abs=1e-4)
