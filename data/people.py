"""People, the posts they hold, and what they may do. An owner is a post: it stays when the person goes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from data.access import ROLES, Actor, Object, Role
from data.plans.document import Words
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import holding, person, post, role, stand_in
from data.records.writing import Gone, Write

PEOPLE = Object("person")
PROGRAM = Actor(0, "mandato", frozenset({Role("office")}))
"""Who writes the first people of a home, and what the demo begins with: the program itself."""


@dataclass(frozen=True)
class Post:
    """A post of the administration, and who holds it on a day; None where nobody does."""

    id: int
    area: str | None
    name: Words
    person: int | None
    holder: str | None


def add_person(
    records: Records, actor: Actor, name: str, email: str | None = None, roles: tuple[Role, ...] = (), at: datetime | None = None
) -> int:
    """A person with their roles; returns the id. Raises Refused where a role is unknown or the name is empty."""
    _require_person(name, roles)
    with records.write(actor, at) as write:
        write.doing("keep_people", PEOPLE)
        return _add(write, name, email, roles)


def change_person(records: Records, actor: Actor, person_id: int, version: int, **changes: str | None) -> int:
    """Another name or email; returns the new version. Raises Stale, and Refused where the name is empty."""
    _require_person(changes.get("name", "-") or "", ())
    with records.write(actor) as write:
        write.doing("keep_people", PEOPLE)
        return write.update(person, person_id, version, **changes)


def set_roles(records: Records, actor: Actor, person_id: int, version: int, roles: tuple[Role, ...], at: datetime | None = None) -> int:
    """Say what a person may do from now on; returns the person's new version. What they may do already stays as it is.

    Raises Stale, Gone, and Refused where a role is unknown, or where nobody would be of the office any more.
    """
    _require_person("-", roles)
    with records.write(actor, at) as write:
        write.doing("keep_people", PEOPLE)
        changed = write.update(person, person_id, version)
        rows = write.connection.execute(select(role).where(role.c.person == person_id)).mappings().all()
        held = {Role(row["role"], row["area"]): row for row in rows}
        gone = [row for each, row in held.items() if each not in roles]
        for row in gone:
            write.delete(role, row["id"], row["version"])
        write.insert_all(role, _rows(person_id, tuple(each for each in roles if each not in held)))
        if any(row["role"] == "office" for row in gone):
            _require_office(write)
        return changed


def give_role(records: Records, actor: Actor, person_id: int, version: int, given: Role, at: datetime | None = None) -> int:
    """One role more; returns the person's new version. Raises Stale, Gone, and Refused where it is unknown or theirs already."""
    _require_person("-", (given,))
    with records.write(actor, at) as write:
        write.doing("keep_people", PEOPLE)
        changed = write.update(person, person_id, version)
        if given in _roles(write.connection, person_id):
            raise Refused([Problem(N_("this person has the role already"), N_("choose another role, or another area"))])
        write.insert_all(role, _rows(person_id, (given,)))
        return changed


def take_role(records: Records, actor: Actor, person_id: int, version: int, taken: Role, at: datetime | None = None) -> int:
    """One role less; returns the person's new version. Raises Stale, Gone, and Refused where nobody would be of the office any more."""
    with records.write(actor, at) as write:
        write.doing("keep_people", PEOPLE)
        changed = write.update(person, person_id, version)
        rows = write.connection.execute(select(role).where(role.c.person == person_id, role.c.role == taken.role)).mappings().all()
        row = next((row for row in rows if row["area"] == taken.area), None)
        if row is None:
            raise Gone(f"person {person_id} has no such role")
        write.delete(role, row["id"], row["version"])
        if taken.role == "office":
            _require_office(write)
        return changed


def add_post(records: Records, actor: Actor, name: Words, area: str | None, at: datetime | None = None) -> int:
    """A post of an area; returns its id. Raises Refused where it has no name."""
    if not (name.strip() if isinstance(name, str) else name):
        raise Refused([Problem(N_("the name is empty"), N_("write it"))])
    with records.write(actor, at) as write:
        write.doing("keep_people", PEOPLE)
        return write.insert(post, name=name, area=area)


def take_post(
    records: Records, actor: Actor, post_id: int, person_id: int, starts: date, ends: date | None = None, at: datetime | None = None
) -> int:
    """A person takes a post, and whoever held it without an end leaves it on the day before; returns the holding's id.

    Raises Refused where the days are reversed, or somebody holds the post for longer than that.
    """
    _require_days(starts, ends)
    with records.write(actor, at) as write:
        write.doing("keep_people", PEOPLE)
        for row in write.connection.execute(select(holding).where(holding.c.post == post_id)).mappings().all():
            if row["ends"] is None and row["starts"] < starts:
                write.update(holding, row["id"], row["version"], ends=date.fromordinal(starts.toordinal() - 1))
            elif row["ends"] is None or (row["ends"] >= starts and (ends is None or row["starts"] <= ends)):
                raise Refused([Problem(N_("somebody else holds this post in those days"), N_("end their time first"))])
        return write.insert(holding, post=post_id, person=person_id, starts=starts, ends=ends)


def leave_post(records: Records, actor: Actor, holding_id: int, version: int, ends: date, at: datetime | None = None) -> int:
    """The last day of a person in a post; returns the new version. Raises Stale, and Refused where it lies before the first."""
    with records.write(actor, at) as write:
        write.doing("keep_people", PEOPLE)
        _require_days(write.row(holding, holding_id)["starts"], ends)
        return write.update(holding, holding_id, version, ends=ends)


def people(records: Records) -> list[Mapping[str, Any]]:
    """Everybody, by name: the columns of `person`."""
    with records.read() as connection:
        return [dict(row) for row in connection.execute(select(person).order_by(person.c.name, person.c.id)).mappings()]


def roles(records: Records) -> dict[int, list[Role]]:
    """What everybody may do, by the id of the person; whoever has no role is not in it."""
    found: dict[int, list[Role]] = {}
    with records.read() as connection:
        for number, name, area in connection.execute(select(role.c.person, role.c.role, role.c.area).order_by(role.c.id)):
            found.setdefault(number, []).append(Role(name, area))
    return found


def holdings(records: Records) -> list[Mapping[str, Any]]:
    """Who holds, held or will hold a post, the latest first: the columns of `holding`, and the person's `name`."""
    query = select(holding, person.c.name).join(person, person.c.id == holding.c.person)
    with records.read() as connection:
        return [dict(row) for row in connection.execute(query.order_by(holding.c.starts.desc(), holding.c.id.desc())).mappings()]


def posts(records: Records, day: date) -> list[Post]:
    """Every post, and who holds it on the day."""
    holds = and_(holding.c.post == post.c.id, holding.c.starts <= day, or_(holding.c.ends.is_(None), holding.c.ends >= day))
    joined = post.outerjoin(holding, holds).outerjoin(person, person.c.id == holding.c.person)
    query = select(post.c.id, post.c.area, post.c.name, person.c.id.label("person"), person.c.name.label("holder")).select_from(joined)
    with records.read() as connection:
        return [Post(*row) for row in connection.execute(query.order_by(post.c.id))]


def actor(records: Records, person_id: int, day: date) -> Actor:
    """A person as the one who writes on a day, with the posts they stand in for then. Raises LookupError where there is no such person."""
    with records.read() as connection:
        name = connection.execute(select(person.c.name).where(person.c.id == person_id)).scalar()
        if name is None:
            raise LookupError(f"there is no person {person_id}")
        covered = _covered(connection, person_id, day)
        roles = _roles(connection, person_id) | {Role("editor", area) for _, area, edits in covered if area and edits}
        areas, held = _areas_and_posts(connection, person_id, day)
        return Actor(person_id, name, roles, areas | {area for _, area, _ in covered if area}, held | {number for number, *_ in covered})


def by_own_right(records: Records, who: Actor, day: date) -> Actor:
    """The same without what they may do only because they stand in for somebody on the day."""
    with records.read() as connection:
        given = _roles(connection, who.person)
        areas, held = _areas_and_posts(connection, who.person, day)
    roles = frozenset(each for each in who.roles if each.role != "editor" or each in given)
    return replace(who, roles=roles, areas=who.areas & areas, posts=who.posts & held)


def command_line(records: Records, login: str, day: date) -> Actor:
    """Whoever is at the command line: they own the files, so they are of the office. Made a person the first time."""
    with records.read() as connection:
        number = _named(connection, login)
    found = actor(records, number or _made(records, login), day)
    return replace(found, roles=found.roles | {Role("office")})


def _named(connection: Connection, name: str) -> int | None:
    return connection.execute(select(person.c.id).where(person.c.name == name).order_by(person.c.id)).scalars().first()


def _made(records: Records, login: str) -> int:
    """Looked for again while nobody else writes: two commands may begin together."""
    with records.write(PROGRAM) as write:
        write.doing("keep_people", PEOPLE)
        return _named(write.connection, login) or _add(write, login, None, (Role("office"),))


def _add(write: Write, name: str, email: str | None, roles: tuple[Role, ...]) -> int:
    number = write.insert(person, name=name.strip(), email=email)
    write.insert_all(role, _rows(number, roles))
    return number


def _roles(connection: Connection, person_id: int) -> frozenset[Role]:
    rows = connection.execute(select(role.c.role, role.c.area).where(role.c.person == person_id))
    return frozenset(Role(name, area) for name, area in rows)


def _areas_and_posts(connection: Connection, person_id: int, day: date) -> tuple[frozenset[str], frozenset[int]]:
    """The posts held on the day; the areas are theirs, and those of roles that are of one area."""
    on_the_day = (holding.c.starts <= day, or_(holding.c.ends.is_(None), holding.c.ends >= day))
    query = select(post.c.id, post.c.area).join(holding, holding.c.post == post.c.id)
    held = connection.execute(query.where(holding.c.person == person_id, *on_the_day)).all()
    named = select(role.c.area).where(role.c.person == person_id, role.c.area.is_not(None))
    areas = {area for _, area in held if area is not None}
    return frozenset(areas) | frozenset(connection.execute(named).scalars()), frozenset(number for number, _ in held)


def _covered(connection: Connection, person_id: int, day: date) -> list[tuple[int, str | None, bool]]:
    """The posts that the person stands in for on the day, their areas, and whether they edit these: as whoever holds the post does.

    A post that stands empty is worked for as its area's editor would. What else the holder may do, such as decide, stays with the holder.
    """
    query = select(post.c.id, post.c.area).join(stand_in, stand_in.c.post == post.c.id)
    rows = connection.execute(query.where(stand_in.c.person == person_id, stand_in.c.starts <= day, stand_in.c.ends >= day)).all()
    return [(number, area, _edited(connection, number, area, day)) for number, area in rows]


def _edited(connection: Connection, post_id: int, area: str | None, day: date) -> bool:
    held = select(holding.c.person).where(
        holding.c.post == post_id, holding.c.starts <= day, or_(holding.c.ends.is_(None), holding.c.ends >= day)
    )
    holders = connection.execute(held).scalars().all()
    reaching = {Role("editor"), Role("editor", area)}
    return not holders or any(_roles(connection, holder) & reaching for holder in holders)


def _rows(person_id: int, roles: tuple[Role, ...]) -> list[dict[str, Any]]:
    """The same role twice is one."""
    return [{"person": person_id, "role": each.role, "area": each.area} for each in dict.fromkeys(roles)]


def _require_office(write: Write) -> None:
    """Without an office nobody could give a role to anybody, not even to themselves."""
    if write.connection.execute(select(role.c.id).where(role.c.role == "office").limit(1)).one_or_none() is None:
        raise Refused([Problem(N_("nobody would be of the data office any more"), N_("give that role to somebody else first"))])


def _require_days(starts: date, ends: date | None) -> None:
    if ends and ends < starts:
        values = {"starts": starts, "ends": ends}
        raise Refused([Problem(N_("the last day {ends} lies before the first, {starts}"), N_("correct one of them"), values=values)])


def _require_person(name: str, roles: tuple[Role, ...]) -> None:
    problems = [] if name.strip() else [Problem(N_("the name is empty"), N_("write it"))]
    unknown = [each.role for each in roles if each.role not in ROLES]
    hint = N_("write one of: {known}")
    problems += [Problem(N_("there is no role {role}"), hint, values={"role": name, "known": ", ".join(ROLES)}) for name in unknown]
    if problems:
        raise Refused(problems)
