"""One city: what got worse and why, its goals month by month, its plans, its promises and concerns, and whose key signed it all."""

from collections.abc import Sequence
from html import escape
from typing import Any

import polars as pl

from dashboards import formats, panel
from dashboards.cities import lines, saying, strip
from dashboards.cities.known import Known
from dashboards.plan.tables import Title, table
from data.exchange.content import GoalMonth
from data.exchange.received import CityMonth
from kpis.score import STATUSES


def block(known: Known, months: Sequence[CityMonth]) -> str:
    """All of it as HTML; the months are given the newest first."""
    _, newest = known.words, months[0]
    worse, plans, promises, seal = (
        escape(said) for said in (_("Goals that got worse"), _("Plans"), _("Promises and concerns"), _("Signature"))
    )
    return (
        f"{_head(known, newest)}<h2>{worse}</h2>{_worsened(known, newest)}{strip.block(known, months)}"
        f"<h2>{plans}</h2>{lines.block(known, newest)}<h2>{promises}</h2>{_promises(known, newest)}<h2>{seal}</h2>{_seal(known, newest)}"
    )


def frame(known: Known, months: Sequence[CityMonth]) -> pl.DataFrame:
    """Every goal of every month as columns to take away."""
    return pl.DataFrame([_line(known, month, goal) for month in months for goal in month.goals], infer_schema_length=None)


def _head(known: Known, month: CityMonth) -> str:
    _, name = known.words, f"{known.name(month)}: {formats.month_name(month.month, known.session.locale)}"
    every, back = escape(known.session.address("cities")), escape(_("All cities"))
    why = saying.whys(known, month) or _("Nothing presses")
    closed = _("{closed}, on {day}", closed=saying.closed(known, month), day=known.date(month.closed_at))
    told = [closed, saying.late(known, month), _next(known, month)]
    return (
        f'<p><a href="{every}">{back}</a></p><p class="headline">{escape(name)}</p><p>{escape(why)}.</p>'
        f'<p class="count">{escape(formats.sentence("; ".join(filter(None, told))))}.</p>'
    )


def _next(known: Known, month: CityMonth) -> str:
    _, day = known.words, month.next_meeting
    if day is None:
        return _("no meeting is planned")
    return _("next meeting on {day} ({when})", day=known.date(day), when=saying.meeting(known, month))


def _worsened(known: Known, month: CityMonth) -> str:
    _ = known.words
    found = sorted((goal for goal in month.goals if goal.worsened), key=lambda goal: (not goal.signal, STATUSES.index(goal.status)))
    if not found:
        none = escape(_("None got worse."))
        return f"<p>{none}</p>"
    titles: list[Title] = [(_("Goal"), ""), (_("Status"), ""), (_("The month before"), ""), (_("Why"), "")]
    groups = [(_("A signal: more than chance"), True), (_("Within what its series does by itself"), False)]
    rows = [(name, [_goal(known, goal) for goal in found if goal.signal is signal]) for name, signal in groups]
    return table(titles, rows, _("Goals that got worse, signals first"), "quiet worsened")


def _goal(known: Known, goal: GoalMonth) -> list[str]:
    _ = known.words
    before = panel.status(known.session, goal.before) if goal.before else formats.NOTHING
    name = escape(known.session.say(goal.name))
    return [name, panel.status(known.session, goal.status), before, escape(formats.sentence(_reason(known, goal)))]


def _reason(known: Known, goal: GoalMonth) -> str:
    """The reason as the city sent it, which is an English sentence; for other readers its figures."""
    if known.session.language == "en" or goal.value is None:
        return goal.reason
    _, told = known.words, {"value": _measured(known, goal, goal.value)}
    if goal.due is not None:
        return _("{value} against {due} due now", **told, due=_measured(known, goal, goal.due))
    return told["value"]


def _measured(known: Known, goal: GoalMonth, value: float) -> str:
    return formats.with_unit(value, goal.unit, goal.decimals, known.session.locale)


def _promises(known: Known, month: CityMonth) -> str:
    """What was promised and what worried people, as the month was closed."""
    _, told, worries = known.words, month.follow_ups, month.concerns
    waiting = worries.raised + worries.answered + worries.decided
    facts: list[tuple[str, str]] = [
        (_("Follow-ups open"), known.count(told.open)),
        (_("Of these overdue"), known.count(told.overdue)),
        (_("Promises kept, of those that fell due"), saying.kept(known, month)),
        (_("Concerns open"), known.count(waiting)),
        (_("Of these not answered yet"), known.count(worries.raised)),
        (_("Concerns closed"), known.count(worries.closed)),
        (_("Values missing when the month was closed"), known.count(month.missing)),
    ]
    return _facts(facts)


def _seal(known: Known, month: CityMonth) -> str:
    """Whose key signed it, who trusted that key, and when."""
    _, key = known.words, known.trusted.get(month.city)
    said = _("no longer trusted: nothing more is received")
    if key is not None:
        day = known.date(key.at)
        said = _("by {name} on {day}", name=key.by, day=day)
    return _facts([(_("Fingerprint"), month.signer), (_("Received on"), known.date(month.received_at)), (_("Trusted"), said)])


def _facts(told: Sequence[tuple[str, str]]) -> str:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(said)}</dd>" for name, said in told)
    return f'<dl class="definition">{rows}</dl>'


def _line(known: Known, month: CityMonth, goal: GoalMonth) -> dict[str, Any]:
    _, low, high = known.words, None, goal.target
    if isinstance(high, tuple):
        low, high = high
    return {
        _("City"): known.name(month),
        _("Month"): str(month.month),
        _("Goal"): known.session.say(goal.name),
        _("Unit"): known.session.say(goal.unit),
        _("Status"): goal.status,
        _("The month before"): goal.before,
        _("Value"): goal.value,
        _("Target"): high,
        _("Target, lower end"): low,
        _("Got worse"): goal.worsened,
        _("Signal"): goal.signal,
        _("Why"): _reason(known, goal),
    }
