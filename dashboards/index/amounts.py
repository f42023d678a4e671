"""Values of an indicator as an index compares them: in the indicator's own unit, or for so many residents where it is divided."""

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np

from dashboards import formats
from dashboards.index.shown import Shown
from dashboards.words import translator
from data.indicators import Compared
from kpis.index.at_home import POPULATION
from kpis.index.recipe import Ingredient

DIGITS = 3
"""With which a value is written whose indicator does not say with how many decimals."""
SLACK = 1e-6
"""Of the last decimal: what halving towards a value may be off by."""


@dataclass(frozen=True)
class Amount:
    """How values of an indicator are written: times `factor`, with `decimals`, in a unit in the reader's language."""

    unit: str
    factor: float
    decimals: int
    locale: str

    def said(self, value: float | None) -> str:
        """A value with its unit."""
        if value is None or np.isnan(value):
            _ = translator(self.locale)
            return _("no value")
        return formats.with_unit(value * self.factor, self.unit, self.decimals, self.locale)

    def bare(self, value: float, decimals: int | None = None) -> str:
        return formats.number(value * self.factor, self.decimals if decimals is None else decimals, self.locale)

    def reaching(self, value: float, wanted: float, decimals: int) -> str:
        """The wanted value, rounded so that it is reached: up where it lies above the value, else down."""
        scale = 10.0**decimals
        steps = wanted * self.factor * scale
        whole = ceil(steps - SLACK) if wanted > value else floor(steps + SLACK)
        return formats.number(whole / scale, decimals, self.locale)

    def apart(self, one: float, other: float) -> int:
        """Decimals that tell two values apart, as far as decimals go."""
        places = self.decimals
        while one != other and self.bare(one, places) == self.bare(other, places) and places < formats.MOST_DECIMALS:
            places += 1
        return places


def of(shown: Shown, name: str) -> Amount:
    """How the values of an indicator are written in this index."""
    one = shown.ingredient(name)
    values = np.abs(shown.built.steps["denominated"][:, shown.column(name)])
    typical = float(np.nanmedian(values)) if np.isfinite(values).any() else 0.0
    factor = _factor(typical) if one.denominator else 1.0
    unit = _per(shown, one, factor)
    if one.indicator in shown.session.measured and not one.denominator and compare(shown, one) is None:
        return Amount(unit, factor, shown.session.indicator(str(one.indicator)).decimals, shown.locale)
    return Amount(unit, factor, _decimals(typical * factor), shown.locale)


def compare(shown: Shown, one: Ingredient) -> Compared | None:
    """What the home's indicator is compared by; None of what is not, and of a column of a table."""
    return shown.session.indicator(str(one.indicator)).compare if one.indicator in shown.session.measured else None


def divisor(shown: Shown, name: str) -> str:
    """What a denominator counts: residents, a trait of the places, an indicator, a column of a table."""
    _ = translator(shown.locale)
    if name == POPULATION:
        return _("residents")
    trait = next((trait for trait in shown.session.definitions.traits if trait.id == name), None)
    if trait is not None:
        said = shown.session.say(trait.name)
        return said[:1].lower() + said[1:]
    return shown.session.say(shown.session.indicator(name).name) if name in shown.session.measured else name


def _per(shown: Shown, one: Ingredient, factor: float) -> str:
    """The unit, and for how many of what it is divided by: deaths per 100,000 residents."""
    _, unit = translator(shown.locale), shown.unit(one.name)
    if one.denominator:
        many, by = factor, one.denominator
    elif compared := compare(shown, one):
        many, by = compared.per, compared.by
    else:
        return unit
    told = {"unit": unit, "of": divisor(shown, by), "many": formats.number(many, 0, shown.locale)}
    return (_("{unit} per {many} {of}", **told) if many > 1 else _("{unit} per {of}", **told)).strip()


def _factor(typical: float) -> float:
    """A power of ten after which a typical value is one or more: 1, or from 1,000 up."""
    if typical <= 0 or typical >= 1:
        return 1.0
    return 10.0 ** max(3, -floor(log10(typical)))


def _decimals(value: float) -> int:
    """As many as three digits take."""
    return max(0, min(formats.MOST_DECIMALS, DIGITS - 1 - floor(log10(value)))) if value > 0 else 0
