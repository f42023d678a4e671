"""What a draft would have made of the last year: each month judged by the goal as it is saved, and as it is being written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.periods import Month
from kpis.catalogue import Catalogue
from kpis.score import Score
from kpis.scorecard import held, judged_in
from kpis.widening import by_what_the_data_can_tell

MONTHS = 12


@dataclass(frozen=True)
class Pair:
    """One month by both; `saved` is None where the goal is new."""

    month: Month
    saved: Score | None
    drafted: Score

    @property
    def moved(self) -> bool:
        return self.saved is not None and self.saved.status != self.drafted.status


def last_year(
    facts: Facts, saved: Catalogue | None, drafted: Catalogue, definitions: Definitions, place: str, names: tuple[str, str], month: Month
) -> list[Pair]:
    """The twelve months up to this one, oldest first; `names`: the goal's id as it is saved ("" for a new one) and as it is drafted.

    Each month is judged as `python -m kpis evaluate` judges it today: on the values of its day, as they are known now.
    """
    months = [month.plus(-back) for back in reversed(range(MONTHS))]
    old, new = names
    before = _judged(facts, saved, definitions, place, old, months) if saved and old in saved.kpi else [None] * MONTHS
    after = _judged(facts, drafted, definitions, place, new, months)
    return [Pair(*row) for row in zip(months, before, after, strict=True)]


def _judged(facts: Facts, catalogue: Catalogue, definitions: Definitions, place: str, name: str, months: Sequence[Month]) -> list[Score]:
    alone = replace(catalogue, kpis=(catalogue.kpi[name],))
    known, corrected = held(facts, alone, definitions, place, months[-1]), facts.replaced([place], months[-1].last)
    told = [by_what_the_data_can_tell(alone, corrected.filter(pl.col("period") <= month.last)) for month in months]
    scores: list[Score] = []
    for _same, run in groupby(zip(told, months, strict=True), key=lambda pair: id(pair[0])):  # most often all twelve at once
        same = list(run)
        scores += judged_in(known, same[0][0], definitions, place, [month for _told, month in same], {})
    return scores
