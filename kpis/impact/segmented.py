"""The regression of a segmented series, by least squares or as counts, and how sure its effect is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kpis.impact.doubt import Doubt
from kpis.impact.memory import degrees, lags, lasting
from kpis.impact.panel import Numbers
from kpis.impact.segments import Segments
from kpis.impact.study import Study


@dataclass(frozen=True, eq=False)
class Segmented:
    """`coefficients` are of the scale on which it was fitted (of counts their logarithm), `expected` and `residuals` by period.

    `memory` is the correlation of the errors from one period to the next, `reach` how far the interval of `expected` goes to each side.
    """

    given: Segments
    coefficients: Numbers
    estimate: float
    doubt: Doubt
    expected: Numbers
    reach: Numbers
    residuals: Numbers
    memory: float


def segmented(given: Segments, study: Study) -> Segmented:
    """The effect and its doubt: of all its errors the largest, since each of them can be too small and none is too large by much.

    They are Newey and West's (`memory.lags`), those of errors that last (`memory.lasting`), and the classical ones; the classical ones
    alone where a study asks for them. Of counts the variance is their mean times a factor (quasi-Poisson; McCullagh and Nelder, 1989).
    """
    counts = study.family == "quasipoisson"
    fitted = _fit(given, counts)
    coefficients, mean = np.asarray(fitted.params), np.asarray(fitted.fittedvalues)
    # Counts near their fit behave as a regression in which both sides are weighted by the root of the mean.
    scale = np.sqrt(mean) if counts else np.ones(len(mean))
    terms, residuals = given.terms * scale[:, None], (given.outcome - mean) / scale
    expected = _mean(given.without, coefficients, given, counts)
    memory, lasts = lasting(terms, residuals)
    classical = float(residuals @ residuals) / (len(mean) - terms.shape[1]) * np.linalg.pinv(terms.T @ terms)
    alone = study.inference == "classical"
    toward = _toward(given, mean, expected, counts)
    covariance = classical if alone else _largest((np.asarray(fitted.cov_params()), lasts, classical), toward)
    free = float(len(mean) - terms.shape[1]) if alone else degrees(len(mean), terms.shape[1], memory)
    doubt = Doubt("classical" if alone else "hac", float(np.sqrt(toward @ covariance @ toward)), free)
    sides = np.sqrt(np.einsum("ij,jk,ik->i", given.without, covariance, given.without)) * (expected if counts else 1.0)
    estimate = float((mean - expected)[given.start :].mean())
    return Segmented(given, coefficients, estimate, doubt, expected, (doubt.reach or np.nan) * sides, residuals, memory)


def _fit(given: Segments, counts: bool) -> Any:
    """statsmodels' results, with Newey and West's covariance."""
    import statsmodels.api as sm  # takes a second to import, and no page needs it

    newey_west = {"maxlags": lags(len(given.outcome)), "use_correction": True}
    if counts:
        model = sm.GLM(given.outcome, given.terms, family=sm.families.Poisson(), offset=given.offset)
        return model.fit(cov_type="HAC", cov_kwds=newey_west)
    return sm.OLS(given.outcome, given.terms).fit(cov_type="HAC", cov_kwds=newey_west)


def _largest(covariances: Sequence[Numbers], toward: Numbers) -> Numbers:
    return max(covariances, key=lambda one: float(toward @ one @ toward))


def _mean(terms: Numbers, coefficients: Numbers, given: Segments, counts: bool) -> Numbers:
    line = terms @ coefficients
    return np.exp(line + (0.0 if given.offset is None else given.offset)) if counts else line


def _toward(given: Segments, mean: Numbers, expected: Numbers, counts: bool) -> Numbers:
    """How the effect moves with each coefficient (its gradient)."""
    with_it, without = (given.terms, given.without) if not counts else (given.terms * mean[:, None], given.without * expected[:, None])
    return (with_it - without)[given.start :].mean(axis=0)
