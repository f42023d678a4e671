"""python -m dashboards: open the panel."""

import sys

from dashboards.commands import serve
from data.command_line import room

COMMANDS = {"serve": serve}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    return room("python -m dashboards", __doc__, COMMANDS, arguments)


if __name__ == "__main__":
    sys.exit(main())
