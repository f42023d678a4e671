"""Every step of an index as one table to take away: a row for each place, indicator and step, then the parts, the score and its doubt."""

from collections.abc import Iterator

import numpy as np
import polars as pl

from dashboards.index.shown import Shown
from dashboards.words import N_, translator
from kpis.index.built import STEPS, Built
from kpis.index.ranking import rounded

NAMES = {
    "raw": N_("as measured"),
    "denominated": N_("divided"),
    "blended": N_("mixed with its region"),
    "imputed": N_("filled in"),
    "treated": N_("treated"),
    "normalised": N_("made comparable"),
}
PART = N_("put together")


def ranks(shown: Shown) -> pl.DataFrame:
    """One row for each place, the first on top: rank, score, their intervals and tier, then its parts."""
    _, order, doubted = translator(shown.locale), shown.order, shown.doubted
    told: dict[str, list[object]] = {
        _("Place"): [shown.place(number) for number in order],
        _("Id"): [shown.built.places[number] for number in order],
        _("Rank"): [shown.rank(number) for number in order],
        _("Score"): [float(shown.built.score[number]) for number in order],
    }
    if shown.in_doubt:
        told |= {
            _("Tier"): [shown.tier(number) for number in order],
            _("Rank, from"): [shown.between(number)[0] for number in order],
            _("Rank, to"): [shown.between(number)[1] for number in order],
            _("Rank, median"): [float(doubted.rank_median[number]) for number in order],
            _("Score, from"): rounded(doubted.score_low[order], shown.recipe.round).tolist(),
            _("Score, to"): rounded(doubted.score_high[order], shown.recipe.round).tolist(),
        }
    parts = {shown.label(part): [_known(shown.values(part)[number]) for number in order] for part in shown.parts}
    return pl.DataFrame(told | {name: values for name, values in parts.items() if name not in told})


def steps(shown: Shown) -> pl.DataFrame:
    """A row for each place, indicator and step that was taken, with what was filled in marked; then each part of each place."""
    _ = translator(shown.locale)
    names = [_("Place"), _("Id"), _("Indicator or part"), _("Step"), _("Value"), _("Filled in")]
    return pl.DataFrame(
        list(_rows(shown)),
        schema=dict(zip(names, (pl.String, pl.String, pl.String, pl.String, pl.Float64, pl.Boolean), strict=True)),
        orient="row",
    )


def taken(built: Built) -> Iterator[str]:
    """The first step, the last, and those between that changed some figure: an index that fills nothing in has no such step."""
    held = [step for step in STEPS if step in built.steps]
    for before, step in zip([None, *held], held, strict=False):
        if before is None or step == held[-1] or not np.array_equal(built.steps[before], built.steps[step], equal_nan=True):
            yield step


def _rows(shown: Shown) -> Iterator[tuple[str, str, str, str, float | None, bool]]:
    _, built, steps = translator(shown.locale), shown.built, list(taken(shown.built))
    for number in shown.order:
        named = shown.place(number), built.places[number]
        for column, one in enumerate(shown.recipe.indicators):
            filled = bool(built.filled[number, column])
            for step in steps:
                yield *named, shown.label(one.name), _(NAMES[step]), _known(built.steps[step][number, column]), filled
        for level in shown.recipe.levels:
            yield *named, shown.label(level.name), _(PART), _known(built.parts[level.name][number]), False


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
