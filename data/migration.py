"""A facts file that an older program wrote is brought up to date, as a new version; the old one stays as it was."""

import shutil
from contextlib import closing
from functools import lru_cache
from pathlib import Path

import duckdb
from filelock import FileLock

from data.connection import open_to_read, open_to_write
from data.home import Home
from data.problems import NotPossibleNow
from data.schema import latest, migrate, schema
from data.seal import log, require_as_published
from data.verification import require_sound
from data.versions import Versions, damaged, publish, writing


def in_force(home: Home) -> tuple[Path, int] | None:
    """The file of facts to read, and its version; None where nothing was ever loaded.

    Of a closed month that an older program wrote, a copy of it that is brought up to date. Raises NotPossibleNow as `up_to_date` does.
    """
    versions = Versions.of(home)
    number = _in_force(versions) if home.frozen else up_to_date(home)
    if number is None:
        return None
    path = versions.path(number)
    return (path if not home.frozen or _is_latest(path) else _brought(path, home.makes)), number


def _brought(path: Path, made: Path) -> Path:
    copied = made / f"{path.stem}-{latest():04}.duckdb"
    made.mkdir(parents=True, exist_ok=True)
    with FileLock(copied.with_suffix(".lock"), timeout=60):
        if not copied.exists():
            part = copied.with_suffix(".part")
            for left in (part, log(part)):
                left.unlink(missing_ok=True)
            _copy_and_migrate(path, part)
            part.rename(copied)
    return copied


def up_to_date(home: Home) -> int | None:
    """The version in force, after publishing it in the latest schema where it has an older one.

    Raises NotPossibleNow where a newer program wrote it, where it is damaged, or where it is older and somebody is loading.
    """
    versions = Versions.of(home)
    number = _in_force(versions)
    if number is None or _is_latest(versions.path(number)):
        return number
    with writing(home):
        return bring_up_to_date(versions)


def bring_up_to_date(versions: Versions) -> int | None:
    """The same, for the one who is the writer already."""
    number = _in_force(versions)
    if number is None or _is_latest(versions.path(number)):
        return number
    before = versions.path(number)
    # Undoing the next load must not end at the old schema, which would only be migrated again.
    return publish(versions, versions.built_on(number), lambda part: _copy_and_migrate(before, part), require_sound)


def _in_force(versions: Versions) -> int | None:
    """The version in force, after making sure that it is the one that was published: nothing is read from it, or built on it, before."""
    number = versions.current
    if number is not None:
        require_as_published(versions, number)
    return number


@lru_cache(maxsize=32)  # a version never changes
def _is_latest(path: Path) -> bool:
    try:
        with closing(open_to_read(path)) as connection:
            found = schema(connection)
    except duckdb.Error as error:
        raise damaged(path.name, str(error).splitlines()[0]) from error
    if found > latest():
        raise NotPossibleNow(
            "a newer version of this program wrote the facts (schema {found}; this one knows {known}); "
            "nothing was changed: update the program",
            found=str(found),
            known=str(latest()),
        )
    return found == latest()


def _copy_and_migrate(before: Path, part: Path) -> None:
    shutil.copyfile(before, part)
    with closing(open_to_write(part)) as connection:
        migrate(connection)
        connection.execute("checkpoint")
