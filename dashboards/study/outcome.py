"""What a study measures, and how its amounts are said: in the outcome's own unit, more or less, better or worse."""

from dataclasses import dataclass, replace
from math import exp, floor, log10

from dashboards import formats
from dashboards.session import Session
from dashboards.words import translator
from kpis.impact.effect import Effect
from kpis.impact.sizes import size
from kpis.impact.study import Study

PERCENT = 100
ERRORS_WIDE = 4
"""Standard errors in an interval of 95 %, nearly."""


@dataclass(frozen=True)
class Outcome:
    """Its name and unit in the reader's language; where it is `relative`, estimates are of its logarithm and effects are said in %.

    Values have `decimals`; effects have `places` in a sentence, as many as their doubt leaves standing, and one more in a table.
    """

    name: str
    unit: str
    decimals: int
    locale: str
    places: int = 1
    relative: bool = False
    better: str | None = None

    def level(self, value: float) -> float:
        """A value of a series, in the outcome's own unit."""
        return exp(value) if self.relative else value

    def effect(self, value: float) -> float:
        """A difference that was estimated, as it is said."""
        return PERCENT * (exp(value) - 1) if self.relative else value

    def said(self, value: float) -> str:
        """A value of a series with its unit."""
        return formats.with_unit(self.level(value), self.unit, self.decimals, self.locale)

    def bare(self, value: float | None) -> str:
        """The same for a column whose heading names the unit."""
        return formats.NOTHING if value is None else formats.number(self.level(value), self.decimals, self.locale)

    def amount(self, value: float, *, unit: bool = True) -> str:
        """The size of an estimated difference for a sentence: 9.8 points."""
        shown = formats.number(abs(self.effect(value)), self.places, self.locale)
        return self._with_unit(shown) if unit else shown

    def exact(self, value: float | None) -> str:
        """An estimated difference for a table, with its sign."""
        if value is None:
            return formats.NOTHING
        shown = formats.number(abs(self.effect(value)), self.places + 1, self.locale)
        return f"{'−' if value < 0 else '+' if value > 0 else ''}{shown}"

    def gap_unit(self) -> str:
        """What a difference is counted in."""
        return "%" if self.relative else formats.difference_unit(self.unit, self.locale)

    def more(self, value: float) -> str:
        """9.8 points more, 2 days less."""
        _ = translator(self.locale)
        if value == 0:
            return _("no difference")
        return _("{amount} more", amount=self.amount(value)) if value > 0 else _("{amount} less", amount=self.amount(value))

    def between(self, low: float, high: float) -> str:
        """Between 7 and 12; where it holds zero: between 2 less and 3 more."""
        _ = translator(self.locale)
        if low < 0 < high:
            return _("between {low} less and {high} more", low=self._bare_amount(low), high=self._bare_amount(high))
        small, large = sorted((low, high), key=abs)
        return _("between {low} and {high}", low=self._bare_amount(small), high=self._bare_amount(large))

    def is_better(self, value: float) -> bool | None:
        """Whether a difference of this sign is for the better; None where neither way is, or nobody said."""
        return None if self.better is None or value == 0 else (value > 0) == (self.better == "higher")

    def _bare_amount(self, value: float) -> str:
        return self.amount(value, unit=False)

    def _with_unit(self, shown: str) -> str:
        _, unit = translator(self.locale), self.gap_unit()
        if not self.relative and self.unit == "%" and shown == formats.ONE:
            unit = _("point")
        return f"{shown}{formats.BOUND}{unit}" if unit else shown


def of(session: Session, study: Study, effect: Effect | None) -> Outcome:
    """The outcome of a study: of an indicator as the city defined it, of a table as the study says."""
    if study.indicator is not None and study.indicator in session.measured:
        found = session.indicator(study.indicator)
        better = study.better or (found.polarity if found.polarity != "neutral" else None)
        name, unit, decimals = session.say(found.name), session.say(found.unit), found.decimals
    else:
        name, unit = study.outcome or study.indicator or "", session.say(study.unit_name) if study.unit_name else ""
        better, decimals = study.better, _decimals(effect)
    places = _places(effect, study) if effect else decimals
    return Outcome(name, unit, decimals, session.locale, places, study.log, better)


def _places(effect: Effect, study: Study) -> int:
    """As many as the interval that is shown leaves standing, which may be wider than the standard error alone would have it."""
    if effect.low is not None and effect.high is not None:
        effect = replace(effect, se=(effect.high - effect.low) / ERRORS_WIDE)
    return size(0.0, effect, study).decimals


def _decimals(effect: Effect | None) -> int:
    """Of a table's outcome nobody said: as many as show three digits of what it is like."""
    sizes = [abs(point.actual) for point in effect.series if point.actual] if effect else []
    return max(0, min(formats.MOST_DECIMALS, 2 - floor(log10(max(sizes))))) if sizes else 1
