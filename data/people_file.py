"""A file of people into the records: who they are, what they may do, and which post each holds; all of it or nothing.

A row is one person in one role or post; a person has as many rows as it takes. Nobody is removed by being left out.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from data.access import ROLES, Actor, Role
from data.city import Area
from data.ingest.fault import Fault
from data.ingest.names import Register
from data.people import add_person, add_post, change_person, leave_post, people, posts, set_roles, take_post
from data.plan_files import days
from data.plan_files.cells import Row, Table, grids
from data.problems import N_, Problem, Refused
from data.records.log import Log, written_after
from data.records.records import Records
from data.records.tables import holding, role
from data.records.together import Together, together

COLUMNS = ("person", "email", "role", "area", "post", "starts", "ends")


@dataclass(frozen=True)
class Entry:
    """A row. `person` is "" for a post that nobody holds; `roles` are by their names, in `area` or, without one, in all areas."""

    line: int
    person: str
    email: str | None
    roles: tuple[str, ...]
    area: str | None
    post: str | None
    starts: date | None
    ends: date | None


@dataclass
class Done:
    """How many of each were written."""

    people: int = 0
    changed: int = 0
    posts: int = 0
    holdings: int = 0


def read(path: Path, name: str, areas: tuple[Area, ...]) -> list[Entry]:
    """The rows of a CSV, TSV, XLSX, XLS or ODS. Raises Refused with every problem."""
    table = Table(grids(path, name, {})[0])
    if "person" not in table.place:
        hint = N_("the columns are {columns}; all but the first may be missing")
        values = {"columns": ", ".join(COLUMNS)}
        raise Refused([Problem(N_("there is no column `person`"), hint, name, table.head[-1].line, "person", values=values)])
    reader = _Reader(table, Register("area", areas, {}))
    entries = [reader.entry(row) for row in table.rows if any(cell.strip() for cell in row.cells)]
    problems = [*_unknown_columns(table), *table.ragged(), *reader.problems]
    if problems:
        raise Refused(sorted(problems, key=lambda problem: problem.line or 0))
    return entries


def keep(records: Records, actor: Actor, entries: list[Entry], name: str, today: date) -> Done:
    """Write what the rows say. Raises NotAllowed, and Refused where two people cannot be told apart or hold one post at once."""
    with together(records, actor) as whole:
        return _keep(whole, actor, entries, name, today)


def rehearse(records: Records, actor: Actor, entries: list[Entry], name: str, today: date) -> Log:
    """Every change that `keep` would write, in its order; nothing is written. Raises what `keep` raises."""
    found: list[Log] = []
    with suppress(_Rehearsed), together(records, actor) as whole:
        begun = whole.whole.head.seq
        _keep(whole, actor, entries, name, today)
        found.append(written_after(whole.whole.connection, begun))
        raise _Rehearsed
    return found[0]


class _Rehearsed(Exception):
    """Everything was tried, so that what was written is taken back."""


def _keep(whole: Together, actor: Actor, entries: list[Entry], name: str, today: date) -> Done:
    writer = _Writer(whole, actor, name, today, Done())
    for entry in entries:
        writer.post_and_person(entry)
    writer.roles(entries)
    if writer.problems:
        raise Refused(writer.problems)
    return writer.done


def _unknown_columns(table: Table) -> list[Problem]:
    """A column that is misspelt would otherwise be a column that is silently empty."""
    values = {"columns": ", ".join(COLUMNS)}
    line = table.head[-1].line
    return [
        Problem(N_("this column is not known"), N_("the columns are {columns}"), table.name, line, column, values=values)
        for column in table.place
        if column not in COLUMNS
    ]


@dataclass
class _Reader:
    table: Table
    areas: Register
    problems: list[Problem] = field(default_factory=list)

    def entry(self, row: Row) -> Entry:
        person, post = self._text(row, "person"), self._text(row, "post")
        if not (person or post):
            self._problem(row, "person", Fault(N_("the row names neither a person nor a post"), N_("write one")))
        starts, ends = self._day(row, "starts"), self._day(row, "ends")
        if starts and ends and ends < starts:
            values = {"starts": starts, "ends": ends}
            self._problem(row, "ends", Fault(N_("the last day {ends} lies before the first, {starts}"), N_("correct one of them"), values))
        roles = tuple(part for each in self._text(row, "role").split(";") if (part := each.strip()))
        for each in roles:
            if each not in ROLES:
                values = {"role": each[:60], "known": ", ".join(ROLES)}
                self._problem(row, "role", Fault(N_("there is no role {role}"), N_("write one of: {known}"), values))
        return Entry(row.line, person, self._text(row, "email") or None, roles, self._area(row), post or None, starts, ends)

    def _area(self, row: Row) -> str | None:
        text = self._text(row, "area")
        found = self.areas.find(text) if text else None
        return self._checked(row, "area", found)

    def _day(self, row: Row, column: str) -> date | None:
        text = self._text(row, column)
        return self._checked(row, column, days.day(text)) if text else None

    def _checked(self, row: Row, column: str, found: Any) -> Any:
        if isinstance(found, Fault):
            self._problem(row, column, found)
            return None
        return found

    def _text(self, row: Row, column: str) -> str:
        at = self.table.place.get(column)
        return " ".join(row.cells[at].split()) if at is not None and at < len(row.cells) else ""

    def _problem(self, row: Row, column: str, fault: Fault) -> None:
        self.problems.append(Problem(fault.message, fault.hint, self.table.name, row.line, column, values=fault.values))


@dataclass
class _Writer:
    """Calls the verbs inside one change, and knows what it has written so far."""

    records: Records
    actor: Actor
    name: str
    today: date
    done: Done
    problems: list[Problem] = field(default_factory=list)
    ids: dict[int, int] = field(default_factory=dict)

    def post_and_person(self, entry: Entry) -> None:
        number = self._person(entry) if entry.person else None
        if number is not None:
            self.ids[entry.line] = number
        if entry.post:
            held = self._post(entry.post, entry.area)
            if number is not None:
                self._holds(entry, held, number)

    def roles(self, entries: list[Entry]) -> None:
        """Each person of the file may do what their rows say, and nothing else; where no row of the file says a role, nothing changes."""
        if not any(entry.roles for entry in entries):
            return
        wanted: dict[int, dict[Role, None]] = {}
        for entry in entries:
            if entry.line in self.ids:
                wanted.setdefault(self.ids[entry.line], {}).update(dict.fromkeys(Role(each, entry.area) for each in entry.roles))
        versions = {row["id"]: row["version"] for row in people(self.records)}
        office_first = sorted(
            wanted.items(), key=lambda item: all(given.role != "office" for given in item[1])
        )  # so that it is never empty
        for number, roles in office_first:
            if set(roles) != self._roles(number):
                set_roles(self.records, self.actor, number, versions[number], tuple(roles))
                self.done.changed += 1

    def _person(self, entry: Entry) -> int | None:
        """By email; else the one of that name, unless that has another email."""
        known = people(self.records)
        found = [row for row in known if entry.email and row["email"] == entry.email]
        found = found or [row for row in known if row["name"] == entry.person and not (entry.email and row["email"])]
        if len(found) > 1:
            hint = N_("write the email by which one of them is known")
            self._problem(entry, "person", N_("{found} is the name of several"), hint, found=entry.person)
            return None
        if not found:
            self.done.people += 1
            return add_person(self.records, self.actor, entry.person, entry.email)
        row = found[0]
        now = {"name": entry.person, "email": entry.email or row["email"]}
        if now != {"name": row["name"], "email": row["email"]}:
            change_person(self.records, self.actor, row["id"], row["version"], **now)
            self.done.changed += 1
        return row["id"]

    def _post(self, name: str, area: str | None) -> int:
        for post in posts(self.records, self.today):
            if post.area == area and name in ([post.name] if isinstance(post.name, str) else post.name.values()):
                return post.id
        self.done.posts += 1
        return add_post(self.records, self.actor, name, area)

    def _holds(self, entry: Entry, post: int, number: int) -> None:
        """Holds the post already: at most the last day is new. Else takes it, from today where the row says no day."""
        starts = entry.starts or self.today
        query = select(holding).where(holding.c.post == post, holding.c.person == number).order_by(holding.c.starts.desc())
        with self.records.read() as connection:
            rows = connection.execute(query).mappings().all()
        there = next((row for row in rows if row["starts"] == starts or row["ends"] is None or row["ends"] >= starts), None)
        try:
            if there is None:
                take_post(self.records, self.actor, post, number, starts, entry.ends)
                self.done.holdings += 1
            elif entry.ends is not None and there["ends"] != entry.ends:
                leave_post(self.records, self.actor, there["id"], there["version"], entry.ends)
                self.done.holdings += 1
        except Refused as refused:
            first = refused.problems[0]
            self._problem(entry, "post", first.message, first.hint, **first.values)

    def _roles(self, number: int) -> set[Role]:
        with self.records.read() as connection:
            return {Role(row.role, row.area) for row in connection.execute(select(role).where(role.c.person == number))}

    def _problem(self, entry: Entry, column: str, message: str, hint: str, **values: object) -> None:
        self.problems.append(Problem(message, hint, self.name, entry.line, column, values=values))
