"""Many editors on one action, and writers killed as hard as the system can, on SQLite and on PostgreSQL; and what must hold after it.

    python -m tests.drills.records [--editors 50] [--rounds 100] [--kills 60] [--seed 1]

Prints one JSON line for each database; exit code 1 where an update was lost, an acknowledged write is not held, or the chain
is not whole. `make test` does a short form of both, `make torture-records` the whole.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Barrier

from sqlalchemy import func, select

from data.home import Home
from data.plans.evidence_files import where
from data.plans.reporting import Report, report
from data.records.records import Records
from data.records.tables import evidence, node, progress
from data.records.verification import verify
from data.records.writing import Stale
from tests.drills import forked
from tests.postgres import server
from tests.recorded_town import DAY, Town, records_of, town

SLOWEST = 5.0
"""Seconds within which the records must be open again, whatever was interrupted."""
READ = ("data.people", "data.plans.evidence", "data.plans.reporting", "data.records.records", "tests.recorded_town")
"""What a writer imports."""
LAST_CALL = 60
"""About as many statements, commits and flushes as two rounds of a writer take."""


# Editors -------------------------------------------------------------------------------------------------------------------------
@dataclass
class Editing:
    """What came of the rounds; `wrong` says everything that must not be."""

    acknowledged: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)
    seconds: float = 0.0


def edit(place: Town, editors: int, rounds: int) -> Editing:
    """In each round every editor reports on the same version of one action: one of them is kept, the others see both versions."""
    found, began = Editing(), time.perf_counter()
    with ThreadPoolExecutor(editors) as pool:
        for version in range(1, rounds + 1):
            together = Barrier(editors)
            answers = list(pool.map(lambda who, together=together, version=version: _report(place, together, version, who), range(editors)))
            _judge(version, answers, found)
    found.seconds = time.perf_counter() - began
    found.wrong += _after(place, rounds, found.acknowledged)
    return found


def _report(place: Town, together: Barrier, version: int, editor: int) -> tuple[int, object]:
    together.wait()
    try:
        return editor, report(place.records, place.who["water"], Report(place.nodes["pipes"], version, DAY, float(editor), "started"))
    except Exception as error:
        return editor, error


def _judge(version: int, answers: list[tuple[int, object]], found: Editing) -> None:
    kept = [(editor, answer) for editor, answer in answers if isinstance(answer, int)]
    stale = [(editor, answer) for editor, answer in answers if isinstance(answer, Stale)]
    found.acknowledged += len(kept)
    found.refused += len(stale)
    if [answer for _, answer in kept] != [version + 1] or len(kept) + len(stale) != len(answers):
        found.wrong.append(f"round {version}: {len(kept)} kept, {len(stale)} refused, of {len(answers)}: {answers}")
        return
    for editor, answer in stale:
        both = (answer.now["version"], answer.now["declared"], answer.wanted["declared"])
        if both != (version + 1, float(kept[0][0]), float(editor)):
            found.wrong.append(f"round {version}: editor {editor} was shown {both}")


def _after(place: Town, rounds: int, acknowledged: int) -> list[str]:
    with place.records.read() as connection:
        version = connection.execute(select(node.c.version).where(node.c.id == place.nodes["pipes"])).scalar_one()
        reports = connection.execute(select(func.count()).select_from(progress)).scalar_one()
    told = f"{acknowledged} acknowledged in {rounds} rounds, version {version}, {reports} reports"
    wrong = [] if version - 1 == acknowledged == reports == rounds else [told]
    return wrong + [str(problem) for problem in verify(Home(place.records.store.parents[1]))[1]]


MOVES = ("to ", "at ", "kept ")
"""What a writer says that is to be killed: where it goes, where it is, and which evidence it keeps."""

# Kills ---------------------------------------------------------------------------------------------------------------------------
# Each round reports on the action, brings a file, and says after each what it was answered. With a number given it dies just before
# it says that many statements to the database, commits or flushes; else it goes on until it is killed.
WRITER = textwrap.dedent("""
    import itertools, os, signal, sys
    from pathlib import Path
    from sqlalchemy import event, select
    from data.home import Home
    from data.people import actor
    from data.plans.evidence import bring_file
    from data.plans.reporting import Report, report
    from data.records.records import records
    from data.records.tables import node, person
    from tests.recorded_town import DAY, PDF
    held, fatal = records(Home(Path(sys.argv[1]))), int(sys.argv[2])
    with held.read() as connection:
        version = connection.execute(select(node.c.version).where(node.c.key == "pipes")).scalar_one()
        number = connection.execute(select(person.c.id).where(person.c.name == "water")).scalar_one()
    water = actor(held, number, DAY)
    calls = itertools.count(1)
    def dying(*given, **named):
        if next(calls) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
    event.listen(held.engine, "before_cursor_execute", dying)
    event.listen(held.engine, "commit", dying)
    flush = os.fsync
    def flushing(handle):
        dying()
        flush(handle)
    os.fsync = flushing
    print("writing", flush=True)
    for version in itertools.count(version):
        print("to", version + 1, flush=True)
        report(held, water, Report(2, version, DAY, version % 101, "started"))
        print("at", version + 1, flush=True)
        print("kept", bring_file(held, water, 1, f"Record {version}", "record.pdf", PDF + str(version).encode()), flush=True)
""")


def killed(folder: Path, *, fatal: int = 0, after: float = 0.0) -> list[str]:
    """Kills a writer at a call, or after so many seconds; returns everything it said."""
    ended = forked.killed(WRITER, READ, str(folder), str(fatal), after=None if fatal else after)
    first, *said = ended.said
    if first != "writing" or ended.code != -signal.SIGKILL:
        return [f"failed {ended.code} {first}"]
    return said


def wrong(folder: Path, said: list[str]) -> list[str]:
    """What does not hold after a kill: an empty list where all is well."""
    began = time.perf_counter()
    with records_of(folder) as records:
        found = _lost(records, said)
    if (seconds := time.perf_counter() - began) > SLOWEST:
        found.append(f"it took {seconds:.1f} s to open the records")
    return found + [str(problem) for problem in verify(Home(folder))[1]]


def _lost(records: Records, said: list[str]) -> list[str]:
    moves = [line.split() for line in said if line.startswith(MOVES)]
    found = [f"it said {line!r}" for line in said if not line.startswith(MOVES)]
    reached, heading = ([int(number) for word, number, *_ in moves if word == wanted] for wanted in ("at", "to"))
    with records.read() as connection:
        version = connection.execute(select(node.c.version).where(node.c.key == "pipes")).scalar_one()
        reports = connection.execute(select(func.count()).select_from(progress)).scalar_one()
        held = {row.id: row.file for row in connection.execute(select(evidence.c.id, evidence.c.file))}
    if (heading and version not in {*reached[-1:], heading[-1], heading[-1] - 1}) or (reached and version < reached[-1]):
        found.append(f"the action is at version {version}, {reached[-1:]} was acknowledged and {heading[-1:]} begun")
    if reports != version - 1:
        found.append(f"half a report: version {version} and {reports} reports")
    kept = [int(number) for word, number, *_ in moves if word == "kept"]
    here = {number for number, file in held.items() if where(records.store, file).exists()}
    return found + [f"evidence {number} is lost" for number in kept if number not in here]


def plan(kills: int, dice: random.Random) -> list[dict]:
    """So many kills: two thirds at a call, one third at any moment."""
    return [{"after": dice.uniform(0, 0.5)} if number % 3 == 2 else {"fatal": dice.randint(1, LAST_CALL)} for number in range(kills)]


# The whole -----------------------------------------------------------------------------------------------------------------------
def main() -> int:
    """Runs both drills on both databases; returns the exit code."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, usual in (("editors", 50), ("rounds", 100), ("kills", 60), ("seed", 1)):
        ask.add_argument(f"--{name}", type=int, default=usual)
    told, fine = ask.parse_args(), True
    os.environ.pop("MANDATO_SECRET", None)
    for name in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as folder, _database(name) as fresh:
            found = {"database": name, **_edited(Path(folder), fresh, told), **_killed(Path(folder), fresh, told)}
        print(json.dumps(found), flush=True)
        fine = fine and not found["wrong"] and not found["wrong_after_kills"]
    return 0 if fine else 1


@contextmanager
def _database(name: str) -> Iterator:
    """What names a new database of the kind, in the environment."""
    os.environ.pop("MANDATO_RECORDS", None)
    if name == "sqlite":
        yield lambda: None
        return
    with server() as held:
        yield lambda: os.environ.update(MANDATO_RECORDS=held.fresh())


def _edited(folder: Path, fresh, told: argparse.Namespace) -> dict:
    fresh()
    with records_of(folder / "editors") as records:
        found = edit(town(records), told.editors, told.rounds)
    return {
        "editors": told.editors, "rounds": told.rounds, "acknowledged": found.acknowledged, "refused": found.refused,
        "seconds": round(found.seconds, 1), "wrong": found.wrong,
    }  # fmt: skip


def _killed(folder: Path, fresh, told: argparse.Namespace) -> dict:
    fresh()
    with records_of(folder / "kills") as records:
        town(records)
    acknowledged, found = 0, []
    for how in plan(told.kills, random.Random(told.seed)):
        said = killed(folder / "kills", **how)
        acknowledged += sum(line.startswith(("at", "kept")) for line in said)
        found += [f"{how}: {fault}" for fault in wrong(folder / "kills", said)]
    return {"kills": told.kills, "acknowledged_before_kills": acknowledged, "wrong_after_kills": found}


if __name__ == "__main__":
    sys.exit(main())
