"""While a file is broken the last valid definitions hold, with what is wrong beside them."""

import pytest

from data.home import Home
from data.problems import Refused
from kpis.last_valid import in_force
from tests.small_city import build


@pytest.fixture
def home(tmp_path) -> Home:
    return build(tmp_path / "town")


def test_a_broken_file_changes_nothing_but_says_where_it_is_broken(home):
    before = in_force(home)
    assert before.problems == ()
    file = home.definitions / "all.yaml"
    right = file.read_text(encoding="utf-8")
    file.write_text(right.replace("indicator: trips", "indicator: tripes"), encoding="utf-8")
    broken = in_force(home)
    assert (broken.definitions, broken.catalogue) == (before.definitions, before.catalogue)
    assert [(problem.path, problem.line is not None, problem.key) for problem in broken.problems] == [
        ("kpis/definitions/all.yaml", True, "kpis.4.indicator")
    ]
    file.write_text(right, encoding="utf-8")
    assert in_force(home).problems == ()


def test_city_and_goals_stay_those_that_go_together(home):
    before = in_force(home)
    home.city.write_text(home.city.read_text(encoding="utf-8").replace("name: Aurora", "name: Alba"), encoding="utf-8")
    (home.definitions / "all.yaml").write_text("kpis: [", encoding="utf-8")
    assert in_force(home).definitions is before.definitions


def test_where_nothing_valid_was_ever_read_everything_is_refused(home):
    (home.definitions / "all.yaml").write_text("kpis: [", encoding="utf-8")
    with pytest.raises(Refused):
        in_force(home)
