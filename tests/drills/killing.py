"""A process that loads, backs up and restores without end, killed as hard as the system can, and what must hold after each kill.

    python -m tests.drills.killing [--kills 300] [--seed 1]

Prints one JSON line; exit code 1 where anything that was answered is lost, half done, or slow to open. `make test` does
sixty of these kills, `make torture` three hundred.
"""

import argparse
import json
import random
import sys
import tempfile
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path

from data.backup import manifest
from data.facts import current
from data.home import Home
from data.verification import verify
from tests.drills import forked
from tests.tiny_facts import home

VERBS = ("load", "load backup", "load restore")
"""What a writer does in turns."""
WAYS = ("anew", "into a copy")
"""How a version is written: all of it, as is usual for a small one, or the periods that change in a copy of the one before."""
LAST_CALL = {"load": 20, "load backup": 50, "load restore": 60}
"""Of the calls by which a round makes things last, about how many there are."""
READ = ("data.rewriting", "data.backup", "data.facts", "tests.tiny_facts")
"""What a writer imports."""
SLOWEST = 5.0
"""Seconds within which the facts must be open again, whatever was interrupted."""

# Each round brings the facts to another state: a load to the number of the load, a restore back to the number of the
# backup. It says where it is going and where it is. With a number given, it dies just before it calls the system that
# many times to make something last; else it goes on until it is killed.
WRITER = textwrap.dedent("""
    import itertools, os, signal, sys
    from datetime import date, timedelta
    from pathlib import Path
    from data import rewriting
    from data.backup import make, restore
    from data.facts import current
    from tests.tiny_facts import home, load, rows
    city, backups, verbs, fatal = home(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3].split(), int(sys.argv[4])
    if sys.argv[5] == "into a copy":
        rewriting.SMALL, rewriting.LARGE_PART = 0, 1
    days = [date(2020, 1, 1) + timedelta(days=day) for day in range(1000)]
    def dying(call, count=itertools.count(1)):
        def either(*given, **named):
            if next(count) == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **named)
        return either
    def values(number):
        return rows(*({"place": p, "indicator": "daily", "period": d, "value": number} for p in ("aurora", "bruma") for d in days))
    def say(*words):
        print(*words, flush=True)
    facts = current(city)
    start = facts.version if facts else 0
    if not backups.exists():
        load(city, "load-0", values(0), date(2024, 12, 31))
        make(city, backups)
    for name in ("fsync", "replace", "rename", "chmod", "unlink"):
        setattr(os, name, dying(getattr(os, name)))
    say("writing")
    for number in itertools.count(start + 1):
        for verb in verbs:
            if verb == "load":
                say("to", number)
                load(city, f"load-{number}", values(number), date(2025, 1, 1) + timedelta(days=number))
                say("at", number)
            elif verb == "backup":
                say("kept", make(city, backups).folder.name)
            else:
                say("to", 0)
                restore(city, backups / min(path.name for path in backups.glob("mandato-*")), definitions=False)
                say("at", 0)
""")


@dataclass(frozen=True)
class Ground:
    """Where the killing goes on: one home for many kills, so that damage would add up."""

    city: Home
    backups: Path

    @classmethod
    def in_folder(cls, folder: Path) -> "Ground":
        return cls(home(folder / "home"), folder / "backups")


def killed(ground: Ground, verbs: str, way: str = "anew", *, fatal: int = 0, after: float = 0) -> list[str]:
    """Kills a writer at a call, or after so many seconds; returns everything it said."""
    told = (str(ground.city.folder), str(ground.backups), verbs, str(fatal), way)
    first, *said = forked.killed(WRITER, READ, *told, after=None if fatal else after).said
    assert first == "writing"
    return said


def wrong(ground: Ground, said: list[str]) -> list[str]:
    """What does not hold after a kill: an empty list where all is well."""
    began = time.perf_counter()
    found = [*_lost(ground.city, said)]
    if (seconds := time.perf_counter() - began) > SLOWEST:
        found.append(f"it took {seconds:.1f} s to open the facts")
    found += map(str, verify(ground.city)[1])
    whole = {path.name: path for path in ground.backups.glob("mandato-*") if path.suffix != ".part"}
    found += [f"the backup {line.split()[1]} is lost" for line in said if line.startswith("kept") and line.split()[1] not in whole]
    return found + [str(problem) for path in whole.values() for problem in manifest.problems(path, manifest.read(path))]


def _lost(city: Home, said: list[str]) -> list[str]:
    facts = current(city)
    table = facts.observations(indicators=["daily"]) if facts else None
    held = table["value"].unique().to_list() if table is not None else []
    if table is not None and (table.height != 2000 or len(held) != 1):
        return [f"half a load shows: {table.height} rows, {held}"]
    moves = [line.split() for line in said if line.startswith(("to", "at"))]
    reached = [float(number) for word, number in moves if word == "at"][-1:]
    heading = [float(moves[-1][1])] if moves and moves[-1][0] == "to" else []
    if reached + heading and held[0] not in (reached + heading if reached else [held[0]]):
        return [f"the facts hold {held[0]}, which is neither {reached}, last answered, nor {heading}, begun"]
    return []


def main() -> int:
    """Runs the drill; returns the exit code."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--kills", type=int, default=300)
    ask.add_argument("--seed", type=int, default=1)
    told = ask.parse_args()
    found = {"kills": 0, "at_a_call": 0, "at_any_moment": 0, "wrong": []}
    with tempfile.TemporaryDirectory() as folder:
        for how in plan(told.kills, random.Random(told.seed)):
            ground = Ground.in_folder(Path(folder) / str(how["verbs"]).replace(" ", "_"))
            said = killed(ground, **how)
            found["kills"] += 1
            found["at_a_call" if how.get("fatal") else "at_any_moment"] += 1
            found["wrong"] += [f"{how}: {fault}" for fault in wrong(ground, said)]
    print(json.dumps({**found, "ok": not found["wrong"]}))
    return 1 if found["wrong"] else 0


def plan(kills: int, dice: random.Random) -> list[dict]:
    """So many kills: of each kind of writer and way of writing the same number, two thirds at a call, one third at any moment."""
    found = []
    for number in range(kills):
        verbs = VERBS[number % len(VERBS)]
        at_a_call = number // len(VERBS) % 3 != 2
        way = WAYS[number // len(VERBS) % len(WAYS)]
        found.append(
            {"verbs": verbs, "way": way, **({"fatal": dice.randint(1, LAST_CALL[verbs])} if at_a_call else {"after": dice.uniform(0, 0.8)})}
        )
    return found


if __name__ == "__main__":
    sys.exit(main())
