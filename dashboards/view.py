"""What one run of a page looks at: a home, a place and month, in a language, by somebody."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from streamlit.delta_generator import DeltaGenerator

from dashboards.offered import choosable
from data import definitions as definition_files
from data import facts as fact_files
from data.access import Actor
from data.definitions import Definitions
from data.facts import Facts
from data.home import Home
from data.indicators import Indicator
from data.model import say
from data.periods import Month
from data.places import around
from data.problems import NotPossibleNow, Problem
from data.records.records import Records
from data.records.records import records as open_records
from data.snapshots.frozen import home_of, shown_at
from kpis.catalogue import Catalogue
from kpis.definition_files import goal_files as files_of_goals
from kpis.last_valid import in_force

AS, CLOSED, TODAY = "as", "closed", "today"
"""How a closed month is looked at, in the address and the control."""


@dataclass(frozen=True, eq=False)
class Session:
    """What one run of a page knows.

    `frame` is where the page goes, `heading` the room for its title above the one row of `controls`, to which it may add its own.
    `problems` are those of the files on disk, in whose place the last valid definitions hold. `actor` is who writes; None only reads.

    A month that is closed has its `snapshot`, as data.snapshots gives it, and is shown as it was closed, which nobody writes into,
    unless the reader asks for it as it is `today`, or the page is one of today (links.OF_TODAY).
    """

    home: Home
    definitions: Definitions
    catalogue: Catalogue
    place: str
    month: Month
    language: str
    locale: str
    held: Facts | None = field(repr=False)
    key: tuple[Hashable, ...] = field(repr=False)
    frame: DeltaGenerator = field(repr=False)
    heading: DeltaGenerator = field(repr=False)
    controls: DeltaGenerator = field(repr=False)
    problems: tuple[Problem, ...] = ()
    actor: Actor | None = None
    snapshot: Mapping[str, Any] | None = None
    today: bool = False
    beside: "Session | None" = field(default=None, repr=False)
    """Of a closed month that is shown as it was closed, today's."""
    state_met: str | None = field(default=None, repr=False)
    """The state of the records as the front door met it; None where nobody asked, or they cannot be read."""

    @property
    def live(self) -> "Session":
        """The same as it is today, with whoever writes."""
        return self.beside or self

    @cached_property
    def closed(self) -> "Session":
        """The same as it was closed; itself where the month is open. Raises NotPossibleNow where the snapshot cannot be read."""
        return self if self.snapshot is None or self.beside else _as_closed(self, home_of(self.home, self.snapshot))

    @property
    def facts(self) -> Facts:
        """The facts in force. Raises NotPossibleNow before the first load; `layout.head` stops a page before it comes to that."""
        if self.held is None:
            raise NotPossibleNow("no facts are loaded yet: `python -m data ingest FILE` loads the first ones")
        return self.held

    def at(self, month: Month) -> "Session":
        """The same in another month: with the snapshot of that one, where it is closed and this is not a closed month itself."""
        beside = self.beside and self.beside.at(month)
        there = tuple(around(self.definitions.place, self.place))
        snapshot = None if beside or not self.state_met else shown_at(self.records, self.state_met, there, month)
        return replace(self, month=month, key=(*self.key[:-2], str(month), self.key[-1]), snapshot=snapshot, beside=beside)

    def at_place(self, place: str) -> "Session":
        """The same at another place."""
        beside = self.beside and self.beside.at_place(place)
        return replace(self, place=place, key=(*self.key[:-3], place, *self.key[-2:]), snapshot=None, beside=beside)

    def query(self, **more: str) -> dict[str, str]:
        """What a link carries so that whoever opens it sees the same: place, month, language, and more, such as kpi or another place."""
        view = {AS: TODAY} if self.today else {}
        return {"place": self.place, "month": str(self.month), "language": self.language, **view, **more}

    def address(self, page: str, **more: str) -> str:
        """The link to a page by its address: `goal?kpi=...&place=...`; the Overview's address is the house itself."""
        return f"{'./' if page == 'overview' else page}?{urlencode(self.query(**more))}"

    @property
    def records(self) -> Records:
        """The records of the home. Raises NotPossibleNow where they cannot be reached."""
        return open_records(self.home)

    @cached_property
    def records_state(self) -> str:
        """The state of the records as this run first asked: what the run only reads goes by it. Whoever wrote asks anew."""
        return self.state_met or self.records.state

    @property
    def review_day(self) -> date:
        """The day on which the month is reviewed: age, time used and delay are measured on it, never by the wall clock."""
        return self.definitions.city.reviewed(self.month)

    @cached_property
    def newest(self) -> bool:
        """Whether this is the newest month that can be chosen: what people write down counts in it at once."""
        return self.month == choosable(self.held, self.definitions, self.place)[0]

    @property
    def measured(self) -> list[str]:
        """Everything that has values: indicators, then metrics."""
        return [*self.definitions.indicator, *self.catalogue.measures]

    def indicator(self, name: str) -> Indicator:
        """An indicator, or a metric as one."""
        return self.catalogue.indicator(name, self.definitions)

    def say(self, text: str | dict[str, str]) -> str:
        """A text of a definition file in the reader's language."""
        return say(text, self.locale)


def _as_closed(session: Session, home: Home) -> Session:
    stamp, found, held = stamp_of(home), in_force(home), fact_files.current(home)
    key = (str(home.folder), held.version if held else 0, stamp, *session.key[-3:])
    return replace(
        session,
        home=home,
        definitions=found.definitions,
        catalogue=found.catalogue,
        held=held,
        key=key,
        problems=(),
        actor=None,
        beside=session,
        state_met=None,
    )


def stamp_of(home: Home) -> int:
    """Changes with any definition file."""
    return hash(definition_files.stamp(home.city, home.places, home.indicators, home.sources, *files_of_goals(home)))
