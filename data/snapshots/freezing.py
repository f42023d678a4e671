"""Closing a month: everything that it showed is laid in a folder of its own, and then the review is closed; both or neither."""

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from data.access import Actor, require
from data.backup.definition_files import definition_files
from data.backup.manifest import program
from data.definition_lock import alone
from data.file_list import Entry
from data.home import SNAPSHOT, Home
from data.lasting import copy, replace_text
from data.migration import up_to_date
from data.periods import Month
from data.problems import N_, NotPossibleNow, Problem, Refused
from data.records.records import Records
from data.records.tables import review, snapshot
from data.records.whole import copy_whole
from data.records.writing import Write
from data.reviews.reviews import REVIEW
from data.snapshots import contents
from data.snapshots.contents import PART, STATUSES, Contents
from data.snapshots.judging import Statuses, of_the_kpis
from data.versions import Versions

NOT_IN_ORDER = N_("the records are not in order, so the month was not closed: {first}; `python -m data verify` says all of it")
CLOSED_ALREADY = N_("{month} is closed already")
REOPEN_FIRST = N_("open it again with a reason, then close it anew")
INCOMPLETE = N_("values are missing ({n}): {first}")
ACCEPT = N_("bring them, or close the month without them and say why")


def freeze(
    home: Home, records: Records, actor: Actor, place: str, month: Month, missing: Sequence[Mapping[str, Any]] | None = None,
    accepted: str | None = None, *, statuses: Statuses = of_the_kpis, at: datetime | None = None,
) -> int:  # fmt: skip
    """Close a place's month with all that it shows; returns the id of its snapshot.

    `missing` are the values that are owed and not there, each with `indicator`; without it, those that `statuses` tells.
    With any, `accepted` says why the month is closed without them. `statuses` gives what statuses.json holds of a frozen home.
    `at` is now, unless an older history is written.

    Raises Refused where the month is closed already or values are missing, NotAllowed, and NotPossibleNow where the disk, the facts
    or the records are in the way. Then, and wherever it is killed, the month is open and nothing of it is half done.
    """
    home.require_open()
    require(actor, "keep_review", REVIEW)
    try:
        with contents.alone(home):
            return _Closing(home, records, actor, place, month, missing, accepted, at or datetime.now(UTC)).close(statuses)
    except OSError as error:
        raise NotPossibleNow("the month could not be closed, and it is open as before: {why}", why=str(error)) from error


@dataclass(frozen=True)
class _Closing:
    """What is closed, by whom, and what they say of what is missing."""

    home: Home
    records: Records
    actor: Actor
    place: str
    month: Month
    missing: Sequence[Mapping[str, Any]] | None
    accepted: str | None
    at: datetime

    def close(self, statuses: Statuses) -> int:
        with self.records.read() as connection:
            _require_open(connection, self)
        _require_accepted(self.missing or (), self.accepted)  # before anything is copied
        part = _new_folder(contents.folder_of(self.home), f"{self.place}-{self.month}")
        _lay(self.home, part)
        told = statuses(Home(part), self.place, self.month)
        missing = list(told.get("missing", ()) if self.missing is None else self.missing)
        _require_accepted(missing, self.accepted)
        listed = self._listed(part, told)
        with self.records.write(self.actor, self.at) as write:
            write.doing("keep_review", REVIEW)
            number = _write(write, self, part.name.removesuffix(PART), listed, missing)
            whole = contents.name_it(part)
        _take_forecasts(self.home, Home(whole))
        return number

    def _listed(self, part: Path, told: Mapping[str, Any]) -> Contents:
        """Write what the month says, and the list of everything; flushed to the disk."""
        end = json.loads((part / SNAPSHOT).read_text(encoding="utf-8"))["records"]
        replace_text(part / STATUSES, json.dumps(told, ensure_ascii=False, indent=1, default=str))
        paths = sorted(path for path in part.rglob("*") if path.is_file() and path != part / SNAPSHOT)
        files = {path.relative_to(part).as_posix(): Entry.of(path) for path in paths}
        version, made_at = Versions.of(Home(part)).current, self.at.isoformat(timespec="seconds")
        listed = Contents(self.place, str(self.month), made_at, program(), version, end, files)
        replace_text(part / SNAPSHOT, contents.text(listed))
        return listed


def _require_open(connection: Connection, closing: _Closing) -> dict[str, Any] | None:
    """The month's review, which is open; None where nobody began it."""
    query = select(review).where(review.c.place == closing.place, review.c.month == str(closing.month))
    found = connection.execute(query).mappings().one_or_none()
    if found is not None and found["state"] == "closed":
        raise Refused([Problem(CLOSED_ALREADY, REOPEN_FIRST, values={"month": closing.month})])
    return None if found is None else dict(found)


def _require_accepted(missing: Sequence[Mapping[str, Any]], accepted: str | None) -> None:
    if missing and not (accepted or "").strip():
        values = {"n": len(missing), "first": ", ".join(list(dict.fromkeys(str(each.get("indicator")) for each in missing))[:5])}
        raise Refused([Problem(INCOMPLETE, ACCEPT, key="--accept", values=values)])


def _new_folder(folder: Path, name: str) -> Path:
    number = 1
    while (folder / f"{name}-{number}").exists():
        number += 1
    part = folder / f"{name}-{number}{PART}"
    part.mkdir()
    return part


def _lay(home: Home, part: Path) -> None:
    """Everything that the month shows, as a home that is known to be a closed month."""
    up_to_date(home)
    store = Home(part).store
    store.mkdir(parents=True)
    with alone(home):
        for name, path in definition_files(home).items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            copy(path, part / name)
        _lay_facts(home, store / "facts")
    end = copy_whole(home, store, linked, NOT_IN_ORDER)
    replace_text(part / SNAPSHOT, json.dumps({"records": end.hash}))


def _lay_facts(home: Home, folder: Path) -> None:
    versions = Versions.of(home)
    current = versions.current
    if current is None:  # a city that has a plan and no figures yet
        return
    folder.mkdir()
    for path in (versions.note(current), versions.path(current)):
        linked(path, folder / path.name)
    replace_text(folder / "CURRENT", versions.path(current).name)


def linked(source: Path, target: Path) -> None:
    """The same file under another name, which takes no room; a copy where the file system, or its limit of names, does not allow it."""
    try:
        os.link(source, target)
    except OSError:
        copy(source, target)


def _write(write: Write, closing: _Closing, folder: str, listed: Contents, missing: Sequence[Mapping[str, Any]]) -> int:
    row = _require_open(write.connection, closing)
    if row is None:
        row = write.row(review, write.insert(review, place=listed.place, month=listed.month, state="open"))
    number = write.insert(
        snapshot, review=row["id"], at=write.at, person=write.actor.person, folder=folder, facts_version=listed.facts_version,
        definitions=listed.definitions, records=listed.records, statuses=listed.statuses,
        missing=[dict(each) for each in missing], accepted=(closing.accepted or "").strip() or None,
    )  # fmt: skip
    write.update(review, row["id"], row["version"], state="closed")
    return number


def _take_forecasts(home: Home, closed: Home) -> None:
    """The chances that were shown, so that nobody waits for them; whatever is not there is made again."""
    version = Versions.of(closed).current
    if version is not None:
        with suppress(OSError):
            shutil.copytree(home.makes / "forecasts" / f"{version:06}", closed.makes / "forecasts" / f"{version:06}")
