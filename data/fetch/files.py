"""Fetching a file as it is, from an address."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import httpx

from data.fetch.asking import Asking
from data.fetch.taken import Taken
from data.incoming import Known
from data.ingest.readers import ENDINGS
from data.problems import Problem, Refused
from data.sources import Source

KINDS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/plain": ".txt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.apache.parquet": ".parquet",
    "application/x-ndjson": ".jsonl",
}
"""Which ending a file gets that has none in its address, by what the server says of it."""


def take(asking: Asking, source: Source, path: Path, known: Known | None) -> Taken:
    """The file at the source's own address, into `path`."""
    assert source.fetch and source.fetch.url
    return take_from(source.fetch.url, asking, source, path, known)


def take_from(url: str, asking: Asking, source: Source, path: Path, known: Known | None) -> Taken:
    """The file at an address, into `path`."""

    def save(headers: httpx.Headers, pieces: Iterator[bytes]) -> Taken:
        with path.open("wb") as file:
            for piece in pieces:
                file.write(piece)
        return Taken(etag=headers.get("etag"), last_modified=headers.get("last-modified"), ending=_ending(url, headers, source))

    return asking.get(url, save, known.conditions if known else {}) or Taken(nothing_new=True)


def _ending(url: str, headers: httpx.Headers, source: Source) -> str:
    written = PurePosixPath(httpx.URL(url).path).suffix.lower()
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    ending = f".{source.format}" if source.format else written if written in ENDINGS else KINDS.get(kind)
    if ending is None:
        hint = "declare `format` in the source"
        raise Refused(
            [Problem("the address does not end like a file that is read, and the server calls it {kind!r}", hint, values={"kind": kind})]
        )
    return ending
