"""python -m dashboards: open the panel, and print reports."""

import sys

from data.command_line import door

COMMANDS = ("serve", "report")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    return door("dashboards", __doc__, COMMANDS, arguments)


if __name__ == "__main__":
    sys.exit(main())
