"""Why a goal has its status: what is due, the arithmetic, what would change it, and how good the data is."""

from datetime import date
from html import escape

import polars as pl

from dashboards import formats
from dashboards.goal import bands
from dashboards.goal.amounts import declared, exact
from dashboards.session import Session
from dashboards.style import LOOKS
from dashboards.words import N_, Words, translator
from kpis.explain import Explanation, explain
from kpis.reasons import share
from kpis.score import Score, Status

TITLES: dict[Status, str] = {
    "on_track": N_("Why it is on track"),
    "at_risk": N_("Why it is at risk"),
    "off_track": N_("Why it is off track"),
    "exceeded": N_("Why it is exceeded"),
    "reached": N_("Why it is reached"),
    "stale": N_("Why it is out of date"),
    "no_data": N_("Why it has no data"),
    "not_due": N_("Why it is not due yet"),
    "untracked": N_("Why it has no status"),
}
WOULD_BE: dict[Status, str] = {
    "at_risk": N_("Would be at risk at"),
    "on_track": N_("Would be on track at"),
    "reached": N_("Would be reached at"),
    "exceeded": N_("Would be exceeded at"),
}
HOLDS_FROM: dict[Status, str] = {
    "at_risk": N_("Is at risk from"),
    "on_track": N_("Is on track from"),
    "reached": N_("Is reached from"),
    "exceeded": N_("Is exceeded from"),
}
HOLDS_UP_TO: dict[Status, str] = {
    "at_risk": N_("Is at risk up to"),
    "on_track": N_("Is on track up to"),
    "reached": N_("Is reached up to"),
    "exceeded": N_("Is exceeded up to"),
}
LADDER: tuple[Status, ...] = ("off_track", "at_risk", "on_track", "reached", "exceeded")
Row = tuple[str, str]


def table(session: Session, score: Score, changed: pl.DataFrame) -> str:
    """The explanation as an HTML table of two columns."""
    _ = translator(session.locale)
    body = "".join(f'<tr><th scope="row">{escape(said)}</th><td>{escape(value)}</td></tr>' for said, value in rows(session, score, changed))
    title = escape(_(TITLES[score.status]))
    return f'<section><h2>{title}</h2><table class="facts"><tbody>{body}</tbody></table></section>'


def rows(session: Session, score: Score, changed: pl.DataFrame) -> list[Row]:
    """What is said and its value, from what was due to the age of the data."""
    _, found = translator(session.locale), explain(score)
    return [
        *_due(session, score, _),
        *_arithmetic(session, found, _),
        *_rule(session, score, found, _),
        *((formats.reason(note, session.locale), "") for note in found.notes),
        *_of_the_plan(session, score, _),
        *bands.rows(session, score),
        *_thresholds(session, score, found, _),
        *_data(session, score, changed, _),
    ]


def _due(session: Session, score: Score, _: Words) -> list[Row]:
    baseline, target = score.aim.baseline, score.aim.target
    if score.due is None or target is None:
        return [(formats.sentence(formats.reason(score.reason, session.locale)), "")]
    if target.range:
        return [(_("Asked for: the range from {low} to {high}", **_ends(session, score)), _inside(score, _))]
    due = exact(session, score, score.due)
    if said := next((said for holds, said in _ways(score, _) if holds), ""):
        return [(said, due)]
    assert baseline is not None
    ends = {
        "start": declared(session, score, 0.0 if score.counted.sums and not score.counted.above_baseline else baseline.value),
        "from_date": _month(session, score, baseline.date),
        "end": declared(session, score, target.value),
        "to_date": _month(session, score, target.date),
    }
    return [(_("Due now, on a straight path from {start} ({from_date}) to {end} ({to_date})", **ends), due)]


def _ways(score: Score, _: Words) -> list[tuple[bool, str]]:
    """What is due now by another way than a straight path; the first that holds."""
    aim, how = score.aim, score.counted
    return [
        (bool(aim.path.steps), _("Due now, the last step reached")),
        (aim.path.method == "seasonal", _("Due now, spread over the year as the year before was")),
        (bool(aim.path.milestones), _("Due now, between the milestones")),
        (how.accumulation == "reduction_annual", _("Asked for this year")),
        (bool(aim.programmed) and not how.broken, _("Due now, by what the plan programmes for its years")),
        (score.yearly, _("Due now, the part of the year's target that its days make")),
        (aim.baseline is None or score.due == score.target_now, _("Asked for: the target")),
    ]


def _ends(session: Session, score: Score) -> dict[str, str]:
    target = score.aim.target
    assert target is not None and target.range is not None
    low, high = (declared(session, score, end) for end in target.range)
    return {"low": low, "high": high}


def _inside(score: Score, _: Words) -> str:
    return _("inside") if score.value == score.due else _("outside")


def _of_the_plan(session: Session, score: Score, _: Words) -> list[Row]:
    """The two figures of a plan that programmes its years, and the latest value behind a sum."""
    told: list[Row] = []
    if score.counted.sums and score.reported is not None and score.period:
        period = formats.period(score.period, score.frequency, session.locale)
        told.append((_("The value of {period} alone", period=period), exact(session, score, score.reported)))
    figures = ((_("Annual compliance: done this year, of what is programmed for it"), score.annual_compliance),
               (_("Plan progress: done since the plan began, of what it wants in all"), score.plan_progress))  # fmt: skip
    return [*told, *((said, _percent(session, number)) for said, number in figures if number is not None)]


def _percent(session: Session, number: float) -> str:
    return f"{formats.number(share(number).number * 100, 0, session.locale)}{formats.BOUND}%"


def _arithmetic(session: Session, found: Explanation, _: Words) -> list[Row]:
    if found.arithmetic is None:
        return []
    done, _equals, share = formats.reason(found.arithmetic, session.locale).rpartition(" = ")
    return [(_("Attainment: {arithmetic}", arithmetic=done), share)]


def _rule(session: Session, score: Score, found: Explanation, _: Words) -> list[Row]:
    if found.rule is None:
        return []
    return [(formats.reason(found.rule, session.locale), _(LOOKS[score.status].word))]


def _thresholds(session: Session, score: Score, found: Explanation, _: Words) -> list[Row]:
    """From which value the status holds, and those that the next better ones would take."""
    if score.status not in LADDER:
        return []
    here = LADDER.index(score.status)
    told: list[Row] = []
    for status in LADDER[max(here, 1) : here + 3]:
        value = found.thresholds.get(status)
        if value is not None:
            holds = HOLDS_FROM if found.upwards else HOLDS_UP_TO
            said = holds if status == score.status else WOULD_BE
            told.append((_(said[status]), exact(session, score, value.number)))
    return told


def _data(session: Session, score: Score, changed: pl.DataFrame, _: Words) -> list[Row]:
    if score.period is None or score.age_days is None:
        return []
    period = formats.period(score.period, score.frequency, session.locale)
    age = _.ngettext("{n} day old", "{n} days old", score.age_days, n=score.age_days)
    said = _("Data: {period}, {age} at the review; fresh up to {limit} days", period=period, age=age, limit=score.limit_days)
    return [(said, _("out of date") if score.status == "stale" else _("fresh")), *_revision(session, score, changed, _)]


def _revision(session: Session, score: Score, changed: pl.DataFrame, _: Words) -> list[Row]:
    if changed.is_empty():
        return []
    last = changed.row(-1, named=True)
    before, now = (formats.in_table(last[name], score.indicator, session.locale) for name in ("before", "value"))
    period = formats.period(last["period"], score.frequency, session.locale)
    return [(_("Last revision: {period}, from {before} to {now}", period=period, before=before, now=now), "")]


def _month(session: Session, score: Score, day: date) -> str:
    return formats.short_period(day, score.frequency, session.locale)
