"""Sixty files with one fault each, over the whole language: `kpis check` finds every fault, at its line, with its cure, and no other.

They lean on the demo city's indicators, areas and axes. A file is named for what is wrong with it.
"""

import json
import shutil

import pytest

from data.home import Home
from kpis.__main__ import main
from tests.conftest import ROOT

FOLDER = ROOT / "tests" / "fixtures" / "broken_definitions"
FAULTS: dict[str, tuple[int, str | None, str]] = {
    "anchor": (6, None, "anchors and aliases are not allowed"),
    "axis_unknown": (5, "kpis.1.axis", "'green_town' is not a known axis"),
    "band_beyond_the_target": (11, "kpis.1.bands.on_track", "on_track 50 goes beyond the target 45"),
    "bands_upside_down": (10, "kpis.1.bands", "on_track 0.6 is not better than at_risk 0.9"),
    "baseline_below_the_indicator": (8, "kpis.1.baseline.value", "-31.5 cannot be: the indicator is never below 0"),
    "baseline_without_date": (8, "kpis.1.baseline.date", "date is missing"),
    "basis_unknown": (10, "kpis.1.basis", "'traffic_light' is not allowed here"),
    "budget_in_words": (10, "kpis.1.budget", "'3 million' is not a number"),
    "day_before_month": (9, "kpis.1.target.date", "'31/12/2028' is not a date"),
    "day_of_no_calendar": (9, "kpis.1.target.date", "'2028-11-31' is not a date"),
    "difference_wider_than_the_way": (9, "kpis.1.target.value", "from baseline to target it is 13.5, and the data cannot tell"),
    "goals_by_name": (2, "kpis", "{'goals_by_name': {'name': 'Waste collected separately'}} is"),
    "half_of_the_bands": (10, "kpis.1.bands.at_risk", "at_risk is missing"),
    "id_of_another_file": (2, "kpis.1.id", "the id 'recycling' is given twice, first in kpis/definitions"),
    "id_twice_in_a_file": (10, "kpis.2.id", "the id 'id_twice_in_a_file' is given twice"),
    "id_with_capitals": (2, "kpis.1.id", "'Waste-Separated' is not a valid name here"),
    "indented_too_far": (6, None, "not YAML: a colon stands where no key can be"),
    "indicator_unknown": (4, "kpis.1.indicator", "'recycled' is not a known indicator"),
    "key_of_another_file": (10, "indicators", "indicators is not a known key"),
    "key_said_twice": (8, "polarity", "'polarity' is said twice, first on line 7"),
    "letters_of_windows": (3, None, "not UTF-8 text"),
    "name_empty": (3, "kpis.1.name", "this text is empty"),
    "name_in_a_language_by_name": (3, "kpis.1.name.english", "'english' is not a valid name here"),
    "nested_too_deep": (10, None, "nested deeper than 20"),
    "no_baseline": (2, "kpis.1.baseline", "the basis on_schedule measures from a baseline, and there is"),
    "no_goals": (1, None, "neither goals nor metrics are given"),
    "no_id": (2, "kpis.1.id", "id is missing"),
    "no_polarity": (2, "kpis.1.polarity", "polarity is missing"),
    "owner_unknown": (6, "kpis.1.owner", "'environments' is not a known area"),
    "path_unknown": (10, "kpis.1.path.method", "'straight' is not allowed here"),
    "percentage_above_a_hundred": (9, "kpis.1.target.value", "450 is no percentage between 0 and 100"),
    "polarity_unknown": (7, "kpis.1.polarity", "'up' is not allowed here"),
    "question_too_long": (10, "kpis.1.question", "this text is longer than 2000 characters"),
    "quote_left_open": (10, None, "not YAML: a quote is opened and never closed"),
    "ratio_to_zero": (9, "kpis.1.target.value", "a ratio to a target of zero or less says nothing"),
    "review_before_the_next_value": (5, "kpis.1.review.frequency", "reviewed every month, but there is one value each year"),
    "review_unknown": (10, "kpis.1.review.frequency", "'fortnight' is not allowed here"),
    "sdg_target_unknown": (10, "kpis.1.sdg.1", "'11.8' is no target of the Sustainable Development Goals"),
    "sdg_without_quotes": (10, "kpis.1.sdg.1", "11.6 is not text"),
    "second_document": (10, None, "a second document begins here"),
    "step_after_the_target": (14, "kpis.1.path.steps.2.date", "this step is after the target's date 2028-12-31"),
    "step_before_the_baseline": (13, "kpis.1.path.steps.1.date", "this step is not after the baseline's date"),
    "step_beyond_the_target": (14, "kpis.1.path.steps.2.value", "the step 46 goes beyond the target 45"),
    "steps_finer_than_the_values": (14, "kpis.1.path.steps.2.date", "this step comes less than a year after the one before, and t"),
    "steps_no_list": (10, "kpis.1.path.steps", "{'date': '2026-12-31', 'value': 38} is not a list"),
    "steps_on_a_straight_line": (10, "kpis.1.path.steps", "steps are given, but the method is linear"),
    "steps_out_of_order": (14, "kpis.1.path.steps.2.date", "this step is not after the one before it"),
    "steps_without_a_target": (9, "kpis.1.path", "steps lead to a target, and there is none"),
    "tab_for_spaces": (6, None, "not YAML: a tab indents the line"),
    "tag": (3, None, "tags such as tag:yaml.org,2002:str are not allowed"),
    "target_before_the_next_value": (9, "kpis.1.target.date", "the target comes less than a year after the baseline, and th"),
    "target_beyond_the_indicator": (9, "kpis.1.target.value", "145 cannot be: the indicator is never above 100"),
    "target_not_after_baseline": (9, "kpis.1.target.date", "the target's date 2026-06-30 is not after the baseline's dat"),
    "target_with_percent_sign": (9, "kpis.1.target.value", "'45%' is not a number"),
    "target_without_keys": (9, "kpis.1.target", "45 is not a group of keys"),
    "target_worse_than_baseline": (9, "kpis.1.target.value", "the target 30 is worse than the baseline 31.5, because highe"),
    "targets/villa_chimera": (1, None, "no place has the id 'villa_chimera', after which this file i"),
    "targets/villa_quimera": (4, "targets.water_losses.target.value", "-5 cannot be: the indicator is never below 0"),
    "unknown_key": (10, "kpis.1.weigth", "weigth is not a known key"),
    "weight_below_zero": (10, "kpis.1.weight", "-1 is too small"),
}
"""Of each file the line, the key (none where YAML itself cannot be read) and how the message begins."""


@pytest.fixture
def demo(tmp_path, monkeypatch) -> Home:
    """The demo city's definitions, without figures."""
    home = Home(tmp_path)
    for folder in ("data", "kpis/definitions", "kpis/targets"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=lambda _, names: [name for name in names if not name.endswith(".yaml")])
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    return home


@pytest.fixture
def told(demo, capsys) -> dict:
    assert main(["check", str(FOLDER), "--json"]) == 1
    return json.loads(capsys.readouterr().out)


def test_there_are_sixty_files():
    assert len(FAULTS) == len(list(FOLDER.rglob("*.yaml"))) == 60


def test_each_fault_is_found_at_its_line_and_nothing_else_is(told):
    found = sorted((problem["path"], problem["line"], problem["key"]) for problem in told["problems"])
    assert found == sorted((str(FOLDER / f"{name}.yaml"), line, key) for name, (line, key, _message) in FAULTS.items())
    assert (told["ok"], told["warnings"], told["smart"]) == (False, [], [])


def test_each_fault_is_said_in_words_with_its_cure(told):
    messages = {problem["path"].removeprefix(f"{FOLDER}/").removesuffix(".yaml"): problem for problem in told["problems"]}
    said = {name: (problem["message"].startswith(FAULTS[name][2]), bool(problem["hint"])) for name, problem in messages.items()}
    assert said == dict.fromkeys(FAULTS, (True, True))


def test_the_demo_city_itself_is_free_of_them(demo, capsys):
    assert main(["check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []
