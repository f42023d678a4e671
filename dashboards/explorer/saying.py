"""What a figure shows, in words: each series as its values are, or as they were computed."""

from dashboards import formats
from dashboards.explorer.figures import Figure, Series
from dashboards.explorer.transforming import change_unit
from dashboards.findings import finding
from dashboards.session import Session
from dashboards.words import translator


def said_of(session: Session, figure: Figure) -> str:
    """What the strong series shows, or each indicator, with its name: "Villa Quimera: has risen for 5 months"."""
    strong = next((series for series in figure.series if series.strong), figure.series[0])
    told = figure.series if len(figure.indicators) > 1 else [strong]
    return "; ".join(f"{one.name}: {_uncapitalised(_said(session, one))}" for one in told) + "."


def _said(session: Session, series: Series) -> str:
    if series.compared == "year":
        return _since_a_year_ago(session, series)
    return _since_the_base(session, series) if series.compared == "index" else finding(series.values, series.indicator, session.locale)


def _since_a_year_ago(session: Session, series: Series) -> str:
    _, (last, change) = translator(session.locale), series.values[-1]
    original = session.indicator(series.indicator.id)
    unit, one = change_unit(session, original), None if original.is_count else original.unit_one
    told = {
        "amount": formats.with_unit(abs(change), unit, series.indicator.decimals, session.locale, one),
        "period": formats.period(last, series.indicator.frequency, session.locale),
    }
    if change == 0:
        return _("in {period} the same as a year before", period=told["period"])
    if change > 0:
        return _("in {period} {amount} higher than a year before", **told)
    return _("in {period} {amount} lower than a year before", **told)


def _since_the_base(session: Session, series: Series) -> str:
    _, (last, value), frequency = translator(session.locale), series.values[-1], series.indicator.frequency
    told = {
        "amount": formats.with_unit(abs(value - 100), "%", 1, session.locale),
        "period": formats.period(last, frequency, session.locale),
        "base": formats.period(series.base, frequency, session.locale) if series.base else "",
    }
    if value == 100:
        return _("in {period} the same as in {base}", period=told["period"], base=told["base"])
    return _("in {period} {amount} above {base}", **told) if value > 100 else _("in {period} {amount} below {base}", **told)


def _uncapitalised(text: str) -> str:
    return text[:1].lower() + text[1:]
