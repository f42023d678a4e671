"""The demo city as its command builds it: some ten seconds of work, done once in a run of tests, whoever asks first."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from data.home import Home

ROOT = Path(__file__).parents[1]


def demo_city(factory: pytest.TempPathFactory) -> Home:
    """A copy of its own for each worker of pytest-xdist, so that no two processes work in one home."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # the folder of this run, in which each worker has one
    with FileLock(shared / "demo_city.lock"):
        if not (shared / "demo_city").exists():
            build(shared / "demo_city.part")
            (shared / "demo_city.part").rename(shared / "demo_city")
    return copied(Home(shared / "demo_city"), factory.mktemp("demo"))


def build(folder: Path) -> None:
    """By the command, in a process of its own: nothing of it stays open here."""
    told = {**os.environ, "MANDATO_HOME": str(folder)}
    done = subprocess.run([sys.executable, "-m", "data", "demo"], cwd=ROOT, env=told, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr


def copied(city: Home, folder: Path) -> Home:
    """For tests that change it."""
    return Home(shutil.copytree(city.folder, folder / "home"))
