"""Counts made comparable between places of different size: divided by what the recipe says, such as residents."""

from kpis.index.figures import Figures, Numbers
from kpis.index.losing import unknown


def denominated(values: Numbers, figures: Figures) -> Numbers:
    """(…, places, indicators) divided by their denominators; NaN where either, or what is lost of it, is missing."""
    return values / figures.denominators * unknown(figures)
