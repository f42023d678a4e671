"""The goals with their chances as a table: what is asked of each, and what it has done so far."""

from collections.abc import Sequence
from html import escape

import polars as pl

from dashboards import fan, formats, glossary, outlooks
from dashboards.goal.amounts import aimed_at, exact
from dashboards.session import Session
from dashboards.words import Words, translator
from data.periods import Month
from kpis.foresight.outlook import Outlook, asked_rate
from kpis.score import Score


def table(session: Session, likely: Sequence[Score]) -> str:
    """One row for each goal, in the order given."""
    _ = translator(session.locale)
    titles = [
        ("", escape(_("Goal"))),
        ("number", glossary.link(session, "chance", _("Chance"))),
        ("number", escape(_("Value"))),
        ("number", escape(_("Target"))),
        ("number", escape(_("Likely by then, 80 %"))),
        ("number", escape(_("Asked of each period"))),
        ("number", escape(_("Mean so far"))),
        ("number", escape(_("As fast before"))),
    ]
    head = "".join(f'<th role="columnheader" scope="col" class="{kind}">{title}</th>' for kind, title in titles)
    body = "".join(_row(session, score, outlook, _) for score in likely if (outlook := outlooks.of_score(session, score)))
    return (
        f'<table role="table" class="values wide stacked chances"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>{outlooks.foot(session, likely)}'
    )


def without(session: Session, scores: Sequence[Score]) -> str:
    """The goals with a target that have no chance, and why; "" where all have one."""
    if not scores:
        return ""
    _ = translator(session.locale)
    lines = "".join(f"<li><b>{_linked(session, score)}</b>: {escape(_why(session, score, _))}.</li>" for score in scores)
    title = escape(_("Goals whose chance cannot be told"))
    return f'<h2>{title}</h2><ul class="plain">{lines}</ul>'


def frame(session: Session, likely: Sequence[Score]) -> pl.DataFrame:
    """The same to download, numbers as numbers."""
    _ = translator(session.locale)
    rows = [
        {
            _("Goal"): session.say(score.kpi.name),
            _("Chance"): outlooks.chance(session, score),
            _("Little to go by"): outlooks.is_rough(session, score),
            _("Value"): score.value,
            _("Unit"): session.say(score.indicator.unit),
            _("Target"): score.aim.target and score.aim.target.value,
            _("Target date"): score.aim.target and score.aim.target.date,
            _("Expected"): outlook.forecast.mean[step - 1],
            **{f"{level} %": outlook.forecast.quantile(step, level / 100) for level in (5, 10, 25, 50, 75, 90, 95)},
            _("Last year again"): outlook.forecast.seasonal_naive[step - 1],
            _("Drift"): outlook.forecast.drift[step - 1],
            _("Method"): outlook.forecast.method,
        }
        for score in likely
        if (outlook := outlooks.of_score(session, score)) and score.aim.target and (step := outlook.step(score.aim.target.date))
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def about(session: Session) -> dict[str, str]:
    """What must stand beside the figures when they travel."""
    _ = translator(session.locale)
    return {
        _("Place"): session.say(session.definitions.place[session.place].name),
        _("Month"): formats.month_name(session.month, session.locale),
        _("Note"): _("If things go on as so far; measures that have been decided and events to come are unknown to it."),
    }


def _row(session: Session, score: Score, outlook: Outlook, _: Words) -> str:
    cells = {**_standing(session, score, outlook, _), **_pace(session, score, outlook, _)}
    said = "".join(f'<td role="cell" class="number" data-name="{escape(name)}"><span>{cell}</span></td>' for name, cell in cells.items())
    return f'<tr role="row" data-goal="{escape(score.kpi.id)}"><th role="rowheader" scope="row">{_linked(session, score)}</th>{said}</tr>'


def _standing(session: Session, score: Score, outlook: Outlook, _: Words) -> dict[str, str]:
    """The chance, and between which values the goal is likely to stand at its date."""
    target, forecast = score.aim.target, outlook.forecast
    assert target is not None
    step = outlook.step(target.date) or len(forecast.mean)
    low, high = (exact(session, score, fan.within(forecast.quantile(step, level), score.indicator)) for level in (0.1, 0.9))
    date = formats.short_month(Month.of(target.date), session.locale)
    only = escape(_("drift only"))
    simple = f'<span class="note">{only}</span>' if forecast.why else ""
    return {
        _(
            "Chance"
        ): f"<b>{escape(outlooks.said(outlooks.chance(session, score), session.locale))}</b>{simple}{outlooks.mark(session, score)}",
        _("Value"): escape(exact(session, score, score.value)),
        _("Target"): f'{escape(aimed_at(session, score))}<span class="note">{escape(date)}</span>',
        _("Likely by then, 80 %"): escape(_("{low} to {high}", low=low, high=high)),
    }


def _pace(session: Session, score: Score, outlook: Outlook, _: Words) -> dict[str, str]:
    """What the target asks of each period, and what the periods have brought."""
    found = asked_rate(score.kpi, score.aim, outlook)
    required = usual = share = formats.NOTHING
    if found:
        required, usual = (formats.signed(change, score.indicator, session.locale) for change in (found.required, found.usual))
        if found.share is not None:
            share = f"{formats.number(100 * found.share, 0, session.locale)}{formats.BOUND}%"
    return {_("Asked of each period"): escape(required), _("Mean so far"): escape(usual), _("As fast before"): escape(share)}


def _linked(session: Session, score: Score) -> str:
    return f'<a href="{escape(session.address("goal", kpi=score.kpi.id))}">{escape(session.say(score.kpi.name))}</a>'


def _why(session: Session, score: Score, _: Words) -> str:
    if score.indicator.restarts:
        return _("its values begin again each {month}", month=formats.name_of_month(score.indicator.year_starts, session.locale))
    return _why_of_a_forecast(session, score, _)


def _why_of_a_forecast(session: Session, score: Score, _: Words) -> str:
    found, target = (outlooks.of(session) or {}).get(score.indicator.id), score.aim.target
    if found is None or score.value is None:
        return _("no value is known")
    if not found.forecast.mean and found.forecast.why:
        return formats.reason(found.forecast.why, session.locale)
    if target and target.date <= found.last:
        return _("the date of its target is past")
    if found.last != score.period:
        period = formats.period(found.last, found.frequency, session.locale)
        return _("there are newer values: choose {period} above", period=period)
    return _("neither way is better") if not score.kpi.sign else _("how much has come in so far is not known, or the way is added up")
