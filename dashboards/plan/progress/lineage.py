"""The plans that this one is linked to, and its versions, each with the decision that made it."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from dashboards import formats
from dashboards.plan import shown, vocabulary
from dashboards.plan.entries import Entries
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.people import Post
from data.plans.linking import Link
from data.plans.reading import Plan
from data.plans.versions import Version

FROM = {
    "implements": N_("is carried out by"),
    "part_of": N_("contains"),
    "aligned_with": N_("is aligned with"),
    "continues": N_("is continued by"),
}
"""How another plan stands to this one, which it is linked to; the other way round it is vocabulary.LINKS."""
MOST = 8
"""Changes of one version that are listed."""


def section(session: Session, plan: Plan, others: Mapping[int, Plan], links: Sequence[Link]) -> str:
    """The plans that a plan is linked to, as HTML; "" of one that stands alone. `others` are all plans by their ids."""
    _ = translator(session.locale)
    if not links:
        return ""
    title, items = escape(_("Linked plans")), "".join(_link(session, link, plan, others, _) for link in links)
    return f'<h2>{title}</h2><ul class="plain">{items}</ul>'


def history(session: Session, versions: Sequence[Version], posts: Mapping[int, Post]) -> str:
    """The versions of a plan, the latest first, as HTML."""
    _ = translator(session.locale)
    entries = Entries(session, posts)
    title, items = escape(_("Versions of the plan")), "".join(_version(entries, version, _) for version in versions)
    return f'<h2>{title}</h2><ol class="versions">{items}</ol>'


def _link(session: Session, link: Link, plan: Plan, others: Mapping[int, Plan], _: Words) -> str:
    """This plan, how it stands to the other, and a way there."""
    towards = link.plan == plan.id
    other = others[link.other if towards else link.plan]
    stands, kind = escape(_((vocabulary.LINKS if towards else FROM)[link.kind])), escape(_(shown.KINDS[other.kind]))
    named = f'<a href="{escape(session.address("progress", plan=other.key))}">{escape(session.say(other.name))}</a>'
    this = escape(_("This plan"))
    return f'<li data-link="{link.kind}">{this} {stands}: {named} ({kind})</li>'


def _version(entries: Entries, version: Version, _: Words) -> str:
    session = entries.session
    if version.number == 1:
        when = formats.day_of(version.at, session.locale)
        first = escape(_("First version, taken in on {day} by {name}", day=when, name=version.person))
        return f'<li value="{version.number}">{first}</li>'
    changes = "".join(_change(entries, version, change) for change in version.changes[:MOST])
    more = len(version.changes) - MOST
    left_out = escape(_.ngettext("{n} more", "{n} more", more, n=more))
    rest = f"<li>{left_out}</li>" if more > 0 else ""
    return f'<li value="{version.number}">{_reason(session, version, _)}<ul class="plain">{changes}{rest}</ul></li>'


def _reason(session: Session, version: Version, _: Words) -> str:
    """The decision that made a version; or that a newer file did, which names none."""
    if version.day is None:
        when = formats.day_of(version.at, session.locale)
        return escape(_("A newer file, taken in on {day} by {name}; it names no decision", day=when, name=version.person))
    day = formats.day(version.day, session.locale) + (f" · {session.say(version.body)}" if version.body else "")
    why = f'<span class="note">{escape(session.say(version.why))}</span>'
    return f'<b>{escape(session.say(version.title))}</b> <span class="count">{escape(day)}</span>{why}'


def _change(entries: Entries, version: Version, change: Mapping[str, Any]) -> str:
    return f"<li>{entries.change_of(change, version.names.get(change['node']))}</li>"
