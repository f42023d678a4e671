"""Whoever loads from the command line gets the proposal as a mapping file to complete."""

import json
from pathlib import Path

import pytest

from data.__main__ import main
from data.definitions import Definitions
from data.model import read_model
from data.proposal.draft import draft
from data.sources import Mapping
from data.yaml_file import read_yaml
from tests import proposals
from tests.data.test_proposal_shapes import SHAPES


@pytest.fixture
def known(tmp_path: Path) -> Definitions:
    return proposals.definitions(tmp_path / "home")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_draft_says_what_the_proposal_does(shape, known: Definitions, tmp_path: Path):
    found = proposals.proposed(tmp_path, known, shape.text)
    text = draft(tmp_path / "file.csv", "file.csv", known)
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_model(Mapping, read_yaml(path)) == found.source
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert [question.key for question in found.open if not any(f"({question.key})" in line for line in comments)] == []
    assert all(" ".join(remark.message.format(**remark.values).split()) in text for remark in found.remarks)


def test_names_nobody_knows_are_listed_with_those_that_come_near(known: Definitions, tmp_path: Path):
    proposals.proposed(tmp_path, known, "Distrito;Año;Población\nRivera Alta;2023;1\nLejano;2023;2\n")
    text = draft(tmp_path / "file.csv", "file.csv", known)
    assert "# NOT KNOWN YET, 2 places: Rivera Alta (near: ribera); Lejano (near: none)\n" in text


def test_the_command_proposes_a_mapping_where_no_source_fits(
    known: Definitions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("MANDATO_HOME", str(tmp_path / "home"))
    file = tmp_path / "file.csv"
    file.write_text("Distrito;Año;Población\nCentro;2023;48300\n", encoding="utf-8")
    assert main(["ingest", str(file), "--json"]) == 1
    told = capsys.readouterr()
    mapping = tmp_path / "map.yaml"
    mapping.write_text("".join(line for line in told.err.splitlines(keepends=True) if not line.startswith("#")).split(f"{file}:")[0])
    assert json.loads(told.out)["problems"][0]["message"] == "no declared source fits"
    assert main(["ingest", str(file), "--map", str(mapping), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows_loaded"] == 1


def test_what_cannot_be_read_has_no_draft(known: Definitions, tmp_path: Path):
    proposals.proposed(tmp_path, known, "one\ncolumn\n")
    assert draft(tmp_path / "file.csv", "file.csv", known) == ""
