"""python -m dashboards: open the panel, print reports, and remind of what is owed."""

import sys

from data.command_line import door

COMMANDS = ("serve", "report", "remind")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    return door("dashboards", __doc__, COMMANDS, arguments)


if __name__ == "__main__":
    sys.exit(main())
