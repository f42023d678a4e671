"""The Smart Rule: each check of each letter on a goal that passes and on one that does not, and what becomes of the scores."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.city import Axis, Mandate
from data.definitions import Definitions
from data.model import say
from data.periods import Month, parse
from kpis.catalogue import Catalogue
from kpis.definition import Aim, Baseline, Kpi, Target
from kpis.score import Reason, Said
from kpis.smart import CHECKS, LETTERS, Assessment, assess, titles
from kpis.smart.candidate import Candidate, Neighbours, candidates
from kpis.smart.outcome import Outcome, outcome
from tests.conftest import ROOT
from tests.kpi_town import TOWN, definitions, goal, indicator

CHECK = {check.name: check for check in CHECKS}
GOOD: dict[str, Any] = {
    "statement": {"es": "Reparar más farolas en plazo", "en": "Repair more street lights on time"},
    "axis": "light",
    "baseline": (60.0, "2023-12-31"),
    "target": (80.0, "2027-05-31"),
    "verification": "Monthly report of the works area",
    "budget": 0,
    "sdg": ("11.7",),
}
MONTHLY = {Month(2020, 1).plus(i).last: 40.0 + i * 0.5 for i in range(48)}
"""Six points better every year, up to December 2023."""


def town(**told: Any) -> Definitions:
    known = definitions(indicator(**told))
    mandate = Mandate(start=date(2024, 1, 1), end=date(2027, 12, 31), axes=(Axis(id="light", name="Light"),))
    return replace(known, city=known.city.model_copy(update={"mandate": mandate}))


def candidate(
    of: Mapping[str, Any] | None = None,
    *,
    series: Mapping[date, float] | None = MONTHLY,
    peers: Mapping[str, float] | None = None,
    chance: float | None = 0.6,
    beside: int = 1,
    **told: Any,
) -> Candidate:
    """A goal that passes everything but for what is told; `of` tells of its indicator."""
    kpi = goal(**{**GOOD, **told})
    aim = Aim(baseline=kpi.baseline, target=kpi.target, path=kpi.path, programmed=kpi.programmed)
    peers = {"elsewhere": 85.0} if peers is None else peers
    known = town(**(of or {}))
    neighbours = Neighbours.of([(kpi, aim)] * beside, {kpi.id: known.indicators[0].measures})
    return Candidate(kpi, known.indicators[0], aim, TOWN, known, neighbours, series, peers, chance, looked_ahead=True)


def asked(check: str, goal: Candidate) -> Outcome:
    return outcome(CHECK[check], goal)


def test_a_good_goal_passes_every_check_that_can_look():
    found = [outcome(check, candidate({"measures": "outcome"})) for check in CHECKS]
    assert [one.check.name for one in found if one.state != "passed"] == []
    told = Assessment(candidate().kpi, TOWN, tuple(found))
    assert told.publishable
    assert {letter: told.score(letter) for letter in LETTERS} == {"S": (9, 9), "M": (9, 9), "A": (5, 5), "R": (4, 4), "T": (5, 5)}


FAILS: dict[str, tuple[dict[str, Any], str]] = {
    "has_one_owner": ({"owner": "nobody"}, "no area answers for it"),
    "measures_one_thing": ({"indicator": "dark"}, "no indicator measures it"),
    "has_one_target": ({"target": None}, "it has no target"),
    "says_what_is_done_to_what": ({"statement": "Farolas en plazo"}, "the title 'Farolas en plazo' does not begin with a verb"),
    "uses_no_vague_word": ({"statement": "Mejorar las farolas"}, "the word 'mejorar' says neither what nor how much"),
    "does_one_thing": ({"statement": "Reparar farolas y plantar árboles"}, "two things are to be done, 'plantar' being the second"),
    "is_said_in_few_words": ({"statement": "Reparar farolas " + "muy " * 24}, "its title has 26 words, and 25 are as many as are read"),
    "has_values": ({"series": {}}, "its indicator has no value here"),
    "has_a_baseline": ({"baseline": None}, "nobody has said where it starts"),
    "has_a_target_in_numbers": ({"target": None}, "there is no number to reach"),
    "is_measured_often_enough": ({"of": {"frequency": "year"}}, "only 3 values come before the target's date, and 4 are needed"),
    "has_a_recent_baseline": ({"baseline": (60.0, "2021-12-31")}, "its baseline of 2021-12-31 is more than 24 months older"),
    "has_a_history": ({"series": dict(list(MONTHLY.items())[:5])}, "only 5 values are known, too few to tell a change from chance"),
    "has_a_means_of_verification": ({"verification": None}, "nobody has said where its figure can be checked"),
    "moves_the_right_way": ({"target": (60.0, "2027-05-31")}, "its target is no better than its baseline"),
    "says_what_it_costs": ({"budget": None}, "nobody has said what it costs"),
    "has_a_fair_chance": ({"chance": 0.04}, "as things go, the chance of reaching its target is 4%"),
    "asks_for_no_more_than_it_ever_gained": ({"target": (95.0, "2027-05-31")}, "it would have to gain 10.3 points a year, and 95%"),
    "asks_for_no_more_than_the_best_elsewhere": ({"peers": {"a": 70.0, "b": 79.0}}, "its target of 80.0 % is better than the best"),
    "belongs_to_the_plan": ({"axis": None}, "it belongs to no axis of the mandate"),
    "answers_to_something_outside": ({"sdg": ()}, "nobody has said which Sustainable Development Goal it serves"),
    "has_few_goals_beside_it": ({"beside": 8}, "its axis has 8 goals, and 7 are as many as are kept in mind"),
    "measures_more_than_work_done": ({"of": {"measures": "output"}}, "its objective measures work done alone, and nothing that came of it"),
    "begins_before_it_ends": ({"baseline": (60.0, "2027-05-31")}, "its target's date is not after its start"),
    "ends_within_the_mandate": ({"target": (80.0, "2028-01-31")}, "it is due on 2028-01-31, after the mandate ends on 2027-12-31"),
    "has_something_due_on_the_way": ({"basis": "ratio"}, "nothing is due in the 41 months before its target's date"),
    "is_not_due_with_all_the_others": (
        {"target": (80.0, "2027-12-31"), "beside": 5},
        "it is due on the mandate's last day, as 100% of all goals are",
    ),
}
SURE = {"has_an_id", "is_for_one_place", "has_a_unit", "names_its_source", "has_a_review_day"}
"""What the definitions cannot leave out, so that only a goal made in a test could fail it."""


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"baseline": None, "programmed": {"2025": 30.0, "2026": 50.0}, "accumulation": "cumulative"}, "passed"),
        ({"baseline": None, "programmed": {"2025": 30.0, "2026": 50.0}, "accumulation": "flow"}, "passed"),
        ({"baseline": None, "programmed": {"2025": 30.0, "2026": 80.0}, "accumulation": "level"}, "failed"),
    ],
)
def test_a_sum_of_what_is_programmed_starts_from_nothing(told, state):
    found = candidate(of={"kind": "flow"}, **told)
    assert asked("has_a_baseline", found).state == state
    assert asked("moves_the_right_way", found).state == ("passed" if state == "passed" else "unchecked")


@pytest.mark.parametrize(("language", "title", "example"), [("en", "Lamps", "Reduce street"), ("es", "Farolas", "Reducir los robos")])
def test_the_advice_on_a_title_speaks_the_reader_s_language(language, title, example):
    found = asked("says_what_is_done_to_what", candidate(statement={"es": "Farolas", "en": "Lamps"}))
    assert found.reason and found.cure
    said = {name: say(value.text, language) for name, value in found.cure.values.items() if isinstance(value, Said)}
    assert (said["title"], said["example"][: len(example)]) == (title, example)
    assert str(found.cure) == "write one that does as `statement:`, for example 'Reduce street robberies'"


@pytest.mark.parametrize("name", FAILS)
def test_a_check_fails_with_its_reason_and_its_cure(name):
    told, reason = FAILS[name]
    found = asked(name, candidate(**told))
    assert (found.state, str(found.reason)[: len(reason)]) == ("failed", reason)
    assert found.cure and str(found.cure)


def test_every_check_that_can_fail_is_tried():
    assert set(FAILS) | SURE == set(CHECK)
    assert len(CHECK) == len(CHECKS) == 32


def test_hard_and_soft_are_as_the_rule_says():
    counted = {
        letter: [sum(check.hard is hard for check in CHECKS if check.letter == letter) for hard in (True, False)] for letter in LETTERS
    }
    assert counted == {"S": [6, 3], "M": [6, 3], "A": [2, 3], "R": [2, 2], "T": [4, 1]}


@pytest.mark.parametrize(
    ("title", "verb"),
    [
        ("Reducir los robos en la calle", True),
        ("Robos por cada 10.000 habitantes", False),
        ("Lugares de encuentro", False),
        ("Bienestar de las mujeres", False),
        ("Reducir", False),
        ("Plant 5,000 trees", True),
        ("Halve deaths on the streets", True),
        ("Street lights working", False),
        ("", False),
    ],
)
def test_a_title_begins_with_a_verb_and_says_what_it_is_done_to(title, verb):
    assert titles.begins_with_a_verb(titles.words_of(title), "") is verb


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Fortalecer el transporte público", "fortalecer"),
        ("Optimizar la recogida", "optimizar"),
        ("Promover la bicicleta", "promover"),
        ("Mejorar en 10 puntos la puntualidad", None),
        ("Mejorar a la mitad la espera", None),
        ("Reducir la espera", None),
        ("Improve bus services", "improve"),
        ("Strengthen local trade", "strengthen"),
        ("Improve punctuality to 88%", None),
        ("Promotion of reading", "promotion"),
    ],
)
def test_a_vague_word_needs_an_amount(title, word):
    assert titles.vague(titles.words_of(title), "") == word


@pytest.mark.parametrize(
    ("title", "second"),
    [
        ("Plant trees and shrubs", None),
        ("Plant trees and build parks", "build"),
        ("Reducir el paro y la pobreza", None),
        ("Reducir el paro e impulsar el comercio", "impulsar"),
        ("Aumentar los viajes en autobús, en bicicleta o a pie", None),
    ],
)
def test_two_verbs_joined_are_two_goals(title, second):
    assert titles.second_verb(titles.words_of(title), "") == second


def test_each_language_of_a_title_is_read_by_its_own_words():
    spanish_is_vague = candidate(statement={"es": "Mejorar la luz", "en": "Repair more street lights"})
    assert str(asked("uses_no_vague_word", spanish_is_vague).reason) == "the word 'mejorar' says neither what nor how much"
    english_has_no_verb = candidate(statement={"es": "Reparar farolas", "en": "Street lights repaired"})
    assert "'Street lights repaired'" in str(asked("says_what_is_done_to_what", english_has_no_verb).reason)


def test_a_title_in_another_language_alone_is_not_looked_at():
    found = [asked(name, candidate(statement={"pt": "Melhorar a luz"})) for name in ("says_what_is_done_to_what", "uses_no_vague_word")]
    assert [one.state for one in found] == ["unchecked", "unchecked"]


def test_without_a_statement_the_name_is_the_title():
    assert asked("says_what_is_done_to_what", candidate(statement=None, name="Repair more lights")).state == "passed"
    assert asked("says_what_is_done_to_what", candidate(statement=None, name="Lights")).state == "failed"


@pytest.mark.parametrize(("frequency", "state"), [("month", "passed"), ("quarter", "passed"), ("half", "passed"), ("year", "failed")])
def test_a_horizon_has_room_for_four_values(frequency, state):
    assert asked("is_measured_often_enough", candidate({"frequency": frequency})).state == state


def test_a_year_in_a_whole_mandate_is_often_enough():
    found = candidate({"frequency": "year"}, target=(80.0, "2027-12-31"))
    assert asked("is_measured_often_enough", found).state == "passed"


@pytest.mark.parametrize(
    ("chance", "state"), [(0.049, "failed"), (0.05, "passed"), (0.99, "passed"), (0.991, "failed"), (None, "unchecked")]
)
def test_a_chance_is_neither_hopeless_nor_certain(chance, state):
    assert asked("has_a_fair_chance", candidate(chance=chance)).state == state


def test_the_gain_asked_for_is_held_against_its_own_years():
    """Six points a year is what it always gained: 20 points in 41 months are 5.9 a year, 21 are 6.2."""
    assert asked("asks_for_no_more_than_it_ever_gained", candidate(target=(80.0, "2027-05-31"))).state == "passed"
    assert asked("asks_for_no_more_than_it_ever_gained", candidate(target=(81.0, "2027-05-31"))).state == "failed"


def test_where_lower_is_better_a_gain_is_a_fall():
    falling = {period: 100 - value for period, value in MONTHLY.items()}
    told = {"polarity": "lower", "series": falling, "baseline": (40.0, "2023-12-31"), "peers": {"a": 15.0}}
    assert asked("asks_for_no_more_than_it_ever_gained", candidate(target=(20.0, "2027-05-31"), **told)).state == "passed"
    assert asked("asks_for_no_more_than_it_ever_gained", candidate(target=(19.0, "2027-05-31"), **told)).state == "failed"
    assert asked("asks_for_no_more_than_the_best_elsewhere", candidate(target=(14.0, "2027-05-31"), **told)).state == "failed"


def test_a_series_that_only_got_worse_never_gained_anything():
    worse = {period: 100 - value for period, value in MONTHLY.items()}
    found = asked("asks_for_no_more_than_it_ever_gained", candidate(series=worse))
    assert str(found.reason).endswith("95% of its years gained no more than 0.0 points")
    keeps = candidate(series=worse, target=(60.0, "2027-05-31"))
    assert asked("asks_for_no_more_than_it_ever_gained", keeps).state == "passed"


def test_a_short_history_tells_no_usual_gain():
    short = dict(list(MONTHLY.items())[:15])
    assert asked("asks_for_no_more_than_it_ever_gained", candidate(series=short)).state == "unchecked"


def test_without_facts_what_needs_them_is_not_checked_and_has_not_passed():
    goal = replace(candidate(), series=None, peers=None)
    found = Assessment(goal.kpi, TOWN, tuple(outcome(check, goal) for check in CHECKS))
    assert [one.check.name for one in found.unchecked] == [
        "has_values",
        "has_a_history",
        "asks_for_no_more_than_it_ever_gained",
        "asks_for_no_more_than_the_best_elsewhere",
        "measures_more_than_work_done",
    ]
    assert (found.open, found.publishable, found.score("M")) == ((), False, (7, 9))


def test_a_soft_failure_leaves_a_goal_publishable_and_a_hard_one_does_not():
    for name, (told, _reason) in FAILS.items():
        goal = candidate(**told)
        if name == "measures_one_thing":  # nothing else can be asked of a goal without an indicator
            continue
        found = Assessment(goal.kpi, TOWN, tuple(outcome(check, goal) for check in CHECKS))
        hard = [one.check.name for one in found.open if one.check.hard]
        assert found.publishable is not bool(hard)
        assert (name in hard) is CHECK[name].hard


def test_what_fails_hard_comes_first():
    goal = candidate(verification=None, budget=None, sdg=())
    found = Assessment(goal.kpi, TOWN, tuple(outcome(check, goal) for check in CHECKS))
    assert [one.check.name for one in found.open] == ["says_what_it_costs", "answers_to_something_outside", "has_a_means_of_verification"]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"basis": "ratio", "steps": [("70", "2025-12-31")]}, "passed"),
        ({"basis": "absolute"}, "failed"),
        ({"basis": "absolute", "target": (80.0, "2024-12-31")}, "passed"),
        ({"basis": "on_schedule"}, "passed"),
    ],
)
def test_a_long_goal_has_something_due_on_the_way(told, state):
    told = {**told, "steps": [(float(value), day) for value, day in told.get("steps", [])]}
    assert asked("has_something_due_on_the_way", candidate(**told)).state == state


def test_a_date_after_the_mandate_may_be_flagged():
    late = Target(value=80, date=date(2030, 12, 31), reason="The metro opens in 2030")
    assert asked("ends_within_the_mandate", candidate(target=late)).state == "passed"


def test_targets_stack_up_on_the_last_day_from_more_than_four_in_five():
    kpi = goal(**{**GOOD, "target": (80.0, "2027-12-31")})
    last, earlier = (
        Aim(baseline=Baseline(value=60, date=date(2023, 12, 31)), target=Target(value=80, date=day))
        for day in (date(2027, 12, 31), date(2026, 12, 31))
    )
    for late, state in ((4, "passed"), (5, "failed")):
        beside = [(kpi, last)] * late + [(kpi, earlier)]
        found = replace(candidate(target=(80.0, "2027-12-31")), beside=Neighbours.of(beside))
        assert asked("is_not_due_with_all_the_others", found).state == state


def test_every_reason_and_cure_names_only_values_that_it_has():
    for name, (told, _reason) in FAILS.items():
        found = asked(name, candidate(**told))
        assert "{" not in str(found.reason) + str(found.cure or Reason(""))


def test_a_catalogue_is_assessed_in_its_order_with_the_chances_of_its_goals():
    kpis: tuple[Kpi, ...] = tuple(goal(**{**GOOD, "id": name}) for name in ("b", "a"))
    found = assess(Catalogue(kpis, {}), town(), TOWN, chances={"a": 0.5})
    assert [told.kpi.id for told in found] == ["b", "a"]
    states = [next(one.state for one in told.outcomes if one.check.name == "has_a_fair_chance") for told in found]
    assert states == ["unchecked", "passed"]
    assert [one.beside.axes for one in candidates(Catalogue(kpis, {}), town(), TOWN)] == [{"light": 2}, {"light": 2}]


@pytest.mark.parametrize(
    ("nodes", "kinds", "state"),
    [
        ((None, None), ("output", "output"), "failed"),
        ((None, None), ("output", "outcome"), "passed"),
        ((None, None), ("output", None), "unchecked"),
        ((None, None), (None, "outcome"), "passed"),
        (("E1.O1", "E1.O1"), ("output", "outcome"), "passed"),
        (("E1.O1", "E1.O2"), ("output", "outcome"), "failed"),
    ],
)
def test_an_objective_measures_more_than_work_done_where_one_of_its_goals_does(nodes, kinds, state):
    """An objective is a node of the plan, or else the axis."""
    first, other = (goal(**GOOD, id=name, plan_node=node) for name, node in zip("ab", nodes, strict=True))
    aim = Aim(baseline=first.baseline, target=first.target)
    beside = Neighbours.of([(first, aim), (other, aim)], dict(zip("ab", kinds, strict=True)))
    found = asked("measures_more_than_work_done", replace(candidate(plan_node=nodes[0]), beside=beside))
    assert found.state == state
    assert str(found.reason).startswith("nobody has said of every goal") is (state == "unchecked")


def test_a_chance_that_nobody_has_computed_is_told_from_one_that_cannot_be_told():
    waiting = asked("has_a_fair_chance", replace(candidate(chance=None), looked_ahead=False))
    assert (waiting.state, str(waiting.reason)) == ("unchecked", "the chance of reaching its target is not yet computed")
    assert str(waiting.cure) == "compute it: `python -m kpis forecast --all`"
    none = asked("has_a_fair_chance", candidate(chance=None))
    assert (none.state, str(none.reason), none.cure) == ("unchecked", "the chance of reaching its target cannot be told", None)


RANGE = Target(value=75, low=70, high=80, date=date(2027, 5, 31))


@pytest.mark.parametrize(
    ("check", "told", "state"),
    [
        ("moves_the_right_way", {}, "passed"),
        ("moves_the_right_way", {"baseline": (75.0, "2023-12-31")}, "passed"),
        ("asks_for_no_more_than_it_ever_gained", {}, "passed"),
        ("asks_for_no_more_than_it_ever_gained", {"baseline": (40.0, "2023-12-31")}, "failed"),
        ("asks_for_no_more_than_the_best_elsewhere", {"peers": {"a": 60.0, "b": 75.0}}, "passed"),
        ("asks_for_no_more_than_the_best_elsewhere", {"peers": {"a": 60.0, "b": 85.0}}, "failed"),
    ],
)
def test_a_range_is_asked_how_far_it_is_from_outside(check, told, state):
    """From 60 to 70 in 41 months are 2.9 a year, from 40 they are 8.8; its own years gained six."""
    found = asked(check, candidate(polarity="range", target=RANGE, **told))
    assert found.state == state
    if state == "failed" and "peers" in told:
        assert str(found.reason) == "its target of 80.0 % is better than the best of other places, 85.0 %"


def test_the_page_names_every_check_under_its_letter():
    """docs/smart.md is the table that a person reads: a row is `| S | hard | `name` | words |`."""
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in (ROOT / "docs/smart.md").read_text().splitlines()]
    told = [(row[0], row[1], row[2]) for row in rows if len(row) == 4 and row[0] in LETTERS]
    assert told == [(check.letter, "hard" if check.hard else "soft", check.name) for check in CHECKS]


def test_periods_of_the_town_are_what_the_tests_say():
    assert list(MONTHLY)[-1] == parse("2023-12", "month")
