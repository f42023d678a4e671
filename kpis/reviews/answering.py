"""Answers what closed months say, one after another, for data.snapshots.judging.

A line of JSON on standard input names the folder of a home, a place and a month; the answer is a line of JSON on standard output.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from data.home import Home
from data.periods import Month
from kpis.reviews.statuses import statuses


def answers(asked: Iterable[str]) -> Iterator[str]:
    """The answer to each line."""
    for line in asked:
        folder, place, month = json.loads(line)
        yield json.dumps(statuses(Home(Path(folder)), place, Month.parse(month)), default=str)


if __name__ == "__main__":
    for answer in answers(sys.stdin):
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
