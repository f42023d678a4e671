"""Receiving a city's month: signed by the key that is trusted, and no older than what is held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from data.access import Actor
from data.exchange.content import MonthContent
from data.exchange.month_file import MonthFile
from data.exchange.signing import fingerprint
from data.exchange.trusting import RECEIVED, key_of
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import city_month

Done = Literal["new", "replaced", "unchanged"]
"""What receiving a file does."""

UNTRUSTED = N_("nothing of {city} is received yet, whose file is signed by the key {fingerprint}")
TRUST = N_(
    "ask the city to read its fingerprint to you, not by the way the file came; where it is the same, trust it: "
    "`python -m data receive FILE --trust FINGERPRINT`, or the page Cities"
)
ANOTHER_KEY = N_("this file of {city} is signed by the key {fingerprint}, and the one that is trusted is {trusted}")
IMPOSTOR = N_(
    "ask the city: if it has made a new key, withdraw the trust in the old one and trust the new one; if not, somebody else signed this"
)
OLDER = N_("{month} of {city} is held as it was closed on {held}, and this file is an older one, closed on {closed}")
KEEP = N_("nothing is to be done: the newer one stays")


@dataclass(frozen=True)
class Standing:
    """What receiving a file would do now: `done`, or None where it would be refused because of `problem`; whether its key is trusted."""

    done: Done | None
    problem: Problem | None
    trusted: bool


def looked_at(records: Records, told: MonthFile) -> Standing:
    """Before anything is written. A key that nobody has trusted yet: what would be done once it is, and not trusted."""
    with records.read() as connection:
        held = key_of(connection, told.content.city)
        try:
            if held is not None:
                _require_key(held, told)
            return Standing(_what(_held(connection, told.content), told), None, held is not None)
        except Refused as refused:
            return Standing(None, refused.problems[0], held is not None and held["key"] == told.key)


def receive(records: Records, actor: Actor, told: MonthFile, at: datetime | None = None) -> Done:
    """Keep a city's month; the same one again changes nothing, a later one takes its place.

    Raises Refused where the key of the file is not the trusted one, or a later file of the month is held, NotAllowed.
    """
    with records.write(actor, at) as write:
        write.doing("receive_city", RECEIVED)
        _require_key(key_of(write.connection, told.content.city), told)
        held = _held(write.connection, told.content)
        done = _what(held, told)
        values = {"signer": told.key, "at": write.at, "person": actor.person, "content": told.content.model_dump(mode="json")}
        if held is None:
            write.insert(city_month, city=told.content.city, month=told.content.month, **values)
        elif done == "replaced":
            write.update(city_month, held["id"], held["version"], **values)
        return done


def _held(connection: Connection, told: MonthContent) -> Mapping[str, Any] | None:
    query = select(city_month).where(city_month.c.city == told.city, city_month.c.month == told.month)
    found = connection.execute(query).mappings().one_or_none()
    return None if found is None else dict(found)


def _require_key(held: Mapping[str, Any] | None, told: MonthFile) -> None:
    values = {"city": told.content.city, "fingerprint": told.fingerprint}
    if held is None:
        raise Refused([Problem(UNTRUSTED, TRUST, told.name, values=values)])
    if held["key"] != told.key:
        raise Refused([Problem(ANOTHER_KEY, IMPOSTOR, told.name, values={**values, "trusted": fingerprint(held["key"])})])


def _what(held: Mapping[str, Any] | None, told: MonthFile) -> Done:
    """Raises Refused where the file is older than what is held. Two that differ only in when they were made say the same."""
    if held is None:
        return "new"
    before, now = MonthContent.model_validate(held["content"]), told.content
    if before.model_copy(update={"made_at": now.made_at}) == now:
        return "unchanged"
    if (now.closed_at, now.made_at) <= (before.closed_at, before.made_at):
        values = {"city": now.city, "month": now.month, "held": _said(before), "closed": _said(now)}
        raise Refused([Problem(OLDER, KEEP, told.name, values=values)])
    return "replaced"


def _said(told: MonthContent) -> str:
    return f"{told.closed_at:%Y-%m-%d %H:%M} UTC"
