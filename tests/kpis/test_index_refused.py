"""What must not be ranked is refused with its place and its cure, or said beside the ranks; nothing is ranked in silence."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.problems import Problem, Refused
from kpis.index.building import build
from kpis.index.from_table import figures
from kpis.index.reading import Written, read
from tests.index_tables import RECIPE, TABLE, built, files, with_indicator, with_level, written

POSTS = {"normalise": "goalposts", "low": 0, "high": 100}


def refused(make: Callable[[], object]) -> list[Problem]:
    with pytest.raises(Refused) as stop:
        make()
    return stop.value.problems


def said(problems: list[Problem]) -> list[tuple[str | None, str]]:
    return [(problem.key, str(problem.as_json()["message"])) for problem in problems]


REVERSED = with_indicator("parks", normalise="goalposts", low=100, high=0)
CHANGED: list[tuple[dict[str, Any], tuple[str, str]]] = [
    ({"indicators": with_indicator("parks", weight=-1)}, ("indicators.1.weight", "the weight of parks is below zero")),
    (
        {"levels": with_level("index", weights={"nature": -0.5, "jobs": 1.5})},
        ("levels.2.weights.nature", "the weight of nature is below zero"),
    ),
    ({"levels": with_level("index", weights={"nature": 0.5, "jobs": 0.6})}, ("levels.2.weights", "the weights of index sum to 1.1")),
    ({"levels": with_level("index", weights={"nature": 1})}, ("levels.2.weights", "jobs has no weight in index")),
    ({"levels": with_level("nature", weights={"park": 0.5, "waste": 0.5})}, ("levels.1.weights.park", "park is no part of nature")),
    (
        {"levels": with_level("index", weights={"budget": {"nature": 0, "jobs": 0}})},
        ("levels.2.weights.budget", "no part of index was given any points"),
    ),
    (
        {"levels": with_level("index", weights={"budget": {"nature": -1, "jobs": 4}})},
        ("levels.2.weights.budget.nature", "the weight of nature is below zero"),
    ),
    ({"indicators": [{**one, "weight": 0} for one in RECIPE["indicators"]]}, ("levels.1", "no part of nature weighs anything")),
    (
        {"indicators": with_indicator("parks", weight=2), "levels": with_level("nature", weights="equal")},
        ("levels.1.weights", "nature weighs its parts, and an indicator of it says its own weight"),
    ),
    ({"indicators": REVERSED}, ("indicators.1.low", "the goalposts of parks are reversed: 100 to 0")),
    (
        {"indicators": with_indicator("waste", normalise="goalposts", low=9, high=9)},
        ("indicators.2.low", "the goalposts of waste are reversed: 9 to 9"),
    ),
    (
        {"indicators": with_indicator("waste", normalise="distance_to_target", low=0, high=9)},
        ("indicators.2.low", "the worst value of waste (0) and its target (9) are against its direction"),
    ),
    (
        {"indicators": with_indicator("parks", normalise="distance_to_target", low=9, high=0)},
        ("indicators.1.low", "the worst value of parks (9) and its target (0) are against its direction"),
    ),
    ({"indicators": with_indicator("parks", normalise="goalposts", low=9)}, ("indicators.1", "parks lacks its value of high")),
    ({"indicators": with_indicator("parks", low=1, high=9)}, ("indicators.1.low", "parks is not measured against two values")),
    ({"indicators": with_indicator("parks", **POSTS, log=True)}, ("indicators.1.low", "0 has no logarithm")),
    (
        {"indicators": with_indicator("parks", treat="winsorise", log=True)},
        ("indicators.1.treat", "the treatment of parks may take logarithms, and `log` would take them again"),
    ),
    (
        {"indicators": with_indicator("parks", **POSTS, treat="log")},
        ("indicators.1.treat", "the treatment of parks may take logarithms, and its values of `low` and `high` would not be theirs"),
    ),
    ({"indicators": [*RECIPE["indicators"], {"name": "crime", "column": "jobs"}]}, ("indicators.4", "crime is in no level")),
    ({"indicators": [*RECIPE["indicators"], {"name": "parks", "column": "jobs"}]}, ("indicators.4.name", "the id 'parks' is given twice")),
    ({"levels": with_level("nature", name="jobs", of=["parks", "waste", "nature"])}, ("levels.1.name", "the id 'jobs' is given twice")),
    ({"levels": with_level("nature", of=["parks", "wast"])}, ("levels.1.of.2", "'wast' is neither an indicator nor a level of this index")),
    ({"levels": with_level("nature", of=["parks", "waste", "nature"])}, ("levels.1.of.3", "the level nature is made of itself")),
    ({"levels": list(reversed(RECIPE["levels"]))}, ("levels.1.of.1", "nature comes after index in the file")),
    ({"levels": with_level("index", of=["nature", "jobs", "parks"])}, ("levels.2.of.3", "parks is in nature already")),
    ({"levels": with_level("index", of=["jobs"])}, ("levels.1", "nature is in no level")),
    ({"cap": [1, 0]}, ("cap", "the cap is reversed: 1 to 0")),
    ({"cap": [0, 1], "floor": 1}, ("floor", "the floor, 1, is not below the cap, 1")),
    ({"blend": {"region": "region", "share": 0.5, "of": ["park"]}}, ("blend.of.1", "no indicator of this index is called 'park'")),
    ({"doubt": {"error": {"park": 1}}}, ("doubt.error.park", "no indicator of this index is called 'park'")),
    ({"doubt": {"error": {"parks": -1}}}, ("doubt.error.parks", "the error of parks is below zero")),
    ({"doubt": {"normalise": ["minmax", "goalposts"]}}, ("doubt.normalise", "no indicator says what it would be measured against")),
    (
        {"doubt": {"normalise": ["zscore", "none"]}},
        ("doubt.normalise.2", "without making them comparable, units would be mixed: none"),
    ),
    ({"places": "cities"}, ("places", "places is of an index of the home's figures")),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "expected"), CHANGED, ids=[problem for _, (_, problem) in CHANGED])
def test_what_a_file_says_against_itself_is_refused(tmp_path: Path, changed: dict[str, Any], expected: tuple[str, str]) -> None:
    problems = refused(lambda: written(tmp_path, **changed))
    assert expected in said(problems)
    assert all(problem.line and problem.column and problem.hint and problem.path == "towns.yaml" for problem in problems)


def test_every_problem_of_a_file_is_said_at_once(tmp_path: Path) -> None:
    problems = refused(lambda: written(tmp_path, indicators=REVERSED, cap=[1, 0], levels=with_level("index", of=["nature"])))
    assert [problem.key for problem in problems] == ["indicators.1.low", "indicators.3", "cap"]


def test_an_index_reads_a_table_or_the_home_and_never_both(tmp_path: Path) -> None:
    of_the_home = [{"name": "parks", "indicator": "parks"}, *RECIPE["indicators"][1:]]
    problems = said(refused(lambda: written(tmp_path, indicators=of_the_home)))
    assert ("table", "table is of an index that reads a table") in problems
    assert ("indicators.2.column", "waste is not of the home, as other indicators are") in problems
    both = with_indicator("parks", indicator="parks")
    assert "name either a column or an indicator" in str(refused(lambda: written(tmp_path, indicators=both))[0])


SPOILT = [
    (TABLE.replace("borde,Borde,north,200,20", "borde,Borde,north,200,much"), 3, "parks", "'much' is not a number"),
    (TABLE.replace("borde,Borde,north,200,20", 'borde,Borde,north,200,"20,5"'), 3, "parks", "'20,5' is not a number"),
    (TABLE.replace("duna", "aldea"), 5, "town", "'aldea' is given twice, first on line 2"),
    (TABLE.replace("duna", ""), 5, "town", "the place is missing"),
    (TABLE.replace("borde,Borde,north,200,20", "borde,Borde,north,200,inf"), 3, "parks", "'inf' is not a number"),
]


def test_more_than_all_cannot_be_lost(tmp_path: Path) -> None:
    found = refused(lambda: built(tmp_path, indicators=with_indicator("parks", loss="people")))
    assert [(problem.line, problem.key) for problem in found] == [(3, "people"), (4, "people"), (5, "people")]
    assert found[0].as_json()["message"] == "200 per cent cannot be lost"


@pytest.mark.parametrize(("table", "line", "column", "message"), SPOILT, ids=[message for *_, message in SPOILT])
def test_a_spoilt_table_is_refused_with_its_row_and_column(tmp_path: Path, table: str, line: int, column: str, message: str) -> None:
    (problem,) = refused(lambda: built(tmp_path, table=table))
    assert (problem.path, problem.line, problem.key) == ("towns.csv", line, column) and problem.hint
    assert problem.as_json()["message"] == message


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    recipe = with_indicator("parks", column="park", denominator="peopl", loss="los")
    blend = {"region": "land", "share": 0.5}
    problems = refused(lambda: built(tmp_path, indicators=recipe, missing={"group_mean": "area"}, blend=blend, place="municipio"))
    keys = ["place", "indicators.1.column", "indicators.1.denominator", "indicators.1.loss", "missing", "blend.region"]
    assert [problem.key for problem in problems] == keys
    assert str(problems[1].as_json()["hint"]).startswith("write parks; its columns are town, name")


def test_a_table_that_is_not_named_or_not_there_is_asked_for(tmp_path: Path) -> None:
    path = files(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("table: towns.csv\n", ""), encoding="utf-8")
    assert "it is not said which table it reads" in str(refused(lambda: figures(read(path)))[0])
    assert "this file is missing" in str(refused(lambda: figures(read(path, tmp_path / "none.csv")))[0])


SAME = TABLE.replace(",10,", ",7,").replace(",20,", ",7,").replace(",30,", ",7,").replace(",40,", ",7,")


@pytest.mark.parametrize("how", ["minmax", "zscore", "rank", "percentile"])
def test_an_indicator_without_variation_is_refused_where_differences_are_read(tmp_path: Path, how: str) -> None:
    (problem,) = refused(lambda: built(tmp_path, table=SAME, indicators=with_indicator("parks", normalise=how)))
    assert problem.key == "indicators.1" and "parks is the same everywhere: it tells no place from another" in str(problem)


def test_an_indicator_without_variation_is_flagged_where_goalposts_place_it(tmp_path: Path) -> None:
    found = built(tmp_path, table=SAME, indicators=with_indicator("parks", **POSTS))
    assert ["parks is the same everywhere: it moves no place" in str(flag) for flag in found.flags] == [True]


def test_what_has_no_logarithm_is_refused_with_its_row(tmp_path: Path) -> None:
    (problem,) = refused(lambda: built(tmp_path, table=TABLE.replace(",20,", ",0,"), indicators=with_indicator("parks", log=True)))
    assert (problem.path, problem.line, problem.key) == ("towns.csv", 3, "parks") and "parks of borde is 0" in str(problem)


def test_what_is_divided_by_nothing_is_refused_with_its_row(tmp_path: Path) -> None:
    divided = with_indicator("parks", denominator="people")
    (problem,) = refused(lambda: built(tmp_path, table=TABLE.replace(",200,", ",0,"), indicators=divided))
    assert problem.line == 3 and "parks of borde would be divided by 0" in str(problem)


@pytest.mark.parametrize("how", ["geometric", "harmonic"])
def test_below_zero_has_no_mean_that_multiplies_and_zero_is_flagged(tmp_path: Path, how: str) -> None:
    levels = with_level("nature", combine=how)
    (problem,) = refused(lambda: built(tmp_path, levels=levels, indicators=with_indicator("parks", normalise="zscore")))
    assert problem.key == "levels.1.combine" and "parks is below zero in 2 places, such as aldea" in str(problem)
    found = built(tmp_path, levels=levels)
    assert found.parts["nature"][0] == 0 and any("parks is zero in aldea" in str(flag) for flag in found.flags)
    assert not built(tmp_path, levels=levels, floor=0.01).flags


def test_missing_values_are_refused_where_none_may_be(tmp_path: Path) -> None:
    gaps = TABLE.replace(",20,4,60", ",,4,").replace(",3,70", ",,70")
    problems = refused(lambda: built(tmp_path, table=gaps, missing="refuse", coverage=0))
    assert [(problem.line, problem.key) for problem in problems] == [(3, "parks"), (3, "jobs"), (4, "waste")]


def test_an_indicator_that_nobody_has_is_refused(tmp_path: Path) -> None:
    nobody = TABLE.replace(",50\n", ",\n").replace(",60\n", ",\n").replace(",70\n", ",\n").replace(",90\n", ",\n")
    assert ("indicators.3", "no place has a figure of jobs") in said(refused(lambda: built(tmp_path, table=nobody)))


def test_one_place_alone_is_not_ranked(tmp_path: Path) -> None:
    thin = TABLE.replace("20,4,60", ",,60").replace("30,3,70", ",,70").replace("40,1,90", ",,90")
    (problem,) = refused(lambda: built(tmp_path, table=thin))
    assert "places left to be ranked: 1, and two are the least: borde has 1 of 3 indicators" in str(problem)


def test_principal_components_are_refused_where_they_cannot_be_taken(tmp_path: Path) -> None:
    levels = with_level("nature", weights="pca")
    thin = TABLE.replace("20,4,60", ",4,60").replace("30,3,70", "30,,70")
    assert "need 3 places that have all its parts, and 2 do" in str(refused(lambda: built(tmp_path, levels=levels, table=thin))[0])
    same = refused(lambda: built(tmp_path, levels=levels, table=SAME, indicators=with_indicator("parks", **POSTS)))
    assert "parks is the same everywhere: it varies with nothing" in str(same[0])


def test_a_recipe_that_was_changed_since_it_was_read_is_held_to_the_same(tmp_path: Path) -> None:
    found = written(tmp_path)
    changed = Written(found.recipe.model_copy(update={"cap": (1.0, 0.0)}), found.document, found.path)
    assert [problem.key for problem in refused(lambda: build(changed, figures(changed)))] == ["cap"]
