"""What an index of the home's own figures is reckoned from: its places by its indicators, as they stood at a month."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from data.definitions import Definitions
from data.facts import Facts
from data.indicators import Indicator
from data.model import say
from data.periods import Month, written
from data.problems import N_, Problem, Refused
from kpis.catalogue import Catalogue
from kpis.index.at_home import POPULATION, numbers
from kpis.index.figures import Figures, Numbers
from kpis.index.grouping import group, groupings
from kpis.index.latest import Latest, latest
from kpis.index.ranked_places import eligible, ranked
from kpis.index.reading import Written
from kpis.index.recipe import Ingredient
from kpis.metrics.observations import observations

SPAN = 36
"""Months looked back over: an older figure says little of today."""
NO_ROWS = pl.DataFrame(schema={"place": pl.String, "period": pl.Date, "value": pl.Float64})
LOAD = N_("load them: `python -m data ingest FILE`")


def figures(asked: Written, facts: Facts | None, catalogue: Catalogue, definitions: Definitions, month: Month | None = None) -> Figures:
    """The figures of an index that was settled (`at_home.settled`), as they stood at the end of a month: the newest, unless named.

    A count is divided by what the index says, else by what its indicator is compared by. A place that measures an indicator otherwise
    has no figure of it here. Raises Refused with every problem: nothing loaded, an indicator without any figure.
    """
    if facts is None:
        raise Refused([asked.problem("indicators", N_("no figures are loaded"), LOAD)])
    month = month or _newest(facts, eligible(asked.recipe, definitions))
    places = ranked(asked.recipe, definitions, facts, month.last)
    read = _Read(asked, catalogue, definitions, places, _rows(asked, facts, catalogue, definitions, places, month))
    found = [read.latest(str(one.indicator)) for one in asked.recipe.indicators]
    if empty := list(_empty(asked, found)):
        raise Refused(empty)
    return Figures(
        places=tuple(places),
        names=tuple(say(definitions.place[place].name, definitions.city.locale) for place in places),
        values=np.column_stack([each.values for each in found]),
        denominators=np.column_stack([read.denominator(one) for one in asked.recipe.indicators]),
        groups={name: tuple(group(place, name, definitions) for place in places) for _, name in groupings(asked.recipe)},
        periods=_periods(read, found),
        notes=(*_other_periods(read), *_measured_otherwise(read)),
    )


@dataclass(frozen=True, eq=False)
class _Read:
    """An index with the figures that it asks for: of each indicator all values that were held by the month."""

    asked: Written
    catalogue: Catalogue
    definitions: Definitions
    places: Sequence[str]
    rows: Mapping[str, pl.DataFrame]

    def indicator(self, name: str) -> Indicator:
        return self.catalogue.indicator(name, self.definitions)

    def latest(self, name: str) -> Latest:
        """Without the places that measure it otherwise: no period is chosen by what is not compared."""
        return latest(self.rows.get(name, NO_ROWS).filter(~pl.col("place").is_in(list(self.indicator(name).differs))), self.places)

    def read_of(self) -> Iterator[tuple[str, str]]:
        """Each indicator that is read, with the key that asks for it: what is ranked by, and what that is divided by."""
        for number, one in enumerate(self.asked.recipe.indicators):
            yield f"indicators.{number}.indicator", str(one.indicator)
        divisors = [self.divisor(one) for one in self.asked.recipe.indicators]
        for name in dict.fromkeys(divisor for divisor in divisors if divisor is not None):
            yield f"indicators.{divisors.index(name)}.denominator", name

    def divisor(self, one: Ingredient) -> str | None:
        """The indicator that a figure is divided by; None where it is not, or by residents or what a place says of itself."""
        compare = self.indicator(str(one.indicator)).compare
        by = one.denominator or (compare.by if compare else POPULATION)
        trait = numbers(self.definitions).get(by)
        by = by if trait is None else trait.indicator
        return None if by is None or by == POPULATION else str(by)

    def denominator(self, one: Ingredient) -> Numbers:
        """What each place's figure is divided by; ones where it is not."""
        if one.denominator is not None:
            return self.amounts(one.denominator)
        compare = self.indicator(str(one.indicator)).compare
        return np.ones(len(self.places)) if compare is None else self.amounts(compare.by) / compare.per

    def amounts(self, name: str) -> Numbers:
        """Residents, a trait that is a number, or an indicator of each place."""
        known, trait = [self.definitions.place[place] for place in self.places], numbers(self.definitions).get(name)
        if name == POPULATION:
            return _known(place.population for place in known)
        if trait is None or trait.indicator is not None:
            return self.latest(name if trait is None else str(trait.indicator)).values
        return _known(place.traits.get(name) for place in known)

    def names(self, places: Sequence[str]) -> str:
        """Places as people read them."""
        return ", ".join(say(self.definitions.place[place].name, self.definitions.city.locale) for place in places)


def _known(values: Iterable[object]) -> Numbers:
    return np.array([float(value) if isinstance(value, int | float) else np.nan for value in values])


def _newest(facts: Facts, places: Sequence[str]) -> Month:
    """That of the newest figure of any of the places."""
    return Month.of(max((day for place in places if (day := facts.last_period(place))), default=date.max))


def _rows(
    asked: Written, facts: Facts, catalogue: Catalogue, definitions: Definitions, places: Sequence[str], month: Month
) -> Mapping[str, pl.DataFrame]:
    known = {*definitions.indicator, *catalogue.measures}
    recipe, traits = asked.recipe, numbers(definitions)
    compared = (catalogue.indicator(str(one.indicator), definitions).compare for one in recipe.indicators)
    dividing = [*(one.denominator for one in recipe.indicators), *(compare.by for compare in compared if compare)]
    through = [traits[name].indicator if name in traits else name for name in dividing]
    names = [name for name in (*(one.indicator for one in recipe.indicators), *through) if name in known]
    since = month.plus(-SPAN).first
    rows = observations(facts, catalogue, definitions, list(map(str, names)), places=places, since=since, until=month.last)
    return {str(name): part for (name,), part in rows.filter(pl.col("segment") == "").partition_by("indicator", as_dict=True).items()}


def _empty(asked: Written, found: Sequence[Latest]) -> Iterator[Problem]:
    for number, (one, each) in enumerate(zip(asked.recipe.indicators, found, strict=True)):
        if each.period is None:
            yield asked.problem(f"indicators.{number}.indicator", N_("no place has a figure of {name}"), LOAD, name=one.indicator)


def _periods(read: _Read, found: Sequence[Latest]) -> tuple[tuple[str, ...], ...]:
    columns: list[list[str]] = []
    for one, each in zip(read.asked.recipe.indicators, found, strict=True):
        frequency = read.indicator(str(one.indicator)).frequency
        columns.append(["" if end is None else written(end, frequency) for end in each.ends])
    return tuple(zip(*columns, strict=True))


def _other_periods(read: _Read) -> Iterator[Problem]:
    message = N_("{name}: the figures of {places} are of another period than {period}, which the others have")
    for key, name in read.read_of():
        found = read.latest(name)
        if found.period is not None and (others := found.others):
            period = written(found.period, read.indicator(name).frequency)
            told = {"places": read.names([read.places[other] for other in others]), "period": period}
            yield read.asked.problem(key, message, N_("read their ranks with care"), name=name, **told)


def _measured_otherwise(read: _Read) -> Iterator[Problem]:
    message = N_("{name} is measured otherwise by {places}: it counts as missing there")
    for key, name in read.read_of():
        differs = read.indicator(name).differs
        if there := [place for place in read.places if place in differs]:
            hint = N_("see what differs in data/indicators.yaml")
            yield read.asked.problem(key, message, hint, name=name, places=read.names(there))
