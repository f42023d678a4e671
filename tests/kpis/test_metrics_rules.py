"""Each rule about metrics: what is wrong, with its file, line and cure; what is right passes and shows as an indicator does."""

from pathlib import Path

import pytest

from data.definitions import load as load_definitions
from data.home import Home
from data.problems import Refused
from kpis import catalogue
from kpis.checking import check
from kpis.definition import Kpi

CITY = """
name: Town
place: town
mandate: {start: 2023-07-01, end: 2027-06-30, axes: [{id: green, name: Green}]}
areas: [{id: works, name: Works}, {id: hall, name: Hall}]
"""
PLACES = "places: [{id: town, name: Town}]"
INDICATOR = "  - {{id: {}, name: N, unit: {}, kind: {}, frequency: {}, theme: life, source: {}, owner: works{}}}\n"
INDICATORS = "themes: [{id: life, name: Life}]\nindicators:\n" + "".join(
    INDICATOR.format(*told)
    for told in (
        ("fires", "fires", "flow", "month", "{es: Bomberos, en: Fire service}", ""),
        ("calls", "calls", "flow", "month", "{es: Centralita, en: Exchange}", ", fresh_days: 60"),
        ("homes", "homes", "level", "month", "desk", ", adds_up: true"),
        ("on_time", '"%"', "ratio", "month", "desk", ""),
        ("debt", "EUR", "level", "quarter", "desk", ""),
        ("week_air", "days", "flow", "week", "desk", ""),
        ("day_air", "days", "flow", "day", "desk", ""),
    )
)
SOURCES = "sources: [{id: fire_file, name: F, columns: {place: p, indicator: i, period: d, value: v, segments: {sex: s}}}]"
METRICS = """metrics:
  - id: share
    name: Share
    unit: "%"
    type: ratio
    numerator: fires
    denominator: calls
"""
LINE = METRICS.count("\n") + 1


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    for folder in (home.city.parent, home.definitions, home.targets):
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in ((home.city, CITY), (home.places, PLACES), (home.indicators, INDICATORS), (home.sources, SOURCES)):
        path.write_text(text, encoding="utf-8")
    return home


def write(home: Home, *metrics: str, goals: str = "") -> list[str]:
    """What the check says of a file of metrics, each given as the inside of { }; their first line is LINE."""
    lines = "".join(f"  - {{name: M, {'' if 'unit:' in told else 'unit: x, '}{told}}}\n" for told in metrics)
    (home.definitions / "m.yaml").write_text(METRICS + lines + goals, encoding="utf-8")
    found = check(home)
    return [str(problem).removeprefix("kpis/definitions/m.yaml:") for problem in (*found.problems, *found.warnings)]


@pytest.mark.parametrize(
    ("told", "key", "said"),
    [
        ("id: fires, type: simple, indicator: calls", ".id", "an indicator has the id 'fires' already; rename the metric"),
        ("id: share, type: simple, indicator: calls", ".id", "the id 'share' is given twice, first in kpis/definitions/m.yaml:2"),
        ("id: m, type: simple", "", "a metric of type simple needs exactly one of: indicator; give one of them"),
        ("id: m, type: ratio, numerator: fires", "", "a metric of type ratio needs exactly one of: denominator; give one of them"),
        ("id: m, type: derived", "", "a metric of type derived needs exactly one of: expr"),
        ("id: m, type: cumulative, indicator: fires", "", "a metric of type cumulative needs exactly one of: window, grain_to_date"),
        (
            "id: m, type: cumulative, indicator: fires, window: 12, grain_to_date: year",
            ".grain_to_date",
            "a metric of type cumulative needs exactly one of: window, grain_to_date",
        ),
        (
            "id: m, type: cumulative, indicator: fires, input_metric: share, window: 12",
            ".input_metric",
            "a metric of type cumulative needs exactly one of: indicator, input_metric",
        ),
        (
            "id: m, type: ratio, numerator: fires, denominator: calls, expr: fires",
            ".expr",
            "a metric of type ratio takes no `expr`; remove",
        ),
        ("id: m, type: simple, indicator: fires, window: 3", ".window", "a metric of type simple takes no `window`; remove it, or correct"),
        ("id: m, type: derived, expr: fires + caals", ".expr", "character 9: 'caals' is not a known indicator or metric; write calls, or"),
        ("id: m, type: derived, expr: fires + + calls", ".expr", "character 9: before '+' an id or a number is missing"),
        ("id: m, type: derived, expr: m + fires", "", "the metric leads back to itself: m → m; take one of the steps out"),
        ("id: m, type: simple, indicator: firs", ".indicator", "'firs' is not a known indicator; write fires, or define it first"),
        ("id: m, type: ratio, numerator: shar, denominator: calls", ".numerator", "'shar' is not a known indicator or metric; write share"),
        (
            "id: m, type: ratio, numerator: fires, denominator: cals",
            ".denominator",
            "'cals' is not a known indicator or metric; write calls",
        ),
        ("id: m, type: cumulative, input_metric: fires, window: 2", ".input_metric", "'fires' is not a known metric; write one that is"),
        ("id: m, type: simple, indicator: fires, owner: hal", ".owner", "'hal' is not a known area; write hall"),
        ("id: m, type: simple, indicator: debt, frequency: month", ".frequency", "debt is known by quarter, which does not make whole"),
        (
            "id: m, type: simple, indicator: week_air, frequency: month",
            ".frequency",
            "week_air is known by week, which does not make whole",
        ),
        (
            "id: m, type: derived, expr: week_air + fires",
            ".frequency",
            "week_air is known by week, which does not make whole periods by month; write a",
        ),
        ("id: m, type: derived, expr: year_ago(day_air)", ".expr", "year_ago has no meaning for days: a weekday of last year is another"),
        (
            "id: m, type: cumulative, indicator: week_air, grain_to_date: year",
            ".grain_to_date",
            "periods by week are no parts of a calendar",
        ),
        (
            "id: m, type: simple, indicator: homes, agg: sum",
            ".agg",
            "homes does not add up over time; remove `agg`, or use",
        ),
        (
            "id: m, type: simple, indicator: on_time, agg: average",
            ".agg",
            "on_time is a rate, and never averaged: it is computed anew from",
        ),
        ("id: m, type: simple, indicator: on_time, agg: sum", ".agg", "on_time is a rate, and rates do not add up; remove `agg`, or use"),
        (
            "id: m, type: simple, indicator: fires, agg: sum, non_additive_over: [time]",
            ".agg",
            "fires does not add up over time; remove",
        ),
        (
            "id: m, type: cumulative, indicator: homes, window: 3",
            "",
            "homes does not add up over time; write `agg:` with average, min or max",
        ),
        ("id: m, type: cumulative, input_metric: share, window: 3, agg: average", ".agg", "share is a rate, and never averaged: it is"),
        (
            "id: m, type: cumulative, indicator: fires, window: 3, agg: count",
            ".agg",
            "a cumulative metric does not take agg count; use one",
        ),
        (
            "id: m, type: simple, indicator: fires, filter: {sex: women|age}",
            ".filter.sex",
            "the part 'women|age' holds a mark that separates",
        ),
        (
            "id: m, type: simple, indicator: fires, filter: {sx: women}",
            ".filter.sx",
            "no source has a column for the dimension 'sx'; write sex",
        ),
        ("id: m, type: ratio, numerator: fires, denominator: calls, per: 0", ".per", "0 is too small; write 1.0 or more"),
        ("id: m, type: simple, indicator: fires, unit: null", ".unit", "an empty value is not text; write it in quotes if it is text"),
        ("id: m, type: percentile, indicator: fires", ".type", "'percentile' is not allowed here; write one of: 'simple', 'ratio'"),
    ],
)
def test_a_fault_is_said_once_with_its_line_and_cure(home, told, key, said):
    found = write(home, told)
    assert [line[: len(f"{LINE}: metrics.2{key}: {said}")] for line in found] == [f"{LINE}: metrics.2{key}: {said}"]


def test_a_missing_unit_is_said(home):
    (home.definitions / "m.yaml").write_text(METRICS.replace('    unit: "%"\n', ""), encoding="utf-8")
    assert [str(problem) for problem in check(home).problems] == ["kpis/definitions/m.yaml:2: metrics.1.unit: unit is missing; add it"]


def test_a_circle_is_said_once_with_its_whole_way(home):
    found = write(
        home,
        "id: a, type: derived, expr: b + fires",
        "id: b, type: ratio, numerator: c, denominator: fires",
        "id: c, type: derived, expr: a * 2",
        "id: d, type: derived, expr: a + 1",
    )
    assert found == [f"{LINE}: metrics.2: the metric leads back to itself: a → b → c → a; take one of the steps out"]


def test_metrics_do_not_pile_up_without_end(home):
    tower = [f"id: m{i}, type: derived, expr: {f'm{i - 1}' if i else 'fires'} + 1" for i in range(12)]
    assert write(home, *tower[:10]) == []
    assert [line.partition(": ")[2] for line in write(home, *tower)] == [
        "metrics.12: more than 10 metrics stand on each other below this one; compute it from fewer steps"
    ]


GOAL = "kpis:\n  - {{id: g, name: G, polarity: higher, owner: works, {}}}\n"
AIM = "baseline: {value: 1, date: 2023-12-31}, target: {value: 2, date: 2026-12-31}"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("metric: shar", "kpis.1.metric: 'shar' is not a known metric; write share, or define it first"),
        ("metric: fires", "kpis.1.metric: 'fires' is not a known metric; write one that is defined, or define it first"),
        ("indicator: share", "kpis.1.indicator: 'share' is not a known indicator; write one that is defined, or define it first"),
        ("basis: ratio", "kpis.1: the goal says neither `indicator` nor `metric`; write what it tracks"),
        ("indicator: fires, metric: share", "kpis.1.metric: the goal says both `indicator` and `metric`; keep one"),
    ],
)
def test_a_goal_tracks_one_thing_that_is_known(home, told, said):
    assert [line.partition(": ")[2] for line in write(home, goals=GOAL.format(told))] == [said]


def test_a_file_that_says_nothing_is_refused(home):
    (home.definitions / "m.yaml").write_text("# nothing yet\n", encoding="utf-8")
    said = "kpis/definitions/m.yaml:1:1: neither goals nor metrics are given; write `kpis:` or `metrics:`, or remove the file"
    assert [str(problem) for problem in check(home).problems] == [said]


def test_metrics_may_lean_on_those_of_another_file_and_nothing_is_said_of_a_file_that_cannot_be_read(home):
    (home.definitions / "a.yaml").write_text("metrics: [{id: m, name: M, unit: x, type: derived, expr: share * 2}]", encoding="utf-8")
    assert write(home) == []
    assert list(catalogue.load(home, load_definitions(home)).measures) == ["share", "m"]
    (home.definitions / "m.yaml").write_text("metrics: [{id: share}]", encoding="utf-8")
    assert {problem.path for problem in check(home).problems} == {"kpis/definitions/m.yaml"}


def test_a_broken_metric_refuses_the_catalogue(home):
    write(home, "id: m, type: derived, expr: fires +")
    with pytest.raises(Refused) as refused:
        catalogue.load(home, load_definitions(home))
    assert [problem.key for problem in refused.value.problems] == ["metrics.2.expr"]


RIGHT = (
    "id: quarterly, type: simple, indicator: fires, frequency: quarter",
    "id: both, type: derived, expr: fires + 2 * calls - calls / 3",
    "id: odd, type: derived, expr: fires * calls",
    "id: year, type: cumulative, indicator: fires, grain_to_date: year, owner: hall",
    "id: rolled, type: cumulative, input_metric: both, window: 12",
    "id: peak, type: simple, indicator: homes, agg: max, frequency: year, decimals: 0, fresh_days: 7",
    "id: here, type: simple, indicator: fires, non_additive_over: [place]",
    "id: per_euro, type: ratio, numerator: fires, denominator: debt",
)


def test_a_metric_shows_as_an_indicator_does(home):
    assert write(home, *RIGHT) == []
    known = catalogue.load(home, load_definitions(home))
    shown = {name: measure.indicator for name, measure in known.measures.items()}
    assert {name: (one.kind, one.frequency, one.is_count) for name, one in shown.items()} == {
        "share": ("ratio", "month", False),
        "quarterly": ("flow", "quarter", True),
        "both": ("flow", "month", True),
        "odd": ("level", "month", False),
        "year": ("level", "month", True),
        "rolled": ("level", "month", True),
        "peak": ("level", "year", False),
        "here": ("flow", "month", False),
        "per_euro": ("ratio", "quarter", False),
    }
    assert (shown["share"].unit, shown["share"].theme, shown["share"].owner, shown["year"].owner) == ("%", "life", "works", "hall")
    assert shown["share"].source == {"es": "Bomberos; Centralita", "en": "Fire service; Exchange"}
    assert shown["per_euro"].source == {"es": "Bomberos; desk", "en": "Fire service; desk"}
    assert [shown[name].freshness_limit for name in ("share", "quarterly", "per_euro", "peak")] == [60, 100, 100, 7]
    assert shown["peak"].decimals == 0


def test_a_goal_says_what_it_tracks_and_which_indicators_move_it(home):
    write(home, *RIGHT, goals=GOAL.format(f"metric: rolled, {AIM}"))
    definitions = load_definitions(home)
    known = catalogue.load(home, definitions)
    kpi = known.kpi["g"]
    assert (kpi.measure, known.indicator(kpi.measure, definitions).id) == ("rolled", "rolled")
    assert known.sources(kpi) == {"fires", "calls"}
    plain = Kpi(id="p", name="P", indicator="homes", polarity="higher", owner="works")
    assert (plain.measure, known.indicator(plain.measure, definitions), known.sources(plain)) == (
        "homes",
        definitions.indicator["homes"],
        {"homes"},
    )
