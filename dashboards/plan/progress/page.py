"""The page below its heading: words first, then the tree, then depth for whoever asks."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from html import escape
from typing import Any

import polars as pl
import streamlit as st

from dashboards import downloads, panel, unknown
from dashboards.kept import kept
from dashboards.plan import places, review, shown, states
from dashboards.plan.progress import adding_up, care, choice, lineage, moved, summary, timeline, tree, values
from dashboards.plan.progress.choice import FEW, KINDS, ONLY, Choice, option
from dashboards.plan.progress.rows import Left, goal_of, in_sight, left
from dashboards.reports import button
from dashboards.session import Session
from dashboards.words import translator
from data.people import Post
from data.people import posts as posts_on
from data.plans.linking import links
from data.plans.reading import Plan, plans
from data.plans.versions import versions
from data.records.columns import told
from kpis.plans.truth import Truth

KEYED: dict[str | type[Any], Callable[[Any], Any]] = {
    Session: lambda session: repr(session.key), Choice: repr, Plan: lambda plan: plan.id,
}  # fmt: skip
"""What is drawn goes by these; each as one value, because a cache that looks into them takes longer than the rest of a run."""


def show(session: Session) -> None:
    """The plan that the page is about, or what would be here."""
    plan = shown.asked(session)
    if plan is None:
        shown.nothing_yet(session)
        return
    stamp = session.records_state
    options = _options(session, stamp, plan)
    asked = choice.asked(plan.key, options, tuple(states.STATES))
    with session.controls:
        choice.control(session, options)
        _offer(session, stamp, plan, asked, options)
        if plan.kind == "mandate":
            button.offer(session, ["council"])
    unknown.say(session, ONLY)
    review.link(session)
    panel.show(_drawn(session, stamp, plan, asked), key="progress")


def _offer(session: Session, stamp: Hashable, plan: Plan, asked: Choice, options: Mapping[str, str]) -> None:
    def frame() -> pl.DataFrame:
        return values.frame(session, shown.truth_of(session, plan), asked, _posts(session, stamp))

    downloads.offer(session, f"plan-{plan.key}", frame, lambda: values.about(session, plan, asked, options))


@kept(60, by=lambda session, stamp, plan, asked: (session.key, stamp, plan.id, asked))
def _drawn(session: Session, stamp: Hashable, plan: Plan, asked: Choice) -> str:
    """The page as HTML, drawn once for each state of the records and each choice."""
    found = _left(session, stamp, plan, replace(asked, opened=None, node=None, rows=FEW))
    view = tree.View(session, found.truth, asked, in_sight(found, asked), _posts(session, stamp), _areas(session, stamp, plan))
    chosen = [session.definitions.place.get(place) for place in asked.values("district")]
    way = "".join(places.link(session, plan, place) for place in chosen or [None])
    heading, moves, *deeper = _whatever_is_chosen(session, stamp, plan)
    return "".join([heading, summary.counts(session, found.truth, asked), way, tree.table(view), moves, _timeline(view), *deeper])


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=KEYED)
def _whatever_is_chosen(session: Session, stamp: Hashable, plan: Plan) -> list[str]:
    """The sections that are the same for every choice, so that opening a node draws none of them again."""
    truth, posts = shown.truth_of(session, plan), _posts(session, stamp)
    lacks = care.section(session, truth, list(posts.values()), Choice(plan.key))
    return [summary.heading(session, truth), _moved(session, plan, truth), _sum(session, truth), lacks, _lineage(session, plan, posts)]


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=KEYED)
def _left(session: Session, stamp: Hashable, plan: Plan, asked: Choice) -> Left:  # noqa: ARG001 - what the cache goes by
    """What the filters leave, worked out once for whatever is opened in it: `asked` opens nothing."""
    return left(session, shown.truth_of(session, plan), asked)


def _timeline(view: tree.View) -> str:
    _, drawn = translator(view.session.locale), timeline.table(view)
    title = _("When")
    return f"<h2>{escape(title)}</h2>{drawn}" if drawn else ""


def _sum(session: Session, truth: Truth) -> str:
    _ = translator(session.locale)
    if not truth.whole["actions"]:
        return ""
    title, behind = escape(_("How the headline adds up")), escape(_("The sum behind the headline"))
    whole = adding_up.audit(session, truth, None)
    return f"<h2>{title}</h2>{adding_up.methods(session, truth)}<details><summary>{behind}</summary>{whole}</details>"


def _moved(session: Session, plan: Plan, truth: Truth) -> str:
    earlier = session.at(session.month.plus(-1)).review_day
    return moved.section(session, shown.truth_of(session, plan, earlier), truth)


def _lineage(session: Session, plan: Plan, posts: dict[int, Post]) -> str:
    day = shown.until(session)
    others = {each.id: each for each in plans(session.records, day)}
    linked = lineage.section(session, plan, others, links(session.records, plan.id, day))
    return linked + lineage.history(session, versions(session.records, plan.id, day), posts)


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=KEYED)
def _areas(session: Session, stamp: Hashable, plan: Plan) -> dict[int, frozenset[str]]:  # noqa: ARG001
    return tree.areas_below(shown.truth_of(session, plan).nodes)


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=KEYED)
def _posts(session: Session, stamp: Hashable) -> dict[int, Post]:  # noqa: ARG001 - what the cache goes by
    """Every post by its id, as held on the review day."""
    return {post.id: post for post in posts_on(session.records, session.review_day)}


@kept(32, by=lambda session, stamp, plan: (session.key, stamp, plan.id))
def _options(session: Session, stamp: Hashable, plan: Plan) -> dict[str, str]:
    """What the tree can be narrowed to, as far as an action has it, and its words: "Area: Security"."""
    _, nodes, known = translator(session.locale), shown.truth_of(session, plan).nodes.filter(pl.col("leaf")), session.definitions
    sdgs = shown.tree_of(session, plan).nodes["sdg"].drop_nulls()
    posts = {number: post.name for number, post in _posts(session, stamp).items()}
    found: dict[str, dict[object, str]] = {
        "area": _named(session, nodes["area"], known.area),
        "district": _named(session, nodes["place"], {place.id: place.name for place in known.places}),
        "owner": _named(session, nodes["owner"].filter(nodes["owner"].is_in(list(posts))), posts),
        "sdg": {sdg: sdg for sdg in sorted({goal_of(each) for text in sdgs for each in told(text)}, key=lambda sdg: (len(sdg), sdg))},
    }
    return {option(kind, value): f"{_(KINDS[kind])}: {words}" for kind, values_of in found.items() for value, words in values_of.items()}


def _named(session: Session, column: pl.Series, names: Mapping[Any, Any]) -> dict[object, str]:
    """What stands in a column by its name, in the order of names; what the city's files do not name, as it is."""
    words = {value: session.say(names.get(value, str(value))) for value in column.drop_nulls().unique()}
    return dict(sorted(words.items(), key=lambda named: named[1].casefold()))
