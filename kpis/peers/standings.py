"""Where a place stands on every indicator, and on the metrics that its goals are measured by."""

from collections.abc import Mapping, Sequence

from data.definitions import Definitions
from data.facts import Facts
from data.indicators import Indicator
from data.model import Text
from data.periods import Month
from data.places import Place
from data.problems import N_
from kpis.catalogue import Catalogue
from kpis.peers.comparable import beside, comparable
from kpis.peers.corrections import Corrections, corrections
from kpis.peers.gaps import placed, ranked
from kpis.peers.held import Held, held
from kpis.peers.improver import improver
from kpis.peers.median_trend import trend
from kpis.peers.real_difference import least
from kpis.peers.standing import Beside, Standing
from kpis.peers.together import together
from kpis.score import Reason, Said

Standings = Mapping[str, Standing]
"""By the id of the indicator or metric, in the order in which they are written down."""


def standings(
    facts: Facts | None, catalogue: Catalogue, definitions: Definitions, place: str, month: Month, peers: Sequence[str]
) -> dict[str, Standing]:
    """Each by what is known of it up to a month; `peers` without the place itself. Facts and corrections are read once for all."""
    others = [name for name in dict.fromkeys(peers) if name != place]
    found = held(facts, catalogue, definitions, [place, *others], month)
    told = corrections(facts, [place, *others], month)
    return {name: standing(series, told, catalogue, definitions) for name, series in found.items()}


def standing(series: Held, told: Corrections, catalogue: Catalogue, definitions: Definitions) -> Standing:
    """One of them, from what is held of it and how it was corrected."""
    indicator, sign = series.indicator, _sign(series.indicator, catalogue)
    figures = beside(series, told.usually, told.corrected)
    own, *peers = ranked(figures, [comparable(figure) for figure in figures], sign)
    whose = Standing(indicator, sign, own, tuple(peers), indicator.compare, _divided_by(indicator, definitions))
    both = together(whose, series)
    smallest = least(whose, series, both, told.usual.get(indicator.id), _declared(indicator, catalogue))
    found = placed(_with(whose, least=smallest))
    why, cure = _why(found, definitions) or (None, None)
    return _with(found, trend=trend(found, both, indicator.frequency), improver=improver(found, series), why=why, cure=cure)


def _with(standing: Standing, **parts: object) -> Standing:
    return Standing(**{**vars(standing), **parts})


def _sign(indicator: Indicator, catalogue: Catalogue) -> int:
    """Which way is better, by the goal on it before the indicator itself."""
    goal = next((kpi.polarity for kpi in catalogue.kpis if kpi.measure == indicator.id and kpi.polarity != "neutral"), indicator.polarity)
    return {"higher": 1, "lower": -1}.get(goal, 0)


def _declared(indicator: Indicator, catalogue: Catalogue) -> float | None:
    told = [kpi.smallest_difference for kpi in catalogue.kpis if kpi.measure == indicator.id and kpi.smallest_difference]
    return max(told, default=None)


def _divided_by(indicator: Indicator, definitions: Definitions) -> Text | None:
    by = indicator.compare.by if indicator.compare else "population"
    return next((trait.name for trait in definitions.traits if trait.id == by), None)


def _why(found: Standing, definitions: Definitions) -> tuple[Reason, Reason] | None:
    """Why the city has no position, and what can be done about it."""
    if found.position is not None:
        return None
    own = found.own
    if "not_divided" in own.marks or _is_undeclared(found):
        return _undivided(found, definitions.place[own.place])
    if "none" in own.marks:
        return Reason(NO_FIGURE), Reason(N_("load its figures: `python -m data ingest FILE`"))
    if "definition" in own.marks and own.differs is not None:
        return Reason(N_("it is measured otherwise here: {how}"), {"how": Said(own.differs)}), Reason(N_("compare it with its own past"))
    return NOBODY[_most_common(found.peers)]


NO_FIGURE = N_("no figure is known here up to this month")
NOBODY = {
    None: (Reason(N_("there is no other place to compare with")), Reason(N_("choose other peers"))),
    "none": (Reason(N_("no peer has a figure of it")), Reason(N_("load theirs: `python -m data ingest FILE`"))),
    "other_period": (Reason(N_("no peer has a figure of the same period")), Reason(N_("look at a month of which theirs are known"))),
    "definition": (Reason(N_("every peer measures it otherwise")), Reason(N_("compare it with its own past"))),
    "not_divided": (
        Reason(N_("it is not known of any peer what its count is to be divided by")),
        Reason(N_("write it of the peers in data/places.yaml")),
    ),
}


def _is_undeclared(found: Standing) -> bool:
    return found.indicator.compare is None and found.indicator.is_count


def _undivided(found: Standing, place: Place) -> tuple[Reason, Reason]:
    if found.per is None:
        cure = N_("write `compare: {{by: population, per: 1000}}` of {indicator} in data/indicators.yaml, or another trait")
        why = Reason(N_("it is a count, which grows with the city, and nothing says what it is divided by"))
        return why, Reason(cure, {"indicator": found.indicator.id})
    cure = N_("write `{key}` of {place} in data/places.yaml")
    by = found.per.by if found.per.by == "population" else f"traits: {{{found.per.by}: …}}"
    return Reason(N_("what it is divided by is not known here")), Reason(cure, {"key": by, "place": place.id})


def _most_common(peers: Sequence[Beside]) -> str | None:
    """The mark that keeps most of the peers from being ranked."""
    marks = [mark for peer in peers for mark in peer.marks if mark in NOBODY]
    return max(NOBODY, key=lambda mark: marks.count(mark) if mark else 0) if marks else None
