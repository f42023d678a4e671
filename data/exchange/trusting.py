"""Which cities an installation receives months of: those whose key somebody compared with them by another way, such as the telephone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from data.access import Actor, Object
from data.exchange.month_file import MonthFile
from data.exchange.signing import fingerprint, same_fingerprint
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import city_key, city_month, person
from data.records.writing import Gone

RECEIVED = Object("city_month")
NOT_THE_ONE = N_("the fingerprint is not that of this file, which is {fingerprint}")
COMPARE = N_("ask the city to read its own to you: where it is another than this, somebody else signed the file")
ANOTHER = N_("of {city} another key is trusted: {trusted}")
WITHDRAW = N_("ask the city whether it has made a new key; if so, withdraw the trust in the old one first")


@dataclass(frozen=True)
class Trusted:
    """A city's public key, its fingerprint, and who trusted it when."""

    city: str
    key: str
    fingerprint: str
    by: str
    at: datetime


def trust(records: Records, actor: Actor, told: MonthFile, compared: str, at: datetime | None = None) -> None:
    """From now on months of the file's city are received that its key signed; `compared` is the fingerprint as the city read it.

    Trusted already, nothing changes. Raises Refused where the fingerprint is another, or another key of this city is trusted, NotAllowed.
    """
    with records.write(actor, at) as write:
        write.doing("receive_city", RECEIVED)
        require_same(told, compared)
        held = key_of(write.connection, told.content.city)
        if held is None:
            write.insert(city_key, city=told.content.city, key=told.key, at=write.at, person=actor.person)
        elif held["key"] != told.key:
            values = {"city": told.content.city, "trusted": fingerprint(held["key"])}
            raise Refused([Problem(ANOTHER, WITHDRAW, told.name, values=values)])


def require_same(told: MonthFile, compared: str) -> None:
    """Raises Refused where what somebody compared is not the fingerprint of the file's key."""
    if not same_fingerprint(compared, told.fingerprint):
        raise Refused([Problem(NOT_THE_ONE, COMPARE, told.name, values={"fingerprint": told.fingerprint})])


def withdraw(records: Records, actor: Actor, city: str, at: datetime | None = None) -> None:
    """Receive nothing more of a city, until its key is trusted again; what was received stays. Raises Gone, NotAllowed."""
    with records.write(actor, at) as write:
        write.doing("receive_city", RECEIVED)
        held = key_of(write.connection, city)
        if held is None:
            raise Gone(f"no key of {city} is trusted")
        write.delete(city_key, held["id"], held["version"])


def forget(records: Records, actor: Actor, city: str, at: datetime | None = None) -> int:
    """Withdraw the trust in a city, and remove its months; returns how many. The audit keeps what they said. Raises Gone, NotAllowed."""
    with records.write(actor, at) as write:
        write.doing("receive_city", RECEIVED)
        held = key_of(write.connection, city)
        asked = select(city_month.c.id, city_month.c.version).where(city_month.c.city == city).order_by(city_month.c.id)
        rows = write.connection.execute(asked).all()
        if held is None and not rows:
            raise Gone(f"nothing of {city} is here")
        if held is not None:
            write.delete(city_key, held["id"], held["version"])
        for row in rows:
            write.delete(city_month, row.id, row.version)
        return len(rows)


def trusted(records: Records) -> dict[str, Trusted]:
    """By city, in the order of their ids."""
    query = select(city_key, person.c.name.label("by")).join(person, person.c.id == city_key.c.person).order_by(city_key.c.city)
    with records.read() as connection:
        rows = connection.execute(query).all()
    return {row.city: Trusted(row.city, row.key, fingerprint(row.key), row.by, row.at) for row in rows}


def key_of(connection: Connection, city: str) -> Mapping[str, Any] | None:
    """The row of a city's key; None where none is trusted."""
    found = connection.execute(select(city_key).where(city_key.c.city == city)).mappings().one_or_none()
    return None if found is None else dict(found)
