"""What a database may answer instead of what was asked, in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from data.problems import N_, NotPossibleNow, Problem, Refused
from data.records.writing import Gone

UNREACHABLE = N_("the records cannot be reached, and nothing was changed: {why}")
DAMAGED = N_(
    "the records cannot be read: {why}; nothing was changed. `python -m data verify` says what is wrong, a restore brings them back"
)
TOO_MANY = N_("too many are at work in them; try again in a moment")
LOCKED = N_("another program keeps them locked; try again in a moment")
LOST = N_("the connection was lost")
LOST_AT_THE_END = N_(
    "the connection to the records was lost while the change was being confirmed, so it may have been kept or not: "
    "look whether it is there before you write it again"
)


@contextmanager
def in_words() -> Iterator[None]:
    """Raises NotPossibleNow where the database cannot be reached, is full or damaged, Refused where it cannot hold a value."""
    try:
        yield
    except NoConnection as error:
        raise NotPossibleNow(UNREACHABLE, why=TOO_MANY) from error
    except OperationalError as error:
        raise NotPossibleNow(UNREACHABLE, why=_why(error)) from error
    except UnicodeEncodeError as error:  # half a letter, as a broken file may hold
        raise Refused([Problem(N_("a text holds a character that cannot be kept"), N_("type the text again"))]) from error
    except DataError as error:
        raise Refused(
            [Problem(N_("the records cannot hold this: {why}"), N_("shorten or correct it"), values={"why": _why(error)})]
        ) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise NotPossibleNow(UNREACHABLE, why=LOST) from error
        if type(error) is DatabaseError:  # SQLite's answer to a file that is damaged, or none of its own
            raise NotPossibleNow(DAMAGED, why=_why(error)) from error
        raise


def refusal(error: IntegrityError) -> Exception:
    """What a database says of a row that refers to one that is not there, that is there already, or that breaks another rule."""
    name = getattr(error.orig, "sqlite_errorname", None) or type(error.orig).__name__
    if name in {"SQLITE_CONSTRAINT_FOREIGNKEY", "ForeignKeyViolation"}:
        return Gone("it refers to something that is not there, or others refer to it")
    if name in {"SQLITE_CONSTRAINT_UNIQUE", "UniqueViolation"}:
        return Refused([Problem(N_("it is there already"), N_("change the one that is there"))])
    return Refused([Problem(N_("the records do not take this: {why}"), N_("correct it"), values={"why": _why(error)})])


def _why(error: DBAPIError) -> str:
    if getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return LOCKED
    return str(error.orig or error).strip().splitlines()[0]
