"""What people type into a cell of progress or status, in a table or a spreadsheet, understood as they mean it or not at all."""

import re
from collections.abc import Mapping

from data.plans.comparing import CLOSE
from data.plans.vocabulary import REPORTED
from data.problems import N_, Problem, Refused

PERCENT = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?\s*%?")


def percent(text: str, shown: float | None = None) -> float | None:
    """A progress: 75, 75 %, 75.5 and 75,5 are clear, and an empty cell says nothing. Raises Refused with the one problem.

    A spreadsheet keeps 75 % as 0.75, and nobody can tell it from less than one percent: it is asked back, unless the cell was `shown` so.
    """
    said = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    if not said:
        return None
    if not PERCENT.fullmatch(said):
        raise Refused([Problem(N_("{found!r} is not a percentage"), N_("write a number from 0 to 100"), values={"found": said[:60]})])
    value = float(said.rstrip("% ").replace(",", "."))
    if 0 < value < 1 and "%" not in said and (shown is None or abs(value - shown) > CLOSE):
        hint = N_("a spreadsheet keeps a percentage as a fraction: write {meant:g}; if it is less than one percent, write 0 or 1")
        raise Refused([Problem(N_("{found} could mean {meant:g} %"), hint, values={"found": said, "meant": 100 * value})])
    return value


def is_plain(text: str) -> bool:
    """Whether a cell of progress holds a number alone."""
    return re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?|", text.strip()) is not None


def status(text: str, words: Mapping[str, str]) -> str | None:
    """A status by its word, whatever its letters' case; `words` gives the status of each. Raises Refused with the one problem.

    Where a status has several words, as in several languages, the problem names the first of each.
    """
    said = " ".join(text.split())
    if not said:
        return None
    known = {word.casefold(): found for word, found in words.items()}
    if said.casefold() not in known:
        first: dict[str, str] = {}
        for word, found in words.items():
            if found in REPORTED:
                first.setdefault(found, word)
        values = {"found": said[:60], "known": ", ".join(first.values())}
        raise Refused([Problem(N_("{found} is not a status"), N_("write one of: {known}"), values=values)])
    return known[said.casefold()]
