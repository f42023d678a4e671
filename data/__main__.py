"""python -m data: load the city's facts, read them back, undo and check."""

import sys

from data.command_line import door
from data.home import Home
from data.versions import finish_stopped

COMMANDS = (
    "new", "demo", "ingest", "fetch", "loads", "rollback", "verify", "backup", "restore", "observations", "places", "rollup", "plan",
    "plan-export", "plan-set", "plan-assign", "people", "close", "reopen", "export-month", "receive", "cities",
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    finish_stopped(Home.here())
    return door("data", __doc__, COMMANDS, arguments)


if __name__ == "__main__":
    sys.exit(main())
