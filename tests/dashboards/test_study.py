"""One study: what its sentence, its pictures and its tables say of a finding, whatever method found it."""

import json
from dataclasses import replace
from datetime import date
from math import log
from typing import get_args

import polars as pl
import pytest

from dashboards import effects, palette
from dashboards.study import chart, comparison, fields, history, leads, method, page, periods, saying
from dashboards.study.verdicts import LOOKS, drawn, interval
from dashboards.words import translator
from data.city import Event
from data.problems import Problem
from kpis.impact.doubt import Kind
from kpis.impact.effect import Point
from kpis.impact.kept import Judged
from kpis.impact.verdict import KINDS
from kpis.score import Reason, Said
from tests.dashboards.conftest import session_of
from tests.made_studies import GAP, MONTHS, effect, refused, series, shown, study, verdict
from tests.small_city import LAST


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_the_headline_says_how_much_between_what_and_how_sure(session):
    said = plain(saying.headline(shown(session)))
    assert (
        said
        == "Goal answered: 9.8 points more than there would have been without it (between 7.0 and 12.0). A clear effect, for the better."
    )


def test_less_of_what_should_be_less_is_better(session):
    found = shown(session, effect(-3.0, -5.0, -1.0), indicator="robberies", better="lower")
    said = plain(saying.headline(found))
    assert "3.0" in said and "less than there would have been" in said and "(between 1.0 and 5.0)" in said
    assert said.endswith("for the better.") and saying.direction(found) == "better"
    assert saying.headline(shown(session, effect(3.0, 1.0, 5.0), indicator="robberies", better="lower")).endswith("for the worse.")


def test_where_nobody_said_which_way_is_better_nothing_is(session):
    found = shown(session, table="t.csv", unit="u", time="t", outcome="packs", treated=["x"], indicator=None, better=None)
    assert saying.headline(found).endswith("A clear effect.") and saying.direction(found) == ""


def test_an_interval_that_holds_zero_names_both_ways(session):
    found = shown(session, effect(0.5, -2.0, 3.0), "no_detectable_effect")
    assert saying.headline(found) == "Goal answered: no effect can be detected."
    assert "between 2.0 less and 3.0 more" in plain(saying.reasons(found)[0])
    assert saying.direction(found) == "", "what no effect is claimed of is neither better nor worse"


def test_what_cannot_be_told_claims_no_size_in_its_headline(session):
    found = shown(session, effect(4.0, -6.0, 14.0), "cannot_tell")
    assert saying.headline(found) == "Goal answered: from these figures it cannot be told whether it worked."
    assert "4" not in saying.headline(found)


def test_a_logarithm_is_said_in_per_cent(session):
    values = series(gap=log(1.1), level=log(200.0))
    found = shown(session, effect(log(1.1), log(1.05), log(1.15), series=values, se=0.02), log=True)
    assert "10.0 % more" in plain(saying.headline(found)) and "between 5.0 and 15.0" in saying.headline(found)
    frame = comparison.frame(found)
    assert frame["Measured"][-1] == pytest.approx(220.0) and frame["Difference"][-1] == pytest.approx(10.0)


def test_the_reason_that_the_headline_says_is_not_said_twice(session):
    assert saying.reasons(shown(session)) == ["No check speaks against it."]
    assert len(saying.reasons(shown(session, kind="cannot_tell"))) == 2
    assert saying.doubts(shown(session)) == ["Doubt number 1.", "Doubt number 2.", "Doubt number 3."]


def test_a_refused_study_says_why_whether_its_figures_are_thin_or_wrong(session):
    found = refused(session, Reason("only {n} periods before, where at least {least} are needed", {"n": 3, "least": 8}))
    assert "cannot be told yet" in saying.headline(found)
    assert saying.reasons(found) == ["Only 3 periods before, where at least 8 are needed."]
    wrong = refused(session)
    wrong = replace(wrong, answer=replace(wrong.answer, refused=(Problem("{unit} has no figure", "bring it", values={"unit": "bruma"}),)))
    assert saying.reasons(wrong) == ["Bruma has no figure; bring it."]
    assert "bruma" not in page.evidence(found) and "things that could make it wrong" not in page.evidence(found)
    assert page.verdict(found).count("<p ") == 3


@pytest.mark.parametrize("kind", LOOKS)
def test_no_verdict_looks_like_a_status(kind):
    said = drawn(kind, translator("en"))
    assert LOOKS[kind].word in said
    assert not any(colour in said for colour in ("green", "red", "orange", "violet", "status"))


def test_every_verdict_has_a_look():
    assert set(KINDS) < set(LOOKS)


def test_the_small_drawing_stands_right_of_zero_only_where_all_of_the_interval_is_more():
    def ends(low: float, high: float) -> tuple[float, float]:
        reach = interval(low, high, (low + high) / 2, "").split('class="reach" d="M')[1].split(" ")
        return float(reach[0]), float(reach[1].split("H")[1].split('"')[0])

    assert min(ends(7, 12)) > 66 and max(ends(-12, -7)) < 66
    assert ends(-2, 3)[0] < 66 < ends(-2, 3)[1]


def test_the_chart_has_both_lines_the_band_the_start_and_names_on_their_own_sides(session):
    rows = chart.rows(shown(session), effect())
    assert {kind: rows.filter(kind=kind).height for kind in (effects.ACTUAL, effects.EXPECTED, effects.BAND)} == dict.fromkeys(
        (effects.ACTUAL, effects.EXPECTED, effects.BAND), len(MONTHS)
    )
    (start,) = rows.filter(event="Request app").rows(named=True)
    assert start["period"] == date(2025, 7, 1)
    actual, expected = (rows.filter(kind=f"{kind} name").row(0, named=True) for kind in (effects.ACTUAL, effects.EXPECTED))
    assert (actual["value"], expected["value"]) == (60 + GAP, 60.0) and actual["lift"] > 0 > expected["lift"]
    assert actual["text"] == "Aurora"


def test_the_gap_stands_before_every_placebo(session):
    rows = chart.gap_rows(shown(session), effect())
    assert rows.filter(kind=effects.PLACEBO).height == 2 * len(MONTHS)
    assert rows.filter(kind=effects.ACTUAL)["value"].to_list() == pytest.approx([0.0] * 18 + [GAP] * 6)
    assert rows.filter(kind=effects.PLACEBO)["series"].unique().sort().to_list() == ["Bruma", "Old Centre"]


def test_an_event_study_is_drawn_by_periods_since_the_start(session):
    events = (Point("-2", 0.1, 0.0, -0.5, 0.7), Point("0", 2.0, 0.0, 1.0, 3.0))
    rows = chart.event_rows(shown(session), effect(events=events))
    assert rows.select("step", "value", "low", "high").rows() == [(-2, 0.1, -0.5, 0.7), (0, 2.0, 1.0, 3.0)]


@pytest.mark.parametrize(
    ("labels", "frequency"),
    [(["1989", "1990"], "year"), (["2024-11", "2024-12"], "month"), (["2024-Q1", "2024-Q2"], "quarter"), (["wave 1", "wave 2"], None)],
)
def test_periods_are_a_calendars_where_they_are(session, labels, frequency):
    calendar = periods.of(labels, "en_GB")
    assert calendar.frequency == frequency and len(calendar.days) == (2 if frequency else 0)
    found = effect(series=series(labels, before=1), before=1)
    rows = chart.rows(shown(session, found), found)
    assert rows["period"].dtype.is_temporal() == bool(frequency)


def test_specifications_carry_no_data_and_never_the_colour_of_a_status():
    shades = palette.light()
    made = [
        effects.beside(shades, "es_ES", "%", "month"),
        effects.gaps(shades, "es_ES", "%", None),
        effects.around(shades, "es_ES", "%", "x"),
    ]
    for specification in made:
        text = json.dumps(specification)
        assert "datasets" not in specification and "data" not in specification
        assert not {"red", "green", "orange"} & set(text.split('"'))


def test_the_comparison_names_whoever_counts_the_heaviest_first(session):
    assert comparison.weighed(shown(session)) == [("Bruma", 0.7), ("Old Centre", 0.299)]
    assert "29.9" in comparison.weights(shown(session)) and "Harbour" not in comparison.weights(shown(session))
    assert comparison.weights(shown(session, effect(weights={}))) == ""


def test_the_table_is_what_the_chart_shows(session):
    frame = comparison.frame(shown(session))
    assert frame.height == len(MONTHS) and frame.columns == ["Period", "Measured", "Without the policy", "Difference", "Since the start"]
    assert frame["Since the start"].sum() == 6
    drawn_values = chart.rows(shown(session), effect()).filter(kind=effects.ACTUAL)["value"].to_list()
    assert frame["Measured"].to_list() == drawn_values
    assert comparison.series(shown(session)).count("<tr") == len(MONTHS) + 1


def test_how_it_was_computed_says_method_interval_and_diagnostics(session):
    told = {name: plain(value) for name, value in method.rows(shown(session))}
    assert told["Method"] == "Synthetic difference-in-differences" and told["Interval of 95 %"] == "+7.00 to +12.00"
    assert told["p of no effect"] == "< 0.001" and told["Whose leaving moves it most"] == "Bruma"
    assert told["Share of placebos, itself among them, that stand out as much"] == "25.0 %"


def test_doubt_is_told_by_what_was_really_reckoned_not_by_what_was_asked_for(session):
    asked = shown(session, method="did")
    assert dict(method.rows(asked))["Doubt is told by"] == "errors clustered by unit"
    few = shown(session, effect(diagnostics={"errors": "placebo", "few_clusters": True}), method="did")
    assert dict(method.rows(few))["Doubt is told by"] == "placebos: the same reckoned for places without the policy"
    assert set(method.ERRORS) == set(get_args(Kind))


def test_whoever_was_left_out_is_named(session):
    found = shown(session, donors_out=["puerto"])
    found = replace(found, answer=replace(found.answer, left_out=("bruma",)))
    assert dict(method.rows(found))["Left out of the comparison"] == "Harbour, Bruma"


def test_the_history_says_when_the_verdict_moved(session):
    likely = Judged(3, date(2026, 5, 3), "likely_effect", 8.0, 1.0, 15.0, "sdid", "a")
    clear = Judged(4, date(2026, 6, 3), "clear_effect", GAP, 7.0, 12.0, "sdid", "a")
    moved = shown(session, past=(likely, clear))
    assert history.moved(moved) == "Since the facts of 3 Jun 2026 the verdict moved from “Likely effect” to “Clear effect”."
    assert history.table(moved).index("version 4") < history.table(moved).index("version 3")
    assert history.moved(shown(session, past=(clear, replace(clear, version=5)))) == ""
    assert history.moved(shown(session, past=(replace(likely, asked="b"), clear))) == "", "it was asked something else"
    assert history.table(shown(session, past=(clear,))) == ""


def test_a_study_leads_to_its_goal_and_its_file(session):
    told = leads.block(shown(session))
    assert "kpi=answered" in told and "kpis/studies/app.yaml" in told


def test_names_that_try_to_be_markup_stay_words(city):
    session = session_of(city, "aurora", LAST, "en_GB")
    found = shown(session, name="<b>App</b>", indicator="hostile")
    told = page.verdict(found) + page.evidence(found)
    assert "<img" not in told and "<b>App" not in told


def test_the_metadata_is_the_study_and_its_finding_for_a_machine(session):
    told = json.loads(page.metadata(shown(session)))
    assert told["study"]["study"] == "app" and told["verdict"] == "clear_effect" and told["refused"] is None
    assert told["effect"]["estimate"] == GAP and told["effect"]["weights"]["bruma"] == 0.7
    assert told["facts_version"] == session.held.version and len(told["doubts"]) == 3
    thin = json.loads(page.metadata(refused(session, Reason("too thin"))))
    assert thin["effect"] is None and thin["refused"] == ["too thin"]


def test_what_would_be_needed_is_said_where_it_cannot_be_told(session):
    found = shown(session, kind="cannot_tell")
    wanting = replace(found, answer=replace(found.answer, verdict=verdict("cannot_tell", Reason("six more periods"))))
    assert "What would be needed:</b> Six more periods." in page.verdict(wanting)
    assert "needed" not in page.verdict(found)


def test_doubts_name_places_and_periods_as_people_do(session):
    doubt = Reason("{unit} in {period}, with {event}", {"unit": Said("bruma"), "period": Said("2025-01"), "event": Said("Storm")})
    found = shown(session)
    told = replace(found, answer=replace(found.answer, verdict=replace(verdict(), doubts=(doubt,))))
    assert saying.doubts(told) == ["Bruma in January 2025, with Storm."]


def test_periods_left_out_have_names(session):
    assert dict(method.rows(shown(session, periods_out=["2024-12", "2025-01"])))["Periods left out"] == "December 2024, January 2025"


def test_a_study_from_the_panel_says_its_policy():
    held = fields.filled(study(policy="patrols"))
    typed = {"places": None, "treated": None, "donors_out": None, **held}
    assert held["policy"] == "patrols" and fields.keys(typed, None, set())["policy"] == "patrols"


def test_a_form_keeps_the_start_as_its_file_says_it_until_another_day_is_chosen():
    month = study(start="2025-07")
    held = fields.filled(month)
    assert held["start"] == "2025-07-01"
    typed = {"places": None, "treated": None, "donors_out": None, **held}
    assert fields.keys(typed, month, {"app"})["start"] == "2025-07"
    assert fields.keys({**typed, "start": "2025-08-01"}, month, {"app"})["start"] == "2025-08-01"
    assert fields.keys({**typed, "action": "1.1"}, month, {"app"})["start"] is None


def test_a_new_study_gets_an_id_that_nobody_has():
    typed = {**fields.filled(study()), "places": ["bruma"], "compare": fields.NAMED, "name_es": "App"}
    told = fields.keys(typed, None, {"app"})
    assert told["study"] == "app_2" and told["compare"] == ["bruma"] and told["name"] == {"es": "App", "en": "Request app"}
    assert fields.missing({**told, "indicator": None, "start": None}, translator("en")) == ["the indicator", "when it began"]


def test_what_else_happened_stands_in_the_chart_each_on_its_own_line(session):
    events = (Event(date=date(2024, 12, 10), name="Storm"), Event(date=date(2025, 7, 20), name="It began"))
    city = session.definitions.city.model_copy(update={"events": events})
    told = replace(session, definitions=replace(session.definitions, city=city))
    rows = chart.rows(shown(told), effect())
    lanes = dict(rows.filter(pl.col("event").is_not_null()).select("event", "lane").iter_rows())
    assert lanes == {"Request app": 0, "Storm": 1}, "what began with the policy is the policy"
