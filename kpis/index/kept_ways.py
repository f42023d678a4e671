"""The ways up of a place, kept beside the doubt of its index: `data/store/indices/ways/liveable_city-0f3a….json`.

Where each figure is treated anew for every step that is tried, they take seconds, which nobody should wait for twice.
"""

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data.home import Home
from kpis.index import kept
from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.way_up import Step, Way, ways_up

FORM = 1
"""To be raised with every change to how ways are found or to the file: what was kept is then made anew."""
MOST = 600
"""Files of one index: two years of months, of each of 24 places."""


def latest(home: Home, built: Built, own: str) -> tuple[Way, ...] | None:
    """What was kept of the ways up of a place, as the index is built now; None where nothing was."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):  # whatever is in it: it is made anew
        return tuple(_way(each) for each in json.loads(_path(home, built, own).read_text(encoding="utf-8")))
    return None


def renewed(home: Home, built: Built, doubted: Doubted, own: str) -> tuple[Way, ...]:
    """What was kept where it still holds, or what is found now, which is kept; where nothing can be written, it is found again."""
    found = latest(home, built, own)
    if found is None:
        found = ways_up(built, doubted, own)
        with suppress(OSError):
            kept.put(_path(home, built, own), [asdict(way) for way in found], built, MOST)
    return found


def _way(told: dict[str, Any]) -> Way:
    return Way(**{**told, "steps": tuple(Step(**step) for step in told["steps"])})


def _path(home: Home, built: Built, own: str) -> Path:
    return home.makes / "indices" / "ways" / f"{built.recipe.index}-{kept.key(built, FORM, own)}.json"
