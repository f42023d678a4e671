"""Whoever loads, backs up or restores may be killed at any moment: nothing that was answered is lost, nothing is half done."""

import random
from pathlib import Path

import pytest

from tests.drills.killing import VERBS, Ground, killed, plan, wrong
from tests.thorough import part

KILLS = plan(part(60, 4), random.Random(11))


@pytest.fixture(scope="module")
def grounds(tmp_path_factory) -> dict[str, Ground]:
    """One home for all the killings of a kind of writer, so that damage would add up."""
    return {verbs: Ground.in_folder(tmp_path_factory.mktemp("home")) for verbs in VERBS}


@pytest.mark.parametrize("how", KILLS, ids=[f"{n}-{'-'.join(map(str, how.values()))}"[:40] for n, how in enumerate(KILLS)])
def test_a_kill_loses_nothing(grounds: dict[str, Ground], how: dict) -> None:
    ground = grounds[how["verbs"]]
    assert wrong(ground, killed(ground, **how)) == []


def test_the_drill_sees_a_load_that_was_answered_and_is_not_held(tmp_path: Path) -> None:
    ground = Ground.in_folder(tmp_path)
    killed(ground, "load", fatal=1)
    assert wrong(ground, ["to 7", "at 7"]) == ["the facts hold 0.0, which is neither [7.0], last answered, nor [], begun"]
