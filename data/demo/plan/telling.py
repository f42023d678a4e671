"""The story's events in the order of time, each a call of a verb by somebody at a moment."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from data.demo.plan.players import Players
from data.demo.plan.story import Action
from data.demo.plan.timeline import Course
from data.records.records import Records
from data.records.tables import milestone, node


@dataclass(frozen=True)
class Event:
    """Something that happens; of two at one moment the one made first comes first.

    What is `alone` needs everything before it on the disk, and so is no part of one change with it.
    """

    at: datetime
    happens: Callable[[], object]
    alone: bool = False


@dataclass
class Telling:
    """What events need to know: the courses of actions by their keys, and where each stands in the records."""

    records: Records
    players: Players
    courses: dict[str, Course]
    nodes: dict[str, int] = field(default_factory=dict)
    milestones: dict[tuple[str, str], int] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    decisions: dict[str, int] = field(default_factory=dict)

    def adopted(self, plan_id: int) -> None:
        """Learn the ids of a plan that was just adopted."""
        with self.records.read() as connection:
            for number, key, version in connection.execute(select(node.c.id, node.c.key, node.c.version).where(node.c.plan == plan_id)):
                self.nodes[key], self.versions[key] = number, version
            steps = select(node.c.key, milestone.c.stage, milestone.c.id).join(node, node.c.id == milestone.c.node)
            for key, stage, number in connection.execute(steps.where(node.c.plan == plan_id)):
                self.milestones[key, stage] = number

    def through(self, records: Records) -> None:
        """From here on, everybody reads and writes through these."""
        self.records = self.players.records = records

    def hopeful(self, action: Action) -> bool:
        """Whether the area of the action declares ahead of its work."""
        return action.area in self.players.cast.voices


def tell(events: Iterable[Event]) -> None:
    """Let everything happen."""
    for event in sorted(events, key=lambda event: event.at):
        event.happens()
