"""python -m data: load the city's facts, read them back, undo and check."""

import sys

from data.command_line import room
from data.commands import demo, ingest, loads, new, observations, rollback, verify

COMMANDS = {
    "new": new,
    "demo": demo,
    "ingest": ingest,
    "loads": loads,
    "rollback": rollback,
    "verify": verify,
    "observations": observations,
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    return room("python -m data", __doc__, COMMANDS, arguments)


if __name__ == "__main__":
    sys.exit(main())
