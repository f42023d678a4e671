"""What a decision changed of a whole plan, and what a newer file did, as the pages say it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.__main__ import main
from tests.conftest import ROOT
from tests.small_city import build

PLAN = "row,key,parent,level,name,status,progress,ends\nplan,pam,,,Plan,,,\nnode,1,,0,Axis,,,\nnode,1.1,1,1,First,started,{},{}\n"


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> Path:
    """A home whose plan was imported, changed by a decision, given stages, and imported again."""
    home = build(tmp_path_factory.mktemp("versions") / "home")
    file, table = home.folder / "plan.csv", home.folder / "actions.csv"
    home.ladders.write_text((ROOT / "data/ladders.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MANDATO_HOME", str(home.folder))
        patch.delenv("MANDATO_RECORDS", raising=False)
        day = ("--day", "2026-06-01")
        file.write_text(PLAN.format(20, "2027-01-31"), encoding="utf-8")
        assert main(["plan", str(file)]) == 0
        levels = ("--levels", "Eje/Ejes, Acción/Acciones")
        assert main(["plan-set", "--plan", "pam", "--weights", "budget", *levels, "--why", "Money weighs", *day]) == 0
        table.write_text("key,commitment_type\n1.1,build\n", encoding="utf-8")
        assert main(["plan-assign", str(table), "--plan", "pam", "--why", "To be proved", *day]) == 0
        table.write_text("key,stage,due\n1.1,designed,2027-06-30\n", encoding="utf-8")
        assert main(["plan-assign", str(table), "--plan", "pam", "--why", "Days", *day]) == 0
        file.write_text(PLAN.format(30, "2027-06-30"), encoding="utf-8")
        assert main(["plan", str(file)]) == 0
    return home.folder


def seen(home: Path, page: str, language: str, monkeypatch) -> str:
    monkeypatch.setenv("MANDATO_HOME", str(home))
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.run()
    app.query_params["language"] = language
    app.switch_page(f"pages/plan/{page}.py").run()
    assert not app.exception
    return "".join(panel.proto.bytes.decode() for panel in app.main.get("bidi_component")).replace("\xa0", " ")


def test_each_version_says_what_made_it_and_what_it_changed(changed: Path, monkeypatch):
    page = seen(changed, "progress", "en", monkeypatch)
    versions = page[page.index('<ol class="versions">') :]
    for said in (
        "How its parts count: every action the same → by budget", "Names of the levels: ", "→ Eje, Acción",
        "Kind of promise: nothing → build",
        "Day of a stage: nothing → 30 Jun 2027", "A newer file, taken in on", "it names no decision", "Ends: 31 Jan 2027 → 30 Jun 2027",
    ):  # fmt: skip
        assert said in versions, said
    assert versions.count("First version") == 1


def test_it_is_said_in_spanish_too(changed: Path, monkeypatch):
    page = seen(changed, "progress", "es", monkeypatch)
    assert "Cómo cuentan sus partes: todas las acciones por igual → por presupuesto" in page
    assert "Un archivo más reciente, importado el" in page


def test_accountability_shows_the_decision_with_what_it_changed(changed: Path, monkeypatch):
    page = seen(changed, "accountability", "en", monkeypatch)
    assert "Money weighs" in page and "How its parts count: every action the same → by budget" in page
    assert "Day of a stage: nothing → 30 Jun 2027" in page
