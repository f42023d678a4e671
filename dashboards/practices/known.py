"""What the page and the sections of practices know: all of them as the month knew them, and what their places and indicators are called."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import Any

from dashboards import formats
from dashboards.kept import kept
from dashboards.plan import shown
from dashboards.plan.money import amounts
from dashboards.session import Session
from dashboards.words import Words, translator
from data.access import Actor, Object, may
from data.people import people
from data.periods import Month
from data.practices.practices import about, action_of, was_kept
from data.practices.reading import practices
from data.problems import NotPossibleNow
from data.records.records import begun

Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Known:
    """Everything is read once, when it is asked for. Practices are the home's, whichever of its places is looked at."""

    session: Session

    @property
    def words(self) -> Words:
        return translator(self.session.locale)

    @cached_property
    def rows(self) -> list[Row]:
        """As known by the review day, also proposed and withdrawn ones; in the newest month as they stand now."""
        return read(self.session)

    @cached_property
    def kept(self) -> list[Row]:
        """Those that hold."""
        return [row for row in self.rows if row["state"] == "kept"]

    @cached_property
    def today(self) -> list[Row]:
        """As they stand now, which is what forms change, whichever month is looked at."""
        return practices(self.session.records) if begun(self.session.home) else []

    @cached_property
    def people(self) -> dict[int, str]:
        return {row["id"]: row["name"] for row in people(self.session.records)}

    def practice(self, key: str) -> Row | None:
        return next((row for row in self.rows if row["key"] == key), None)

    def may(self, row: Row) -> bool:
        """Whether the actor may change it, withdraw it or restore it."""
        actor = self.session.actor
        return actor is not None and may(actor, action_of(actor, row), about(row))

    def restores(self, row: Row) -> bool:
        """Whether the actor may take up again what was withdrawn."""
        return self.may(row) and (self.keeps or not was_kept(self.session.records, row["id"]))

    @property
    def keeps(self) -> bool:
        """Whether what the actor writes is kept at once."""
        return self._may("keep_practice")

    @property
    def proposes(self) -> bool:
        return self._may("propose_practice")

    @property
    def reads_contacts(self) -> bool:
        """Whom to ask is for people who hold a role or a post, and for nobody else."""
        return has_a_part(self.session.actor)

    def say(self, text: Any) -> str:
        return self.session.say(text) if text else ""

    def where(self, row: Row) -> str:
        """San Ejemplo; of a place that the home does not know, the name that was written."""
        found = self.session.definitions.place.get(row["place"] or "")
        return self.say(found.name) if found else self.say(row["elsewhere"]) or row["place"] or ""

    def since(self, row: Row) -> str:
        """1 May 2024, May 2024, 2024."""
        text, locale = row["since"] or "", self.session.locale
        if len(text) == 10:
            return formats.day(date.fromisoformat(text), locale)
        return formats.month_name(Month.parse(text), locale) if len(text) == 7 else text

    def cost(self, row: Row) -> str:
        return amounts.said(row["cost"], row["currency"], self.session.locale) if row["cost"] is not None else ""

    def indicators(self, row: Row) -> list[str]:
        """Those that the panel knows, by their ids."""
        known = set(self.session.measured)
        return [name for name in row["indicators"] if name in known]

    def link(self, row: Row) -> str:
        """The practice by its name, as HTML."""
        address = escape(self.session.address("practices", practice=row["key"]))
        return f'<a href="{address}">{escape(self.say(row["name"]))}</a>'

    def _may(self, action: str) -> bool:
        actor = self.session.actor
        return actor is not None and may(actor, action, Object("practice", person=actor.person))


def has_a_part(actor: Actor | None) -> bool:
    """Whether somebody is known here by a role or a post."""
    return actor is not None and bool(actor.roles or actor.posts)


def used(session: Session) -> bool:
    """Whether the city compares itself, and its records hold anything."""
    return "compare" in session.definitions.city.modules and begun(session.home)


def stamp(session: Session) -> Hashable:
    """Changes with what is read of the practices; None where there is nothing to read, or the records cannot be."""
    try:
        return (session.records_state, shown.until(session)) if used(session) else None
    except NotPossibleNow:
        return None


def read(session: Session) -> list[Row]:
    """All of them as known by the review day, the best shown first."""
    return _read(session) if begun(session.home) else []


def _as_of(session: Session) -> Hashable:
    return str(session.home.folder), session.records_state, shown.until(session)


@kept(16, by=_as_of)
def _read(session: Session) -> list[Row]:
    return practices(session.records, shown.until(session))
