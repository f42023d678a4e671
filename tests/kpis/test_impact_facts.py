"""A study of an indicator: who is compared with whom, what becomes of gaps, and what is refused."""

import numpy as np
import pytest
import yaml

from data.home import Home
from data.problems import Refused
from kpis.impact.bridging import filled
from tests.impact_town import CITY, DISTRICTS, EFFECT, MONTHS, PEERS, STUDY, answer, build, read


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    return build(tmp_path_factory.mktemp("town"))


def refused(home: Home, text: str) -> list[str]:
    with pytest.raises(Refused) as stop:
        read(home, text)
    return [str(problem) for problem in stop.value.problems]


def test_the_city_is_held_against_its_peers_and_the_effect_is_found(home):
    found = read(home)
    assert found.panel.units == (CITY, *PEERS)
    assert (found.panel.periods[0], found.panel.periods[-1], len(found.panel.periods)) == ("2022-01", "2025-12", MONTHS)
    assert found.panel.periods[found.panel.start] == "2025-01" and found.panel.treated.tolist() == [True] + [False] * len(PEERS)
    told = answer(home)
    assert told.effect and told.verdict
    assert told.effect.estimate == pytest.approx(EFFECT, abs=1.5)
    assert told.verdict.way == "better" and told.kind in ("clear_effect", "likely_effect")


def test_a_district_is_held_against_the_others_of_its_city(home):
    found = read(home, "study: x\nindicator: on_time\ntreated: [south]\nstart: 2025-01\ncompare: districts\n")
    assert found.panel.units == ("south", "north", "east")
    unsaid = read(home, "study: x\nindicator: on_time\ntreated: [south]\nstart: 2025-01\n")
    assert unsaid.panel.units == found.panel.units


def test_peers_are_never_districts_and_places_may_be_named(home):
    assert not set(read(home).panel.units) & set(DISTRICTS)
    assert read(home, STUDY.replace("peers", "[peer_03, peer_01]")).panel.units == (CITY, "peer_03", "peer_01")
    assert "peer_04" not in read(home, f"{STUDY}donors_out: [peer_04]\n").panel.units


def test_a_series_alone_needs_nobody_beside(home):
    assert read(home, "study: x\nindicator: on_time\nstart: 2025-01\nmethod: its\n").panel.units == (CITY,)


@pytest.mark.parametrize(("name", "better"), [("on_time", "higher"), ("late", "lower")])
def test_which_way_is_better_comes_from_the_indicator_and_so_does_the_unit(home, name, better):
    study = read(home, STUDY.replace("on_time", name)).study
    assert (study.better, study.unit_name) == (better, "%" if name == "on_time" else "as published")


def test_the_goal_on_the_indicator_says_which_way_is_better_before_the_indicator_does(tmp_path):
    home = build(tmp_path)
    goal = "kpis:\n  - {id: goal, name: Goal, indicator: on_time, polarity: lower, owner: city_hall}\n"
    home.definitions.mkdir(parents=True)
    (home.definitions / "goals.yaml").write_text(goal, encoding="utf-8")
    assert read(home).study.better == "lower"
    assert read(home, f"{STUDY}better: higher\n").study.better == "higher"


def test_short_gaps_are_bridged_and_counted_and_who_lacks_more_is_left_out_and_named(tmp_path):
    home = build(tmp_path, {"peer_02": [10, 11], "peer_05": [20, 21, 22], CITY: [7]})
    found = read(home)
    assert (found.left_out, found.filled) == (("peer_05",), 3)
    assert "peer_05" not in found.panel.units and np.isfinite(found.panel.values).all()
    values = found.panel.values[found.panel.units.index("peer_02")]
    assert np.diff(values[9:13]) == pytest.approx([(values[12] - values[9]) / 3] * 3)


def test_the_panel_is_cut_to_the_span_that_all_share_and_late_beginners_are_left_out(tmp_path):
    home = build(tmp_path, {"peer_01": [0, MONTHS - 1], "peer_02": list(range(12)), CITY: [0, 1]})
    found = read(home)
    assert (found.panel.periods[0], found.panel.periods[-1]) == ("2022-03", "2025-11")
    assert (found.left_out, found.filled) == (("peer_02",), 0)


def test_a_long_gap_of_the_city_itself_is_refused(tmp_path):
    home = build(tmp_path, {CITY: [12, 13, 14]})
    (said,) = refused(home, STUDY)
    assert "the figures of alta have gaps longer than 2 periods" in said


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2021-06", "the policy begins at 2021-06, and the data run from 2022-01 to 2025-12; bring figures from before it"),
        ("2022-01", "bring figures from before it"),
        ("2026-01", "bring figures from after it"),
        ("spring", "spring is not a period such as 2022-01"),
    ],
)
def test_a_start_outside_the_data_is_refused(home, start, said):
    (found,) = refused(home, STUDY.replace("2025-01", start))
    assert found.startswith("app.yaml:3: start: ") and said in found


def test_a_day_stands_for_the_month_that_it_lies_in(home):
    found = read(home, STUDY.replace("2025-01", "2025-01-20")).panel
    assert found.periods[found.start] == "2025-01"


def test_what_never_changes_and_what_nobody_loaded_are_refused(home):
    assert refused(home, STUDY.replace("on_time", "still")) == [
        "app.yaml:2: indicator: the outcome is the same everywhere and always; correct the column, or bring other figures"
    ]
    alone = "study: x\nindicator: on_time\ntreated: [nowhere_measured]\nstart: 2025-01\nmethod: its\n"
    assert "no figures of on_time are loaded for nowhere_measured" in refused(home, alone)[0]


def test_an_answer_says_what_is_wrong_instead_of_raising_it(home):
    told = answer(home, STUDY.replace("2025-01", "2030-01"))
    assert told.effect is None and told.verdict is None and told.kind == "cannot_tell"
    assert "bring figures from after it" in str(told.refused[0])


def test_a_policy_of_two_months_is_too_thin_and_the_answer_says_what_is_needed(home):
    told = answer(home, STUDY.replace("2025-01", "2025-11"))
    assert told.effect is None and len(told.refused) == 1
    assert "at least 3 are needed" in str(told.refused[0])


@pytest.mark.parametrize(
    ("values", "bridged", "whole", "number"),
    [
        ([1, np.nan, 3, 4], [1, 2, 3, 4], True, 1),
        ([1, np.nan, np.nan, 4], [1, 2, 3, 4], True, 2),
        ([np.nan, 2, 3, np.nan], [np.nan, 2, 3, np.nan], True, 0),
        ([1, np.nan, np.nan, np.nan, 5], [1, np.nan, np.nan, np.nan, 5], False, 0),
        ([np.nan, np.nan, np.nan, 4], [np.nan, np.nan, np.nan, 4], False, 0),
        ([np.nan, np.nan], [np.nan, np.nan], False, 0),
        ([np.nan, 2, np.nan], [np.nan, 2, np.nan], True, 0),
    ],
)
def test_gaps_of_two_are_bridged_by_a_straight_line(values, bridged, whole, number):
    found = filled(np.array(values, dtype=float), 2)
    np.testing.assert_allclose(found[0], bridged)
    assert found[1:] == (whole, number)


def test_what_else_happened_is_told_where_it_concerns_the_figures_and_the_place(tmp_path):
    home = build(tmp_path)
    events = [
        {"date": "2023-05-10", "name": "Storm"},
        {"date": "2025-01-15", "name": "The app itself"},
        {"date": "2025-06-01", "name": "New rules", "indicators": ["on_time"]},
        {"date": "2025-06-01", "name": "Of another figure", "indicators": ["late"]},
        {"date": "2025-07-01", "name": "Of a district", "places": ["north"]},
        {"date": "2019-07-01", "name": "Long ago"},
    ]
    home.city.write_text(yaml.safe_dump({**yaml.safe_load(home.city.read_text(encoding="utf-8")), "events": events}), encoding="utf-8")
    assert [(event.name, event.period) for event in read(home).panel.events] == [("Storm", 16), ("New rules", 41)]
    district = read(home, "study: x\nindicator: on_time\ntreated: [north]\nstart: 2025-01\n").panel
    assert [event.name for event in district.events] == ["Storm", "New rules", "Of a district"]


def test_how_far_each_value_looks_back_comes_from_its_indicator(tmp_path):
    home = build(tmp_path)
    assert read(home).panel.window == 1
    told = yaml.safe_load(home.indicators.read_text(encoding="utf-8"))
    for each in told["indicators"]:
        each["window"] = 12
    home.indicators.write_text(yaml.safe_dump(told), encoding="utf-8")
    assert read(home).panel.window == 12
