"""Restoring a backup: first everything in it is checked, then it is put in force as a new version, all of it or nothing."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from data import definition_swap, incoming
from data.backup import manifest
from data.backup.definition_files import definition_files
from data.backup.making import PART, PREFIX
from data.backup.manifest import DEFINITIONS, FACTS, FETCH_IT_AGAIN, RECORDS, SNAPSHOTS, Manifest
from data.connection import open_to_read, open_to_write
from data.definition_lock import alone
from data.definition_swap import Swap
from data.home import Home
from data.lasting import checksum, copy
from data.problems import NotPossibleNow, Problem, Refused
from data.schema import latest, migrate, schema
from data.seal import fault
from data.verification import problems
from data.versions import FLOOR, Versions, finish_restore, finish_stopped, publish, reserve, writing


@dataclass(frozen=True)
class Restored:
    """`facts_version` is the version now in force; `definitions` are the definition files that changed, by their path in the home."""

    facts_version: int | None
    manifest: Manifest
    definitions: tuple[str, ...]
    records: bool = False
    """Whether the records of the backup are in force now."""


def newest(folder: Path) -> Path:
    """The backup meant by a folder: itself, or the newest whole one in it."""
    if (folder / manifest.NAME).exists():
        return folder
    whole = [path.parent for path in folder.glob(f"{PREFIX}*/{manifest.NAME}") if path.parent.suffix != PART]
    return max(whole, default=folder, key=lambda path: path.name)


def restore(
    home: Home, folder: Path, *, definitions: bool | None = None, records: bool | None = None, version: int | None = None
) -> Restored:
    """Put a backup in force, as a new version that `rollback` undoes; `version` chooses among those it holds.

    `definitions` and `records` say whether its definition files and its records replace the home's; None refuses where they
    differ. Raises Refused where anything is wrong with the backup, NotPossibleNow where somebody is loading or there is no room;
    then nothing has changed.
    """
    finish_stopped(home)
    told = _checked(folder)
    chosen = _chosen(told, version)
    _swap(home, folder, told, definitions, records)  # where that is a question, nothing is touched to ask it
    with writing(home) as versions, alone(home):
        swap = _swap(home, folder, told, definitions, records)
        incoming.forget(home)  # the next fetch asks for everything; harmless where the restore fails
        _bring_snapshots(home, folder, told)
        number = _put_in_force(home, versions, folder, told, chosen, swap)
    return Restored(number, told, tuple(swap.changes), swap.records is not None)


def _bring_snapshots(home: Home, folder: Path, told: Manifest) -> None:
    """Closed months come before the records that name them: one that nobody names harms nobody."""
    if told.part(SNAPSHOTS):
        from data.backup.snapshots_part import bring_snapshots  # brings the database's library with it, as the records do

        try:
            bring_snapshots(home, folder, told, definition_swap.aside(home) / SNAPSHOTS)
        except OSError as error:
            raise NotPossibleNow(
                "the closed months could not be brought, and what is in force is untouched: {why}", why=str(error)
            ) from error


def _checked(folder: Path) -> Manifest:
    told = manifest.read(folder)
    found = manifest.problems(folder, told)
    if found:
        raise Refused(found)
    if told.schema > latest():
        raise NotPossibleNow(
            "a newer version of this program made the backup (schema {found}; this one knows {known}); "
            "nothing was changed: update the program",
            found=str(told.schema),
            known=str(latest()),
        )
    return told


def _chosen(told: Manifest, version: int | None) -> int | None:
    """The number, in the backup, of the version to restore; None where it holds no facts."""
    number = told.facts_version if version is None else version
    held = [int(name[6:-7]) for name in told.part(FACTS) if name.endswith(".duckdb")]
    if number is not None and number not in held:
        values = {"number": number, "held": ", ".join(map(str, sorted(held))) or "none"}
        raise Refused([Problem("the backup holds no version {number}", "it holds: {held}", key="--version", values=values)])
    return number


def _swap(home: Home, folder: Path, told: Manifest, definitions: bool | None, records: bool | None) -> Swap:
    """What would change beside the facts. Raises Refused where nobody said whether it should."""
    return replace(_definitions(home, folder, told, definitions), records=_records(home, folder, told, records))


def _records(home: Home, folder: Path, told: Manifest, wanted: bool | None) -> Path | None:
    """The folder of the records that come; None where those here stay."""
    if not told.part(RECORDS) or wanted is False:
        return None
    from data.backup.records_part import stands_as_backed_up

    same = stands_as_backed_up(home, folder / RECORDS)
    if same is False and wanted is None:
        hint = "--records puts the backup's records in their place and keeps these aside; --keep-records leaves them"
        raise Refused([Problem("the records are not as they were backed up", hint, "records")])
    return None if same and wanted is None else folder / RECORDS


def _definitions(home: Home, folder: Path, told: Manifest, wanted: bool | None) -> Swap:
    """What of the home's definitions would change. Raises Refused where nobody said whether it should."""
    here, backed_up = definition_files(home), told.part(DEFINITIONS)
    if wanted is False:
        return Swap({})
    put = {
        name: folder / DEFINITIONS / name for name, entry in backed_up.items() if name not in here or checksum(here[name]) != entry.sha256
    }
    swap = Swap(put, tuple(name for name in here if name not in backed_up))
    if swap.changes and here and wanted is None:
        hint = "--definitions puts the backup's definitions in their place and keeps these aside; --keep-definitions leaves them"
        raise Refused([Problem("this definition is not as it was backed up", hint, name) for name in swap.changes])
    return swap


def _put_in_force(home: Home, versions: Versions, folder: Path, told: Manifest, chosen: int | None, swap: Swap) -> int | None:
    """From the moment the new version is in force the definitions are too: whoever writes next finishes what is stopped here."""
    before = _before(versions)
    try:
        if chosen is None:
            _prepare(home, swap, None)
            return before
        reserve(versions, _highest(folder))
        return publish(versions, before, _build(home, versions, folder, told, chosen, swap), _require_sound)
    finally:
        _finish(home, versions)


def _finish(home: Home, versions: Versions) -> None:
    try:
        finish_restore(home, versions)
    except OSError as error:
        raise NotPossibleNow(
            "the last step of the restore is still to do: {why}; any `python -m data` command will finish it, or undo what was begun",
            why=str(error),
        ) from error


def _highest(folder: Path) -> int:
    try:
        return int((folder / FACTS / "HIGHEST").read_text(encoding="utf-8"))
    except ValueError:
        raise Refused([Problem("this file holds no number", FETCH_IT_AGAIN, str(folder / FACTS / "HIGHEST"))]) from None


def _before(versions: Versions) -> int | None:
    """Where undoing the restore leads. A damaged pointer is one reason to restore: then the newest version that is whole."""
    try:
        return versions.current
    except NotPossibleNow:
        return next((number for number in reversed(versions.kept) if not fault(versions, number)), None)


def _build(home: Home, versions: Versions, folder: Path, told: Manifest, chosen: int, swap: Swap) -> Callable[[Path], None]:
    source = Versions(folder / FACTS).path(chosen)

    def build(part: Path) -> None:
        _require_room(versions, source)
        if copy(source, part) != told.files[f"{FACTS}/{source.name}"].sha256:
            raise Refused([Problem("this file changed while it was read", FETCH_IT_AGAIN, str(source))])
        _bring_up_to_date(part, source)
        _prepare(home, swap, int(part.stem.removeprefix("facts-")))

    return build


def _prepare(home: Home, swap: Swap, number: int | None) -> None:
    if not swap.empty:
        definition_swap.prepare(home, swap, number)


def _require_room(versions: Versions, source: Path) -> None:
    needed, free = 2 * source.stat().st_size + FLOOR, shutil.disk_usage(versions.folder).free
    if free < needed:
        raise NotPossibleNow(
            "the disk is too full: {needed} MB must be free to restore safely, {free} MB are; nothing was changed",
            needed=needed // 10**6,
            free=free // 10**6,
        )


def _bring_up_to_date(part: Path, source: Path) -> None:
    """A backup of an older program is restored in the schema of this one, and checked in it."""
    try:
        with closing(open_to_read(part)) as connection:
            found = schema(connection)
        if found < latest():
            _migrate(part)
    except duckdb.Error as error:
        why = str(error).splitlines()[0].replace(str(part), source.name)
        raise Refused(
            [Problem("the facts in the backup cannot be opened: {why}", FETCH_IT_AGAIN, str(source), values={"why": why})]
        ) from None


def _migrate(part: Path) -> None:
    with closing(open_to_write(part)) as connection:
        migrate(connection)
        connection.execute("checkpoint")


def _require_sound(part: Path) -> None:
    found = problems(part)
    if found:
        raise Refused([Problem(problem.message, FETCH_IT_AGAIN, "facts", values=problem.values) for problem in found])
