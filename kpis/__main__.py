"""python -m kpis: check what is written down about goals, and judge a month."""

import sys

from data.command_line import door
from data.home import Home
from data.versions import finish_stopped

COMMANDS = ("check", "evaluate", "statuses", "changes", "judge", "forecast", "impact", "appraise", "index", "peers", "schema")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    finish_stopped(Home.here())  # a save of two files that a power cut stopped
    return door("kpis", __doc__, COMMANDS, arguments)


if __name__ == "__main__":
    sys.exit(main())
