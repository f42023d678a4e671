"""`python -m kpis impact`: a study in, the promised JSON out; what is wrong is said with its line, what is thin with what it needs."""

import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from data.home import Home
from kpis.__main__ import main
from tests.impact_town import EFFECT, STUDY, again, build
from tests.study_tables import EFFECT as EFFECT_OF_TREES
from tests.study_tables import STUDY as OF_A_TABLE
from tests.study_tables import rows, write

SEEN = ("clear_effect", "likely_effect")
PROMISED = [
    "method", "estimate", "se", "ci_low", "ci_high", "p", "n_treated", "n_control", "pre_periods", "post_periods", "weights", "series",
    "diagnostics", "verdict", "refused",
]  # fmt: skip


def run(capsys, *told: str) -> tuple[int, dict]:
    code = main(["impact", *told, "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Home:
    return build(tmp_path_factory.mktemp("town"))


@pytest.fixture
def home(town, tmp_path, monkeypatch) -> Home:
    found = Home(Path(shutil.copytree(town.folder, tmp_path / "home")))
    found.studies.mkdir(parents=True)
    (found.studies / "app.yaml").write_text(STUDY, encoding="utf-8")
    monkeypatch.setenv("MANDATO_HOME", str(found.folder))
    return found


def test_the_contract_is_printed_for_a_table(capsys, tmp_path):
    code, said = run(capsys, str(write(tmp_path)))
    assert code == 0 and [key for key in said if key in PROMISED] == PROMISED
    counted = [said[key] for key in ("method", "n_treated", "n_control", "pre_periods", "post_periods")]
    assert counted == ["sdid", 1, 5, 9, 3] and said["estimate"] == pytest.approx(EFFECT_OF_TREES, abs=4)


def test_an_effect_is_found_in_the_figures_of_the_home(capsys, home):
    code, said = run(capsys, str(home.studies / "app.yaml"))
    assert code == 0 and said["refused"] is None and said["problems"] == []
    assert said["estimate"] == pytest.approx(EFFECT, abs=1.5) and said["ci_low"] < said["estimate"] < said["ci_high"]
    assert (said["n_treated"], said["n_control"], said["pre_periods"], said["post_periods"]) == (1, 12, 36, 12)
    assert sum(said["weights"].values()) == pytest.approx(1, abs=0.01)
    assert [point["period"] for point in said["series"]][-1] == "2025-12" and said["series"][-1]["gap"] > 0
    assert said["verdict"] in SEEN and said["because"] and len(said["doubts"]) == 3


def test_a_table_on_the_command_line_stands_in_for_the_one_in_the_study(capsys, tmp_path):
    path = write(tmp_path, study=OF_A_TABLE.replace("table.csv", "nowhere.csv"))
    assert run(capsys, str(path))[0] == 1
    other = (tmp_path / "table.csv").rename(tmp_path / "other.csv")
    whole = run(capsys, str(path), "--table", str(other))[1]
    path.write_text(OF_A_TABLE.replace("table: table.csv\n", ""), encoding="utf-8")
    assert run(capsys, str(path), "--table", str(other))[1] == whole
    assert whole["problems"] == [] or whole["verdict"] == "cannot_tell"


def test_what_is_too_thin_says_what_would_be_needed(capsys, home):
    (home.studies / "app.yaml").write_text(STUDY.replace("2025-01", "2025-11"), encoding="utf-8")
    code, said = run(capsys, str(home.studies / "app.yaml"))
    assert (code, said["verdict"], said["estimate"], said["series"]) == (1, "cannot_tell", None, [])
    assert "at least 3 are needed" in said["refused"] and said["problems"][0]["message"] == said["refused"]
    assert main(["impact", str(home.studies / "app.yaml")]) == 1
    assert "not estimated: periods under the policy: 2" in capsys.readouterr().out


def test_bad_input_lists_every_problem_and_no_figure(capsys, tmp_path):
    table = rows()
    table[3][2], table[5][2] = "many", "few"
    code, said = run(capsys, str(write(tmp_path, table)))
    assert code == 1 and [problem["line"] for problem in said["problems"]] == [4, 6]
    assert all(problem["hint"] and problem["path"].endswith("table.csv") for problem in said["problems"])
    assert (said["estimate"], said["verdict"]) == (None, "cannot_tell") and said["refused"]


def test_a_study_of_an_indicator_that_nobody_knows_is_refused_with_its_line(capsys, home):
    (home.studies / "app.yaml").write_text(STUDY.replace("on_time", "on_tyme") + "donors_out: [peer_99]\n", encoding="utf-8")
    code, said = run(capsys, str(home.studies / "app.yaml"))
    assert code == 1 and [(problem["line"], problem["key"]) for problem in said["problems"]] == [(2, "indicator"), (5, "donors_out.1")]
    assert "write on_time" in said["problems"][0]["hint"]


@pytest.mark.parametrize("told", [[], ["--all", "study.yaml"], ["--all", "--table", "x.csv"]])
def test_it_must_be_said_what_is_to_be_estimated(capsys, told):
    code, said = run(capsys, *told)
    assert code == 1 and "it is not said what is to be estimated" in said["problems"][0]["message"]


def test_all_studies_are_estimated_once_and_kept(capsys, home):
    (home.studies / "broken.yaml").write_text("study: broken\n", encoding="utf-8")
    code, said = run(capsys, "--all")
    assert code == 0 and said["facts_version"] == 1
    (row,) = said["studies"]
    assert (row["study"], row["day"], row["moved"]) == ("app", "2026-01-05", None) and row["verdict"] in SEEN
    assert said["problems"][0]["path"] == "kpis/studies/broken.yaml"
    path = home.store / "studies" / "app.json"
    written = path.stat().st_mtime_ns
    assert run(capsys, "--all")[1] == said
    assert path.stat().st_mtime_ns == written


def test_a_verdict_that_moved_says_since_when(capsys, home):
    run(capsys, "--all")
    again(home, 0.0, date(2026, 2, 5))
    (row,) = run(capsys, "--all")[1]["studies"]
    assert row["moved"]["since"] == "2026-02-05" and row["moved"]["from"] in SEEN
    assert row["moved"]["to"] == row["verdict"] in ("no_detectable_effect", "cannot_tell")


def test_the_same_stands_in_plain_words(capsys, home):
    assert main(["impact", str(home.studies / "app.yaml")]) == 0
    said = capsys.readouterr().out
    assert re.match("app: a (clear|likely) effect\n  the policy improved it: ", said)
    assert "treated 1, beside 12; 36 periods before 2025-01, 12 from then on" in said and "what could make it wrong" in said
    assert main(["impact", "--all"]) == 0
    assert capsys.readouterr().out.splitlines() == said.splitlines()[:1]


CALIFORNIA = "unit: State\ntime: Year\noutcome: PacksPerCapita\ntreated: [California]\nstart: 1989\nmethod: sdid\n"
NEW_JERSEY = "unit: nj\ntime: d\noutcome: fte\ntreated: [1]\nstart: 1\nmethod: did\n"
DONORS = "unit: State\ntime: Quarter_Num\noutcome: Rate\ntreated: [California]\nstart: 4\nmethod: did\n"
PUBLISHED = {
    "cigarettes": ("california_prop99_synthdid.csv", CALIFORNIA, -15.604, 0.05),
    "minimum_wage": ("card_krueger_njmin3.csv", NEW_JERSEY, 2.7536, 0.0001),
    "organs": ("organ_donations.csv", DONORS, -0.0225, 0.0001),
}
"""Arkhangelsky et al. 2021; Card and Krueger 1994; Kessler and Roth 2014, each as its data give it."""


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_figures_come_out_of_the_command(capsys, tmp_path, shared, name):
    table, keys, published, tolerance = PUBLISHED[name]
    path: Path = tmp_path / "study.yaml"
    path.write_text(f"study: {name}\n{keys}", encoding="utf-8")
    code, said = run(capsys, str(path), "--table", str(shared / "data" / "public" / "impact_eval" / table))
    assert code == 0 and said["estimate"] == pytest.approx(published, abs=tolerance)


def test_before_the_first_load_every_study_says_what_it_lacks(capsys, home):
    shutil.rmtree(home.store / "facts")
    code, said = run(capsys, "--all")
    (row,) = said["studies"]
    assert (code, said["facts_version"], row["verdict"], row["day"]) == (0, None, "cannot_tell", None)
    assert "no figures of on_time are loaded for alta" in row["refused"] and not (home.store / "studies").exists()
