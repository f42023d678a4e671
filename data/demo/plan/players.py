"""The people of the story in the records: who they are, what they hold, and who speaks or judges on a day."""

from bisect import bisect
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from data.access import Actor, Object, Role, may
from data.demo.plan.story import Action, Cast, Held, Person, PostEntry
from data.demo.plan.timeline import between
from data.people import PROGRAM, actor, add_person, add_post, set_roles, take_post
from data.records.records import Records

BEGUN = datetime(2025, 1, 7, 8, 0, tzinfo=UTC)
"""When the first people were written down."""
FIRST_DAY = date(2025, 1, 1)


@dataclass
class Players:
    """People and posts by their ids in the story, each with its id in the records."""

    records: Records
    cast: Cast
    people: dict[str, int] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    _known: dict[tuple[str, int], Actor] = field(default_factory=dict)

    def actor(self, person: str, day: date) -> Actor:
        """A person as the one who writes on the day."""
        key = (person, bisect(self._turns, day))
        if key not in self._known:
            self._known[key] = actor(self.records, self.people[person], day)
        return self._known[key]

    @cached_property
    def _turns(self) -> list[date]:
        """The days on which a post changes hands: between two of them everybody stays who they are."""
        held = [each for post in self.cast.posts for each in post.held]
        return sorted({each.since for each in held if each.since} | {each.until + timedelta(days=1) for each in held if each.until})

    def speaker(self, action: Action, day: date) -> Actor:
        """Whoever holds the post that owns the action; where nobody does, the liaison of its area."""
        post = next(post for post in self.cast.posts if post.id == action.owner)
        holders = [held.person for held in post.held if _on(held, day)]
        editors = [person.id for person in self.cast.people if "editor" in person.roles and person.area == action.area]
        return self.actor((holders or editors[-1:])[0], day)

    def judge(self, action: Action, day: date, stage: str) -> Actor:
        """One of those who may judge the action's evidence."""
        reviewers = [self.actor(person.id, day) for person in self.cast.people if "reviewer" in person.roles]
        able = [reviewer for reviewer in reviewers if may(reviewer, "judge_evidence", Object("node", action.area))]
        return able[between(0, len(able) - 1, action.key, stage, "judge")]


def enter(records: Records, cast: Cast) -> Players:
    """Write down everybody who is there as the mandate begins, their posts, and who holds them."""
    players = Players(records, cast)
    for person in cast.people:
        players.people[person.id] = add_person(records, PROGRAM, person.name, _address(person), _roles(person), at=BEGUN)
    for post in cast.posts:
        players.posts[post.id] = add_post(records, PROGRAM, post.name, post.area, at=BEGUN)
        for held in post.held:
            if held.since is None:
                take(players, post, held, PROGRAM, BEGUN)
    return players


def take(players: Players, post: PostEntry, held: Held, by: Actor, at: datetime) -> None:
    """Somebody takes a post."""
    since = held.since or FIRST_DAY
    take_post(players.records, by, players.posts[post.id], players.people[held.person], since, held.until, at=at)


def leave(players: Players, person: str, by: Actor, at: datetime) -> None:
    """Somebody who holds no post any more may do nothing any more."""
    set_roles(players.records, by, players.people[person], 1, (), at=at)


def _on(held: Held, day: date) -> bool:
    return (held.since or FIRST_DAY) <= day <= (held.until or date.max)


def _roles(person: Person) -> tuple[Role, ...]:
    """An editor is one of their own area; every other role reaches all of the administration."""
    return tuple(Role(name, person.area if name == "editor" else None) for name in person.roles)


def _address(person: Person) -> str:
    first, second, *_ = person.name.lower().translate(str.maketrans("áéíóúñü", "aeiounu")).split()
    return f"{first}.{second}@example.org"
