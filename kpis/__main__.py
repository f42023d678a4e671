"""python -m kpis: check what is written down about goals, and judge a month."""

import sys

from data.command_line import room
from kpis.commands import changes, check, evaluate, forecast, judge, schema

COMMANDS = {"check": check, "evaluate": evaluate, "changes": changes, "judge": judge, "forecast": forecast, "schema": schema}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    return room("python -m kpis", __doc__, COMMANDS, arguments)


if __name__ == "__main__":
    sys.exit(main())
