"""What if: one goal's forecast with an assumption laid over it, drawn apart from how uncertain it is."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import streamlit as st

from dashboards import charts, fan, formats, layout, outlooks, palette
from dashboards import session as visit
from dashboards.goal.amounts import aimed_at, with_its_unit
from dashboards.session import Session
from dashboards.words import Words, translator
from data.periods import Month
from kpis.foresight import chance
from kpis.foresight.outlook import Outlook
from kpis.foresight.scenarios import Scenario, expected
from kpis.score import Score

MONTHS_BEFORE = 36
TRENDS = [tenths / 10 for tenths in range(-10, 31)]
DRIVERS = [hundredths / 100 for hundredths in range(50, 151)]
"""By how much an assumption may multiply the change expected, and the value."""
COLUMNS = {"period": pl.Date, "value": pl.Float64, "kind": pl.String, "text": pl.String, "tip": pl.String}


def show(session: Session, likely: Sequence[Score]) -> None:
    """The choice of goal and assumption, the chart, and what the assumption makes of the chance."""
    _, by_id = translator(session.locale), {score.kpi.id: score for score in likely}
    layout.section(_("What if?"))
    chosen = visit.linked("scenario_of", list(by_id), next(iter(by_id)))
    st.selectbox(_("Goal"), list(by_id), key="scenario_of", format_func=lambda kpi: session.say(by_id[kpi].kpi.name))
    score = by_id[chosen]
    outlook = outlooks.of_score(session, score)
    if outlook is None or score.value is None or score.aim.target is None:
        return
    step = outlook.step(score.aim.target.date) or len(outlook.forecast.mean)
    scenario = _asked(score, session.locale, _)
    path = expected(outlook.forecast, scenario, score.value, step)
    charts.show(
        _rows(session, score, outlook, path, scenario), _specification(session, score), "foresight_chart", _alt(session, score, path, _)
    )
    layout.note(_legend(scenario, _))
    st.write(_said(session, score, outlook, scenario, path, _))


def _asked(score: Score, locale: str, _: Words) -> Scenario:
    """Three assumptions, which may be made together; each changes nothing until it is moved."""
    level, trend, driver = st.columns(3)
    unit = 10.0**-score.indicator.decimals
    with level:
        added = st.number_input(
            _("Level: added from the next period on"),
            value=0.0,
            step=unit,
            key=f"scenario_level_{score.kpi.id}",
            format=f"%.{score.indicator.decimals}f",
        )
    with trend:
        times = _times(_("Trend: times the change expected"), TRENDS, 1, f"scenario_trend_{score.kpi.id}", locale)
    with driver:
        driving = _times(_("Driver: times the value by then"), DRIVERS, 2, f"scenario_driver_{score.kpi.id}", locale)
    return Scenario(added, times, driving)


def _times(label: str, options: Sequence[float], decimals: int, key: str, locale: str) -> float:
    """A factor to choose, 1 at first. Streamlit's plain slider writes a decimal point in every language."""
    return st.select_slider(label, options, 1.0, format_func=lambda times: formats.number(times, decimals, locale), key=key)


def _rows(session: Session, score: Score, outlook: Outlook, path: Sequence[float], scenario: Scenario) -> pl.DataFrame:
    target, _ = score.aim.target, translator(session.locale)
    assert target is not None
    last, value = outlook.known()[-1]
    since = Month.of(last).plus(-MONTHS_BEFORE).first
    past = [(day, known, charts.VALUE, None, None) for day, known in outlook.known() if day >= since]
    ends = target.range or (target.value,)
    told: list[tuple] = [*past, *((target.date, end, charts.TARGET, None, None) for end in ends)]
    if not scenario.changes_nothing:
        steps: list[tuple[date, float]] = [(last, value), *zip(outlook.ends(), path, strict=False)]
        told += [(day, fan.within(one, score.indicator), charts.SCENARIO, None, None) for day, one in steps]
        told.append((*steps[-1], f"{charts.SCENARIO} name", _("scenario"), None))
    rows = pl.DataFrame(told, schema=COLUMNS, orient="row")
    drawn = pl.concat([fan.rows(outlook, score.indicator, max(target.date, last)), rows], how="diagonal")
    return charts.over_names(drawn, score.frequency)


def _specification(session: Session, score: Score) -> dict:
    return charts.scenario(palette.current(session), session.locale, session.say(score.indicator.unit), score.frequency)


def _legend(scenario: Scenario, _: Words) -> str:
    said = [_("Shaded: what is likely to come, with 50, 80 and 90 % certainty, if things go on as so far.")]
    if not scenario.changes_nothing:
        said.append(_("Dashed: what would be expected under the assumption; it is no less uncertain than the forecast."))
    return " ".join(said)


def _said(session: Session, score: Score, outlook: Outlook, scenario: Scenario, path: Sequence[float], _: Words) -> str:
    """The assumption and what follows from it, in words."""
    target, locale = score.aim.target, session.locale
    assert target is not None
    plain = outlooks.told(session, score)
    told = {"target": aimed_at(session, score, with_its_unit), "date": formats.month_name(Month.of(target.date), locale)}
    if scenario.changes_nothing:
        return _("Nothing is assumed yet: the chance of {target} by {date} is {chance}.", chance=plain, **told)
    found = chance.under(outlook.forecast, path[-1], len(path), target.range or target.value, score.kpi.sign)
    assumed = "; ".join(_assumptions(score, scenario, locale, _))
    return _(
        "Assuming {assumed}, the chance of {target} by {date} would be {chance}, instead of {plain}.",
        assumed=assumed,
        chance=outlooks.said(found, locale),
        plain=plain,
        **told,
    )


def _assumptions(score: Score, scenario: Scenario, locale: str, _: Words) -> list[str]:
    told = []
    if scenario.level:
        told.append(
            _("a level {change} from the next period on", change=formats.signed(scenario.level, score.indicator, locale, whole=True))
        )
    if scenario.trend != 1:
        told.append(_("{times} times the change expected", times=formats.number(scenario.trend, 1, locale)))
    if scenario.driver != 1:
        told.append(_("a driver that multiplies the value by {times} by then", times=formats.number(scenario.driver, 2, locale)))
    return told


def _alt(session: Session, score: Score, path: Sequence[float], _: Words) -> str:
    end = formats.measured(path[-1], score.indicator, session.locale)
    return _("Line chart of {name} with its forecast; expected at the target's date: {value}.", name=session.say(score.kpi.name), value=end)
