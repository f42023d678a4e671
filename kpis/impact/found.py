"""From a comparison and its placebos to an effect: interval, path without the policy, rank among the placebos, quality of the fit."""

from collections.abc import Sequence

import numpy as np

from kpis.impact.comparison import Compare, Comparison
from kpis.impact.effect import Effect, Placebo, Point
from kpis.impact.panel import Panel
from kpis.impact.placebos import placebos, spread, wider
from kpis.impact.study import Study

LEVEL = 0.95


def found(panel: Panel, study: Study, compare: Compare) -> Effect:
    """The effect; its interval is of Student's t with one degree less than donors, `wider` where the treated were noisier than they."""
    treated, donors = np.flatnonzero(panel.treated), np.flatnonzero(~panel.treated)
    here = compare(treated, donors)
    drawn = placebos(compare, panel, study.draws, study.seed)
    se, degrees, wide = spread(drawn), len(donors) - 1, wider(here, drawn)
    reach = None if se is None else quantile(degrees) * se * wide
    return Effect(
        method=study.method,
        estimate=here.estimate,
        se=se,
        low=None if reach is None else here.estimate - reach,
        high=None if reach is None else here.estimate + reach,
        p=None if se is None else two_sided(here.estimate, se * wide, degrees),
        n_treated=len(treated),
        n_control=len(donors),
        before=panel.start,
        after=len(panel.periods) - panel.start,
        weights={panel.units[unit]: float(share) for unit, share in zip(donors, here.weights, strict=True) if share > 0},
        time_weights={panel.periods[at]: float(share) for at, share in enumerate(here.time_weights) if share > 0},
        series=_series(panel, here, drawn, quantile(degrees) * wide),
        placebos=tuple(_placebo(panel, each) for each in drawn),
        diagnostics={**_fit(panel, here), **_rank(here, drawn), "degrees": degrees, "wider": wide},
    )


def quantile(degrees: int) -> float:
    """How many standard errors the interval reaches to either side."""
    from scipy.special import stdtrit  # A quarter of a second, which only an estimate should pay.

    return float(stdtrit(degrees, (1 + LEVEL) / 2))


def two_sided(estimate: float, se: float, degrees: int) -> float:
    """How likely so large an effect of either sign would be, were there none."""
    from scipy.special import stdtr  # As above.

    return float(2 * stdtr(degrees, -abs(estimate) / se)) if se > 0 else float(estimate == 0)


def _series(panel: Panel, here: Comparison, drawn: Sequence[Comparison], reach: float) -> tuple[Point, ...]:
    expected = panel.path - here.gaps
    if len(drawn) < 2:
        return tuple(Point(*each) for each in zip(panel.periods, panel.path.tolist(), expected.tolist(), strict=True))
    band = reach * np.sqrt(np.mean([each.gaps**2 for each in drawn], axis=0))
    columns = (panel.path, expected, expected - band, expected + band)
    return tuple(Point(*each) for each in zip(panel.periods, *(column.tolist() for column in columns), strict=True))


def _placebo(panel: Panel, here: Comparison) -> Placebo:
    unit = ", ".join(panel.units[each] for each in here.treated)
    return Placebo(unit, tuple(here.gaps.tolist()), here.estimate, here.ratio)


def _rank(here: Comparison, drawn: Sequence[Comparison]) -> dict[str, float]:
    """The place of the treated among them and the placebos, the largest ratio first (Abadie, Diamond and Hainmueller 2010)."""
    if not drawn:
        return {}
    rank = 1 + sum(each.ratio >= here.ratio for each in drawn)
    return {"placebo_rank": rank, "placebo_p": rank / (len(drawn) + 1)}


def _fit(panel: Panel, here: Comparison) -> dict[str, float]:
    """How well the mix ran with the treated before the start."""
    before, after = here.gaps[: here.start], here.gaps[here.start :]
    moved, close = float(panel.path[: here.start].std()), float(np.sqrt(np.mean(before**2)))
    return {
        "rmspe_before": close,
        "rmspe_after": float(np.sqrt(np.mean(after**2))),
        "fit": close / moved if moved > 0 else float("inf"),
        "heaviest": float(here.weights.max()),
        "outside": _outside(panel, here),
    }


def _outside(panel: Panel, here: Comparison) -> float:
    """Where the level is free, as with time weights, each unit is measured from its own mean before the start."""
    values = panel.values[:, : here.start]
    if len(here.time_weights):
        values = values - values.mean(axis=1, keepdims=True)
    path, donors = values[here.treated].mean(axis=0), values[here.donors]
    return float(np.mean((path < donors.min(axis=0)) | (path > donors.max(axis=0))))
