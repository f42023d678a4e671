"""The whole report on the demo city: it finds what docs/demo-city.md says was built in, and accuses nothing else of being broken."""

from datetime import date

import pytest

from data import definitions as definition_files
from data.definitions import Definitions
from data.facts import Facts, current
from data.periods import Month
from kpis.quality import PARTS, Finding, Part, Report, report
from kpis.score import Period

CITY = "villa_quimera"


@pytest.fixture(scope="module")
def known(demo_city) -> Definitions:
    return definition_files.load(demo_city)


@pytest.fixture(scope="module")
def facts(demo_city) -> Facts:
    found = current(demo_city)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def demo(facts, known) -> Report:
    return report(facts, known, CITY, Month(2026, 10))


def told(demo: Report, part: Part, *urgencies: str) -> dict[tuple[str, str], Finding]:
    """The findings of a part by their first series."""
    found = [finding for finding in demo.parts[part].findings if not urgencies or finding.urgency in urgencies]
    return {(finding.indicators[0], finding.places[0]): finding for finding in found}


def when(finding: Finding) -> date:
    period = finding.reason.values["period"]
    assert isinstance(period, Period)
    return period.end


def test_every_part_is_there_in_the_order_of_attention(demo):
    assert list(demo.parts) == list(PARTS)
    assert [finding.part for finding in demo.findings] == sorted((f.part for f in demo.findings), key=PARTS.index)


def test_what_needs_mending_is_the_survey_that_stopped_and_the_goal_never_measured(demo):
    assert {(f.indicators, f.rule) for f in demo.findings if f.urgency == "mend"} == {
        (("satisfaction",), "stale"),
        (("school_meals_local",), "never"),
    }
    stale = told(demo, "freshness")["satisfaction", CITY]
    assert str(stale.reason) == "the latest value is of 2026-Q1: 224 days old at the review, and 100 is the limit"


def test_the_gaps_of_the_story_are_known_by_their_reasons(demo):
    gaps = told(demo, "gaps")
    assert set(gaps) == {("calls_answered", CITY), ("nitrogen_dioxide", CITY), ("bike_trips", CITY)}
    assert {gap.urgency for gap in gaps.values()} == {"known"}
    assert [row.note for row in gaps["calls_answered", CITY].rows] == ["s/d: cambio de centralita"] * 2


def test_the_storm_and_the_rise_of_robberies_are_jumps(demo):
    jumps = demo.parts["jumps"].findings
    assert jumps[0].indicators == ("robberies",) and when(jumps[0]) == date(2026, 10, 31)
    storm = {jump.indicators[0] for jump in jumps if when(jump) == date(2022, 12, 31)}
    assert {"calls_answered", "requests_received", "street_lights", "bus_punctuality", "fire_calls"} <= storm
    assert all(when(jump) in {date(2026, 10, 31), date(2022, 12, 31), date(2023, 3, 31)} for jump in jumps)


def test_the_city_and_its_districts_share_one_finding_of_the_same_event(demo):
    received = told(demo, "jumps")["requests_received", CITY]
    assert len(received.places) == 9 and received.places[0] == CITY


def test_the_method_that_was_corrected_is_the_largest_revision(demo):
    first = demo.parts["revisions"].findings[0]
    assert (first.indicators, first.urgency) == (("recycling",), "check")
    assert any("2025-05-05" in row.note for row in first.rows)


def test_nothing_is_accused_of_copies_cuts_or_spikes_and_every_owner_loads(demo):
    assert [part for part in PARTS if not demo.parts[part].findings] == ["owners", "duplicates", "cuts", "spikes"]


def test_what_cannot_be_told_is_said(demo):
    said = {str(untold.reason): len(untold.series) for untold in demo.parts["jumps"].untold}
    assert set(said) == {"cannot tell: fewer than 13 values", "cannot tell: it stands still more often than it moves"}


def test_every_series_is_counted_once_and_only_the_city_s_own(demo, known):
    assert len(set(demo.series)) == len(demo.series) == demo.ages.height
    assert {known.place[place].parent or place for _, place in demo.series} == {CITY}


def test_the_same_report_comes_out_every_time(demo, facts, known):
    assert report(facts, known, CITY, Month(2026, 10)).findings == demo.findings


def test_a_month_of_the_past_is_judged_at_its_own_review_day_on_what_had_ended_by_then(facts, known):
    then = report(facts, known, CITY, Month(2022, 12))
    assert then.review == date(2023, 1, 10)
    assert max(then.values["period"]) == date(2022, 12, 31)
    assert ("satisfaction", CITY) not in told(then, "freshness")


def test_a_district_is_judged_by_itself_and_owes_only_what_it_once_sent(facts, known):
    centre = report(facts, known, "centro_viejo", Month(2026, 10))
    assert {place for _, place in centre.series} == {"centro_viejo"}
    assert not [finding for finding in centre.parts["freshness"].findings if finding.rule == "never"]
    assert not centre.parts["owners"].findings
    assert {finding.indicators[0] for finding in centre.parts["jumps"].findings} >= {"requests_received"}
