"""python -m data: load the city's facts, read them back, undo and check."""

import sys

from data.backup import finish_stopped
from data.command_line import room
from data.commands import backup, demo, fetch, ingest, loads, new, observations, places, restore, rollback, rollup, verify
from data.home import Home

COMMANDS = {
    "new": new,
    "demo": demo,
    "ingest": ingest,
    "fetch": fetch,
    "loads": loads,
    "rollback": rollback,
    "verify": verify,
    "backup": backup,
    "restore": restore,
    "observations": observations,
    "places": places,
    "rollup": rollup,
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    finish_stopped(Home.here())
    return room("python -m data", __doc__, COMMANDS, arguments)


if __name__ == "__main__":
    sys.exit(main())
