"""The Chromium for the journeys: one that is there but does not start is passed over."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import chromium


@pytest.mark.skipif(chromium.os.name == "nt", reason="the programs of this test are shell scripts")
def test_a_program_that_does_not_start_is_no_chromium(tmp_path, monkeypatch):
    stand_in, own = program(tmp_path / "stand-in", 1), program(tmp_path / "own", 0)
    monkeypatch.setattr(chromium, "NAMES", ())
    monkeypatch.setattr(chromium, "MAC", ())
    monkeypatch.setenv("MANDATO_CHROMIUM", stand_in)
    playwright: Any = SimpleNamespace(chromium=SimpleNamespace(executable_path=own))
    assert chromium.find(playwright) == own
    monkeypatch.setenv("MANDATO_CHROMIUM", own)
    playwright.chromium.executable_path = str(tmp_path / "nothing")
    assert chromium.find(playwright) == own


def program(path: Path, code: int) -> str:
    path.write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)
