"""A month judged from a real store: in the catalogue's order, as known on a day, with the commands' exact JSON."""

import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.definitions import load as load_definitions
from data.facts import Facts, current
from data.home import Home
from data.loads import NewLoad, apply
from data.periods import Month
from kpis import catalogue
from kpis.__main__ import main
from kpis.headline import headline
from kpis.score import STATUSES, Score
from kpis.scorecard import scorecard
from tests.small_city import build

JUNE = Month(2026, 6)
KEYS = ["id", "value", "period", "due", "target", "progress", "attainment", "band", "status", "reason", "fresh_days", "limit_days"]
KEYS += ["chance", "signal", "change", "publishable", "smart", "annual_compliance", "plan_progress"]

PLANTED = """
  - {id: planted, name: Planted, unit: parks, kind: flow, frequency: year, theme: life, source: town hall, owner: police}
"""
PLAN = """kpis:
  - id: planted
    name: Parks planted
    indicator: planted
    polarity: higher
    owner: police
    baseline: {value: 0, date: 2023-12-31, reason: Nothing had been planted}
    target: {value: 1, date: 2027-12-31}
    programmed: {2024: 0.25, 2025: 0.25, 2026: 0.25, 2027: 0.25}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Home:
    """The small city; in August somebody corrected June's robberies and sent July's."""
    home = build(tmp_path_factory.mktemp("small"))
    empty = {"segment": "", "numerator": None, "denominator": None, "flag": None}
    rows = [{"place": "aurora", "indicator": "robberies", "period": JUNE.plus(i).last, "value": 20.0, **empty} for i in (0, 1)]
    load = NewLoad("late", "test", ("late.csv",), "test", date(2026, 8, 5), 2)
    table = pl.DataFrame(rows, schema_overrides={"numerator": pl.Float64, "denominator": pl.Float64, "flag": pl.String})
    apply(home, load_definitions(home), [(load, table)])
    return home


@pytest.fixture(scope="module")
def facts(home) -> Facts:
    found = current(home)
    assert found
    return found


@pytest.fixture
def judge_month(home, facts):
    definitions = load_definitions(home)
    goals = catalogue.load(home, definitions)

    def judged(month: Month = JUNE, place: str = "aurora", as_known: date | None = None) -> dict[str, Score]:
        return {score.kpi.id: score for score in scorecard(facts, goals, definitions, place, month, as_known)}

    return judged


def test_a_scorecard_has_every_goal_in_the_catalogues_order(home, judge_month):
    assert list(judge_month()) == [kpi.id for kpi in catalogue.load(home, load_definitions(home)).kpis]


def test_a_month_is_read_as_it_was_known(judge_month):
    now, then = judge_month()["robberies"], judge_month(as_known=date(2026, 7, 10))["robberies"]
    assert (now.value, then.value) == (20, pytest.approx(37.1))
    assert now.status == "reached"
    assert {score.status for score in judge_month(as_known=date(2026, 7, 2)).values()} <= {"no_data", "untracked"}


def test_a_later_months_value_is_not_used(judge_month):
    assert judge_month()["robberies"].period == date(2026, 6, 30)
    assert judge_month(Month(2026, 7))["robberies"].period == date(2026, 7, 31)
    assert judge_month(Month(2026, 7))["robberies"].direction == "equal"


def test_a_score_carries_what_the_screen_needs(judge_month):
    score = judge_month()["lights"]
    assert (score.place, score.month, score.frequency, score.indicator.unit) == ("aurora", JUNE, "month", "%")
    assert (score.age_days, score.limit_days) == (10, 45)
    assert score.change and (score.change.previous_period, score.change.direction) == (date(2026, 5, 31), "better")
    silent = judge_month()["silent"]
    assert (silent.status, silent.change, silent.direction, silent.band) == ("no_data", None, "unknown", None)


def test_a_headline_can_be_counted_again_from_the_scores(judge_month):
    scores = list(judge_month().values())
    found, counts = headline(scores), Counter(score.status for score in scores)
    assert found.on_track_or_better == counts["on_track"] + counts["reached"] + counts["exceeded"]
    assert found.judged == len(scores) - counts["untracked"] - counts["not_due"]
    assert found.without_data == counts["stale"] + counts["no_data"]
    fresh = [score for score in scores if score.status not in ("untracked", "not_due", "stale", "no_data")]
    assert found.worsened == sum(score.direction == "worse" for score in fresh) > 0


def test_exceptions_come_by_urgency_and_never_more_than_five(judge_month):
    score = judge_month()["hostile"]
    assert score.change
    urgent = [
        ("off_track", "worse", None),
        ("off_track", "worse", 0.3),
        ("off_track", "better", -0.5),
        ("off_track", "equal", 0.1),
        ("at_risk", "worse", 0.8),
        ("at_risk", "unknown", 0.7),
    ]
    calm = [("stale", "worse", None), ("no_data", "unknown", None), ("on_track", "worse", 0.95)]
    scores = [
        replace(score, status=status, attainment=attainment, change=replace(score.change, direction=direction))
        for status, direction, attainment in (*calm, *reversed(urgent))
    ]
    found = headline(scores)
    assert [(one.status, one.direction, one.attainment) for one in found.needs_decision] == urgent[:5]
    assert (found.on_track_or_better, found.judged, found.worsened, found.without_data) == (1, 9, 4, 2)


def evaluate(capsys, home: Home, monkeypatch, *told: str) -> tuple[int, dict]:
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    code = main(["evaluate", *told, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_evaluate_prints_the_contract(capsys, home, facts, monkeypatch, judge_month):
    code, said = evaluate(capsys, home, monkeypatch, "--place", "aurora", "--month", "2026-06")
    assert code == 0
    assert list(said) == ["place", "month", "facts_version", "kpis", "summary"]
    assert (said["place"], said["month"], said["facts_version"]) == ("aurora", "2026-06", facts.version)
    assert all(list(row) == KEYS for row in said["kpis"])
    lights = next(row for row in said["kpis"] if row["id"] == "lights")
    assert (lights["period"], lights["target"], lights["fresh_days"]) == ("2026-06", 97, 10)
    assert 0 <= lights["chance"] < 0.01  # 0.1 points a month lead to 95.9 by December 2028
    assert next(row["chance"] for row in said["kpis"] if row["id"] == "trees") > 0.99
    assert lights["change"]["previous_period"] == "2026-05"
    assert lights["reason"] == str(judge_month()["lights"].reason)


def test_evaluate_gives_the_two_figures_of_a_plan_that_programmes_its_years(capsys, home, tmp_path, monkeypatch):
    """Guatapé's own row: of a target of 1, 0.25 a year is programmed; 2 of 4 years done comply, and are half of it."""
    shutil.copytree(home.folder, tmp_path / "plan")
    planned = Home(tmp_path / "plan")
    planned.indicators.write_text(planned.indicators.read_text(encoding="utf-8") + PLANTED, encoding="utf-8")
    (planned.definitions / "plan.yaml").write_text(PLAN, encoding="utf-8")
    done = [
        {"place": "aurora", "indicator": "planted", "segment": "", "period": date(year, 12, 31), "value": 0.25} for year in (2024, 2025)
    ]
    empty = {name: pl.lit(None, kind) for name, kind in (("numerator", pl.Float64), ("denominator", pl.Float64), ("flag", pl.String))}
    load = NewLoad("plan", "test", ("plan.csv",), "test", date(2026, 8, 6), 2)
    apply(planned, load_definitions(planned), [(load, pl.DataFrame(done).with_columns(**empty))])
    _, said = evaluate(capsys, planned, monkeypatch, "--place", "aurora", "--month", "2025-12")
    found = {row["id"]: (row["annual_compliance"], row["plan_progress"]) for row in said["kpis"]}
    assert found["planted"] == pytest.approx((1.0, 0.5))
    assert found["lights"] == (None, None)


def test_evaluate_says_what_is_unusual_and_why(capsys, home, monkeypatch):
    _, said = evaluate(capsys, home, monkeypatch, "--place", "aurora", "--month", "2026-06")
    found = {row["id"]: row["signal"] for row in said["kpis"]}
    names = ["verdict", "reason", "rule", "side", "direction", "new", "since", "low", "centre", "high", "points", "seasonal"]
    assert list(found["lights"]) == names
    assert (found["lights"]["verdict"], found["lights"]["seasonal"]) == ("usual", True)  # it rises as steadily as ever
    fallen = found["robberies"]  # corrected from 37.1 to 20
    assert [fallen[name] for name in names[:7] if name != "reason"] == ["unusual", "outside", "low", "better", True, "2026-06"]
    assert fallen["reason"].startswith("unusually low for the time of year: below 3")
    assert found["silent"] is None


def test_the_summary_counts_what_the_rows_say(capsys, home, monkeypatch):
    _, said = evaluate(capsys, home, monkeypatch, "--place", "aurora", "--month", "2026-06")
    statuses = Counter(row["status"] for row in said["kpis"])
    summary = said["summary"]
    assert summary["statuses"] == {status: statuses[status] for status in STATUSES}
    assert sum(summary["changes"].values()) == summary["kpis"] == len(said["kpis"])
    assert summary["met"] == statuses["reached"] + statuses["exceeded"]
    assert summary["not_met"] == statuses["on_track"] + statuses["at_risk"] + statuses["off_track"]


def test_one_goal_can_be_asked_for(capsys, home, monkeypatch):
    _, said = evaluate(capsys, home, monkeypatch, "--place", "bruma", "--month", "2026-06", "--kpi", "trees")
    assert [row["id"] for row in said["kpis"]] == ["trees"]
    assert said["summary"]["kpis"] == 1


def test_every_wrong_answer_is_told_at_once_with_what_is_near(capsys, home, monkeypatch):
    told = ("--place", "aurra", "--month", "2026-13", "--kpi", "light", "--as-known", "yesterday")
    code, said = evaluate(capsys, home, monkeypatch, *told)
    assert code == 1
    assert said["kpis"] == []
    assert [(problem["key"], problem["hint"]) for problem in said["problems"]] == [
        ("--month", "write it as 2026-06"),
        ("--as-known", "write it as 2026-07-10"),
        ("--place", "write aurora"),
        ("--kpi", "write lights"),
    ]


def test_without_facts_it_is_not_possible_now(capsys, home, monkeypatch, tmp_path):
    for path in (home.city, home.places, home.indicators, home.definitions / "all.yaml"):
        copy = tmp_path / path.relative_to(home.folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path))
    assert main(["evaluate", "--place", "aurora", "--month", "2026-06", "--json"]) == 3
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no facts are loaded yet" in captured.err


def test_the_table_in_words_begins_with_what_needs_attention(capsys, home, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    assert main(["evaluate", "--place", "aurora", "--month", "2026-06"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["status", "goal", "value", "due", "now", "period", "change", "why"]
    found = [line.split()[0] for line in lines[1 : lines.index("")]]
    assert found == sorted(found, key=STATUSES.index)
    assert len({line.index("2026-06") for line in lines if "2026-06" in line and not line.startswith(("stale", "not_due"))}) == 1


@pytest.fixture
def told(capsys, home, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))

    def check(*paths: str) -> tuple[int, dict]:
        code = main(["check", *paths, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return check


def test_check_finds_nothing_wrong_with_a_good_home(told):
    code, said = told()
    assert (code, said["ok"], said["problems"], said["warnings"]) == (0, True, [], [])
    assert said["definitions"] == 11


def test_check_of_a_path_speaks_of_that_path_alone(told, home, tmp_path: Path):
    bad = home.definitions / "bad.yaml"
    bad.write_text("kpis: [{id: X}]", encoding="utf-8")
    assert told(str(home.definitions / "all.yaml"))[:1] == (0,)
    code, said = told(str(bad))
    bad.unlink()
    assert (code, said["ok"], {problem["path"] for problem in said["problems"]}) == (1, False, {"kpis/definitions/bad.yaml"})
    outside = tmp_path / "draft.yaml"
    outside.write_text("kpis: [{id: draft, name: D, indicator: light, polarity: higher, owner: police}]", encoding="utf-8")
    code, said = told(str(outside))
    assert [(problem["path"], problem["line"], problem["hint"]) for problem in said["problems"]] == [
        (str(outside), 1, "write lights, or define it first")
    ]


def test_check_says_when_a_path_is_missing_or_the_city_itself_is_wrong(told, home):
    assert [problem["message"] for problem in told("nowhere.yaml")[1]["problems"]] == ["this file or folder is missing"]
    before = home.city.read_text(encoding="utf-8")
    home.city.write_text(before.replace("place: aurora", "place: aurra"), encoding="utf-8")
    code, said = told()
    home.city.write_text(before, encoding="utf-8")
    assert (code, [problem["path"] for problem in said["problems"]]) == (1, ["data/city.yaml"])
