"""A goal's history as a chart: what it found in words, its path, its fan, and what each line and mark is."""

import polars as pl

from dashboards import charts, formats, layout, palette
from dashboards.findings import Point, against_plan, finding, since_the_year_began
from dashboards.goal import coming, series, usual
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.score import Score


def show(session: Session, score: Score, history: pl.DataFrame, changed: pl.DataFrame, limits: pl.DataFrame) -> None:
    """Under its finding in words; `history`, `changed` and `limits` are those of dashboards.goal.series and usual."""
    _, shades = translator(session.locale), palette.current(session)
    known: list[Point] = list(history.select("period", "value").drop_nulls().iter_rows())
    title = "; ".join(part for part in (_moved(session, score, known, _), against_plan(score, session.locale)) if part)
    unit = session.say(score.indicator.unit)
    layout.section(title)
    rows = usual.with_band(session, score, series.rows(session, score, history, changed), limits)
    rows = coming.with_fan(session, score, rows)
    specification = charts.goal(shades, session.locale, unit, score.frequency)
    charts.show(rows, specification, "goal_chart", _described(session, score, known, title, _))
    layout.note(" ".join(filter(None, [legend(score, rows, session.locale, _), coming.legend(session, score)])))


def _moved(session: Session, score: Score, known: list[Point], _: Words) -> str:
    """Where the line has gone. Of a sum, which always grows, nothing but how it stands beside the year before."""
    if score.restarts:
        return since_the_year_began(known, score.indicator, session.locale)
    return finding(known, score.indicator, session.locale) if score.counted.sums is None else _("Added up so far")


def legend(score: Score, rows: pl.DataFrame, locale: str, _: Words) -> str:
    """What the lines and marks of a goal's chart are."""
    path = rows.filter(pl.col("kind") == charts.PATH)
    said = [
        _line(score, locale, _),
        _dashed(score, _) if path.height > 1 else "",
        _("Band between dashed edges: the range of the target.") if _has(rows, charts.RANGE) else "",
        _("Thin grey line: values as they were first known, where they were revised later.") if _has(rows, charts.FIRST) else "",
        _("Grey band: what the series does by itself.") if _has(rows, charts.USUAL) else "",
        _("Marked points: where it became unusual.") if _has(rows, charts.UNUSUAL) else "",
    ]
    return " ".join(part for part in said if part)


def _line(score: Score, locale: str, _: Words) -> str:
    if score.restarts:
        month = formats.name_of_month(score.indicator.year_starts, locale)
        return _("Solid line: the sum since {month}, which begins again each year.", month=month)
    return _("Solid line: the values.") if score.counted.sums is None else _("Solid line: the sum so far.")


def _dashed(score: Score, _: Words) -> str:
    if score.counted.sums and score.aim.path.method == "seasonal":
        return _("Dashed: the path, by the shares that the same periods of the year before had, as far as these are known.")
    return _("Dashed: the path to the target.")


def _has(rows: pl.DataFrame, kind: str) -> bool:
    return not rows.filter(pl.col("kind") == kind)["value"].drop_nulls().is_empty()


def _described(session: Session, score: Score, known: list[Point], title: str, _: Words) -> str:
    """The chart for whoever cannot see it."""
    first, last = (
        f"{formats.measured(value, score.indicator, session.locale)} ({formats.period(period, score.frequency, session.locale)})"
        for period, value in (known[0], known[-1])
    )
    said = _("Line chart of {name}, from {first} to {last}.", name=session.say(score.kpi.name), first=first, last=last)
    return " ".join([said, f"{title}.", _("All values are in the table below.")])
