"""What the plan lacks: fields nobody filled, owners with too many actions, posts with nobody in them, and where it is in its cycle."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import polars as pl

from dashboards import formats
from dashboards.plan import shown, vocabulary
from dashboards.plan.progress.choice import Choice, address, option
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.people import Post
from data.plans.vocabulary import PDCA
from kpis.plans.care import ENOUGH, MANY, completeness, crowded, vacant
from kpis.plans.truth import Truth

FIELDS = {
    "owner": N_("an owner"),
    "area": N_("an area"),
    "dates": N_("a first and a last day"),
    "stages": N_("stages to be proved"),
    "budget": N_("a budget"),
    "goals": N_("a goal that it serves"),
    "place": N_("a place"),
}


def section(session: Session, truth: Truth, posts: Sequence[Post], choice: Choice) -> str:
    """Everything that somebody should see to, as HTML."""
    _ = translator(session.locale)
    title = escape(_("What the plan lacks"))
    return (
        f"<h2>{title}</h2>{filled(session, truth, _)}{_owners(session, truth, posts, choice, _)}{_vacant(session, truth, posts, choice, _)}"
        f"{cycle(session, truth, _)}"
    )


def filled(session: Session, truth: Truth, _: Words) -> str:
    """How many actions have what every action should have; below 80 % it is marked, in words too."""
    found = completeness(truth)
    low = [_(FIELDS[field]) for field in found.filter("low")["field"]]
    enough = formats.with_unit(ENOUGH, "%", 0, session.locale)
    if low:
        said = _("Fewer than {enough} of the actions have: {fields}.", enough=enough, fields=", ".join(low))
    else:
        said = _("At least {enough} of the actions have everything that an action should have.", enough=enough)
    items = "".join(_field(session, row, _) for row in found.iter_rows(named=True))
    return f'<p>{escape(said)}</p><ul class="shares">{items}</ul>'


def _field(session: Session, row: Mapping[str, Any], _: Words) -> str:
    field, percent = row["field"], row["percent"]
    share = formats.with_unit(percent, "%", 0, session.locale)
    title = escape(_.ngettext("{n} of {total} action", "{n} of {total} actions", row["actions"], n=row["given"], total=row["actions"]))
    short = ' class="short"' if row["low"] else ""
    return (
        f'<li{short} data-field="{field}" title="{title}"><span>{escape(formats.sentence(_(FIELDS[field])))}</span><b>{share}</b>'
        f'<span class="bar" aria-hidden="true"><span style="width:{percent or 0:.1f}%"></span></span></li>'
    )


def _owners(session: Session, truth: Truth, posts: Sequence[Post], choice: Choice, _: Words) -> str:
    found = crowded(truth)
    if found.is_empty():
        return ""
    names = {post.id: post for post in posts}
    rows = "".join(_item(session, owner, _name(session, names.get(owner), owner), number, choice) for owner, number in found.iter_rows())
    title = escape(_("Owners with more than {n} unfinished actions", n=MANY))
    return f'<h3>{title}</h3><ul class="plain">{rows}</ul>'


def _vacant(session: Session, truth: Truth, posts: Sequence[Post], choice: Choice, _: Words) -> str:
    found = vacant(truth, posts)
    if found.is_empty():
        return ""
    owned = found.select("owner", "name", "actions").iter_rows()
    rows = "".join(_item(session, owner, shown.name(session, name), number, choice) for owner, name, number in owned)
    title = escape(_("Posts with nobody in them that answer for actions"))
    return f'<h3>{title}</h3><ul class="plain">{rows}</ul>'


def cycle(session: Session, truth: Truth, _: Words) -> str:
    """Where the actions are in the cycle plan, do, check, act; "" where nobody says it."""
    told = truth.tree.nodes.select("id", "pdca").join(
        truth.nodes.filter(pl.col("leaf") & pl.col("excluded").is_null()).select("id"), on="id"
    )
    counts = dict(told.drop_nulls().group_by("pdca").len().iter_rows())
    if not counts:
        return ""
    said = [f"{vocabulary.stage(stage, _)}: {formats.number(counts.get(stage, 0), 0, session.locale)}" for stage in PDCA]
    unsaid = told["pdca"].null_count()
    said += [_.ngettext("not said of {n}", "not said of {n}", unsaid, n=unsaid)] if unsaid else []
    title = escape(_("Actions by stage of the cycle"))
    return f"<h3>{title}</h3><p>{escape(' · '.join(said))}</p>"


def _item(session: Session, owner: int, name: str, number: int, choice: Choice) -> str:
    """An owner as a link that narrows the tree to their actions, and how many of these are not finished."""
    link = escape(address(session, replace(choice, only=(option("owner", owner),))))
    said = escape(translator(session.locale).ngettext("{n} unfinished action", "{n} unfinished actions", number, n=number))
    return f'<li><a href="{link}">{escape(name)}</a>: {said}</li>'


def _name(session: Session, post: Post | None, owner: int) -> str:
    if post is None:
        return str(owner)
    return f"{session.say(post.name)} ({post.holder})" if post.holder else session.say(post.name)
