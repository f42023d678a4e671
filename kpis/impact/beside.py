"""Each treated unit beside those never treated: how far it went from where they moved it, counted since its own beginning.

The gap of a unit is its path less the mean of the never treated, less the mean of that difference over its own periods before. Only
units that are never treated compare, so no unit already under the policy stands in for one without it (Callaway and Sant'Anna, 2021;
Goodman-Bacon, 2021). All periods before are the base, not the last one alone (as Borusyak, Jaravel and Spiess, 2024): a single noisy
month would carry its noise into every later period.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kpis.impact.panel import Numbers, Panel

BLOCKS = 4
"""Into how many parts of equal length the time before is cut, to test that nothing moved in it: few, as few units tell few apart."""


@dataclass(frozen=True, eq=False)
class Beside:
    """`gaps` are treated units x periods since the start; the first period under the policy is column `zero`, NaN is outside the panel."""

    gaps: Numbers
    calendar: Numbers
    """The same by the panel's own periods."""
    zero: int
    weights: Numbers

    @property
    def estimate(self) -> float:
        """The mean effect over every treated unit and period, each unit by its weight."""
        after = self.gaps[:, self.zero :]
        known = np.isfinite(after) * self.weights[:, None]
        return float((np.nan_to_num(after) * known).sum() / known.sum())

    @property
    def path(self) -> Numbers:
        """The mean gap by the panel's own periods."""
        return np.average(self.calendar, axis=0, weights=self.weights)

    @property
    def events(self) -> Numbers:
        """The mean gap by periods since the start; NaN where no unit was seen."""
        known = np.isfinite(self.gaps) * self.weights[:, None]
        total = known.sum(axis=0)
        return np.where(total > 0, (np.nan_to_num(self.gaps) * known).sum(axis=0) / np.where(total > 0, total, 1.0), np.nan)

    def moves(self, before: int) -> Numbers:
        """How the mean gap moved in the last `before` periods before: each part of them against the last part."""
        parts = np.array_split(self.events[self.zero - before : self.zero], min(BLOCKS, before))
        means = np.array([part.mean() for part in parts])
        return means[:-1] - means[-1]


def beside(panel: Panel, covariates: Sequence[str] = ()) -> Beside:
    """The treated units of a panel against those never treated, weighted by `panel.weights`."""
    values, weights = without(panel, covariates), weights_of(panel)
    others = np.average(values[~panel.treated], axis=0, weights=weights[~panel.treated])
    away, starts, periods = values[panel.treated] - others, panel.first[panel.treated], len(panel.periods)
    calendar = np.array([path - path[:start].mean() for path, start in zip(away, starts, strict=True)])
    gaps = np.full((len(away), 2 * periods), np.nan)
    for row, path, start in zip(gaps, calendar, starts, strict=True):
        row[periods - start : 2 * periods - start] = path
    return Beside(gaps, calendar, periods, weights[panel.treated])


def weights_of(panel: Panel) -> Numbers:
    """One for each unit, where none were given."""
    return np.ones(len(panel.units)) if panel.weights is None else panel.weights


def centred(values: Numbers, weights: Numbers) -> Numbers:
    """Less the mean of its unit and of its period (units by their weights), plus the mean of all: what two-way effects leave."""
    of_units = values.mean(axis=1, keepdims=True)
    of_periods = np.average(values, axis=0, weights=weights)[None, :]
    return values - of_units - of_periods + np.average(of_units[:, 0], weights=weights)


def without(panel: Panel, covariates: Sequence[str]) -> Numbers:
    """The values less what the covariates explain among the never treated, beside their own means and those of the periods."""
    if not covariates:
        return panel.values
    donors, weights = ~panel.treated, weights_of(panel)[~panel.treated]
    scale = np.sqrt(weights)[:, None]
    told = [(centred(panel.covariates[name][donors], weights) * scale).ravel() for name in covariates]
    outcome = (centred(panel.values[donors], weights) * scale).ravel()
    slopes = np.linalg.lstsq(np.column_stack(told), outcome, rcond=None)[0]
    return panel.values - sum(slope * panel.covariates[name] for slope, name in zip(slopes, covariates, strict=True))
