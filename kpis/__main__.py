"""python -m kpis: check what is written down about goals, and judge a month."""

import sys

from data.command_line import door

COMMANDS = ("check", "evaluate", "changes", "judge", "forecast", "schema")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    return door("kpis", __doc__, COMMANDS, arguments)


if __name__ == "__main__":
    sys.exit(main())
