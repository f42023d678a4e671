"""The schemas in docs/schemas are those of the models, and agree with the strict reader."""

import json
from pathlib import Path

import pytest

from kpis.__main__ import main
from kpis.schemas import schemas

DOCS = Path(__file__).parents[2] / "docs" / "schemas"


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_committed_schema_is_current(name):
    assert (DOCS / name).read_text(encoding="utf-8") == schemas()[name], "run `python -m kpis schema docs/schemas`"


def test_nothing_else_lies_beside_the_schemas():
    assert {path.name for path in DOCS.iterdir()} == set(schemas())


def test_the_command_writes_every_schema(tmp_path, capsys):
    assert main(["schema", str(tmp_path / "new"), "--json"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert sorted(Path(file).name for file in files) == sorted(schemas())
    assert all(json.loads(Path(file).read_text(encoding="utf-8"))["title"] for file in files)


def test_an_editor_underlines_a_key_that_is_not_known_and_completes_the_others():
    goal = json.loads(schemas()["kpis.json"])["$defs"]["Kpi"]
    assert goal["additionalProperties"] is False
    assert goal["properties"]["polarity"]["enum"] == ["higher", "lower", "range", "neutral"]
    assert set(goal["required"]) == {"id", "name", "polarity", "owner"}
    assert goal["oneOf"] == [{"required": ["indicator"]}, {"required": ["metric"]}]
