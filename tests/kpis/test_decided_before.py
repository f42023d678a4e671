"""Which decisions stand before a meeting."""

from datetime import date
from typing import Any

import pytest

from kpis.meetings.before import ABOUT, decided_before

NONE: dict[str, Any] = dict.fromkeys(ABOUT)
MEETING = {"id": 2, "day": date(2026, 7, 12)}
ITEM = {**NONE, "goal": "robberies"}


@pytest.mark.parametrize(
    ("decision", "before"),
    [
        ({"meeting": 1, "day": date(2026, 6, 12), "goal": "robberies"}, True),
        ({"meeting": 1, "day": date(2026, 7, 12), "goal": "robberies"}, True),
        ({"meeting": 3, "day": date(2026, 8, 12), "goal": "robberies"}, False),
        ({"meeting": 2, "day": date(2026, 7, 12), "goal": "robberies"}, False),
        ({"meeting": 1, "day": date(2026, 6, 12), "goal": "lights"}, False),
        ({"meeting": 1, "day": date(2026, 6, 12)}, False),
    ],
)
def test_only_what_an_earlier_meeting_decided_about_the_same(decision, before):
    assert bool(decided_before([{**NONE, **decision}], MEETING, ITEM)) is before


def test_free_words_are_about_nothing_that_comes_back():
    assert decided_before([{**NONE, "meeting": 1, "day": date(2026, 6, 12)}], MEETING, NONE) == []
