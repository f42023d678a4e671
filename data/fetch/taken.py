"""What a fetch brought."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Taken:
    """`etag` and `last_modified` are what the server calls this state of the file; `newest` the last date of an increment."""

    nothing_new: bool = False
    etag: str | None = None
    last_modified: str | None = None
    newest: str | None = None
    ending: str = ".csv"
