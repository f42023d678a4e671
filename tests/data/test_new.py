"""`python -m data new DIR`: a home that is valid as it stands and says what to do next."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

from data import definitions
from data.__main__ import main
from data.home import REPOSITORY, Home
from data.ingest import read
from data.model import say
from data.new_home import PLACEHOLDERS, STARTER
from kpis import catalogue
from kpis.schemas import FILES

MADE = [
    ".gitignore",
    "data/city.yaml",
    "data/indicators.yaml",
    "data/ladders.yaml",
    "data/places.yaml",
    "data/sources.yaml",
    "kpis/definitions/starter.yaml",
    "kpis/targets/my_city.yaml",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert main(["new", str(tmp_path / "mine")]) == 0
    return tmp_path / "mine"


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_it_lists_the_files_it_makes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "mine"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["files"]
    assert sorted(str(Path(path).relative_to(tmp_path / "mine")) for path in told) == files(tmp_path / "mine")
    assert [name for name in files(tmp_path / "mine") if not name.startswith("schemas/")] == MADE


def test_its_definitions_are_valid_as_they_stand(folder: Path) -> None:
    home = Home(folder)
    known = definitions.load(home)
    goals = catalogue.load(home, known).kpis
    assert len(known.indicators) == 8
    assert len(goals) == 3
    assert all(catalogue.load(home, known).aim(goal.id, known.city.place).target for goal in goals)
    assert not known.city.demo


def test_its_city_is_a_placeholder_that_the_first_run_checklist_can_tell(folder: Path) -> None:
    known = definitions.load(Home(folder))
    assert say(known.city.name, known.city.locale) in PLACEHOLDERS
    assert say(known.place[known.city.place].name, known.city.locale) in PLACEHOLDERS


def test_it_comes_with_the_schemas_that_the_repository_has(folder: Path) -> None:
    shipped = sorted(path.name for path in (REPOSITORY / "docs" / "schemas").glob("*.json"))
    assert sorted(path.name for path in (folder / "schemas").glob("*.json")) == shipped


def test_it_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "mine")]) == 0
    out = capsys.readouterr().out
    assert f'export MANDATO_HOME="{tmp_path / "mine"}"' in out
    assert "python -m kpis check" in out
    assert "python -m data ingest FILE" in out


def test_a_second_time_lists_every_file_in_the_way_and_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "data" / "city.yaml").write_text("name: Ours\n", encoding="utf-8")
    (folder / "data" / "places.yaml").unlink()
    before = {name: (folder / name).read_bytes() for name in files(folder)}
    capsys.readouterr()
    assert main(["new", str(folder), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == []
    assert sorted(str(Path(problem["path"]).relative_to(folder)) for problem in told["problems"]) == sorted(before)
    assert all(problem["hint"] for problem in told["problems"])
    assert {name: (folder / name).read_bytes() for name in files(folder)} == before


def test_it_refuses_the_home_of_a_city(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data" / "store").mkdir(parents=True)
    assert main(["new", str(tmp_path)]) == 1
    assert "home of a city already" in capsys.readouterr().err
    assert files(tmp_path) == []


def test_it_refuses_a_file_in_place_of_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    assert main(["new", str(tmp_path / "mine")]) == 1
    assert "this is a file" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_left_as_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kpis").write_text("not a folder", encoding="utf-8")
    assert main(["new", str(tmp_path)]) == 3
    assert "cannot be written" in capsys.readouterr().err
    assert files(tmp_path) == ["kpis"]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        (
            "long_table",
            "place,indicator,period,value\nmy_city,requests_received,2026-01,412\nmy_city,road_deaths,2025,3\n",
            {("requests_received", "2026-01"): 412.0, ("road_deaths", "2025-12"): 3.0},
        ),
        (
            "months_across",
            "indicador;enero;febrero;marzo\nrequests_received;412;398;s/d\nrequests_on_time;71,5;70;69,25\n",
            {
                ("requests_received", "2026-01"): 412.0,
                ("requests_received", "2026-02"): 398.0,
                ("requests_received", "2026-03"): None,
                ("requests_on_time", "2026-01"): 71.5,
                ("requests_on_time", "2026-02"): 70.0,
                ("requests_on_time", "2026-03"): 69.25,
            },
        ),
    ],
)
def test_its_sources_read_the_files_in_their_comments(source: str, text: str, expected: dict, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    known = definitions.load(Home(folder))
    rows = read(path, known.source[source], known).rows
    assert {(row["indicator"], f"{row['period']:%Y-%m}"): row["value"] for row in rows.to_dicts()} == expected


def test_its_workbook_source_reads_a_workbook(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    pl.DataFrame({"Mes": ["2026-01", "2026-02"], "Recibidas": [412, 398], "A tiempo": [71.5, 70]}).write_excel(path)
    known = definitions.load(Home(folder))
    rows = read(path, known.source["citizen_service_book"], known).rows
    assert sorted(rows["value"].to_list()) == [70.0, 71.5, 398.0, 412.0]


DEFINITIONS = [
    *sorted((REPOSITORY / "data").glob("*.yaml")),
    *sorted((REPOSITORY / "kpis").rglob("*.yaml")),
    *sorted(STARTER.rglob("*.yaml")),
]


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: str(path.relative_to(REPOSITORY)))
def test_a_shipped_definition_names_its_schema_to_the_editor(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    found = re.fullmatch(r"# yaml-language-server: \$schema=((?:\.\./)+(?:docs/)?schemas)/(\w+)\.json", first)
    assert found and found[2] in FILES
    root, schemas = (STARTER, "schemas") if path.is_relative_to(STARTER) else (REPOSITORY, "docs/schemas")
    assert (path.parent / found[1]).resolve() == root / schemas
