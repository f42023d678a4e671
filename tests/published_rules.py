"""Tables judged by a preset through the command, as somebody would who checks us against another system."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kpis.__main__ import main

Judge = Any
"""judge(preset, columns, rows) gives what `python -m kpis judge --json` answers."""


def judging(folder: Path, capsys: pytest.CaptureFixture[str]) -> Judge:
    """A function that writes a table, judges it, and returns the answer."""

    def judge(preset: str, columns: str, rows: Iterable[Sequence[object]]) -> dict[str, Any]:
        path = folder / "table.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns.split())
            writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
        capsys.readouterr()
        assert main(["judge", str(path), "--rule", preset, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return judge
