"""What could go wrong: probability times impact, and which serious risks nobody watches."""

from dataclasses import dataclass
from typing import Literal

from kpis.appraisals.appraisal import Appraisal, Risk

Level = Literal["low", "medium", "high", "extreme"]
FROM: tuple[tuple[int, Level], ...] = ((15, "extreme"), (10, "high"), (5, "medium"), (1, "low"))
"""From which product of probability and impact on a risk has which level; the bounds that five by five matrices usually have."""
SERIOUS = 10


@dataclass(frozen=True)
class Rated:
    """A risk with its number in the list, counted from 1, its score from 1 to 25 and its level."""

    number: int
    risk: Risk
    score: int
    level: Level

    @property
    def lacking(self) -> tuple[str, ...]:
        """Of a serious risk, what is missing of owner and measure."""
        if self.score < SERIOUS:
            return ()
        return tuple(key for key in ("owner", "measure") if getattr(self.risk, key) is None)


def rated(told: Appraisal) -> tuple[Rated, ...]:
    """All risks, the gravest first; level ones in the order of the file."""
    ordered = sorted(told.risks, key=_score, reverse=True)
    return tuple(Rated(number, risk, _score(risk), level(_score(risk))) for number, risk in enumerate(ordered, start=1))


def level(score: int) -> Level:
    """What a product of probability and impact is called."""
    return next(named for least, named in FROM if score >= least)


def cells(risks: tuple[Rated, ...]) -> dict[tuple[int, int], tuple[int, ...]]:
    """The numbers of the risks in each cell of the matrix, by probability and impact."""
    found: dict[tuple[int, int], list[int]] = {}
    for one in risks:
        found.setdefault((one.risk.probability, one.risk.impact), []).append(one.number)
    return {cell: tuple(sorted(numbers)) for cell, numbers in found.items()}


def gravest(risks: tuple[Rated, ...], option: str) -> Rated | None:
    """The gravest risk of one option, those of every option among them."""
    return next((one for one in risks if one.risk.option in (None, option)), None)


def _score(risk: Risk) -> int:
    return risk.probability * risk.impact
