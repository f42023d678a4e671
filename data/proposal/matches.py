"""Which known places and indicators the texts of a file mean, and which come near."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from data.ids import id_of
from data.ingest.fault import Fault
from data.ingest.names import MOST_HINTS, Named, Register
from data.proposal.said import Match

MOST_NEAR = 300
"""Looking for near names is slow: in a file full of unknown names the first ones show what is wrong."""
NEAR = 0.6
"""From 0, nothing alike, to 1, the same."""


class Known:
    """The places or indicators of the home, findable by what a file may call them."""

    def __init__(self, what: str, things: Iterable[Named], declared: Mapping[str, str]) -> None:
        self.things = list(things)
        self.ids = [thing.id for thing in self.things]
        self.declared = dict(declared)
        self._register = Register(what, self.things, {})
        self._register.hints = MOST_HINTS  # near names are looked for here, and only where somebody needs them
        self._folded: dict[str, set[str]] = {}
        for thing in self.things:
            for name in _names(thing):
                self._folded.setdefault(folded(name), set()).add(thing.id)

    def find(self, text: str) -> tuple[str | None, str]:
        """The id that a text means and how it is known: declared, known, likeness, or "" where it is not."""
        if text in self.declared:
            return self.declared[text], "declared"
        found = self._register.find(text)
        if not isinstance(found, Fault):
            return found, "known"
        alike = self._folded.get(folded(text), set()) if folded(text) else set()
        return (next(iter(alike)), "likeness") if len(alike) == 1 else (None, "")

    def share(self, texts: Sequence[str]) -> float:
        """The share of the texts that mean something known."""
        return sum(self.find(text)[0] is not None for text in texts) / len(texts) if texts else 0.0

    def matches(self, rows: Mapping[str, int], units: Mapping[str, str | None] = {}) -> tuple[Match, ...]:
        """One match for each text, in the order given; `rows` counts where each stands."""
        taken = {*self.ids, *self.declared.values()}
        found: list[Match] = []
        looked = 0
        for text, count in rows.items():
            known, how = self.find(text)
            new = id_of(text, taken)
            taken.add(new)
            looked += known is None
            near = self.near(text) if known is None and looked <= MOST_NEAR else ()
            found.append(Match(text, known, how, near, count, new, units.get(text)))  # type: ignore[arg-type]
        return tuple(found)

    def near(self, text: str) -> tuple[str, ...]:
        """Up to three ids whose names look most like a text, the likeliest first."""
        best: dict[str, float] = {}
        like = _Likeness(folded(text))
        for name, ids in self._folded.items():
            likeness = like.to(name)
            for found in ids if likeness >= NEAR else ():
                best[found] = max(best.get(found, 0.0), likeness)
        return tuple(sorted(best, key=lambda found: (-best[found], found))[:3])


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """A name without accents, signs and capital letters, its words parted by one space."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", plain))


def _names(thing: Named) -> list[str]:
    return [thing.id, *([thing.name] if isinstance(thing.name, str) else thing.name.values())]


class _Likeness:
    """How like other names are to one; the order of the words counts little, and so do words that only one of them has."""

    def __init__(self, name: str) -> None:
        self.words = set(name.split())
        self.matcher = SequenceMatcher(None, "", " ".join(sorted(self.words)), autojunk=False)

    def to(self, other: str) -> float:
        """From 0 to 1, for a folded name."""
        words = set(other.split())
        if not words or not self.words:
            return 0.0
        within = 0.9 if words <= self.words or self.words <= words else 0.0
        self.matcher.set_seq1(" ".join(sorted(words)))
        if self.matcher.real_quick_ratio() < NEAR or self.matcher.quick_ratio() < NEAR:
            return within
        return max(within, self.matcher.ratio())
