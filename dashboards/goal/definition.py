"""What exactly is measured, by whom, and where the goal is written down."""

from html import escape

from dashboards import formats, glossary
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.model import Text
from kpis.definition import Aim, Baseline, Target
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
BETTER = {"higher": N_("the higher the better"), "lower": N_("the lower the better")}


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
    _, indicator, area = translator(session.locale), score.indicator, session.definitions.area
    return [
        (_("What it measures"), session.say(indicator.description or indicator.name)),
        (_("Unit"), session.say(indicator.unit)),
        (_("Kind"), _(KINDS[indicator.kind])),
        (_("How often"), _(FREQUENCIES[indicator.frequency])),
        (_("Which way"), _(BETTER[score.kpi.polarity])),
        *_aim(session, score, _),
        (_("If it goes off track"), _said(session, score.kpi.if_off_track)),
        (_("Source"), session.say(indicator.source)),
        (_("Owner of the goal"), session.say(area[score.kpi.owner])),
        (_("Owner of the data"), session.say(area[indicator.owner])),
        (_("Out of date after"), _("{n} days from the end of its period", n=indicator.freshness_limit)),
        (_("Names in the files"), _("goal {goal}, indicator {indicator}", goal=score.kpi.id, indicator=indicator.id)),
    ]


def _aim(session: Session, score: Score, _: Words) -> list[tuple[str, str]]:
    aim = score.aim
    said = [(_("Baseline"), _end(session, score, aim.baseline)), (_("Target"), _end(session, score, aim.target)), (_("Path"), "")]
    if aim.target:
        said[2] = (_("Path"), _path(session, score, aim, _))
    reason = aim.baseline and aim.baseline.reason
    return [*said, (_("Why this baseline"), _said(session, reason))]


def _path(session: Session, score: Score, aim: Aim, _: Words) -> str:
    if not aim.path.steps:
        return _("straight line") if aim.baseline else _("none: held against the target itself")
    steps = (
        f"{formats.in_table(step.value, score.indicator, session.locale)} ({formats.day(step.date, session.locale)})"
        for step in aim.path.steps
    )
    return _("in steps: {steps}", steps=", ".join(steps))


def _end(session: Session, score: Score, end: Baseline | Target | None) -> str:
    if end is None:
        return ""
    value = formats.with_unit(end.value, score.indicator.unit, score.indicator.decimals, session.locale)
    return f"{value} ({formats.day(end.date, session.locale)})"


def _said(session: Session, text: Text | None) -> str:
    return session.say(text) if text else ""
