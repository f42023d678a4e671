"""Computes what the reader asked for, series by series, and says of each that could not be computed why."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from math import floor, log10

import polars as pl

from dashboards import formats
from dashboards.explorer.choice import Choice
from dashboards.explorer.figures import Series
from dashboards.session import Session
from dashboards.words import N_, translator
from data.indicators import Indicator
from data.periods import Month
from data.segments import TOTAL
from kpis import transform
from kpis.score import Reason

Step = Callable[[Series], "Series | Reason"]
KEPT = frozenset(transform.NOT_A_COUNT.values())
"""Reasons that hold for all places of an indicator: its values are shown as they are. One place alone would be on another scale."""
A_LEVEL = {"kind": "level", "adds_up": False}
"""What is computed adds up no more, over places or periods."""
MOST_DECIMALS = 4


def transformed(session: Session, choice: Choice, series: Sequence[Series]) -> tuple[list[Series], list[str]]:
    """The series computed as chosen, within the months chosen; and what is not as asked, one sentence each."""
    computed, said = choice.computed, dict[str, None]()
    found = list(series)
    if computed.per:
        found = _each(session, found, lambda one: _per_residents(session, one, int(computed.per)), said)
    if computed.average:
        found = _each(session, found, lambda one: _average(session, one, int(computed.average)), said)
    if computed.compare == "year":
        found = _each(session, found, lambda one: _since_a_year_ago(session, one), said)
    if computed.compare == "index":
        base = _base(choice, found)
        found = _each(session, found, lambda one: _index(session, one, base), said)
    return [replace(one, rows=_within(choice, one.rows)) for one in found], list(said)


def change_unit(session: Session, original: Indicator) -> str:
    """The unit of a change since a year before, of an indicator as it is defined."""
    return "%" if original.is_count else formats.difference_unit(original.unit, session.locale)


def _each(session: Session, series: Sequence[Series], step: Step, said: dict[str, None]) -> list[Series]:
    """Each series after a step; `said` takes what is to be said of those that it cannot be done with."""
    found = []
    for one in series:
        after = step(one)
        if isinstance(after, Series):
            found.append(after)
            continue
        kept = after.sentence in KEPT
        said[_refusal(session, one, after, kept=kept)] = None
        if kept:
            found.append(one)
    return found


def _refusal(session: Session, series: Series, why: Reason, *, kept: bool) -> str:
    _, name = translator(session.locale), session.say(series.indicator.name)
    if kept:
        return _("{name} is shown as it is: {why}.", name=name, why=formats.reason(why, session.locale))
    part = [series.name] if series.segment != TOTAL else []
    name = ", ".join([name, session.say(session.definitions.place[series.place].name), *part])
    return _("{name} is left out: {why}.", name=name, why=formats.reason(why, session.locale))


def _per_residents(session: Session, series: Series, per: int) -> Series | Reason:
    _, indicator = translator(session.locale), series.indicator
    if series.segment != TOTAL:
        return Reason(N_("the residents of a part of a place are not known"))
    rows = transform.per_residents(series.rows, indicator, session.definitions.place[series.place].population, per)
    number = formats.number(per, 0, session.locale)
    unit = _("{unit} per {n} residents", unit=session.say(indicator.unit), n=number)
    done = _("per {n} residents", n=number)
    return _computed(series, rows, done, unit=unit, decimals=_decimals(rows), **A_LEVEL)


def _average(session: Session, series: Series, periods: int) -> Series | Reason:
    _, rows = translator(session.locale), transform.moving_average(series.rows, series.indicator, periods)
    levelled = {"year_to_date": False} if series.indicator.restarts else {}
    return _computed(series, rows, _("average of {n} periods", n=periods), decimals=max(1, series.indicator.decimals), **levelled)


def _since_a_year_ago(session: Session, series: Series) -> Series | Reason:
    """In per cent for what was a count in the file, also when residents have divided it since."""
    _, original = translator(session.locale), session.indicator(series.indicator.id)
    rows = transform.against_a_year_ago(series.rows, original)
    unit = _("{unit} since a year before", unit=change_unit(session, original))
    found = _computed(series, rows, _("change since a year before"), unit=unit, decimals=max(1, original.decimals), **A_LEVEL)
    return replace(found, compared="year") if isinstance(found, Series) else found


def _index(session: Session, series: Series, base: date | None) -> Series | Reason:
    _, frequency = translator(session.locale), series.indicator.frequency
    if base is None:
        return Reason(N_("no period has a value of all series; choose a base"))
    rows = transform.index(series.rows, series.indicator, base)
    period = formats.period(_period_of(series, base), frequency, session.locale)
    unit, done = _("index, {period} = 100", period=period), _("{period} = 100", period=period)
    found = _computed(series, rows, done, unit=unit, decimals=1, **A_LEVEL)
    return replace(found, compared="index", base=_period_of(series, base)) if isinstance(found, Series) else found


def _period_of(series: Series, base: date) -> date:
    """The last day of the series' period that the base lies in."""
    return min((period for period, _value in series.values if period >= base), default=base)


def _base(choice: Choice, series: Sequence[Series]) -> date | None:
    if choice.computed.base:
        return Month.parse(choice.computed.base).first
    return transform.first_common([_within(choice, one.rows) for one in series])


def _computed(series: Series, rows: pl.DataFrame | Reason, done: str, **indicator: object) -> Series | Reason:
    """The series with computed rows, its notes and parts kept where they still are its own."""
    if isinstance(rows, Reason):
        return rows
    flags = series.rows.select("period", "flag", "denominator")
    whole = rows.select("period", "value").join(flags, on="period", how="left", maintain_order="left")
    changed = {"unit_one": None, **indicator} if "unit" in indicator else indicator
    return replace(series, rows=whole, indicator=series.indicator.model_copy(update=changed), done=(*series.done, done))


def _within(choice: Choice, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("period").is_between(choice.since.first, choice.until.last))


def _decimals(rows: pl.DataFrame | Reason) -> int:
    """Decimals that leave the largest value three digits."""
    most = rows["value"].abs().max() if isinstance(rows, pl.DataFrame) else None
    return min(MOST_DECIMALS, max(1, 2 - floor(log10(most)))) if isinstance(most, float) and most > 0 else 1
