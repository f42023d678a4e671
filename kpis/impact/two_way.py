"""Two-way fixed effects: the regression of an outcome on being under the policy, beside the means of units and of periods."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import polars as pl

from kpis.impact.beside import centred, weights_of
from kpis.impact.doubt import Doubt, Kind
from kpis.impact.inference import clusters_of
from kpis.impact.panel import Numbers, Panel

ERRORS: dict[Kind, Literal["iid", "HC1"] | dict[str, str]] = {"cluster": {"CRV1": "cluster"}, "classical": "iid", "robust": "HC1"}


@dataclass(frozen=True, eq=False)
class TwoWay:
    """The effect, its doubt, and `left`: the outcome less what the covariates explain of it, units x periods."""

    estimate: float
    doubt: Doubt
    left: Numbers


def two_way(panel: Panel, covariates: Sequence[str], kind: Kind) -> TwoWay:
    """Least squares, over the single rows of samples where there are some; errors of the kinds in `ERRORS`, none of any other.

    All fixed effects count as parameters: the larger of the errors in use, and the one of the published examples.
    """
    names = [f"x{number}" for number, _ in enumerate(covariates)]
    rows = _rows(panel, covariates)
    fitted = _fit(rows, ["policy", *names], kind)
    slopes = [float(fitted.coef()[name]) for name in names]
    left = panel.values - sum(slope * panel.covariates[name] for slope, name in zip(slopes, covariates, strict=True))
    doubt = Doubt(kind, float(fitted.se()["policy"]), _degrees(panel, kind, len(rows) - 1 - len(names)))
    return TwoWay(float(fitted.coef()["policy"]), doubt if kind in ERRORS else Doubt("none", None, None), left)


def policy(panel: Panel) -> Numbers:
    """1 where a unit is under the policy in a period, else 0."""
    periods = np.arange(len(panel.periods))
    return (panel.treated[:, None] & (periods >= panel.first[:, None])).astype(float)


def negative(panel: Panel) -> float:
    """The share of treated units and periods that the regression counts with the wrong sign.

    Each counts by what is left of its being treated beside units and periods (de Chaisemartin and D'Haultfoeuille, 2020, theorem 1).
    """
    under = policy(panel)
    left = centred(under, weights_of(panel))
    return float((left[under == 1] < -1e-12).mean())


def by_hand(panel: Panel) -> float:
    """The same effect without covariates, by Frisch, Waugh and Lovell: quick enough for hundreds of placebos."""
    weights = weights_of(panel)
    left = centred(policy(panel), weights) * weights[:, None]
    return float((left * panel.values).sum() / (left * policy(panel)).sum())


def _fit(rows: pl.DataFrame, terms: Sequence[str], kind: Kind) -> Any:
    """pyfixest's results."""
    from pyfixest.estimation.api.feols import feols  # takes 2 s to import, and no page needs it
    from pyfixest.utils.utils import ssc

    formula = f"y ~ {' + '.join(terms)} | unit + period"
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="The inplace keyword", category=Warning)  # its own use of pandas
        return feols(formula, rows, vcov=ERRORS.get(kind, "iid"), weights="weight", ssc=ssc(k_fixef="full"))


def _degrees(panel: Panel, kind: Kind, rows: int) -> float:
    if kind == "cluster":
        return float(len(set(clusters_of(panel))) - 1)
    return float(rows - len(panel.units) - len(panel.periods) + 1)


def _rows(panel: Panel, covariates: Sequence[str]) -> pl.DataFrame:
    units, periods = (each.ravel() for each in np.indices(panel.values.shape))
    values = panel.values.ravel()
    if panel.samples is not None:
        units, periods, values = panel.samples
    columns = {
        "y": values,
        "policy": policy(panel)[units, periods],
        "unit": units,
        "period": periods,
        "cluster": np.unique(clusters_of(panel), return_inverse=True)[1][units],
        "weight": weights_of(panel)[units],
    }
    return pl.DataFrame(columns | {f"x{number}": panel.covariates[name][units, periods] for number, name in enumerate(covariates)})
