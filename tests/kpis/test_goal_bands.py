"""Goals that are read off a preset's bands or a list of their own: what is refused, what is judged, and what is said."""

import json
from pathlib import Path
from typing import Any

import pytest

from data.home import Home
from data.periods import Month
from kpis.__main__ import main
from kpis.definition import Aim, Bands, Kpi
from kpis.explain import explain
from kpis.schemas import schemas
from kpis.score import Score
from kpis.scorecard import as_score
from tests.kpi_town import definitions, goal, indicator, judged
from tests.kpis.test_rules import CITY, GOOD, INDICATORS, PLACES, problems
from tests.small_city import build

UP: dict[str, Any] = {"baseline": (60.0, "2024-12-31"), "target": (80.0, "2026-12-31")}
LISTED = [
    {"name": "red", "status": "off_track", "to": 0.5},
    {"name": "amber", "status": "at_risk", "from": 0.5, "to": 0.9},
    {"name": "green", "status": "on_track", "from": 0.9, "label": {"en": "well on its way", "es": "bien encaminada"}},
]


@pytest.fixture
def town(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    for folder in (home.city.parent, home.definitions, home.targets):
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in ((home.city, CITY), (home.places, PLACES), (home.indicators, INDICATORS)):
        path.write_text(text, encoding="utf-8")
    return home


def score(kpi: Kpi, value: float | None) -> Score:
    verdict = judged(kpi, {"2025-12": value}, "2025-12")
    aim = Aim(baseline=kpi.baseline, target=kpi.target, path=kpi.path)
    return as_score(verdict, kpi, aim, definitions(indicator()).indicator["lights"], Month(2025, 12))


def with_bands(told: object, **more: Any) -> Kpi:
    return goal(bands=Bands.model_validate(told), **{**UP, **more})


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["bands: {preset: edomex5}"], None),
        (["bands: {preset: cascade}"], None),
        (["basis: absolute", "bands: {preset: gdm, indicator: 4.4.8}"], None),
        (["bands: {preset: edomex}"], "7: kpis.1.bands.preset: 'edomex' is not a known preset; write edomex5"),
        (["bands: {preset: gdm}"], "7: kpis.1.bands.preset: the preset gdm has bands for each of its indicators; add `indicator:`"),
        (
            ["basis: absolute", "bands: {preset: gdm, indicator: 4.4.88}"],
            "8: kpis.1.bands.indicator: the preset gdm has no indicator '4.4.88'",
        ),
        (
            ["bands: {preset: edomex5, indicator: 4.4.8}"],
            "7: kpis.1.bands.indicator: the preset edomex5 has no indicator '4.4.8'; leave it out",
        ),
        (
            ["basis: absolute", "bands: {preset: gdm, indicator: 2.3.2}"],
            "5: kpis.1.polarity: the preset gdm says that lower is better for 2.3.2",
        ),
        (
            ["bands: {preset: clearpoint}"],
            "2: kpis.1.basis: the bands of the preset clearpoint do not fit the basis on_schedule; write one of: ratio",
        ),
        (["bands: {preset: open_sdg}"], "7: kpis.1.bands.preset: the preset open_sdg measures what no basis does"),
        (["bands:", "  - {name: red, status: off_track, to: 0.5}", "  - {name: green, status: on_track, from: 0.5}"], None),
        (
            ["bands:", "  - {name: red, status: off_track, to: 0.5}", "  - {name: green, status: on_track, from: 0.6}"],
            "9: kpis.1.bands.2.from: between 'red', up to 0.5, and 'green', from 0.6, no band holds; begin the band where",
        ),
        (
            ["bands:", "  - {name: red, status: off_track, to: 0.7}", "  - {name: green, status: on_track, from: 0.6}"],
            "9: kpis.1.bands.2.from: the bands 'red' and 'green' overlap; end one where the other begins",
        ),
        (
            ["bands:", "  - {name: red, status: on_track, to: 0.7}", "  - {name: green, status: off_track, from: 0.7}"],
            "8: kpis.1.bands.1.status: the bands get better towards lower numbers, but higher is better; correct the polarity",
        ),
        (
            [
                "basis: absolute",
                "bands:",
                "  - {name: red, status: off_track, from: 0, to: 70}",
                "  - {name: green, status: on_track, from: 70, to: 100}",
            ],
            None,
        ),
        (
            ["basis: absolute", "bands:", "  - {name: red, status: off_track, to: 90}", "  - {name: green, status: on_track, from: 90}"],
            "12: kpis.1.target.value: the target 80 lies in the band 'red', which is off_track; correct the target, or the bands",
        ),
        (["bands:", "  - {name: red, status: off_track, to: 0.5}"], "8: kpis.1.bands: one band alone says nothing; write at least two"),
        (
            ["bands:", "  - {name: red, status: bad, to: 0.5}", "  - {name: green, status: on_track, from: 0.5}"],
            "8: kpis.1.bands.1.status: 'bad' is not allowed here; write one of: 'off_track', 'at_risk', 'on_track'",
        ),
        (
            ["bands:", "  - {name: red, status: off_track, till: 0.5}", "  - {name: green, status: on_track, from: 0.5}"],
            "8: kpis.1.bands.1.till: till is not a known key; remove it, or correct it to one of: name, status, from, to, includes",
        ),
        (["bands: {on_track: 0.9}"], "7: kpis.1.bands.at_risk: at_risk is missing; add it"),
        (["bands: {preset: edomex5, at: 1}"], "7: kpis.1.bands.at: at is not a known key; remove it, or correct it to one of: on_track"),
    ],
)
def test_bands_that_are_not_proved_are_refused_with_their_line(town, lines, expected):
    text = GOOD.replace("    axis: green\n", "".join(f"    {line}\n" for line in lines))
    (town.definitions / "a.yaml").write_text(text, encoding="utf-8")
    found = problems(town)
    if expected is None:
        assert found == []
    else:
        assert found[0].startswith(f"kpis/definitions/a.yaml:{expected}"), found


@pytest.mark.parametrize(
    ("value", "status", "band"),
    [
        (64, "off_track", "red"),
        (65, "off_track", "orange"),
        (67, "at_risk", "yellow"),
        (69, "on_track", "green"),
        (71, "on_track", "green"),
        (71.1, "on_track", "violet"),
        (80, "reached", "violet"),
        (82, "exceeded", "violet"),
    ],
)
def test_a_presets_band_stands_beside_our_status(value, status, band):
    found = score(with_bands({"preset": "edomex5"}), value)
    assert (found.status, found.band) == (status, band)


def test_more_than_was_planned_is_explained_as_planning_that_was_too_low():
    said = score(with_bands({"preset": "edomex5"}), 72).reason
    assert str(said) == "72.0 % against 70.0 % attains 120%, in the band violet: planning was too low"
    met = score(with_bands({"preset": "edomex5"}), 82).reason
    assert str(met) == "82.0 % meets the target of 80.0 %, in the band violet: planning was too low"


def test_a_list_of_ones_own_is_judged_and_said():
    found = score(with_bands(LISTED), 69)
    assert (found.status, found.band) == ("on_track", "green")
    assert str(found.reason) == "69.0 % against 70.0 % attains 90%, in the band well on its way"
    assert [score(with_bands(LISTED), value).status for value in (64.9, 65, 68.9)] == ["off_track", "at_risk", "at_risk"]


def test_bands_of_values_are_read_off_the_value():
    kpi = with_bands({"preset": "gdm", "indicator": "4.4.8"}, basis="absolute", target=(95.0, "2026-12-31"))
    found = [score(kpi, value) for value in (80, 79.9, 49)]
    assert [(one.status, one.band) for one in found] == [("on_track", "optimal"), ("at_risk", "in_process"), ("off_track", "behind")]
    assert str(found[1].reason) == "79.9 % is in the band in process"


def test_a_goal_without_a_fresh_value_has_no_band():
    assert score(with_bands(LISTED), None).band is None
    assert judged(with_bands(LISTED), {"2024-11": 70}, "2025-12")["band"] is None


def test_a_goal_with_two_cuts_keeps_the_bands_it_had():
    found = score(goal(**UP), 69)
    assert (found.band, found.listed_band, judged(goal(**UP), {"2025-12": 69}, "2025-12")["band"]) == ("on_track", None, None)


def test_the_thresholds_of_named_bands_are_values_of_the_indicator():
    thresholds = explain(score(with_bands({"preset": "edomex5"}), 66)).thresholds
    told = {status: None if amount is None else round(amount.number, 6) for status, amount in thresholds.items()}
    assert told == {"exceeded": 82.0, "reached": 80.0, "on_track": 69.0, "at_risk": 67.0}


def test_goals_of_many_scales_are_judged_beside_goals_of_none():
    for bands, value, expected in (
        (None, 69, None),
        ({"preset": "edomex5"}, 69, "green"),
        ({"preset": "huila5"}, 70, "green"),
        ({"preset": "huila5"}, 64, "red"),
        ({"preset": "dnp"}, 68, "outstanding"),
        ({"preset": "guatape"}, 60, "grey"),
    ):
        kpi = goal(**UP) if bands is None else with_bands(bands)
        assert judged(kpi, {"2025-12": value}, "2025-12")["band"] == expected


def test_an_editor_offers_the_three_ways_to_write_bands():
    ways = json.loads(schemas()["kpis.json"])["$defs"]["Bands"]["anyOf"]
    assert [way.get("required", way["type"]) for way in ways] == [["on_track", "at_risk"], ["preset"], "array"]
    assert list(ways[1]["properties"]) == ["preset", "indicator"]
    assert ways[2]["items"] == {"$ref": "#/$defs/Band"}
    assert {"name", "status", "from", "to", "includes"} <= json.loads(schemas()["kpis.json"])["$defs"]["Band"]["properties"].keys()


def test_evaluate_gives_the_band_of_a_preset_beside_the_status(tmp_path, monkeypatch, capsys):
    home = build(tmp_path)
    file = home.definitions / "all.yaml"
    text = file.read_text(encoding="utf-8").replace("    indicator: lights\n", "    indicator: lights\n    bands: {preset: edomex5}\n", 1)
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    assert main(["evaluate", "--place", "aurora", "--month", "2026-06", "--kpi", "lights", "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)["kpis"]
    assert (row["band"], row["status"]) == ("yellow", "at_risk")
    assert row["reason"] == "92.9 % against 93.2 % attains 84%, in the band yellow: middling progress"
