"""docs/your-city.md, followed word for word in a clean copy of the house."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.checklist import steps
from data.home import Home
from data.plans.reading import plans, tree
from data.records.records import records
from tests.conftest import ROOT
from tests.small_city import session
from tests.test_house import tracked

BLOCK = re.compile(r"(?:^\*\*(?P<file>\S+)\*\*\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", flags=re.MULTILINE | re.DOTALL)
MADE_ALREADY = ("make .venv/run.stamp", ". .venv/bin/activate")
"""The tests run in that environment."""
LAST = "make run"


@pytest.fixture(scope="module")
def followed(tmp_path_factory) -> tuple[Path, str]:
    """The folder that somebody has who followed the page, and what the commands said."""
    desk = tmp_path_factory.mktemp("desk")
    checkout, home = desk / "mandato", desk / "my-city"
    for name in tracked():
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)
    commands: list[str] = []
    said = ""
    for block in BLOCK.finditer((checkout / "docs" / "your-city.md").read_text(encoding="utf-8")):
        if block["file"]:
            said += run(commands, checkout)
            commands = [line for line in commands if line.startswith("export ")]
            (home / block["file"]).write_text(block["text"], encoding="utf-8")
        else:
            commands += [line for line in block["text"].splitlines() if line not in MADE_ALREADY]
    assert commands.pop() == LAST
    return home, said + run(commands, checkout)


def run(commands: list[str], checkout: Path) -> str:
    """Run lines of the page in one shell, as its reader does; the first that fails, fails the test."""
    told = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    told.pop("MANDATO_HOME", None)
    done = subprocess.run(["sh", "-eu"], input="\n".join(commands), cwd=checkout, env=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_month_is_judged_as_the_page_says(followed):
    assert re.search(r"^reached .*81[.,]3", followed[1], flags=re.MULTILINE)


def test_the_panel_shows_the_city(followed, monkeypatch):
    monkeypatch.setenv("MANDATO_HOME", str(followed[0]))
    panel = AppTest.from_file(ROOT / "streamlit_app.py", default_timeout=60).run()
    assert not panel.exception
    assert any("Puerto Claro" in said.value for said in panel.sidebar.markdown)


def test_whoever_followed_the_page_has_no_first_step_left(followed):
    assert [step.task for step in steps(session(Home(followed[0]), place="puerto_claro")) if not step.done] == []


def test_the_plan_can_be_proved(followed):
    """Every action has an area, an owner and stages, so that somebody can bring evidence and somebody else accept it."""
    held = records(Home(followed[0]))
    (plan,) = plans(held)
    found = tree(held, plan.id, date(2026, 6, 30), live=True)
    actions = found.nodes.filter(level=1)
    assert (actions["area"].to_list(), actions["owner"].null_count()) == (["works", "works"], 0)
    assert found.proofs["shares"].to_list() == [100, 100]


def test_nothing_of_it_is_the_demo_s(followed):
    assert "demo" not in (followed[0] / "data" / "city.yaml").read_text(encoding="utf-8")
