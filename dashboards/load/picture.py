"""What a load would change on the panel: the goals whose status or value moves, and the series it revises most."""

from datetime import date
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboards import charts, formats, layout, palette, panel
from dashboards.load.effect import Effect, GoalChange
from dashboards.load.plan import Plan
from dashboards.load.tables import table
from dashboards.markdown import plain
from dashboards.session import Session
from dashboards.words import Words, translator
from data import segments
from data.indicators import Indicator
from kpis.score import Score


def show(session: Session, plan: Plan, would: Effect) -> None:
    """The goals as a table, and one chart."""
    if would.held:
        return
    _ = translator(session.locale)
    layout.section(_("What would change on the panel"))
    st.write(_said(session, would, _))
    if would.goals:
        panel.show(_table(session, would.goals), key="load_goals")
    if would.revised is not None:
        _chart(session, plan, would)


def _said(session: Session, would: Effect, _: Words) -> str:
    place = session.say(session.definitions.place[session.place].name)
    count = len(would.goals)
    told = (
        _.ngettext(
            "{n} goal of {place} would show another value or status.",
            "{n} goals of {place} would show another value or status.",
            count,
            n=count,
            place=plain(place),
        )
        if count
        else _("No goal of {place} would change.", place=plain(place))
    )
    before, after = would.months
    if after is None or before == after:
        return told
    moved = _("The newest month with data would be {month}.", month=formats.month_name(after, session.locale))
    return f"{told} {moved}"


def _table(session: Session, changes: tuple[GoalChange, ...]) -> str:
    _ = translator(session.locale)
    return table([_("Goal"), _("Now"), _("After the load")], [_row(session, change) for change in changes])


def _row(session: Session, change: GoalChange) -> list[str]:
    address, name = session.address("goal", kpi=change.after.kpi.id), session.say(change.after.kpi.name)
    return [f'<a href="{escape(address)}">{escape(name)}</a>', _state(session, change.before), _state(session, change.after)]


def _state(session: Session, score: Score | None) -> str:
    """The status by shape, word and colour, the value and its period."""
    if score is None:
        return formats.NOTHING
    value = escape(formats.in_table(score.value, score.indicator, session.locale))
    period = f" ({escape(formats.short_period(score.period, score.frequency, session.locale))})" if score.period else ""
    return f"{panel.status(session, score.status)} {value}{period}"


def _chart(session: Session, plan: Plan, would: Effect) -> None:
    assert would.revised is not None
    _, (place, name, segment) = translator(session.locale), would.revised
    indicator = plan.known.indicator[name]
    parts = [session.say(indicator.name), session.say(plan.known.place[place].name), *segments.parts(segment).values()]
    changed = would.values.filter(pl.col("before").is_not_null() & pl.col("before").ne_missing(pl.col("after"))).height
    said = _.ngettext("{n} value revised", "{n} values revised", changed, n=changed)
    st.markdown(plain(f"{', '.join(parts)}: {said}"))
    unit = session.say(indicator.unit)
    rows = chart_rows(session, indicator, would.values)
    specification = charts.lines(palette.current(session), session.locale, unit, indicator.frequency)
    charts.show(rows, specification, "load_chart", f"{', '.join(parts)}: {said}.")


def chart_rows(session: Session, indicator: Indicator, values: pl.DataFrame) -> pl.DataFrame:
    """The values now (grey) and after the load (the city's colour), each line named at its end."""
    _ = translator(session.locale)
    names = {"before": _("Now"), "after": _("After the load")}
    rows: list[tuple[Any, ...]] = []
    ends: list[tuple[str, date, float]] = []
    for side, name in names.items():
        shown = charts.with_gaps(values.select("period", value=side), indicator.frequency)
        rows += [
            (period, value, None, name, side == "after", None, _tip(session, indicator, name, period, value))
            for period, value in shown.iter_rows()
        ]
        known = shown.drop_nulls()
        ends += [(name, *known.row(-1))] if known.height else []
    drawn = pl.DataFrame([*rows, *_names(ends, names, values)], schema=charts.LINES, orient="row")
    return charts.over_names(drawn, indicator.frequency)


def _tip(session: Session, indicator: Indicator, name: str, period: date, value: float | None) -> str:
    amount = formats.measured(value, indicator, session.locale)
    return f"{name}, {formats.period(period, indicator.frequency, session.locale)}: {amount}"


def _names(ends: list[tuple[str, date, float]], names: dict[str, str], values: pl.DataFrame) -> list[tuple[Any, ...]]:
    """Each line's name at the end of the later one, apart from the other's."""
    last = max(period for _, period, _ in ends)
    known = pl.concat([values["before"], values["after"]]).drop_nulls()
    least = (float(known.max()) - float(known.min())) * 1.35 * charts.LABEL_HEIGHT / charts.HEIGHT  # type: ignore[arg-type]
    heights = charts.apart([value for _, _, value in ends], least)
    return [(last, None, at, name, name == names["after"], name, None) for (name, _, _), at in zip(ends, heights, strict=True)]
