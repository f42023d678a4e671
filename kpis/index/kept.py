"""How sure the places of an index are, kept beside the facts: `data/store/indices/liveable_city-0f3a….json`.

Draws are never part of showing a page. What is kept goes by everything that it depends on: the recipe, and the figures that it was
reckoned from, of whichever version of the facts and month. A file that is missing or damaged is made anew; it is in no backup.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np

from data.home import Home
from data.lasting import replace_text
from kpis.index.built import Built
from kpis.index.doubted import Doubted
from kpis.index.figures import Numbers

FORM = 3
"""To be raised with every change to the draws or to the file: what was kept is then made anew."""
MOST = 60
"""Files of one index: five years of months."""
PAIRED = 250
"""Places up to which all are held beside each other at once; of more, each by itself when somebody looks at it."""


def latest(home: Home, built: Built, own: str | None) -> Doubted | None:
    """What was kept of an index as it is built now, for one's own place; None where nothing was."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):  # whatever is in it: it is made anew
        told = json.loads(_path(home, built, own).read_text(encoding="utf-8"))
        outranks = {place: np.array(shares, dtype=float) for place, shares in told["outranks"].items()}
        whole = _read(told["whole"])
        return whole.seen(built, own, outranks) if own is None or own in outranks else None
    return None


def renewed(home: Home, built: Built, own: str | None) -> Doubted:
    """What was kept where it still holds, or new draws, which are kept; where nothing can be written, they are drawn again."""
    found = latest(home, built, own)
    if found is not None:
        return found
    from kpis.index.doubting import seen_from  # what draws is loaded by whoever draws: most find it kept

    whole, outranks = seen_from(built, built.places if _together(built) else [] if own is None else [own])
    with suppress(OSError):
        keep(home, built, own, whole, outranks)
    return whole.seen(built, own, outranks)


def keep(home: Home, built: Built, own: str | None, whole: Doubted, outranks: Mapping[str, Numbers]) -> None:
    """Keep it, and let go of the oldest. Raises OSError where it cannot be written."""
    told = {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in asdict(whole).items()}
    shares = {place: each.tolist() for place, each in outranks.items()}
    put(_path(home, built, own), {"whole": told, "outranks": shares}, built, MOST)


def put(path: Path, told: object, built: Built, most: int) -> None:
    """Keep what was found of an index, and let go of the oldest in the same folder. Raises OSError where it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_text(path, json.dumps(told))
    every = sorted(path.parent.glob(f"{built.recipe.index}-*.json"), key=_age, reverse=True)
    for old in every[most:]:
        old.unlink(missing_ok=True)


def _read(told: dict[str, object]) -> Doubted:
    """Raises TypeError where it is of another form."""
    names = [field.name for field in fields(Doubted)]
    if list(told) != names:
        raise TypeError(f"expected {names}")
    numbers = {name: np.array(value, dtype=float) for name, value in told.items() if isinstance(value, list) and name != "choices"}
    return Doubted(**{**told, **numbers, "choices": tuple(told["choices"])})  # type: ignore[arg-type]


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:  # another process let go of it
        return 0


def _together(built: Built) -> bool:
    return len(built.places) <= PAIRED


def _path(home: Home, built: Built, own: str | None) -> Path:
    return home.makes / "indices" / f"{built.recipe.index}-{key(built, FORM, None if _together(built) else own)}.json"


def key(built: Built, form: int, own: str | None) -> str:
    """Changes with whatever is found of an index depends on; words for people are not part of that."""
    figures, recipe = built.figures, built.recipe.model_dump_json(exclude={"name", "purpose", "source"})
    said = [form, recipe, own, figures.places, sorted(figures.groups.items())]
    told = hashlib.sha256(repr(said).encode())
    for numbers in (figures.values, figures.denominators, *([] if figures.losses is None else [figures.losses])):
        told.update(np.ascontiguousarray(numbers, dtype=float).tobytes())
    return told.hexdigest()[:32]
