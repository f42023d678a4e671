"""The chosen values, arranged into figures: series that can stand on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import polars as pl

from dashboards.explorer.choice import Choice
from dashboards.explorer.computing import PARTS, split_of
from dashboards.session import Session
from dashboards.words import translator
from data.indicators import Indicator
from data.periods import start
from data.segments import TOTAL, parts
from kpis.metrics.observations import observations as observed


@dataclass(frozen=True)
class Series:
    """One indicator of one place or part of it: known values and gaps, oldest first. The strong one is the city's, or the total.

    Where the values are computed from others, the indicator's unit, kind and decimals are theirs and `done` says how, for the title;
    `compared` is what they are held against, `base` the period where an index is 100.
    """

    indicator: Indicator
    place: str
    name: str
    strong: bool
    rows: pl.DataFrame
    segment: str = TOTAL
    done: tuple[str, ...] = ()
    compared: Literal["", "year", "index"] = ""
    base: date | None = None

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

    @property
    def key(self) -> str:
        """Names the figure among those of a page."""
        return f"{self.series[0].indicator.id}_{self.series[0].place}"


def observations(session: Session, choice: Choice) -> pl.DataFrame:
    """The values of everything chosen: place, indicator, segment, period, value, denominator, flag."""
    since, until = choice.reach
    told = {"places": choice.places, "since": since.first, "until": until.last, "as_known": choice.computed.as_known}
    metrics = [name for name in choice.indicators if name in session.catalogue.measures]
    plain = [name for name in choice.indicators if name not in metrics]
    held = session.facts.observations(indicators=plain, segment=None if choice.split else TOTAL, **told)
    computed = observed(session.facts, session.catalogue, session.definitions, metrics, **told)
    found = pl.concat([held, computed], how="diagonal_relaxed") if metrics else held
    return found.select("place", "indicator", "segment", "period", "value", "denominator", "flag")


def all_series(session: Session, choice: Choice, found: pl.DataFrame) -> list[Series]:
    """Every series chosen of which anything is held: by indicator, then place, the total before its parts."""
    held = found.partition_by("indicator", "place", "segment", as_dict=True, maintain_order=True)
    keys = [(str(name), str(place), str(segment)) for name, place, segment in held if str(segment) == TOTAL or _wanted(choice, segment)]
    order = {name: number for number, name in enumerate((*choice.indicators, *choice.places))}
    keys.sort(key=lambda key: (order[key[0]], order[key[1]], key[2]))
    return [_series(session, choice, *key, held[key].select("period", "value", "denominator", "flag")) for key in keys]


def figures(session: Session, choice: Choice, series: Sequence[Series]) -> list[Figure]:
    """The figures in the order of what was chosen; series without a value are left out.

    Indicators of one place share a figure where they share unit and frequency; with several places each indicator has its own,
    and where parts are shown, so has each place.
    """
    groups: dict[tuple[str, ...], list[Series]] = {}
    for one in series:
        if one.values:
            groups.setdefault(_group(session, choice, one), []).append(one)
    split = bool(choice.split)
    return [Figure(_title(session, group, with_place=split), _told_apart(session, choice, group)) for group in groups.values()]


def frame(session: Session, series: Sequence[Series], names: Sequence[str]) -> pl.DataFrame:
    """Every series as one long table to download, under nine headings: indicator, place, part, from, to, value, unit, note, source."""
    rows = [row for one in series for row in _rows(session, one)]
    types = [pl.String, pl.String, pl.String, pl.Date, pl.Date, pl.Float64, pl.String, pl.String, pl.String]
    return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")


def part_name(session: Session, segment: str) -> str:
    """A part as people say it: "15-24 · Women"."""
    _ = translator(session.locale)
    return " · ".join(_(PARTS[part]) if part in PARTS else part for part in parts(segment).values()) or _("Total")


def _wanted(choice: Choice, segment: object) -> bool:
    return bool(choice.split) and split_of(str(segment)) == choice.split


def _series(session: Session, choice: Choice, name: str, place: str, segment: str, rows: pl.DataFrame) -> Series:
    indicator, where = session.indicator(name), session.say(session.definitions.place[place].name)
    if choice.split:
        return Series(indicator, place, part_name(session, segment), segment == TOTAL, rows, segment)
    return Series(indicator, place, where, place == _strong(session, choice), rows)


def _strong(session: Session, choice: Choice) -> str:
    """The place that stands out: the session's where it is chosen."""
    return session.place if session.place in choice.places else choice.places[0]


def _group(session: Session, choice: Choice, series: Series) -> tuple[str, ...]:
    indicator = series.indicator
    if choice.split:
        return indicator.id, series.place
    return (indicator.id,) if len(choice.places) > 1 else (session.say(indicator.unit), indicator.frequency)


def _told_apart(session: Session, choice: Choice, group: Sequence[Series]) -> tuple[Series, ...]:
    """Several indicators in one figure go by their names, and the first one chosen stands out."""
    if len({series.indicator.id for series in group}) == 1:
        return tuple(group)
    return tuple(
        replace(series, name=session.say(series.indicator.name), strong=series.indicator.id == choice.indicators[0]) for series in group
    )


def _title(session: Session, group: Sequence[Series], *, with_place: bool) -> str:
    names = ", ".join(dict.fromkeys(session.say(series.indicator.name) for series in group))
    place = [session.say(session.definitions.place[group[0].place].name)] if with_place else []
    return " · ".join([names, *place, *group[0].done])


def _rows(session: Session, series: Series) -> list[tuple]:
    indicator = series.indicator
    about = session.say(indicator.name), session.say(session.definitions.place[series.place].name), part_name(session, series.segment)
    unit, source = session.say(indicator.unit), session.say(indicator.source)
    return [
        (*about, start(period, indicator.frequency), period, value, unit, flag, source)
        for period, value, flag in series.rows.select("period", "value", "flag").iter_rows()
    ]
