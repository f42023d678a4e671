"""A goal's values one by one: the table behind its chart, and the same to take away."""

from collections.abc import Mapping
from datetime import date
from html import escape

import polars as pl

from dashboards import formats
from dashboards.goal import series, usual
from dashboards.goal.amounts import wanted
from dashboards.session import Session
from dashboards.words import translator
from data.periods import start
from kpis.score import Score


def table(session: Session, score: Score, history: pl.DataFrame, notes: Mapping[date, str]) -> str:
    """The values, newest first, folded away under one line; `notes` say what is unusual, by period."""
    if history.is_empty():
        return ""
    _ = translator(session.locale)
    titles = [("", _("Period")), ("number", session.say(score.indicator.unit)), ("number", _("Due")), ("", _("Note"))]
    head = "".join(f'<th scope="col" class="{kind}">{escape(title)}</th>' for kind, title in titles)
    dues = series.dues(session, score, history["period"])
    body = "".join(_row(session, score, notes, dues, *row) for row in history.reverse().iter_rows())
    summary = escape(_("The values as a table"))
    return (
        f'<details><summary>{summary}</summary><table class="values"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details>'
    )


def frame(session: Session, score: Score, history: pl.DataFrame, limits: pl.DataFrame) -> pl.DataFrame:
    """The values as a table to download: numbers as numbers, periods by their first and last day, and what was usual in them."""
    _ = translator(session.locale)
    notes, dues = usual.notes(session, limits), series.dues(session, score, history["period"])
    rows = [
        (
            formats.period(period, score.frequency, session.locale),
            start(period, score.frequency),
            period,
            value,
            dues[period],
            flag,
        )
        for period, value, flag in history.iter_rows()
    ]
    names = [_("Period"), _("From"), _("To"), _("Value"), _("Due"), _("Note")]
    types = [pl.String, pl.Date, pl.Date, pl.Float64, pl.Float64, pl.String]
    held = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    told = pl.Series(_("Unusual"), [notes.get(period) for period in history["period"]], pl.String)
    known = history.select("period").join(limits.select("period", "low", "high"), on="period", how="left", maintain_order="left")
    return held.with_columns(known["low"].alias(_("Usual from")), known["high"].alias(_("Usual to")), told)


def about(session: Session, score: Score) -> dict[str, str]:
    """What the values are, for whoever meets them elsewhere."""
    _ = translator(session.locale)
    indicator, target = score.indicator, score.aim.target
    said = {
        _("Goal"): session.say(score.kpi.name),
        _("Place"): session.say(session.definitions.place[score.place].name),
        _("Unit"): session.say(indicator.unit),
        _("Reviewed month"): formats.month_name(score.month, session.locale),
        _("Source"): session.say(indicator.source),
        _("Owner"): session.say(session.definitions.area[score.kpi.owner]),
    }
    if target:
        said[_("Target")] = f"{wanted(session, score)}, {formats.day(target.date, session.locale)}"
    return said


def _row(
    session: Session,
    score: Score,
    notes: Mapping[date, str],
    dues: Mapping[date, float | None],
    period: date,
    value: float | None,
    flag: str | None,
) -> str:
    due, said = dues[period], "; ".join(filter(None, [notes.get(period), flag]))
    return (
        f'<tr><th scope="row">{escape(formats.sentence(formats.period(period, score.frequency, session.locale)))}</th>'
        f'<td class="number">{escape(formats.in_table(value, score.indicator, session.locale))}</td>'
        f'<td class="number">{escape(formats.in_table(due, score.indicator, session.locale))}</td><td>{escape(said)}</td></tr>'
    )
