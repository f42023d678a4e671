"""One index: what its sentence, its tiers, its pictures and its tables say, and no more surely than it is."""

import re
from dataclasses import replace

import numpy as np
import pytest

from dashboards import palette
from dashboards.index import amounts, driving, first, heat, mapping, method, ordinals, plot, saying, steps, sureness, tiers, way, what_if
from data.indicators import Compared
from data.problems import Problem
from kpis.index.removal import Removal, removals
from kpis.index.sensitivity import Sensitivity
from kpis.index.way_up import Step, Way
from kpis.score import Reason
from tests.dashboards.conftest import session_of
from tests.made_indices import INDICATORS, LEVELS, TOWNS, doubted, shown, table, undoubted
from tests.small_city import HOSTILE, LAST


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.fixture
def spanish(city):
    return session_of(city, "aurora", LAST, "es_ES")


def test_the_sentence_says_tier_and_ranks_and_that_the_figures_allow_no_surer_answer(session, spanish, tmp_path):
    assert saying.headline(shown(session, tmp_path)) == (
        "Aurora is in the second of three tiers: between 1st and 5th of 10. The figures allow no surer answer."
    )
    assert saying.headline(shown(spanish, tmp_path)) == (
        "Aurora está en el segundo de tres tramos: entre el puesto 1.º y el 5.º de 10. Las cifras no permiten una respuesta más segura."
    )
    sure = saying.headline(shown(session, tmp_path, doubted(wide=0)))
    assert sure == "Aurora is in the second of three tiers: 3rd of 10.", "of a rank that nothing moves one is sure"


def test_it_claims_no_place_where_none_can_be_told(session, tmp_path):
    one_tier = shown(session, tmp_path, doubted(tier=[1] * 10, wide=9))
    assert (
        saying.headline(one_tier)
        == "Aurora cannot be told from the other places: between 1st and 10th of 10. The figures allow no surer answer."
    )
    nothing = shown(session, tmp_path, undoubted(), doubt={})
    assert saying.headline(nothing) == "Aurora is 3rd of 10, if every choice of this index is the right one."
    assert "looks surer than it is" in saying.doubt(nothing)
    assert tiers.block(nothing) == "", "without doubt there are ranks, and no tier that could be sure"
    assert "<b>Aurora</b>" in tiers.ranked(nothing)


def test_a_reader_whose_place_is_not_ranked_reads_who_is_first_and_last(session, tmp_path):
    found = shown(session, tmp_path, doubted(own=None))
    assert (
        saying.headline(found)
        == "10 places in three tiers. In the first: Bruma and Town 2; in the last: Town 7, Town 8, Town 9 and 1 more."
    )
    assert driving.block(found) == way.block(found) == sureness.outranks(found) == ""
    told = saying.headline(shown(session, tmp_path, undoubted(own=None), doubt={}))
    assert told == "Bruma is first and Town 10 last of 10, if every choice of this index is the right one."


def test_the_doubt_says_whether_it_is_choice_or_chance(session, tmp_path):
    choices = plain(saying.doubt(shown(session, tmp_path)))
    assert choices == (
        "The intervals show how much the choice of method matters (weights up to 25 % more or less and how parts are put together), "
        "and not chance: 90 % of 1,000 draws over these choices lie within them."
    )
    chance = plain(saying.doubt(shown(session, tmp_path, doubted(choices=(), error=True), doubt={"error": {"safe": 2}})))
    assert chance == "The intervals show the chance in the measurements: 90 % of 1,000 draws over their errors lie within them."
    nothing = plain(saying.doubt(shown(session, tmp_path, undoubted(), doubt={"missing": ["median"]})))
    assert nothing.startswith("Nothing that its file says could have been otherwise changes this index, so no doubt is reckoned")
    assert saying.doubt(shown(session, tmp_path, undoubted(), doubt={})).startswith("Nobody has said what could have been")
    both = saying.doubt(shown(session, tmp_path, doubted(error=True), doubt={"weights": 0.5, "error": {"safe": 2}}))
    assert "choices of method (weights up to 50" in both and "the chance in the measurements together" in both


@pytest.mark.parametrize(
    ("number", "said"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (21, "21st"), (112, "112th")]
)
def test_ranks_are_said_as_people_say_them(number, said):
    assert ordinals.between(number, number, "en_GB") == said
    assert ordinals.between(1, number + 1, "es_ES") == f"1.º a {number + 1}.º"


def test_past_ten_tiers_numbers_are_figures():
    assert (ordinals.placed(10, "en_GB"), ordinals.placed(11, "en_GB"), ordinals.counted(11, "en_GB")) == ("tenth", "11th", "11")
    assert ordinals.placed(3, "es_ES") == "tercero" and ordinals.moves(-2, "es_ES") == "baja 2"


def test_tiers_name_everybody_mark_the_city_and_lead_to_the_others(session, tmp_path):
    drawn = tiers.block(shown(session, tmp_path))
    assert drawn.count("<li") == 3 and drawn.count('class="own"') == 1
    own = drawn.split('<li class="own">')[1]
    assert "<b>Aurora</b>" in own and "Tier 2" in own and "1st to 8th" in own, "where its places may stand"
    assert 'class="band" style="left:0.00%;width:80.00%"' in own
    assert 'class="reach" style="left:0.00%;width:50.00%"' in own, "from 1st to 5th of ten"
    assert "place=bruma" in drawn and "Town 2" in drawn and "place=t2" not in drawn, "a place that the city does not know has no page"


def test_a_long_tier_names_those_around_the_city(session, tmp_path, monkeypatch):
    monkeypatch.setattr(tiers, "NAMED", 3)
    found = shown(session, tmp_path, doubted(tier=[1] * 9 + [2]))
    first = tiers.block(found).split("<li")[1]
    assert "Aurora" in first and "and 6 more" in first and "Town 9" not in first


def test_what_drives_the_place_is_said_in_points_and_in_the_indicator_s_own_unit(session, tmp_path):
    found = shown(session, tmp_path)
    drawn = plain(driving.block(found))
    assert "Beside the median place it gains most by Waiting (+11.1) and Safety (+5.6), and loses by nothing." in drawn
    assert "6.5 days; the median place 12.5 days" in drawn and "The median place is Town 5" in drawn
    gaps = [driver.gap for driver in driving.drivers(found.built, "aurora").of]
    middle = found.built.places.index(driving.drivers(found.built, "aurora").beside)
    assert sum(gaps) == pytest.approx(found.built.parts["good"][0] - found.built.parts["good"][middle])
    assert "all points sum to the difference of the two scores" in drawn


def test_an_index_that_compares_by_pairs_claims_no_shares(session, tmp_path):
    found = shown(session, tmp_path, levels=[LEVELS[0], {**LEVELS[1], "combine": "copeland"}])
    assert "Places are compared two by two here" in driving.block(found) and "<table" not in driving.block(found)


def test_the_way_up_is_said_with_what_is_wanted_and_the_best_and_never_short_of_it(session, tmp_path):
    found = shown(session, tmp_path)
    one = Way(2, "t2", (Step("wait", 8.0, 7.9604, 6.5, 0.1),), reached=True)
    assert plain(way.said(found, one)) == "To 2nd, past Town 2: Waiting from 8.00 to 7.96 days (the best has 6.50)."
    less = Way(2, "t2", (Step("wait", 8.0, 7.9664, 6.5, 0.1),), reached=True)
    assert "to 7.96" in plain(way.said(found, less)), "rounded to where it is reached: 7.97 would not be"
    more = Way(2, "bruma", (Step("safe", 57.0, 58.234, 59.0, 0.2), Step("jobs", 1550.0, 1800.0, 1900.0, 0.3)), reached=True, tier=1)
    assert plain(way.said(found, more)) == (
        "To 2nd, the last rank of the first tier, past Bruma: no single indicator is enough; together "
        "Safety from 57.0 to 58.3 points (the best has 59.0) and Jobs from 1,550 to 1,800 (the best has 1,900)."
    )
    never = Way(2, "bruma", (), reached=False, tier=1)
    assert "not within what any compared place has reached" in way.said(found, never)
    drawn = way.block(found)
    assert "the other places are held still. A tier goes by all draws" in drawn and drawn.count("the last rank of the first tier") == 1


def test_no_way_to_a_tier_is_shown_where_a_tier_is_only_a_rank(session, tmp_path):
    drawn = way.block(shown(session, tmp_path, undoubted(), doubt={}))
    assert "To 2nd" in drawn and "tier" not in drawn.split("<ul")[1].split("</ul>")[0]


def test_what_is_divided_is_said_for_so_many(session, tmp_path):
    divided = [*INDICATORS[:2], {**INDICATORS[2], "denominator": "safe", "unit": "jobs"}]
    amount = amounts.of(shown(session, tmp_path, indicators=divided), "jobs")
    assert plain(amount.said(25.04)) == "25.0 jobs per safe", "of a table the column is named"
    small = replace(amount, factor=100_000.0, decimals=1, unit="per 100,000")
    assert plain(small.said(0.00006)) == "6.0 per 100,000"
    assert amounts.of(shown(session, tmp_path), "safe").said(float("nan")) == "no value"
    assert [amounts._factor(value) for value in (0.00006, 0.02, 0.5, 3.0, 0.0)] == [100_000, 1000, 1000, 1, 1]


def test_the_picture_has_every_place_in_order_and_the_city_alone_in_colour(session, tmp_path):
    found = shown(session, tmp_path)
    drawn = plot.table(found)
    rows = [" ".join(re.sub("<[^>]+>", " ", f"<tr{row}").split()) for row in plain(drawn).split("<tr")[2:]]
    assert len(rows) == 10
    assert [next(name for name in ("Bruma", "Town 2", "Aurora") if name in row) for row in rows[:3]] == ["Bruma", "Town 2", "Aurora"]
    assert rows[2] == "Aurora 3rd 75.0 65.0 to 75.0" and drawn.count("<b>") == 1 and "<b>Aurora</b>" in drawn


def test_the_dot_and_the_line_stand_where_their_figures_are_on_one_scale(session, tmp_path):
    found = shown(session, tmp_path)
    at = plot.scale(found, found.order)
    low = min(found.doubted.score_low.min(), found.built.score.min())
    high = max(found.doubted.score_high.max(), found.built.score.max())
    assert (at(low), at(high), at((low + high) / 2)) == ("0.00", "100.00", "50.00")
    row = next(row for row in plot.table(found).split("<tr") if "<b>Aurora</b>" in row)
    own = found.order[2]
    ends = [at(float(each[own])) for each in (found.doubted.score_low, found.doubted.score_high, found.built.score)]
    assert f'class="reach" style="left:{ends[0]}%;right:calc(100% - {ends[1]}%)"' in row and f'class="at" style="left:{ends[2]}%"' in row


def test_where_nothing_was_doubted_there_is_no_line_and_no_interval(session, tmp_path):
    drawn = plot.table(shown(session, tmp_path, undoubted(), doubt={}))
    assert drawn.count('class="at"') == 10 and "reach" not in drawn and "Interval" not in drawn


def test_of_many_places_those_around_the_city_are_drawn(session, tmp_path, monkeypatch):
    monkeypatch.setattr(plot, "MOST", 4)
    assert [name for name in ("Bruma", "Town 2", "Aurora", "Town 4", "Town 5") if f">{name}<" in plot.table(shown(session, tmp_path))] == [
        "Bruma", "Town 2", "Aurora", "Town 4",
    ]  # fmt: skip


def test_a_shade_is_never_alone_and_what_is_missing_has_none(session, tmp_path):
    assert heat.shaded(np.array([0.0, 19.0, 21.0, 100.0, np.nan])) == [0, 0, 1, 4, None]
    assert heat.shaded(np.array([3.0, 3.0])) == [2, 2], "all alike is neither strong nor weak"
    found = heat.table(shown(session, tmp_path))
    assert found.count("<tr") == 11 and '<td role="cell" class="part h4" data-name="Calm"><span>100.0</span>' in found
    assert "stacked" not in found
    many = [{"name": f"i{n}", "column": "safe"} for n in range(8)]
    wide = shown(session, tmp_path, indicators=many, levels=[{"name": "all", "of": [one["name"] for one in many]}], doubt={})
    assert "stacked" in heat.table(wide), "eight parts do not stand beside each other on a phone"
    unknown = shown(session, tmp_path, doubted(own=None))
    assert "Choose a place in the list" in first.screen(unknown)


def test_the_map_is_coloured_by_tier_and_has_the_places_that_the_city_knows(session, tmp_path):
    found = mapping.drawn(shown(session, tmp_path))
    assert [(bubble.name, bubble.value, bubble.strong) for bubble in found.bubbles] == [("Aurora", 2.0, True), ("Bruma", 3.0, False)]
    assert len(found.classes.steps) == 3 and found.classes.step(3.0) == 2
    assert "Tier 1" in mapping.legend(shown(session, tmp_path), found, palette.light())
    told = mapping.table(shown(session, tmp_path))
    assert told.count("<tr") == 11 and "1st to 5th" in told
    ranks = shown(session, tmp_path, undoubted(), doubt={})
    assert "Tier" not in mapping.legend(ranks, mapping.drawn(ranks), palette.light()) + mapping.table(ranks)


def test_what_if_starts_from_the_weights_in_force_and_says_what_changes(session, tmp_path):
    found = shown(session, tmp_path)
    assert what_if.usual(found) == {"calm": 50, "jobs": 50}
    assert "Aurora would stay 3rd. No place changes its rank." in what_if.outcome(found, what_if.usual(found))
    only_jobs = plain(what_if.outcome(found, {"calm": 0, "jobs": 100}))
    assert "Aurora would be 4th instead of 3rd. 2 places of all change their rank." in only_jobs
    assert "So weighed: Calm 0 %, Jobs 100 %." in only_jobs and "1 down" in only_jobs and "1 up" in only_jobs
    assert only_jobs.index("With these weights") < only_jobs.index("As written")
    three = [{"name": "all", "of": ["safe", "wait", "jobs"]}]
    thirds = shown(session, tmp_path, levels=three, doubt={})
    assert what_if.weighed(thirds, what_if.usual(thirds))["safe"] == pytest.approx(1 / 3), "33 % as shown is a third as reckoned"


def test_a_place_that_lacks_the_only_part_that_still_weighs_is_not_ranked(session, tmp_path):
    gaps = [row.rpartition(",")[0] + "," if row.startswith(("aurora", "t4")) else row for row in table().splitlines()]
    found = shown(session, tmp_path, table="\n".join(gaps) + "\n")
    assert np.isnan(found.values("jobs")[0]) and found.count == 10
    only_jobs = plain(what_if.outcome(found, {"calm": 0, "jobs": 100}))
    assert (
        "Aurora would not be ranked: it has no figure of what still weighs." in only_jobs and "2 places would not be ranked." in only_jobs
    )
    last = only_jobs.split("<tr")[-2:]
    assert ["Aurora" in last[0], "Town 5" in last[1]] == [True, True] and all("not ranked" in row for row in last)
    assert "not ranked" not in what_if.outcome(found, {"calm": 100, "jobs": 0})
    assert "2 places would not be ranked." in what_if.outcome(replace(found, own=1), {"calm": 0, "jobs": 100})


def test_a_chance_is_never_nothing_or_all_of_what_some_draw_did(session, tmp_path):
    assert [plain(sureness.percent(share, "en_GB")) for share in (0.0, 0.001, 0.34, 0.999, 1.0)] == [
        "0 %",
        "< 1 %",
        "34 %",
        "> 99 %",
        "100 %",
    ]
    drawn = sureness.outranks(shown(session, tmp_path))
    assert drawn.count("<tr") == 10 and "Aurora stands before it" in drawn, "nobody stands before itself"
    assert drawn.count('class="grey"') == 8, "what cannot be told apart is grey"


def test_leaving_an_indicator_out_says_where_the_place_would_be(session, tmp_path):
    found = shown(session, tmp_path)
    drawn = sureness.removed(found, removals(found.built, None if found.own is None else found.built.places[found.own]))
    assert drawn.count("<tr") == 4 and "Aurora would be" in drawn
    row = next(part for part in drawn.split("<tr") if "Jobs" in part)
    assert "2nd (1 up)" in row, "without what it is weak in it shares the second rank"
    nothing_else = sureness.removed(found, (Removal("jobs", 1.0, float("nan"), float("nan")),))
    assert '<td class="number">not ranked</td>' in nothing_else


def test_the_choice_that_moves_most_comes_first_in_words(session, tmp_path):
    told = Sensitivity(("weights", "combine"), (0.1, 0.7), (0.2, 0.9), (-0.01, 0.8), (0.15, 0.95))
    drawn = plain(sureness.shares(shown(session, tmp_path), told))
    assert "Most of it comes from how parts are put together: 95 % of all" in drawn and "Which choice moves its rank most" in drawn
    assert drawn.index("How parts are put together") < drawn.index("The weights") and "-1 %" not in drawn
    nan = (float("nan"), float("nan"))
    fixed = replace(told, own_first=nan, own_total=nan)
    assert "Which choice moves ranks most" in sureness.shares(shown(session, tmp_path), fixed), "its own rank never moves, others do"
    assert "None of these choices moves any rank" in sureness.shares(shown(session, tmp_path), replace(fixed, first=nan, total=nan))


def test_the_method_sheet_prints_every_choice(session, tmp_path):
    posts = {"normalise": "goalposts", "low": 5, "high": 20.5, "source": "Town hall, CC BY 4.0", "weight": 3}
    doubt = {"weights": 0.25, "normalise": ["zscore"], "combine": ["geometric"], "error": {"safe": 2.5}, "one_out": True, "seed": 7}
    of = [INDICATORS[0], {**INDICATORS[1], **posts}, INDICATORS[2]]
    by = doubted(choices=("normalise", "combine", "one_out", "weights"))
    found = shown(session, tmp_path, by, indicators=of, floor=1, cap=[1, 99], doubt=doubt)
    told = plain(method.sheet(found))
    for said in (
        "between goalposts: 5 to 20.5", "days · Town hall, CC BY 4.0", "standard deviations from the mean", "2.5 points", "1,000, 7",
        "one indicator left out", "Safety 25 %, Waiting 75 %", "Calm 50 %, Jobs 50 %", "1 to 99",
        "left out, and the other weights fill its room",
    ):  # fmt: skip
        assert said in told, said
    rows = dict(method.rules(found))
    assert rows["Places ranked"] == "10" and plain(rows["Least share of its indicators that a place must have"]) == "50 %"
    group = shown(session, tmp_path, missing={"group_mean": "name"})
    assert method.missing(group) == "filled in with the mean of its group (name)"


def test_the_method_sheet_says_what_is_divided_lost_blended_and_who_gave_the_weights(session, tmp_path, monkeypatch):
    rows = [f"{row},{extra}" for row, extra in zip(table().splitlines(), ["coast,cut", *(["yes,10", "no,20"] * 5)], strict=True)]
    found = shown(
        session, tmp_path, table="\n".join(rows) + "\n", floor=1,
        indicators=[INDICATORS[0], {**INDICATORS[1], "denominator": "safe"}, {**INDICATORS[2], "loss": "cut", "unit": "%"}],
        levels=[{**LEVELS[0], "weights": {"budget": {"safe": 30, "wait": 10}}}, LEVELS[1]],
        blend={"region": "coast", "share": 0.2, "of": ["safe", "wait"]}, doubt={"missing": ["median"], "error": {"jobs": 1.5}},
    )  # fmt: skip
    told = plain(method.sheet(found))
    for said in (
        "days · divided by safe<", "less the per cent of it that is lost within the place (cut)", "20 % of it, by coast: Safety, Waiting",
        "Safety 75 %, Waiting 25 %; weights by the points that people gave", "Other ways with what is missing",
        "filled in with the median of the places", "Least value of an indicator, made comparable", "1.5 points",
    ):  # fmt: skip
        assert said in told, said
    assert "for every" not in told
    monkeypatch.setattr(amounts, "compare", lambda _shown, one: Compared(per=1000) if one.name == "jobs" else None)
    assert "divided by residents, for every 1,000 · less" in plain(method.sheet(found)), "what its indicator is compared by"
    assert amounts.of(found, "jobs").unit == "% per 1,000 residents"


def test_periods_that_differ_are_counted(session, tmp_path):
    found = shown(session, tmp_path)
    periods = tuple(("2026-06" if number else "2025-06", "", "2025") for number in range(len(TOWNS)))
    dated = replace(found, built=replace(found.built, figures=replace(found.built.figures, periods=periods)))
    assert [method.period(dated, name) for name in ("safe", "wait", "jobs")] == ["June 2026; 1 of another", "", "2025"]


def test_every_step_can_be_taken_away(session, tmp_path):
    found = shown(session, tmp_path)
    ranks = steps.ranks(found)
    assert ranks["Place"].to_list()[:3] == ["Bruma", "Town 2", "Aurora"] and ranks["Rank, to"].to_list()[2] == 5
    assert ranks.columns[-2:] == ["Calm", "Jobs"]
    assert "Tier" not in steps.ranks(shown(session, tmp_path, undoubted(), doubt={})).columns
    assert ranks["Tier"].to_list()[:3] == [1, 1, 2] and ranks["Tier"].dtype.is_integer() and ranks["Rank, from"].dtype.is_integer()
    every = steps.steps(found)
    assert set(every["Step"]) == {"as measured", "made comparable", "put together"}, "nothing was divided, mixed, filled in or treated"
    assert every.height == len(TOWNS) * (len(INDICATORS) * 2 + len(LEVELS))
    divided = shown(session, tmp_path, indicators=[*INDICATORS[:2], {**INDICATORS[2], "denominator": "safe"}])
    assert "divided" in set(steps.steps(divided)["Step"])
    one = every.filter(Id="aurora", **{"Indicator or part": "Waiting", "Step": "made comparable"})
    assert one["Value"].item() == pytest.approx(found.values("calm")[0] * 2 - found.built.steps["normalised"][0, 0])


def test_of_many_things_to_bear_in_mind_a_few_are_read_at_once(session, tmp_path):
    found = shown(session, tmp_path)
    flags = tuple(
        Problem("{name} of {places} is filled in, not measured", "", values={"name": "safe", "places": f"t{n}"}) for n in range(2, 9)
    )
    told = first.screen(replace(found, built=replace(found.built, flags=flags)))
    at_once, opened = told.split("<details><summary>3 more</summary>")
    assert "Safety of Town 5 is filled in, not measured." in at_once and "Safety of Town 8 is filled in" in opened


def test_who_is_left_out_and_what_to_bear_in_mind_stand_below(session, tmp_path):
    found = shown(session, tmp_path)
    why = Reason("{name} has {known} of {all} figures", {"name": "bruma", "known": 1, "all": 3})
    found = replace(found, built=replace(found.built, left_out={"puerto": why}))
    assert list(saying.left_out(found)) == ["Harbour has 1 of 3 figures."]
    assert "Not ranked" in first.screen(found) and "<li>Harbour has 1 of 3 figures.</li>" in first.screen(found)


def test_names_that_try_to_be_markup_stay_words(session, tmp_path):
    found = shown(session, tmp_path, indicators=[{**INDICATORS[0], "label": HOSTILE, "unit": HOSTILE}, *INDICATORS[1:]], purpose=HOSTILE)
    parts = [
        first.screen(found),
        method.sheet(found),
        heat.table(found),
        sureness.removed(found, removals(found.built, None if found.own is None else found.built.places[found.own])),
    ]
    assert "<img" not in "".join(parts) and "&lt;img" in parts[0]
