"""Records that a restore brings: laid ready and checked, and then put in the place of those in force, which are kept aside.

The rows change in one transaction of the database in force, so that a panel that is open goes on with the restored ones.
"""

import os
from pathlib import Path

from sqlalchemy import Engine, select

from data.home import Home
from data.lasting import checksum, copy, flush_folder
from data.plans.evidence_files import where
from data.problems import NotPossibleNow, Problem, Refused
from data.records import database, heads, secret
from data.records.chain import Head
from data.records.copying import end_of, replace_all, snapshot
from data.records.records import begun, forget, records
from data.records.schema import revision, upgrade
from data.records.tables import evidence, head
from data.records.trouble import in_words
from data.records.verification import check

ASIDE = ("-wal", "-shm", "")
"""What SQLite keeps beside a file, and the file."""


def end_here(home: Home) -> Head | None:
    """The end of the chain in force; None where a home has no records, or nobody can read them."""
    if not begun(home):
        return None
    try:
        return end_of(records(home).engine)
    except NotPossibleNow:
        return None


def lay_ready(home: Home, backup: Path, ready: Path) -> None:
    """Copy the records of a backup, bring them up to date and check them whole; nothing in force is touched, but files of evidence come.

    Raises Refused with everything that is wrong with them, NotPossibleNow where they may not take the place of those in force.
    """
    ready.mkdir(parents=True)
    for name in (database.NAME, heads.NAME, secret.NAME):
        if (backup / name).exists():
            private_copy(backup / name, ready / name)
    flush_folder(ready)
    engine = database.plain(ready / database.NAME)
    try:
        _bring_up_to_date(engine)
        _, problems = check(engine, backup, secret.secret(ready), heads.exported(ready))
        if problems:
            raise Refused([Problem(each.message, "take another backup", str(backup), values=each.values) for each in problems])
        _require_place(home, end_of(engine))
        _bring_evidence(home, backup, engine)
    finally:
        engine.dispose()


def put_in_force(home: Home, ready: Path, aside: Path) -> None:
    """Put what was laid ready in force, and what was in force into `aside`; done again where it was stopped, it finishes.

    Raises NotPossibleNow where the database does not take it now.
    """
    engine = database.plain(ready / database.NAME)
    try:
        end = end_of(engine)
    finally:
        engine.dispose()
    held = _opened(home, aside)
    if end_of(held) != end:
        _replace(home, held, ready, aside)
    for name in (heads.NAME, secret.NAME):
        if (ready / name).exists():
            private_copy(ready / name, home.store / f"{name}.new")
            os.replace(home.store / f"{name}.new", home.store / name)  # noqa: PTH105 - the one call that puts a file in force
    flush_folder(home.store)


def private_copy(source: Path, target: Path) -> str:
    """A copy that only its owner may read; returns its checksum."""
    target.unlink(missing_ok=True)
    target.touch(0o600)
    return copy(source, target)


def _replace(home: Home, held: Engine, ready: Path, aside: Path) -> None:
    """Nobody writes while what is replaced is kept aside: so it is all that was ever acknowledged."""
    with in_words(), held.connect().execution_options(**database.WRITES) as connection, connection.begin():
        seq = connection.execute(select(head.c.seq).with_for_update()).scalar_one()
        if seq > 0:
            _keep_aside(home, held, _free(aside))
        replace_all(connection, ready / database.NAME)


def _keep_aside(home: Home, held: Engine, aside: Path) -> None:
    snapshot(held, aside / database.NAME)
    for name in (heads.NAME, secret.NAME):
        if (home.store / name).exists():
            private_copy(home.store / name, aside / name)
    flush_folder(aside)


def _free(aside: Path) -> Path:
    """A new folder: what an attempt that was stopped kept aside stays too."""
    wished, number = aside, 1
    while aside.exists():
        number += 1
        aside = wished.with_name(f"{wished.name}-{number}")
    aside.mkdir(parents=True)
    return aside


def _opened(home: Home, aside: Path) -> Engine:
    """The database in force; a file that is none any more is moved aside, and a new one made."""
    engine = None
    try:
        engine = records(home).engine
        end_of(engine)
    except NotPossibleNow:
        if database.named() or not begun(home):
            raise
        if engine is not None:  # it would go on with the file that is moved
            engine.dispose()
            forget()
        found = _free(aside)
        for ending in ASIDE:
            file = home.store / f"{database.NAME}{ending}"
            if file.exists():
                file.rename(found / file.name)
        engine = records(home).engine
    return engine


def _bring_up_to_date(engine: Engine) -> None:
    with in_words():
        with engine.connect() as connection:
            found = revision(connection)
        if found is not None:
            upgrade(engine)


def _require_place(home: Home, end: Head) -> None:
    here = end_here(home)
    if database.named() and here is not None and here.seq > 0 and here != end:
        raise NotPossibleNow("MANDATO_RECORDS names a database that holds records already; nothing was changed: name one that is empty")


def _bring_evidence(home: Home, backup: Path, engine: Engine) -> None:
    """Files known by their content: one that is there and whole stays, and none goes."""
    with in_words(), engine.connect() as connection:
        files = connection.execute(select(evidence.c.file).where(evidence.c.file.is_not(None)).distinct()).scalars().all()
    for sha256 in files:
        target = where(home.store, sha256)
        if not target.exists() or checksum(target) != sha256:
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f"{sha256}.new")
            private_copy(where(backup, sha256), part)
            os.replace(part, target)  # noqa: PTH105
            flush_folder(target.parent)
