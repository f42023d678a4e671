"""The chosen values, arranged into figures: one for each indicator, or one for several that share unit and frequency."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from dashboards.explorer.choice import Choice
from dashboards.session import Session
from data.indicators import Indicator
from data.periods import start


@dataclass(frozen=True)
class Series:
    """One indicator of one place: known values and gaps, oldest first. The strong one is the city's."""

    indicator: Indicator
    place: str
    name: str
    strong: bool
    rows: pl.DataFrame

    @property
    def values(self) -> list[tuple[date, float]]:
        """Known values, oldest first."""
        return list(self.rows.select("period", "value").drop_nulls().iter_rows())


@dataclass(frozen=True)
class Figure:
    """Series that can stand on one scale. The first indicator gives the unit and the frequency."""

    title: str
    series: tuple[Series, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple({series.indicator.id: series.indicator for series in self.series}.values())


def observations(session: Session, choice: Choice) -> pl.DataFrame:
    """The values of everything chosen: place, indicator, period, value, flag."""
    found = session.facts.observations(
        places=choice.places, indicators=choice.indicators, since=choice.since.first, until=choice.until.last
    )
    return found.select("place", "indicator", "period", "value", "flag")


def figures(session: Session, choice: Choice, found: pl.DataFrame) -> list[Figure]:
    """The figures in the order of the indicators chosen; places without a value are left out, and so are empty figures."""
    held = {(str(place), str(name)): rows for (place, name), rows in found.partition_by("place", "indicator", as_dict=True).items()}
    told = []
    for group in _groups(session, choice):
        titles = ", ".join(session.say(indicator.name) for indicator in group)
        series = [_series(session, choice, indicator, place, len(group) > 1, held) for indicator in group for place in choice.places]
        told.append(Figure(titles, tuple(one for one in series if one and one.values)))
    return [figure for figure in told if figure.series]


def frame(session: Session, found: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Everything chosen as one long table to download, under seven headings: indicator, place, from, to, value, unit, note, source."""
    known, places = session.definitions.indicator, session.definitions.place
    rows = [
        (
            session.say(known[name].name),
            session.say(places[place].name),
            start(period, known[name].frequency),
            period,
            value,
            session.say(known[name].unit),
            flag,
            session.say(known[name].source),
        )
        for place, name, period, value, flag in found.iter_rows()
    ]
    types = [pl.String, pl.String, pl.Date, pl.Date, pl.Float64, pl.String, pl.String, pl.String]
    return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")


def _groups(session: Session, choice: Choice) -> list[list[Indicator]]:
    """Indicators of one place share a figure where they share unit and frequency; with several places each has its own."""
    groups: dict[tuple[str, ...], list[Indicator]] = {}
    for name in choice.indicators:
        indicator = session.definitions.indicator[name]
        alone = (name,) if len(choice.places) > 1 else (session.say(indicator.unit), indicator.frequency)
        groups.setdefault(alone, []).append(indicator)
    return list(groups.values())


def _series(
    session: Session, choice: Choice, indicator: Indicator, place: str, by_indicator: bool, held: dict[tuple[str, str], pl.DataFrame]
) -> Series | None:
    rows = held.get((place, indicator.id))
    if rows is None:
        return None
    name = indicator.name if by_indicator else session.definitions.place[place].name
    strong = indicator.id == choice.indicators[0] if by_indicator else place == _strong(session, choice)
    return Series(indicator, place, session.say(name), strong, rows.select("period", "value", "flag"))


def _strong(session: Session, choice: Choice) -> str:
    """The place that stands out: the session's where it is chosen."""
    return session.place if session.place in choice.places else choice.places[0]
