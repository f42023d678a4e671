"""Why something needs a decision: a word, the sentence with its figures, and how pressing it is beside others of the same word."""

from dataclasses import dataclass

from data.meetings.vocabulary import WHYS
from kpis.score import Reason

RANKS = {word: place for place, word in enumerate(WHYS)}


@dataclass(frozen=True)
class Why:
    """`word` is one of WHYS. `order` compares with other reasons of the same word alone: the smaller, the more pressing."""

    word: str
    reason: Reason
    order: tuple[float, ...] = ()

    @property
    def rank(self) -> tuple[int, tuple[float, ...]]:
        """Sorts reasons of every word, the most pressing first."""
        return RANKS[self.word], self.order
