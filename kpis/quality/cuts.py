"""Hard cuts: a series whose values stop at one number, as where a meter or a program cuts off what lies beyond."""

import polars as pl

from data.definitions import Definitions
from data.problems import N_
from kpis.quality.finding import Finding, Found, Row
from kpis.quality.pile import Pile, piles, too_short
from kpis.reasons import amount
from kpis.score import Reason

HIGHEST = N_("{count} of {all} values are exactly {value}, and none is higher: they may have been cut off there")
LOWEST = N_("{count} of {all} values are exactly {value}, and none is lower: they may have been cut off there")


def cuts(series: pl.DataFrame, definitions: Definitions, found: list[Pile] | None = None) -> Found:
    """A finding for each pile at the edge of a series' range. Cut values that were averaged afterwards leave none."""
    known = piles(series, definitions) if found is None else found
    return Found(tuple(_finding(pile, definitions) for pile in known if pile.edge), too_short(series))


def _finding(pile: Pile, definitions: Definitions) -> Finding:
    indicator = definitions.indicator[pile.indicator]
    said = {"count": len(pile.periods), "all": pile.of, "value": amount(pile.value, indicator)}
    return Finding(
        part="cuts",
        rule=pile.edge,
        urgency="check",
        owner=indicator.owner,
        indicators=(pile.indicator,),
        places=(pile.place,),
        reason=Reason(HIGHEST if pile.edge == "highest" else LOWEST, said),
        weight=len(pile.periods) / pile.of,
        rows=tuple(Row(day, pile.value) for day in pile.periods),
    )
