"""What an item is about, as it is projected: why it is here, how it stands, what was decided of it before, and who owes what."""

from html import escape

import polars as pl

from dashboards import formats, outlooks, panel, scores, unusual
from dashboards.goal import chart, coming, series, usual
from dashboards.goal.verdict import sentence
from dashboards.goal_review import saying
from dashboards.meetings import found
from dashboards.meetings.projected.subject import Row, Subject
from dashboards.plan import actions_table, shown
from dashboards.plan.action import goals, stages, verdict
from dashboards.plan.action import subject as action
from data.meetings.notes import decisions
from data.plans.reading import plans
from kpis.meetings.before import decided_before
from kpis.score import Score

DECISIONS = 3
"""Of earlier meetings, the latest ones, that are shown."""


def show(about: Subject) -> None:
    """The head of it in large type, then what shows it, then what was decided before."""
    item = about.item
    assert item is not None
    panel.show(_why(about, item), key="meeting_why")
    {"goal": _goal, "action": _action, "concern": _concern, "follow_up": _follow_up}.get(item["kind"], _nothing)(about, item)
    if before := _before(about, item):
        panel.show(before, key="meeting_before")


def _why(about: Subject, item: Row) -> str:
    """Why it is talked about, with the figures, whose it is, and the way to its page."""
    _ = about.words
    owner = about.known.owner(item)
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in found.whys(about.session, item, about.meeting["day"]))
    told = [escape(_("Answers for it: {owner}", owner=owner)) if owner else "", about.known.links(item)]
    return f'<div class="projected"><ul class="whys">{reasons}</ul><p>{" · ".join(filter(None, told))}</p></div>'


def _goal(about: Subject, item: Row) -> None:
    session = about.figures
    score = next((score for score in scores.judged(session) if score.kpi.id == item["goal"]), None) if session.held else None
    if score is None:
        _nothing(about, item)
        return
    headline = f'<p class="headline">{panel.status(session, score.status)}. {escape(sentence(session, score))}</p>'
    likely = f'<p class="likely">{escape(chance)}</p>' if (chance := coming.sentence(session, score)) else ""
    said = saying.definition(session, saying.of_month(session, score.kpi.id), "projected")
    panel.show(headline + likely + unusual.paragraph(session, score) + said, key="meeting_verdict")
    _chart(about, score)
    panel.show(_actions(about, score.kpi.id), key="meeting_linked")


def _chart(about: Subject, score: Score) -> None:
    session = about.figures
    history = series.history(session, score)
    if not history["value"].drop_nulls().is_empty():
        chart.show(session, score, history, series.revised(session, score), usual.limits(session, score, history))
    if not outlooks.ready(session):
        outlooks.watch(session)


def _actions(about: Subject, goal: str) -> str:
    """The actions that are meant to move a goal, by plan."""
    _, session, drawn = about.words, about.figures, []
    for plan in plans(session.records):
        truth = shown.truth_of(session, plan)
        meant = truth.tree.nodes.filter(pl.col("goals").str.json_decode(pl.List(pl.String)).list.contains(goal))
        actions = truth.nodes.filter(pl.col("id").is_in(meant["id"].implode()))
        if actions.height:
            drawn.append(actions_table.block(session, actions, about.known.posts, shown.named(session, plan)))
    title = _("Actions that are meant to move it")
    return f"<h2>{escape(title)}</h2>{''.join(drawn)}" if drawn else ""


def _action(about: Subject, item: Row) -> None:
    node = action.of(about.figures, item["node"])
    if node is None:
        _nothing(about, item)
        return
    panel.show(verdict.headline(node), key="meeting_verdict")
    panel.show(f'<div class="columns"><div>{stages.steps(node)}</div><div>{goals.block(node)}</div></div>', key="meeting_linked")


def _concern(about: Subject, item: Row) -> None:
    row = about.known.concerns.get(item["concern"])
    if row is None:
        _nothing(about, item)
        return
    _, locale, people = about.words, about.session.locale, about.known.people
    parts = [
        (_("Raised by {name} on {day}"), row["said"], row["raised_by"], row["raised_on"]),
        (_("Answered by {name} on {day}"), row["answer"], row["answered_by"], row["answered_on"]),
        (_("Decided by {name} on {day}"), row["decision"], row["decided_by"], row["decided_on"]),
    ]
    happened = [(said, text, who, day) for said, text, who, day in parts if text and day]
    told = [(said.format(name=people.get(who, ""), day=formats.day(day, locale)), escape(text)) for said, text, who, day in happened]
    panel.show(_terms([*told, (_("About"), about.known.links(row))]), key="meeting_verdict")


def _follow_up(about: Subject, item: Row) -> None:
    row = about.known.follow_ups.get(item["follow_up"])
    if row is None:
        _nothing(about, item)
        return
    _, locale = about.words, about.session.locale
    told = [
        (_("Due"), escape(formats.day(row["due"], locale))),
        (_("First promised for"), escape(formats.day(row["first_due"], locale)) if row["first_due"] != row["due"] else ""),
        (_("Evidence asked for"), escape(row["evidence"] or "")),
        (_("What was done"), escape(row["shown"] or "")),
        (_("About"), about.known.links(row)),
    ]
    panel.show(_terms(told), key="meeting_verdict")


def _nothing(about: Subject, item: Row) -> None:
    """Free words have nothing but their title; what is gone, or has no figures here, has nothing to show."""
    if item["kind"] != "other":
        _ = about.words
        said = _("There are no figures of it here.")
        panel.show(f'<p class="note">{escape(said)}</p>', key="meeting_verdict")


def _before(about: Subject, item: Row) -> str:
    """What earlier meetings decided about the same."""
    same = decided_before(decisions(about.session.records, about.session.place), about.meeting, item)
    if not same:
        return ""
    _, locale = about.words, about.session.locale
    entries = "".join(
        f"<li><time>{escape(formats.day(row['day'], locale))}</time><p>{escape(row['text'])}</p></li>" for row in same[:DECISIONS]
    )
    title = _("Decided before")
    return f'<h2>{escape(title)}</h2><ul class="story">{entries}</ul>'


def _terms(told: list[tuple[str, str]]) -> str:
    """A list of terms whose second part is HTML; those without one are left out."""
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{said}</dd>" for term, said in told if said)
    return f'<dl class="definition projected">{rows}</dl>'
