"""What a load changes, and which value was in force on which day."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import history
from data.facts import Facts, current
from data.home import Home
from data.loads import apply, remove, remove_demo
from data.problems import Refused
from data.versions import Versions
from tests.tiny_facts import definitions, home, load, new_load, rows, value

JAN, FEB, MAR, APR = (date(2025, month, 10) for month in (1, 2, 3, 4))


@pytest.fixture(autouse=True, params=["written whole", "into a copy"])
def writing(request, monkeypatch) -> None:
    """A small store is written whole at each load; here once as a large one too, whose touched periods alone are written anew."""
    if request.param == "into a copy":
        for name, limit in {"SMALL": 0, "LARGE_PART": 1, "MOST_EMPTY": 1}.items():
            monkeypatch.setattr(f"data.rewriting.{name}", limit)


@pytest.fixture
def city(tmp_path) -> Home:
    return home(tmp_path)


def facts_of(city: Home) -> Facts:
    facts = current(city)
    assert facts is not None
    return facts


def held(city: Home) -> list[tuple]:
    """Every value ever held of the one series: value, since, until."""
    return [row[1:] for row in facts_of(city).revisions("aurora", "monthly").rows()]


HISTORIES = {
    "a first value is new": ([(JAN, 5)], ["new"], [(5, JAN, None)]),
    "the same value again changes nothing": ([(JAN, 5), (FEB, 5)], ["new", "unchanged"], [(5, JAN, None)]),
    "another value replaces it": ([(JAN, 5), (FEB, 6)], ["new", "revised"], [(5, JAN, FEB), (6, FEB, None)]),
    "a value may come back": (
        [(JAN, 5), (FEB, 6), (MAR, 5)],
        ["new", "revised", "revised"],
        [(5, JAN, FEB), (6, FEB, MAR), (5, MAR, None)],
    ),
    "a value may go missing": ([(JAN, 5), (FEB, None)], ["new", "revised"], [(5, JAN, FEB), (None, FEB, None)]),
    "missing twice is unchanged": ([(JAN, None), (FEB, None)], ["new", "unchanged"], [(None, JAN, None)]),
    "on one day the later load is in force": ([(JAN, 5), (JAN, 6)], ["new", "revised"], [(5, JAN, JAN), (6, JAN, None)]),
    "registered late, it takes its place in the past": ([(MAR, 7), (FEB, 6)], ["new", "new"], [(6, FEB, MAR), (7, MAR, None)]),
    "registered late between two": (
        [(JAN, 5), (MAR, 7), (FEB, 6)],
        ["new", "revised", "revised"],
        [(5, JAN, FEB), (6, FEB, MAR), (7, MAR, None)],
    ),
    "registered late with the value that was known later": (
        [(JAN, 5), (MAR, 7), (FEB, 7)],
        ["new", "revised", "revised"],
        [(5, JAN, FEB), (7, FEB, None)],
    ),
    "registered late, it does not override what a newer file confirmed": (
        [(JAN, 5), (MAR, 5), (FEB, 6)],
        ["new", "unchanged", "revised"],
        [(5, JAN, FEB), (6, FEB, MAR), (5, MAR, None)],
    ),
    "registered late after the last confirmation, it replaces": (
        [(JAN, 5), (FEB, 5), (MAR, 6)],
        ["new", "unchanged", "revised"],
        [(5, JAN, MAR), (6, MAR, None)],
    ),
}


@pytest.mark.parametrize("at_once", [False, True], ids=["one by one", "at once"])
@pytest.mark.parametrize("case", HISTORIES)
def test_the_history_of_a_value(city, case, at_once):
    told, verdicts, expected = HISTORIES[case]
    loads = [(new_load(f"load-{i}", known_on), value(number)) for i, (known_on, number) in enumerate(told)]
    batches = [loads] if at_once else [[one] for one in loads]
    outcomes = [outcome for batch in batches for outcome in apply(city, definitions(city), batch)]
    if not at_once or told == sorted(told, key=lambda one: one[0]):
        assert [verdict for o in outcomes for verdict in ("new", "unchanged", "revised") if getattr(o, verdict)] == verdicts
    assert held(city) == expected


@pytest.mark.parametrize("part", ["value", "numerator", "denominator", "flag"])
def test_a_change_of_any_part_is_a_revision(city, part):
    before = {"value": 1.0, "numerator": 2.0, "denominator": 2.0, "flag": "estimated"}
    load(city, "first", rows(before))
    assert load(city, "second", rows({**before, part: None})).revised == 1
    assert facts_of(city).observations()[part].to_list() == [None]


SERIES = ("aurora", "bruma")
LOADS = st.lists(
    st.tuples(st.integers(0, 5), st.dictionaries(st.sampled_from(SERIES), st.one_of(st.none(), st.integers(0, 2)), max_size=2)),
    min_size=1,
    max_size=7,
)


def known(told: list, place: str, day: int) -> float | str | None:
    """By the plain rule: the last load by day, then by number, that had the place and was known by then."""
    said = [(known_on, i, values[place]) for i, (known_on, values) in enumerate(told) if place in values and known_on <= day]
    return max(said, key=lambda one: one[:2])[2] if said else "never heard of"


def frames(told: list) -> list:
    return [
        (new_load(f"load-{i}", JAN + timedelta(days=day)), rows(*({"place": place, "value": number} for place, number in values.items())))
        for i, (day, values) in enumerate(told)
    ]


def agrees(city: Home, told: list, day: int) -> bool:
    found = dict(facts_of(city).observations(as_known=JAN + timedelta(days=day))["place", "value"].iter_rows())
    return all(found.get(place, "never heard of") == known(told, place, day) for place in SERIES)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOADS)
def test_any_loads_at_once_read_on_any_day_as_the_plain_rule_says(tmp_path_factory, told):
    city = home(tmp_path_factory.mktemp("city"))
    apply(city, definitions(city), frames(told))
    assert all(agrees(city, told, day) for day in range(6))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOADS)
def test_any_loads_one_by_one_leave_in_force_what_the_plain_rule_says(tmp_path_factory, told):
    city = home(tmp_path_factory.mktemp("city"))
    for one in frames(told):
        apply(city, definitions(city), [one])
    assert agrees(city, told, 5)


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LOADS.map(lambda told: sorted(told, key=lambda one: one[0])))
def test_loads_in_the_order_of_knowing_read_the_same_one_by_one(tmp_path_factory, told):
    city = home(tmp_path_factory.mktemp("city"))
    for one in frames(told):
        apply(city, definitions(city), [one])
    assert all(agrees(city, told, day) for day in range(6))


PERIODS = [date(2025, month, day) for month, day in ((1, 31), (2, 28), (3, 31))]
MANY = st.lists(
    st.dictionaries(st.tuples(st.sampled_from(SERIES), st.sampled_from(PERIODS)), st.one_of(st.none(), st.integers(0, 2))), max_size=5
)


def everything(city: Home) -> list[list[tuple]]:
    facts = current(city)
    if facts is None:
        return []
    revisions = [facts.revisions(place, "monthly").rows() for place in SERIES]
    spans = [(place, facts.first_period(place), facts.last_period(place)) for place in SERIES]
    counts = [(one.rows_new, one.rows_unchanged, one.rows_revised) for one in facts.loads()]
    return [facts.observations().rows(), *revisions, spans, counts]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MANY)
def test_the_quick_ways_say_the_same_as_thinking_every_history_through(tmp_path_factory, told):
    found = []
    for ways in ({}, {"_first": lambda *_: {}}, {"_first": lambda *_: {}, "_newest": history._rethought}):
        city = home(tmp_path_factory.mktemp("city"))
        with pytest.MonkeyPatch.context() as patch:
            for name, way in ways.items():
                patch.setattr(history, name, way)
            for i, values in enumerate(told):
                table = rows(*({"place": place, "period": period, "value": number} for (place, period), number in values.items()))
                apply(city, definitions(city), [(new_load(f"load-{i}", JAN + timedelta(days=i // 2)), table)])
        found.append(everything(city))
    assert found[0] == found[1] == found[2]


def test_a_load_that_is_held_already_makes_no_version(city):
    first = load(city, "june", value(5))
    again = load(city, "june", value(5))
    assert (again.new, again.unchanged, again.revised) == (0, 1, 0)
    assert again.facts_version == first.facts_version == Versions.of(city).current


def test_a_load_given_twice_at_once_counts_once(city):
    outcomes = apply(city, definitions(city), [(new_load("june"), value(5)), (new_load("june"), value(5))])
    assert [(o.new, o.unchanged) for o in outcomes] == [(1, 0), (0, 1)]
    assert len(facts_of(city).loads()) == 1


def test_a_load_that_only_confirms_is_remembered(city):
    load(city, "june", value(5))
    load(city, "july", value(5), MAR)
    newest, oldest = facts_of(city).loads()
    assert (newest.id, newest.number, newest.rows_unchanged, newest.known_on, newest.by) == ("july", 2, 1, MAR, "ana")
    assert (oldest.id, oldest.files, oldest.rows_new) == ("june", ("june.csv",), 1)
    assert newest.loaded_at >= oldest.loaded_at and newest.loaded_at.tzinfo is not None


def test_a_load_without_rows_is_remembered(city):
    outcome = load(city, "empty", rows().clear())
    assert (outcome.new, outcome.unchanged, outcome.revised, outcome.facts_version) == (0, 0, 0, 1)
    assert [one.id for one in facts_of(city).loads()] == ["empty"]


def test_every_bad_row_is_named_and_nothing_is_loaded(city):
    table = pl.concat([rows({"place": "atlantis"}), rows({"indicator": "luck"}), rows({"value": 1.0}, {"value": 2.0})])
    with pytest.raises(Refused) as error:
        load(city, "bad", table)
    assert [problem.as_json()["message"] for problem in error.value.problems] == [
        "'atlantis' is not a known place",
        "'luck' is not a known indicator",
        "monthly of aurora (segment '') for 2025-01-31 is given more than once",
    ]
    assert {problem.path for problem in error.value.problems} == {"bad.csv"}
    assert current(city) is None


def test_a_value_that_is_no_number_is_never_published(city):
    with pytest.raises(RuntimeError, match="not a finite number"):
        load(city, "bad", value(float("nan")))
    assert current(city) is None


def test_without_the_demo_the_citys_own_values_are_in_force(city):
    load(city, "invented", rows({"value": 1.0}, {"place": "bruma", "value": 9.0}), JAN, demo=True)
    load(city, "own", rows({"value": 1.0}), FEB)
    load(city, "late demo", rows({"value": 2.0}), MAR, demo=True)
    before = facts_of(city)
    assert before.demo and before.own and held(city) == [(1, JAN, MAR), (2, MAR, None)]
    assert remove_demo(city, definitions(city)) == 4
    after = facts_of(city)
    assert after.own and not after.demo and held(city) == [(1, FEB, None)]
    assert after.observations()["place"].to_list() == ["aurora"]


def test_removing_what_is_not_there_makes_no_version(city):
    assert remove_demo(city, definitions(city)) is None
    load(city, "own", value(1))
    assert remove_demo(city, definitions(city)) == 1


def test_one_load_can_be_taken_out_from_between_others(city):
    for known_on, number in ((JAN, 5), (FEB, 6), (MAR, 7)):
        load(city, f"load-{number}", value(number), known_on)
    remove(city, definitions(city), lambda one: one.id == "load-6")
    assert held(city) == [(5, JAN, MAR), (7, MAR, None)]
    assert load(city, "load-6", value(6), FEB).revised == 1, "it can be loaded again"


def test_a_place_keeps_its_number_when_the_definitions_are_reordered(tmp_path):
    before = home(tmp_path)
    load(before, "first", rows({"value": 1.0}, {"place": "bruma", "value": 2.0}))
    after = home(tmp_path, "places: [{id: costa, name: Costa}, {id: bruma, name: Bruma del Mar}, {id: aurora, name: Aurora}]")
    load(after, "second", rows({"place": "costa", "value": 3.0}))
    facts = facts_of(after)
    assert facts.places == ["aurora", "bruma", "costa"]
    assert dict(facts.observations()["place", "value"].iter_rows()) == {"aurora": 1, "bruma": 2, "costa": 3}


def test_a_place_that_is_no_longer_defined_keeps_its_values(tmp_path):
    load(home(tmp_path), "first", rows({"place": "bruma", "value": 2.0}))
    after = home(tmp_path, "places: [{id: aurora, name: Aurora}]")
    load(after, "second", value(1))
    assert facts_of(after).observations()["place"].to_list() == ["aurora", "bruma"]


def test_a_load_can_be_taken_out_when_no_indicator_is_defined_any_more(city):
    load(city, "june", value(1), JAN)
    load(city, "july", value(2), FEB)
    city.indicators.write_text("{themes: [], indicators: []}", encoding="utf-8")
    remove(city, definitions(city), lambda load: load.id == "july")
    assert held(city) == [(1, JAN, None)]


def test_more_places_than_can_be_numbered_are_refused(city, monkeypatch):
    monkeypatch.setattr("data.numbering.MOST", 1)
    with pytest.raises(Refused, match="more than 1 places"):
        load(city, "first", value(1))
    assert current(city) is None
