"""The records of one home: open them, read them, write them."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Connection, Engine, RootTransaction, Select, Text, select, type_coerce
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.sql.elements import KeyedColumnElement

from data.access import Actor
from data.home import CLOSED, Home
from data.problems import NotPossibleNow
from data.records import database, heads
from data.records.chain import START, Head
from data.records.columns import Json
from data.records.schema import bring_up_to_date, readable
from data.records.tables import audit, head
from data.records.trouble import LOST_AT_THE_END, in_words, refusal
from data.records.writing import Write, key, leave_head, take_head

LOG = logging.getLogger(__name__)
LATEST = select(audit.c.seq, audit.c.hash).where(audit.c.object != "draft").order_by(audit.c.seq.desc()).limit(1)
AT_ONCE = str(LATEST.compile(compile_kwargs={"literal_binds": True}))


@dataclass(frozen=True)
class Records:
    """A database of records, at its newest schema. `store` keeps the key of its audit chain, the chain's ends, and evidence."""

    engine: Engine = field(repr=False)
    store: Path

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state of the records throughout. Raises NotPossibleNow where they cannot be reached."""
        with in_words(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, actor: Actor, at: datetime | None = None) -> Iterator[Write]:
        """One change, all of it or none. When the block has ended it is on the disk, and the end of the chain is exported.

        `at` is now, unless an older history is written. Raises NotPossibleNow where the records cannot be reached, Gone or
        Refused where the database itself does not take a row.
        """
        with in_words(), self.engine.connect().execution_options(**database.WRITES) as connection, connection.begin() as transaction:
            begun = take_head(connection)
            write = Write(connection, actor, key(connection, self.store, begun), at or datetime.now(UTC), begun)
            try:
                yield write
            except IntegrityError as error:
                raise refusal(error) from error
            leave_head(connection, write.head)
            _commit(connection, transaction)
        if write.head != begun:
            _export(self.store, write.head)

    @property
    def stamp(self) -> int:
        """The number of the last change but those of drafts, which nothing that is read depends on."""
        return self._last()[0]

    @property
    def state(self) -> str:
        """Another one after each such change. What is kept of the records goes by it: after a restore the numbers come again."""
        return self._last()[1]

    def _last(self) -> tuple[int, str]:
        """Every run of every page asks for it, so the driver is asked, which takes a seventh of the time; what it refuses is said below."""
        try:
            with in_words(), closing(self.engine.raw_connection()) as connection:
                cursor = connection.cursor()
                cursor.execute(AT_ONCE)
                found = cursor.fetchone()
        except self.engine.dialect.loaded_dbapi.Error:
            with self.read() as connection:
                found = connection.execute(LATEST).one_or_none()
        return (found[0], found[1]) if found else (0, START)

    def frame(self, query: Select[*tuple[Any, ...]]) -> pl.DataFrame:
        """The rows of a query by column; a Json column has to be asked for by `as_text`."""
        with self.read() as connection:
            return frame(connection, query)


def begun(home: Home) -> bool:
    """Whether a home has records, so that a page that only wants to know who is there makes none."""
    return (home.store / database.NAME).exists() or (bool(database.named()) and not home.frozen)


def records(home: Home) -> Records:
    """The records of a home, made or brought up to date the first time; those of a closed month are its own, and only read.

    Raises NotPossibleNow.
    """
    return frozen_records(home) if home.frozen else _records(home.store, database.named())


def forget() -> None:
    """Whoever asks for records next opens them anew, as when their file was moved away."""
    _records.cache_clear()
    frozen_records.cache_clear()


def as_text(column: KeyedColumnElement[Any]) -> ColumnElement[Any]:
    """A Json column as its text, which a frame can hold; any other column as it is."""
    return type_coerce(column, Text).label(str(column.key)) if isinstance(column.type, Json) else column


def frame(connection: Connection, query: Select[*tuple[Any, ...]]) -> pl.DataFrame:
    """The rows of a query on a connection that is open, so that several see one state."""
    rows = connection.execute(query).all()
    schema = {column.name: _kind(column.type) for column in query.selected_columns}
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")


@dataclass(frozen=True)
class Frozen(Records):
    """The records of a closed month, which no verb changes."""

    @contextmanager
    def write(self, actor: Actor, at: datetime | None = None) -> Iterator[Write]:  # noqa: ARG002 - as every records' own
        raise NotPossibleNow(CLOSED)
        yield  # what makes this a context


@lru_cache(maxsize=8)
def frozen_records(home: Home) -> Frozen:
    """Raises NotPossibleNow where a newer program wrote them, or nobody can read them."""
    with in_words():
        return Frozen(database.to_read(readable(home.store / database.NAME, home.makes)), home.store)


@lru_cache(maxsize=8)
def _records(store: Path, _named: str) -> Records:
    store.mkdir(parents=True, exist_ok=True)
    with in_words():
        engine = database.engine(database.url(store))
        try:
            bring_up_to_date(engine, store)
            _export_the_beginning(engine, store)
        except BaseException:
            engine.dispose()
            raise
    return Records(engine, store)


def _export_the_beginning(engine: Engine, store: Path) -> None:
    """From here on a missing list of heads is damage, and not a chain that nobody has written to."""
    if not (store / heads.NAME).exists():
        with engine.connect() as connection:
            end = Head(*connection.execute(select(head.c.seq, head.c.hash)).one())
        if end.seq == 0:
            heads.export(store, end)


def _commit(connection: Connection, transaction: RootTransaction) -> None:
    """Where the connection is lost in the very commit, nobody knows how it ended, and so nobody may say that nothing was changed."""
    try:
        transaction.commit()
    except BaseException as error:
        if not connection.invalidated:  # for SQLAlchemy it has ended, and the database may still hold it, and everybody else up
            connection.invalidate()
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise NotPossibleNow(LOST_AT_THE_END) from error
        raise


def _export(store: Path, end: Head) -> None:
    """The change is in the records already: where its end cannot be kept outside now, the next one's will cover it."""
    try:
        heads.export(store, end)
    except OSError as error:
        LOG.error("the end of the audit chain, %s, could not be written to %s: %s", end.seq, heads.NAME, error)


KINDS = {"Integer": pl.Int64, "Float": pl.Float64, "Boolean": pl.Boolean, "Date": pl.Date, "Moment": pl.Datetime("us", "UTC")}
"""The Polars type of a column, by the name of its own; the others are text."""


def _kind(column_type: Any) -> Any:
    return KINDS.get(type(column_type).__name__, pl.String)
