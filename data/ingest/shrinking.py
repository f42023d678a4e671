"""A file with far fewer rows than the last one of its source may not be whole: that is said, and may be right all the same."""

from data.facts import Facts
from data.problems import N_, Problem
from data.sources import Mapping, Source

MOST_LOST = 0.3
"""Of the rows of the source's last load."""


def fewer_rows(held: Facts | None, source: Source, rows: int, name: str) -> list[Problem]:
    """A warning where a source brings over 30% fewer rows than the last time.

    A mapping in a file of its own is no one source, and an increment is as long as what has come since.
    """
    if held is None or source.id == Mapping().id or (source.fetch and source.fetch.increment):
        return []
    last = next((load.rows_read for load in held.loads() if load.source == source.id), 0)
    if rows >= last * (1 - MOST_LOST):
        return []
    hint = N_("check that the file is whole; `python -m data rollback` takes the load out again")
    return [
        Problem(
            "{rows} rows, where the last load of {source} had {last}", hint, name, values={"rows": rows, "source": source.id, "last": last}
        )
    ]
