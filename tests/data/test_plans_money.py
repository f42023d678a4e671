"""Budget lines written by hand: who may, what is refused, and that nobody writes over somebody else."""

import pytest

from data.access import NotAllowed
from data.plans.action import action
from data.plans.checking import rising
from data.plans.money import Line, keep_line
from data.problems import Refused
from data.records.writing import Stale
from tests.action_town import Planned, copied, planned


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Planned:
    return planned(tmp_path_factory.mktemp("planned") / "home")


@pytest.fixture
def city(made, tmp_path) -> Planned:
    return copied(made, tmp_path / "home")


def lines(city: Planned, key: str = "1.1") -> list[dict]:
    found = action(city.records, city.nodes[key])
    assert found is not None
    return found.lines


def line(city: Planned, key: str = "1.1", **told) -> Line:
    return Line(city.nodes[key], **{"code": "9", "currency": "EUR", "phases": {"initial": 10.0}, **told})


def test_a_new_line_is_written_whole(city):
    keep_line(city.records, city.people["editor"], line(city, code=" 130.23 ", year=2027, name={"es": "Obra"}, phases={"paid": 0.5}))
    kept = lines(city)[-1]
    assert (kept["code"], kept["year"], kept["name"], kept["paid"], kept["initial"], kept["version"]) == (
        "130.23",
        2027,
        {"es": "Obra"},
        0.5,
        None,
        1,
    )


def test_a_line_is_changed_on_the_version_that_was_seen(city):
    before = lines(city)[0]
    told = line(city, code=before["code"], phases={"initial": 1200.0})
    assert keep_line(city.records, city.people["editor"], told, before["id"], 1) == before["id"]
    assert (lines(city)[0]["initial"], lines(city)[0]["paid"], lines(city)[0]["version"]) == (1200, None, 2)
    with pytest.raises(Stale):
        keep_line(city.records, city.people["colleague"], told, before["id"], 1)


@pytest.mark.parametrize("who", ["hall", "reviewer", "mayor"])
def test_only_the_owning_area_and_the_office_may(city, who):
    with pytest.raises(NotAllowed):
        keep_line(city.records, city.people[who], line(city))
    assert len(lines(city)) == 1


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"code": " "}, "no code"),
        ({"currency": "euros"}, "no currency"),
        ({"phases": {}}, "no amount"),
        ({"phases": {"paid": -1.0}}, "below zero"),
        ({"phases": {"paid": float("nan")}}, "below zero"),
        ({"phases": {"paid": float("inf")}}, "below zero"),
    ],
)
def test_a_line_that_says_nothing_is_refused(city, told, message):
    with pytest.raises(Refused, match=message):
        keep_line(city.records, city.people["office"], line(city, **told))
    assert len(lines(city)) == 1


def test_a_line_of_another_action_is_not_taken_over(city):
    with pytest.raises(Refused, match="another action's"):
        keep_line(city.records, city.people["office"], line(city, "1.2"), lines(city)[0]["id"], 1)


def test_amounts_rise_after_the_budget_in_force_only():
    assert rising({"initial": 1.0, "modified": 2.0, "committed": 2.0, "paid": 1.0}) == []
    assert rising({"initial": 5.0, "modified": 2.0, "committed": 2.0}) == []
    unmodified = rising({"initial": 1.0, "modified": None, "committed": 1.5, "paid": 1.5})
    assert unmodified == [{"phase": "committed", "less": 1.5, "before": "initial", "more": 1.0}]
    found = rising({"modified": 2.0, "committed": None, "paid": 3.0})
    assert found == [{"phase": "paid", "less": 3.0, "before": "modified", "more": 2.0}]
