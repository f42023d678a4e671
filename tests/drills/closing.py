"""A process that closes a month, killed before each call that makes something last, and what must hold after each kill.

    python -m tests.drills.closing FOLDER

Prints one JSON line: after how many kills the month was open, and after how many closed; exit code 1 where it is half done.
"""

import json
import os
import signal
import sys
from itertools import count
from pathlib import Path

from data.home import Home
from data.lasting import checksum
from data.people import actor
from data.records.records import records
from data.snapshots import checking, contents
from data.snapshots.freezing import freeze
from data.snapshots.frozen import in_force
from data.snapshots.reopening import reopen
from tests.frozen_town import MONTH, frozen_town, said
from tests.recorded_town import DAY, records_of, town
from tests.thorough import WHOLE

CALLS = ("fsync", "link", "rename", "mkdir", "unlink", "replace")
EVERY, LAST = (5 if WHOLE else 15), 8
"""Every fifth of the calls is the last one, in `make test` every fifteenth; towards the end, where the month is named and closed, each."""


def begin(folder: Path) -> None:
    with records_of(folder) as held:
        frozen_town(town(held))


def close(home: Home, fatal: int) -> None:
    """Close the month, and die just before the call of that number; ends with the number of calls."""
    counted = count(1)

    def dying(call):
        def either(*given, **named):
            if next(counted) == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **named)

        return either

    held = records(home)
    office = actor(held, 1, DAY)
    for name in CALLS:
        setattr(os, name, dying(getattr(os, name)))
    freeze(home, held, office, "aurora", MONTH, statuses=said)
    os._exit(min(next(counted) - 1, 255))


def look(home: Home) -> None:
    """Ends with 0 where the month is open, 1 where it is closed whole, which is opened again, 2 where anything is half done."""
    held = records(home)
    with contents.alone(home) as folder:
        left = [str(path) for path in folder.glob(f"*{contents.PART}")]
    found, row = [*left, *checking.verify(home)[1]], in_force(held, "aurora", MONTH)
    if found:
        print(*found, sep="\n", file=sys.stderr)
        os._exit(2)
    if row is None:
        os._exit(0)
    whole = contents.read(contents.folder_of(home) / row["folder"])
    same = checksum(contents.folder_of(home) / row["folder"] / "statuses.json") == whole.statuses == row["statuses"]
    reopen(held, actor(held, 1, DAY), "aurora", MONTH, "the next kill")
    os._exit(1 if same else 2)


def apart(act, *given) -> int:
    """Do something in a process of its own, which nothing opened here disturbs; its exit code, less than 0 where it was killed."""
    child = os.fork()
    if child == 0:
        try:
            act(*given)
            os._exit(0)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(9)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(folder: Path) -> int:
    """Runs the drill; returns the exit code."""
    home, found = Home(folder / "home"), {"open": 0, "closed": 0}
    apart(begin, home.folder)
    calls, whole = apart(close, home, 0), apart(look, home)
    if whole != 1:
        return 1
    for fatal in (*range(1, calls - LAST, EVERY), *range(calls - LAST, calls + 1)):
        ended, state = apart(close, home, fatal), apart(look, home)
        if state not in (0, 1) or ended != -signal.SIGKILL:
            print(json.dumps({**found, "wrong": fatal, "ended": ended, "state": state}))
            return 1
        found["closed" if state else "open"] += 1
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
