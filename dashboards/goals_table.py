"""The goals of a month as one scannable table: real HTML, a sparkline in every row, two-line cards on a phone."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import polars as pl

from dashboards import formats, glossary, outlooks, panel, unusual
from dashboards.goal import amounts
from dashboards.peers import positions
from dashboards.session import Session
from dashboards.sparklines import Frame, Point, sparkline
from dashboards.words import Words, translator
from data.periods import Month
from kpis.accumulation import running
from kpis.score import Score

MONTHS_BACK = 24


def table(
    session: Session, groups: Sequence[tuple[str | None, Sequence[Score]]], histories: dict[str, pl.DataFrame], *, compared: bool = False
) -> str:
    """The table as HTML: the goals under each axis (None: without one), with the histories of their indicators.

    `compared` adds their positions among peers, where those are known already and there are any.
    """
    _ = translator(session.locale)
    frame = time_frame(session)
    caption = escape(_("All goals by axis"))
    told = positions.cells(session, [score for _axis, group in groups for score in group]) if compared else {}
    bodies = "".join(_group(session, axis, scores, histories, frame, told) for axis, scores in groups)
    foot = outlooks.foot(session, [score for _axis, group in groups for score in group])
    return (
        f'<table role="table" class="goals"><caption>{caption}</caption>{_head(session, frame, compared=bool(told))}{bodies}</table>{foot}'
    )


def ages(session: Session) -> str:
    """To which day the ages of the table are counted, as HTML."""
    _, month = translator(session.locale), session.month
    name, day = formats.month_name(month, session.locale), formats.day(session.definitions.city.reviewed(month), session.locale)
    said = _("Ages are counted from the end of each period to the review of {month}, on {day}, not to today.", month=name, day=day)
    return f'<p class="note">{escape(said)}</p>'


def time_frame(session: Session, width: int = 190, height: int = 34) -> Frame:
    """From two years before the month under review, or the mandate's start, to the mandate's end."""
    mandate = session.definitions.city.mandate
    since = min(session.month.plus(-MONTHS_BACK).last, mandate.start)
    return Frame(since, max(mandate.end, session.month.last), width, height)


def drawing(session: Session, score: Score, histories: dict[str, pl.DataFrame], frame: Frame) -> str:
    """A goal's sparkline."""
    rows = histories.get(score.indicator.id)
    reported: list[Point] = [] if rows is None else list(rows.select("period", "value").iter_rows())
    figures = running(reported, score.aim, score.counted, score.frequency)
    history: list[Point] = [(day, value) for (day, _), value in zip(reported, figures, strict=True) if value is not None]
    shown = [point for point in history if point[0] >= frame.since]
    label, asked = _said(session, score, shown), score.aim.target.range if score.aim.target else None
    return sparkline(
        shown,
        score.path,
        frame,
        label,
        faded=score.status == "stale",
        year_starts=score.indicator.year_starts if score.restarts else None,
        asked=asked,
    )


def change(session: Session, score: Score) -> str:
    """Better or worse than the period before, and by how much: "2.1 points worse"; a value out of date says nothing new."""
    found = score.change
    if found is None or found.difference is None or score.status in ("stale", "no_data"):
        return formats.NOTHING
    return formats.change(score, found.difference, session.locale)


def compared_with(session: Session, score: Score) -> str:
    """With which period `change` compares, where that is not the one before: a sum of the year with that of the year before."""
    found = score.change
    if not score.indicator.restarts or found is None or change(session, score) == formats.NOTHING:
        return ""
    _ = translator(session.locale)
    return _("than in {period}", period=formats.short_period(found.previous_period, score.frequency, session.locale))


def _head(session: Session, frame: Frame, *, compared: bool) -> str:
    _ = translator(session.locale)
    since, until = (formats.short_month(Month.of(day), session.locale) for day in (frame.since, frame.until))
    titles = [
        ("", escape(_("Goal"))),
        ("", escape(_("Status"))),
        ("number", escape(formats.sentence(formats.month_name(session.month, session.locale)))),
        ("number", glossary.link(session, "due", _("Due now"))),
        ("", escape(_("{since} to {until}, path dashed", since=since, until=until))),
        ("number", escape(_("Since the period before"))),
        ("number chance", glossary.link(session, "chance", _("Chance of the target"))),
        *([("number", escape(_("Position among peers")))] if compared else []),
        ("", escape(_("Owner, age of the value"))),
    ]
    cells = "".join(f'<th role="columnheader" scope="col" class="{kind}">{title}</th>' for kind, title in titles)
    return f'<thead role="rowgroup"><tr role="row">{cells}</tr></thead>'


def _group(
    session: Session, axis: str | None, scores: Sequence[Score], histories: dict[str, pl.DataFrame], frame: Frame, told: Mapping[str, str]
) -> str:
    _ = translator(session.locale)
    names = {axis.id: session.say(axis.name) for axis in session.definitions.city.mandate.axes}
    numbers = {name: place for place, name in enumerate(names, start=1)}
    title = f"{numbers[axis]} · {names[axis]}" if axis else _("Other goals")
    rows = "".join(_row(session, score, drawing(session, score, histories, frame), told) for score in scores)
    columns = 9 if told else 8
    heading = f'<tr role="row"><th role="rowheader" class="axis" scope="rowgroup" colspan="{columns}">{escape(title)}</th></tr>'
    return f'<tbody role="rowgroup">{heading}{rows}</tbody>'


def _row(session: Session, score: Score, drawn: str, told: Mapping[str, str]) -> str:
    locale, indicator, _ = session.locale, score.indicator, translator(session.locale)
    address = escape(session.address("goal", kpi=score.kpi.id))
    unit, due = session.say(indicator.unit), escape(_("Due now"))
    below = "" if unit == "%" else f'<span class="note">{escape(unit)}</span>'
    owner = _owner(session, score)
    old = " old" if score.status == "stale" else ""
    age = "" if score.age_days is None else f'<span class="note{old}">{escape(formats.age(score.age_days, locale))}</span>'
    return (
        f'<tr role="row" data-goal="{escape(score.kpi.id)}" data-status="{score.status}">'
        f'<th role="rowheader" scope="row" class="goal"><a href="{address}">{escape(session.say(score.kpi.name))}</a>{below}</th>'
        f'<td role="cell" class="state">{panel.status(session, score.status)}</td>'
        f'<td role="cell" class="number value">{_value(score, locale)}</td>'
        f'<td role="cell" class="number due" data-name="{due}">{escape(formats.in_table(score.due, indicator, locale))}</td>'
        f'<td role="cell" class="history">{drawn}</td>'
        f'<td role="cell" class="number change">{_changed(session, score)}</td>'
        f'<td role="cell" class="number chance" data-name="{escape(_chance_of(session, score, _))}">{_chance(session, score)}</td>'
        f"{_position(score, told, _)}"
        f'<td role="cell" class="owner">{owner}{age}</td></tr>'
    )


def _position(score: Score, told: Mapping[str, str], _: Words) -> str:
    """The cell of its position, where the table has that column."""
    name = escape(_("Position among peers"))
    return f'<td role="cell" class="number peers" data-name="{name}">{told.get(score.kpi.id, formats.NOTHING)}</td>' if told else ""


def _owner(session: Session, score: Score) -> str:
    """The area that answers for it, leading to its page where the city has a plan."""
    name = escape(session.say(session.definitions.area[score.kpi.owner]))
    if "plan" not in session.definitions.city.modules:
        return name
    return f'<a href="{escape(session.address("area", area=score.kpi.owner))}">{name}</a>'


def _value(score: Score, locale: str) -> str:
    """The value, with its period where that is not the month under review."""
    said = f"<b>{escape(formats.in_table(score.value, score.indicator, locale))}</b>"
    if score.period is None or (score.period == score.month.last and score.frequency == "month"):
        return said
    return f'{said}<span class="note">{escape(formats.short_period(score.period, score.frequency, locale))}</span>'


def _changed(session: Session, score: Score) -> str:
    """The change, with what it compares with where that is another period, and whether it is unusual."""
    period = compared_with(session, score)
    note = f'<span class="note">{escape(period)}</span>' if period else ""
    return escape(change(session, score)) + note + unusual.mark(session, score)


def _chance(session: Session, score: Score) -> str:
    """The chance of the target; three dots while it is computed."""
    _ = translator(session.locale)
    if score.aim.target and not outlooks.ready(session):
        said = _("being computed")
        return f'<span title="{escape(said)}">…</span>'
    return escape(outlooks.said(outlooks.chance(session, score), session.locale)) + outlooks.mark(session, score)


def _chance_of(session: Session, score: Score, _: Words) -> str:
    """Of what it is the chance, where no column says so: the target and its date."""
    target = score.aim.target
    if target is None:
        return _("Chance of the target")
    date = formats.short_month(Month.of(target.date), session.locale)
    return _("Chance of {target} by {date}", target=amounts.aimed_at(session, score), date=date)


def _said(session: Session, score: Score, history: Sequence[Point]) -> str:
    """The sparkline in words: first value, last value, target."""
    _, target = translator(session.locale), score.aim.target
    parts = []
    if history:
        first, last = (_point(session, score, point) for point in (history[0], history[-1]))
        parts.append(_("from {first} to {last}", first=first, last=last))
    if target and target.range:
        low, high = (formats.measured(end, score.indicator, session.locale) for end in target.range)
        parts.append(_("target {target}", target=_("{low} to {high}", low=low, high=high)))
    elif target:
        parts.append(_("target {target}", target=_point(session, score, (target.date, target.value))))
    return formats.sentence("; ".join(parts))


def _point(session: Session, score: Score, point: tuple[date, float]) -> str:
    value = formats.measured(point[1], score.indicator, session.locale)
    return f"{value} ({formats.short_period(point[0], score.frequency, session.locale)})"
