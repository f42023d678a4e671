"""What exactly is measured, by whom, and where the goal is written down."""

from collections.abc import Sequence
from html import escape

from dashboards import formats, glossary
from dashboards.goal import computing
from dashboards.goal.amounts import wanted
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.indicators import Scheme
from data.model import Text
from kpis.definition import Aim, Baseline, Step, Target
from kpis.score import Score

KINDS = {
    "level": N_("level: a state at the end of each period"),
    "flow": N_("flow: adds up over the periods"),
    "ratio": N_("ratio of two numbers"),
}
FREQUENCIES = {
    "day": N_("every day"),
    "week": N_("every week"),
    "month": N_("every month"),
    "quarter": N_("every quarter"),
    "half": N_("twice a year"),
    "year": N_("every year"),
}
BETTER = {
    "higher": N_("the higher the better"),
    "lower": N_("the lower the better"),
    "range": N_("within the range of the target"),
    "neutral": N_("neither way is better: shown and not judged"),
}
COUNTED = {
    "level": N_("as it is, without subtracting the baseline"),
    "flow": N_("added up over each year"),
    "cumulative": N_("added up over the whole plan"),
    "capacity": N_("what was added to the baseline"),
    "reduction": N_("what was taken from the baseline"),
    "reduction_annual": N_("what was taken from last year's end"),
    "maintain": N_("kept at its target"),
}
"""How values become the figure that is judged, by the goal's accumulation."""


def table(session: Session, score: Score) -> str:
    """The definition as an HTML list of terms."""
    _ = translator(session.locale)
    words = {_("Baseline"): "baseline", _("Target"): "target", _("Owner of the goal"): "owner"}
    terms = {term: glossary.link(session, word, term) for term, word in words.items()}
    items = "".join(f"<dt>{terms.get(term, escape(term))}</dt><dd>{escape(said)}</dd>" for term, said in rows(session, score) if said)
    title = escape(_("About this number"))
    return f'<section><h2>{title}</h2><dl class="definition">{items}</dl></section>'


def rows(session: Session, score: Score) -> list[tuple[str, str]]:
    """Each property and what is written about it; "" where nothing is."""
    _, indicator = translator(session.locale), score.indicator
    measure = session.catalogue.measures.get(indicator.id)
    named = N_("goal {goal}, metric {measure}") if measure else N_("goal {goal}, indicator {measure}")
    return [
        (_("What is to be done"), _said(session, score.kpi.statement)),
        (_("What it measures"), session.say(indicator.description or indicator.name)),
        (_("Unit"), session.say(indicator.unit)),
        (_("How it is computed"), computing.said(session, measure) if measure else ""),
        (_("Kind"), _(KINDS[indicator.kind])),
        (_("How often"), _(FREQUENCIES[indicator.frequency])),
        (_("Which way"), _(BETTER[score.kpi.polarity])),
        (_("How values count"), _(COUNTED[score.counted.accumulation]) if score.counted.accumulation else ""),
        (_("Its year begins in"), _year_begins(session, score)),
        *_aim(session, score, _),
        *_softened(session, score, _),
        *_around(session, score, _),
        (_("Changed"), _changes(session, score)),
        (_("Names in the files"), _(named, goal=score.kpi.id, measure=indicator.id)),
    ]


def _year_begins(session: Session, score: Score) -> str:
    """The month, where values are added up by years that do not begin in January."""
    starts, how = score.indicator.year_starts, score.counted
    by_years = how.sums == "year" or bool(score.aim.programmed) or how.accumulation == "reduction_annual"
    return formats.name_of_month(starts, session.locale) if by_years and starts != 1 else ""


def _around(session: Session, score: Score, _: Words) -> list[tuple[str, str]]:
    """Where it comes from, who answers for it, and what it is part of."""
    kpi, indicator, area = score.kpi, score.indicator, session.definitions.area
    return [
        (_("If it goes off track"), _said(session, kpi.if_off_track)),
        (_("Source"), session.say(indicator.source)),
        (_("Where it can be checked"), _said(session, kpi.verification)),
        (_("What must hold"), _said(session, kpi.assumptions)),
        (_("Cost until its date"), _budget(session, score, _)),
        (_("Owner of the goal"), session.say(area[kpi.owner])),
        (_("Owner of the data"), session.say(area[indicator.owner])),
        (_("Out of date after"), _("{n} days from the end of its period", n=indicator.freshness_limit)),
        (_("Reviewed"), _reviewed(score, _)),
        (_("In the plan"), kpi.plan_node or ""),
        *_codes(score, _),
    ]


def _codes(score: Score, _: Words) -> list[tuple[str, str]]:
    """What the goal and its indicator answer to in sets that others use."""
    told, own = score.indicator.codes, {"sdg": score.kpi.sdg, "iso_37120": score.kpi.iso37120}
    names: dict[Scheme, str] = {
        "sdg": _("Sustainable Development Goals"), "iso_37120": _("ISO 37120"), "iso_37122": "ISO 37122",
        "iso_37123": "ISO 37123", "u4ssc": "U4SSC",
    }  # fmt: skip
    return [(name, ", ".join(dict.fromkeys([*own.get(scheme, ()), *filter(None, [told.get(scheme)])]))) for scheme, name in names.items()]


def _aim(session: Session, score: Score, _: Words) -> list[tuple[str, str]]:
    aim = score.aim
    said = [(_("Baseline"), _end(session, score, aim.baseline)), (_("Target"), _target(session, score, aim.target)), (_("Path"), "")]
    if aim.target:
        said[2] = (_("Path"), _path(session, score, aim, _))
    reason = aim.baseline and aim.baseline.reason
    years = (f"{year}: {formats.in_table(value, score.indicator, session.locale)}" for year, value in sorted(aim.programmed.items()))
    return [*said, (_("Programmed by year"), "; ".join(years)), (_("Why this baseline"), _said(session, reason))]


def _path(session: Session, score: Score, aim: Aim, _: Words) -> str:
    if aim.path.method == "seasonal":
        return _("spread over the year as the year before was")
    if aim.programmed:
        return _("by what is programmed for each year")
    if aim.target and aim.target.range:
        return _("none: held against the target itself")
    if aim.path.milestones:
        return _("straight between milestones: {points}", points=_points(session, score, aim.path.milestones))
    if not aim.path.steps:
        return _("straight line") if aim.baseline else _("none: held against the target itself")
    return _("in steps: {steps}", steps=_points(session, score, aim.path.steps))


def _points(session: Session, score: Score, points: Sequence[Step]) -> str:
    told = (f"{formats.in_table(p.value, score.indicator, session.locale)} ({formats.day(p.date, session.locale)})" for p in points)
    return ", ".join(told)


def _softened(session: Session, score: Score, _: Words) -> list[tuple[str, str]]:
    """What is let pass, and what is not: tolerance, smallest difference, all or nothing, weight."""
    kpi = score.kpi
    rooms = [
        ("" if room is None else formats.difference(room, score.indicator, session.locale))
        for room in (kpi.tolerance, kpi.smallest_difference)
    ]
    return [
        (_("Counts as met within"), rooms[0]),
        (_("Smallest difference that can be told"), rooms[1]),
        (_("Attainment"), _("all or nothing") if kpi.attainment == "binary" else ""),
        (_("Weight"), "" if kpi.weight == 1 else formats.number(kpi.weight, 0 if kpi.weight == int(kpi.weight) else 1, session.locale)),
    ]


def _reviewed(score: Score, _: Words) -> str:
    review = score.kpi.review
    if review is None:
        return ""
    said = [
        _(FREQUENCIES[review.frequency]) if review.frequency else "",
        _("on day {n} of the following month", n=review.day) if review.day else "",
        _("its figure comes {n} days after a period's end", n=review.lag_days) if review.lag_days is not None else "",
    ]
    return ", ".join(part for part in said if part)


def _target(session: Session, score: Score, target: Target | None) -> str:
    return f"{wanted(session, score)} ({formats.day(target.date, session.locale)})" if target else ""


def _end(session: Session, score: Score, end: Baseline | None) -> str:
    if end is None:
        return ""
    value = formats.measured(end.value, score.indicator, session.locale)
    return f"{value} ({formats.day(end.date, session.locale)})"


def _budget(session: Session, score: Score, _: Words) -> str:
    if score.kpi.budget is None:
        return ""
    amount = formats.with_unit(score.kpi.budget, session.definitions.city.currency, 0, session.locale)
    return amount if score.kpi.budget else _("nothing beyond the usual")


def _said(session: Session, text: Text | None) -> str:
    return session.say(text) if text else ""


def _changes(session: Session, score: Score) -> str:
    """Each recorded change of the goal with who and why, the latest first."""
    recorded = reversed(score.kpi.changes)
    return " · ".join(f"{formats.day(change.date, session.locale)}, {change.by}: {change.reason}" for change in recorded)
