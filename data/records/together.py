"""Many changes as one: what verbs write inside the block is kept when it ends, all of it or nothing, and flushed once.

For a history that is written in one go, such as the demo's, and for a button that does two things. Each change still has its own actor,
moment and links of the chain.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from data.access import Actor
from data.records.records import Records
from data.records.writing import Write


@dataclass(frozen=True, eq=False)
class Together(Records):
    """The records as a verb knows them, inside a change that is not finished: it reads what was written before it."""

    whole: Write = field(repr=False)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        yield self.whole.connection

    @contextmanager
    def write(self, actor: Actor, at: datetime | None = None) -> Iterator[Write]:
        """A part of the change; what a verb that is refused has written of it is taken back."""
        connection = self.whole.connection
        connection.exec_driver_sql("savepoint part")
        part = Write(connection, actor, self.whole.secret, at or self.whole.at, self.whole.head)
        try:
            yield part
        except BaseException:
            connection.exec_driver_sql("rollback to savepoint part")
            raise
        connection.exec_driver_sql("release savepoint part")
        self.whole.head = part.head


@contextmanager
def together(records: Records, actor: Actor) -> Iterator[Together]:
    """Call verbs with what this gives. Nobody else can write until the block ends. Raises NotPossibleNow."""
    with records.write(actor) as whole:
        yield Together(records.engine, records.store, whole)
