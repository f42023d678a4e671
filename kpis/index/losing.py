"""What is lost of an indicator within a place, such as to inequality: a mean that few people reach is worth less than it says.

I* = (1 - A) · I, where A is one less the geometric mean over the arithmetic one, of the people of a place (A. B. Atkinson 1970, aversion 1;
UNDP, Human Development Report 2021/22, technical note 2).
"""

import numpy as np

from kpis.index.figures import Figures, Numbers

WHOLE = 100.0
"""Losses are told in per cent."""


def less_losses(values: Numbers, figures: Figures) -> Numbers:
    """Normalised values, (…, places, indicators), without what is lost of them; missing where that is not known."""
    return values if figures.losses is None else values * (1 - figures.losses / WHOLE)


def unknown(figures: Figures) -> Numbers:
    """NaN where a loss is asked for and not known, one elsewhere: the figure then counts as missing."""
    return np.ones(figures.values.shape) if figures.losses is None else np.where(np.isnan(figures.losses), np.nan, 1.0)
