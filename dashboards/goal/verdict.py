"""How a goal stands, in one sentence: "68 % against 71.9 % due now; the target is 85 % by December 2028."."""

from dashboards import formats
from dashboards.goal.amounts import declared
from dashboards.session import Session
from dashboards.words import Words, translator
from data.periods import Month
from kpis.score import Score

SIGN = 3
"""Letters of a unit short enough to stand at every number of a sentence."""


def sentence(session: Session, score: Score) -> str:
    """The value against what is due, and the target; where nothing was judged on a value, the reason."""
    _, target = translator(session.locale), score.aim.target
    if score.status == "untracked" and score.value is not None:
        shown = formats.period(score.period or score.month.last, score.frequency, session.locale)
        return _("{value} in {period}", value=amount(session, score, score.value, whole=True), period=shown) + "."
    if score.status not in ("on_track", "at_risk", "off_track") or score.value is None or target is None:
        return f"{formats.sentence(formats.reason(score.reason, session.locale))}."
    value, period = amount(session, score, score.value, whole=True), _period(session, score)
    if target.range or score.yearly or score.counted.sums:
        return f"{formats.sentence(formats.reason(score.reason, session.locale))}."
    wanted = declared(session, score, target.value)
    by = formats.month_name(Month.of(target.date), session.locale)
    if score.due is None or score.due == target.value:
        return _("{value}{period} against a target of {target} by {date}.", value=value, period=period, target=wanted, date=by)
    due = amount(session, score, score.due)
    told = {"value": value, "period": period, "due": due, "target": wanted, "date": by}
    return _("{value}{period} against {due} due now; the target is {target} by {date}.", **told)


def amount(session: Session, score: Score, value: float, *, whole: bool = False) -> str:
    """The number for a sentence; a long unit is said once, with the `whole` amount."""
    number = formats.headline(value, score.indicator.decimals, session.locale)
    one = score.indicator.unit_one if number == formats.ONE else None
    unit = session.say(one or score.indicator.unit)
    return f"{number}{formats.BOUND}{unit}" if whole or len(unit) <= SIGN else number


def _period(session: Session, score: Score) -> str:
    """The value's period, where it is not the month under review."""
    if score.period is None or (score.frequency == "month" and score.period == score.month.last):
        return ""
    _: Words = translator(session.locale)
    return _(" in {period}", period=formats.period(score.period, score.frequency, session.locale))
