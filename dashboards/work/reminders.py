"""A reminder of what somebody owes: a text to copy into an e-mail or a message. Nothing is sent from here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin

import streamlit as st

from dashboards import formats, layout
from dashboards.meetings import clock
from dashboards.plan import areas
from dashboards.session import Session, locale_of
from dashboards.words import LANGUAGES, translator
from dashboards.work import listing
from dashboards.work.known import Known
from data.access import Object, Role, may
from data.model import say
from data.people import people, posts, roles
from data.reviews.stand_ins import covering
from kpis.reviews.owed import Duty, Text

LONGEST = 1800
"""Letters of a link that every e-mail program takes: a longer reminder is copied instead."""


@dataclass(frozen=True)
class Owner:
    """A post or an area with what it owes; `who` are the people, and `emails` theirs where they are written down."""

    key: str
    name: Text
    who: tuple[str, ...]
    emails: tuple[str, ...]
    duties: tuple[Duty, ...]


def show(session: Session, found: Known, area: str) -> None:
    """A choice of owner and language, and the text; nothing for whoever may not ask others for anything."""
    if session.actor is None or not may(session.actor, "ask_follow_up", Object("follow_up", area)):
        return
    owing = {owner.key: owner for owner in owners(session, [duty for duty in found.duties if duty.area == area], area)}
    if not owing:
        return
    _ = translator(session.locale)
    layout.section(_("Remind"))
    with st.container(horizontal=True):
        key = st.selectbox(
            _("Whom"), list(owing), key=f"remind_{area}", width=340, format_func=lambda key: listing.said(session, owing[key].name)
        )
        language = st.selectbox(
            _("In which language"), list(LANGUAGES), index=list(LANGUAGES).index(session.language), key="remind_language", width=180,
            format_func=LANGUAGES.__getitem__,
        )  # fmt: skip
    _offer(session, found, owing[key or next(iter(owing))], locale_of(language or session.language, session.definitions.city.locale))


def _offer(session: Session, found: Known, owner: Owner, locale: str) -> None:
    _ = translator(session.locale)
    told = text(session, found, owner, locale)
    st.code(told, language=None, wrap_lines=True)
    if link := mail(owner, subject(found, locale), told):
        st.link_button(_("Write it as an e-mail"), link, icon=":material/mail:")
    elif not owner.emails:
        layout.note(_("Nobody's e-mail is written down here: copy the text."))
    else:
        layout.note(_("The text is too long for a link to the e-mail program: copy it."))


def owners(session: Session, duties: Sequence[Duty], area: str) -> list[Owner]:
    """Who is to be reminded of the duties of an area: each post that answers for some, or its stand-in, and its editors of the others."""
    today = clock.today(session)
    every = {post.id: post for post in posts(session.records, today)}
    holders = {post.id: post.person for post in every.values() if post.person}
    answers = {**holders, **covering(session.records, today)}
    known = {row["id"]: row for row in people(session.records)}
    by_post: dict[int, list[Duty]] = {}
    rest: list[Duty] = []
    for duty in duties:
        by_post.setdefault(duty.owner, []).append(duty) if duty.owner in answers else rest.append(duty)
    found = [_owner(f"post/{number}", every[number].name, [known[answers[number]]], own) for number, own in by_post.items()]
    editors = [known[person] for person, each in roles(session.records).items() if Role("editor", area) in each]
    return [*found, *([_owner(f"area/{area}", areas.name(session, area), editors, rest)] if rest else [])]


def _owner(key: str, name: Text, who: Sequence[Mapping[str, str]], duties: Sequence[Duty]) -> Owner:
    return Owner(key, name, tuple(row["name"] for row in who), tuple(row["email"] for row in who if row["email"]), tuple(duties))


def subject(found: Known, locale: str) -> str:
    """The line above the reminder."""
    _ = translator(locale)
    return _("Review of {month}: what is still owed", month=formats.month_name(found.month, locale))


def text(session: Session, found: Known, owner: Owner, locale: str) -> str:
    """The reminder in a language: to whom, what is owed by which day, and where it is done."""
    _ = translator(locale)
    month = formats.month_name(found.month, locale)
    opening = _("Dear {names}:", names=", ".join(owner.who)) if owner.who else _("To whom it concerns:")
    count, name = len(owner.duties), say(_plain(owner.name), locale)
    intro = _.ngettext(
        "{name} still owes {n} thing by the review of {month}.", "{name} still owes {n} things by the review of {month}.", count,
        name=name, n=count, month=month,
    )  # fmt: skip
    parts = [opening, "", intro]
    for title, rows in listing.groups(owner.duties, found.day, _):
        if rows:
            parts += ["", f"{title}:", *(_line(duty, locale) for duty in rows)]
    where = urljoin(st.context.url or "", session.address("work"))
    return "\n".join([*parts, "", _("It is done here: {address}", address=where), "", say(session.definitions.city.name, locale)])


def mail(owner: Owner, about: str, told: str) -> str:
    """The link that opens the e-mail program with it; "" where no address is known or the text is too long for one."""
    link = f"mailto:{','.join(quote(email, safe='@') for email in owner.emails)}?subject={quote(about)}&body={quote(told)}"
    return link if owner.emails and len(link) <= LONGEST else ""


def _line(duty: Duty, locale: str) -> str:
    _ = translator(locale)
    name = ", ".join(say(_plain(text), locale) for text in (duty.name, duty.part_of) if text)
    said = f"- {name}. {listing.asked(duty, _)}"
    return f"{said} ({formats.day(duty.due, locale)})" if duty.due else said


def _plain(text: Text) -> str | dict[str, str]:
    return text if isinstance(text, str) else dict(text)
