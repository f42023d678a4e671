"""Plans with published results, imported by the command and read off the page Progress as anybody sees it."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from data.__main__ import main
from tests.conftest import ROOT
from tests.small_city import build

REAL = "data/public/plan_small_samples/gobierto_plan2.csv"
ROWS = {
    "completed": "completed,100,2026-12-31",
    "started": "started,,2027-12-31",
    "late": "started,,2026-01-31",
    "removal_proposed": "removal_proposed,,2027-12-31",
    "not_started": "not_started,0,2027-12-31",
}
"""Status, progress and last day of an action in each state, on the review of June 2026."""
PUBLISHED = {
    "santboi": ({"completed": 416, "late": 40, "started": 416}, ["Finished: 416 of 872 actions, 47.71 %."]),
    "sabadell": (
        {"completed": 300, "started": 259, "late": 229, "removal_proposed": 28},
        ["Finished or on schedule: 559, 68.5 %.", "Late 229 28 %", "Removal proposed 28 3.4 %"],
    ),
    "alella": (
        {"completed": 115, "started": 24, "not_started": 22},
        ["Completed, not proved 115 71 %", "Under way 24 15 %", "Not started 22 14 %", "Finished: 115 of 161 actions, 71.43 %."],
    ),
}
"""How many actions are in each state, and what the page must say (kpis/plans tests name the sources)."""


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("published") / "home").folder


@pytest.fixture
def seen(home, monkeypatch):
    """Imports a plan, and opens it on the page; what stands there."""

    def see(file: Path, key: str) -> ElementTree.Element:
        monkeypatch.setenv("MANDATO_HOME", str(home))
        monkeypatch.delenv("MANDATO_RECORDS", raising=False)
        assert main(["plan", str(file), "--plan", key]) == 0
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120)
        app.run()
        app.query_params["language"], app.query_params["plan"] = "en", key
        app.switch_page("pages/plan/progress.py").run()
        assert not app.exception
        panels = [panel.proto.bytes.decode() for panel in app.main.get("bidi_component")]
        return ElementTree.fromstring(f"<div>{''.join(panels)}</div>")

    return see


def words(part: ElementTree.Element) -> str:
    return " ".join(" ".join(part.itertext()).replace("\xa0", " ").split())


@pytest.mark.parametrize("key", PUBLISHED)
def test_a_published_result_stands_on_the_page(seen, tmp_path: Path, key: str):
    counts, expected = PUBLISHED[key]
    states = [state for state, number in counts.items() for _ in range(number)]
    rows = [f"node,{number},0,1,Action {number},{ROWS[state]}" for number, state in enumerate(states, start=1)]
    head = ["row,key,parent,level,name,status,progress,ends", f"plan,{key},,,{key},,,", "node,0,,0,All,,,"]
    file = tmp_path / f"{key}.csv"
    file.write_text("\n".join([*head, *rows]) + "\n", encoding="utf-8")
    said = words(seen(file, key))
    assert [figure for figure in expected if figure not in said] == []


def test_the_real_plan_of_247_actions_stands_on_the_page(seen, shared: Path):
    """The mean of what is declared beside what is finished, both to two decimals; half of the headline is not done."""
    page = seen(shared / REAL, "gobierto")
    said = words(page)
    assert "Finished: 99 of 247 actions, 40.08 %." in said
    assert "the areas declare 82 %" in said
    methods = next(table for table in page.iter("table") if "The headline by four methods" in words(table))
    figures = {words(row[0]): [words(cell) for cell in row[1:]] for row in methods.findall("tbody/tr")}
    assert any("81.97" in cell for cell in next(cells for name, cells in figures.items() if name.startswith("Mean")))
    assert any("40.08" in cell for cell in next(cells for name, cells in figures.items() if name.startswith("Finished only")))
