"""The records of a home as a folder that can be read by itself: one file of SQLite, the exported ends of the chain, and the evidence."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, select

from data.home import Home
from data.plans.evidence_files import where
from data.problems import NotPossibleNow
from data.records import database, heads, secret
from data.records.chain import Head
from data.records.copying import end_of, snapshot
from data.records.records import records
from data.records.swap import private_copy
from data.records.tables import evidence
from data.records.verification import check


def copy_whole(home: Home, folder: Path, bring: Callable[[Path, Path], object], otherwise: str) -> Head:
    """Copy the records as they are at one moment, and check the copy whole; returns the end of its chain.

    `bring` puts a file of evidence, which never changes, in its place. Raises NotPossibleNow where the records are not in order,
    with the sentence `otherwise`, which says {first} what.
    """
    held = records(home)
    if (home.store / heads.NAME).exists():  # the ends first: the chain that is copied after them reaches them all
        private_copy(home.store / heads.NAME, folder / heads.NAME)
    snapshot(held.engine, folder / database.NAME)
    engine = database.plain(folder / database.NAME)
    try:
        _bring_evidence(home, folder, engine, bring)
        _, problems = check(engine, folder, secret.secret(home.store), heads.exported(folder))
        if problems:
            first = problems[0].as_json()["message"]
            raise NotPossibleNow(otherwise, first=str(first))
        return end_of(engine)
    finally:
        engine.dispose()


def _bring_evidence(home: Home, folder: Path, engine: Engine, bring: Callable[[Path, Path], object]) -> None:
    with engine.connect() as connection:
        files = connection.execute(select(evidence.c.file).where(evidence.c.file.is_not(None)).distinct()).scalars().all()
    for sha256 in files:
        if where(home.store, sha256).exists():
            where(folder, sha256).parent.mkdir(parents=True, exist_ok=True)
            bring(where(home.store, sha256), where(folder, sha256))
