"""Goals in a report: the rows of the Overview's table, and the chart of one."""

from collections.abc import Sequence

from dashboards import formats, goals_table, outlooks, unusual
from dashboards.findings import Point, against_plan, finding, since_the_year_began
from dashboards.goal import series
from dashboards.reports.content import Cell, Column, Table, short
from dashboards.reports.document import Chart, Series
from dashboards.session import Session
from dashboards.style import LOOKS
from dashboards.words import Words, translator
from kpis.score import Score

PERIODS = 37
"""Values that a chart of a report shows: three years of months and where they began."""


def table(session: Session, scores: Sequence[Score], title: str = "") -> Table:
    """The goals as the Overview has them: status, value, what is due, the change, the chance, the owner."""
    _, month = translator(session.locale), formats.sentence(formats.month_name(session.month, session.locale))
    columns = [
        Column(_("Goal"), 4.5), Column(_("Status"), 3.2), Column(month, 1.8, number=True),
        Column(_("Due now"), 2.1, number=True), Column(_("Since the period before"), 2.4, number=True),
        Column(_("Chance of the target"), 2.6, number=True), Column(_("Owner, age of the value"), 2.6),
    ]  # fmt: skip
    return Table(title, columns, [row(session, score) for score in scores])


def row(session: Session, score: Score) -> list[Cell]:
    """One goal in the columns of `table`."""
    locale, indicator = session.locale, score.indicator
    unit = session.say(indicator.unit)
    age = formats.age(score.age_days, locale) if score.age_days is not None else ""
    return [
        Cell(short(session.say(score.kpi.name)), "" if unit == "%" else short(unit), strong=True),
        status(session, score),
        Cell(formats.in_table(score.value, indicator, locale), _period(score, locale), strong=True),
        Cell(formats.in_table(score.due, indicator, locale)),
        Cell(goals_table.change(session, score), _beside(session, score)),
        chance(session, score),
        Cell(short(session.say(session.definitions.area[score.kpi.owner])), age),
    ]


def _beside(session: Session, score: Score) -> str:
    """With which period a change compares, where that is another one, and whether it is unusual."""
    return ", ".join(filter(None, [goals_table.compared_with(session, score), unusual.word(session, score)]))


def status(session: Session, score: Score) -> Cell:
    """Shape and word of a goal's status."""
    look = LOOKS[score.status]
    return Cell(translator(session.locale)(look.word), shape=look.shape, colour=look.colour)


def chance(session: Session, score: Score) -> Cell:
    """The chance of its target, and whether there is little to go by."""
    _ = translator(session.locale)
    rough = _("little to go by") if outlooks.is_rough(session, score) else ""
    return Cell(outlooks.said(outlooks.chance(session, score), session.locale), rough)


def why(session: Session, score: Score, reason: str) -> str:
    """A reason, and why the latest value is more than chance, where it is."""
    news = unusual.newly(session, score)
    return f"{reason} {news}." if news else reason


def chart(session: Session, score: Score) -> Chart | None:
    """The goal's values with what was due, as on its page; None without a value."""
    history = series.history(session, score).tail(PERIODS)
    known: list[Point] = list(history.select("period", "value").drop_nulls().iter_rows())
    if not known:
        return None
    _, locale = translator(session.locale), session.locale
    periods = history["period"].to_list()
    labels = [formats.short_period(period, score.frequency, locale) for period in periods]
    due = series.dues(session, score, periods)
    lines = [Series(_("values"), history["value"].to_list(), brand=True)]
    if any(value is not None for value in due.values()):
        lines.append(Series(_("what was due"), [due[period] for period in periods], dashed=True))
    title = "; ".join(filter(None, [_moved(session, score, known, _), against_plan(score, locale)]))
    return Chart(title, "lines", labels, lines, session.say(score.indicator.unit), _alt(session, score, known, title, _))


def _moved(session: Session, score: Score, known: list[Point], _: Words) -> str:
    if score.restarts:
        return since_the_year_began(known, score.indicator, session.locale)
    return finding(known, score.indicator, session.locale) if score.counted.sums is None else _("Added up so far")


def _alt(session: Session, score: Score, known: list[Point], title: str, _: Words) -> str:
    first, last = (
        f"{formats.measured(value, score.indicator, session.locale)} ({formats.period(period, score.frequency, session.locale)})"
        for period, value in (known[0], known[-1])
    )
    said = _("Line chart of {name}, from {first} to {last}.", name=session.say(score.kpi.name), first=first, last=last)
    return f"{said} {title}."


def _period(score: Score, locale: str) -> str:
    """The value's period, where that is not the month under review."""
    if score.period is None or (score.period == score.month.last and score.frequency == "month"):
        return ""
    return formats.short_period(score.period, score.frequency, locale)
