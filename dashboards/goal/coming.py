"""What is likely to come of a goal: the fan of its chart, the chance of its target in words, and what speaks for and against it."""

from html import escape

import polars as pl

from dashboards import charts, fan, formats, outlooks
from dashboards.goal.amounts import aimed_at, exact
from dashboards.session import Session
from dashboards.words import Words, translator
from data.periods import Month
from kpis.foresight.outlook import Outlook, asked_rate
from kpis.score import Score

Row = tuple[str, str]


def with_fan(session: Session, score: Score, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of the goal's chart and those of its fan, to the mandate's end or the target's date."""
    outlook = _drawn(session, score)
    if outlook is None:
        return rows
    target = score.aim.target
    until = max(session.definitions.city.mandate.end, target.date) if target else session.definitions.city.mandate.end
    shown = charts.over_names(fan.rows(outlook, score.indicator, until), score.frequency)
    return pl.concat([shown, rows], how="diagonal")


def _drawn(session: Session, score: Score) -> Outlook | None:
    """What the fan shows; none where the chart shows sums, of which single values say nothing."""
    return None if score.counted.sums else outlooks.of_score(session, score)


def legend(session: Session, score: Score) -> str:
    """What the fan is; "" without one."""
    if _drawn(session, score) is None:
        return ""
    _ = translator(session.locale)
    return _("Shaded: what is likely to come, with 50, 80 and 90 % certainty, if things go on as so far.")


def sentence(session: Session, score: Score) -> str:
    """The chance in words: "If things go on as so far, the chance of reaching 85 % by December 2028 is 62 %."; "" where there is none."""
    _, target, chance = translator(session.locale), score.aim.target, outlooks.chance(session, score)
    if target is None or chance is None:
        return ""
    told = {
        "target": aimed_at(session, score),
        "date": formats.month_name(Month.of(target.date), session.locale),
        "chance": outlooks.told(session, score),
    }
    return _("If things go on as so far, the chance of reaching {target} by {date} is {chance}.", **told)


def table(session: Session, score: Score) -> str:
    """The forecast beside the two simple methods, what the target asks for, and how good such forecasts have been; "" without one."""
    _, outlook = translator(session.locale), outlooks.of_score(session, score)
    if outlook is None:
        return ""
    told = [
        *_chance(session, score, _),
        *([] if score.counted.sums else [*_expected(session, score, outlook, _), *_rate(session, score, outlook, _)]),
        *_so_far(session, outlook, _),
    ]
    body = "".join(f'<tr><th scope="row">{escape(said)}</th><td>{escape(value)}</td></tr>' for said, value in told)
    title, caveat = escape(_("What is likely to come")), escape(caution(session, score, outlook))
    return f'<section><h2>{title}</h2><table class="facts"><tbody>{body}</tbody></table><p class="note">{caveat}</p></section>'


def caution(session: Session, score: Score, outlook: Outlook) -> str:
    """What the forecast knows nothing of, and why it is a simple one where it is."""
    _ = translator(session.locale)
    said = _("It goes by the values alone: it knows nothing of measures that have been decided, nor of events to come.")
    why = outlook.forecast.why
    if outlooks.is_rough(session, score):
        said = " ".join([outlooks.why_rough(session), said])
    if why is None:
        return said
    reason = formats.reason(why, session.locale)
    return " ".join([_("Only a drift and last year again are shown: {reason}.", reason=reason), said])


def _chance(session: Session, score: Score, _: Words) -> list[Row]:
    chance, target = outlooks.chance(session, score), score.aim.target
    if chance is None or target is None:
        return []
    date, wanted = formats.short_month(Month.of(target.date), session.locale), aimed_at(session, score)
    return [(_("Chance of {target} by {date}", target=wanted, date=date), outlooks.told(session, score))]


def _expected(session: Session, score: Score, outlook: Outlook, _: Words) -> list[Row]:
    """At the target's date, or else at the end of what is forecast."""
    forecast, target = outlook.forecast, score.aim.target
    step = (outlook.step(target.date) if target else None) or len(forecast.mean)
    period = formats.short_period(outlook.ends()[step - 1], outlook.frequency, session.locale)

    def at(value: float) -> str:
        return exact(session, score, fan.within(value, score.indicator))

    low, high = (at(forecast.quantile(step, level)) for level in (0.1, 0.9))
    return [
        (
            _("Expected in {period}; between {low} and {high} with 80 % certainty", period=period, low=low, high=high),
            at(forecast.mean[step - 1]),
        ),
        (_("The same, if last year came again"), at(forecast.seasonal_naive[step - 1])),
        (_("The same, with the mean change so far"), at(forecast.drift[step - 1])),
    ]


def _rate(session: Session, score: Score, outlook: Outlook, _: Words) -> list[Row]:
    found = asked_rate(score.kpi, score.aim, outlook)
    if found is None:
        return []
    required, usual = (formats.signed(change, score.indicator, session.locale) for change in (found.required, found.usual))
    told = [(_("Asked of each period until then; so far each brought {usual}", usual=usual), required)]
    if found.share is not None:
        share = f"{formats.number(100 * found.share, 0, session.locale)}{formats.BOUND}%"
        told.append((_("Stretches of its history that changed as fast"), share))
    return told


def _so_far(session: Session, outlook: Outlook, _: Words) -> list[Row]:
    tested = outlook.forecast.backtest
    if tested is None:
        return []
    told = []
    if tested.mase is not None:
        against = _("Error of such forecasts so far, where saying last year again has 1")
        told.append((against, formats.number(tested.mase, 2, session.locale)))
    if tested.coverage80 is not None:
        share = f"{formats.number(100 * tested.coverage80, 0, session.locale)}{formats.BOUND}%"
        told.append((_("Values that lay within their 80 % so far"), share))
    return told
