"""Taking in what a server sends: counted while it comes, unpacked a little at a time, and looked at before it is believed."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from data.problems import Problem, Refused

PIECE = 1 << 16
HEAD = 1024
"""Bytes in which a web page shows itself."""
WEB_PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype\s+html|html|head|body)", re.IGNORECASE)
PAGES = ("text/html", "application/xhtml")
PICTURES = ("image/", "video/", "audio/")


class Broken(Exception):
    """The answer did not come, or not whole; asking again may help. `wait` is what the server says of when."""

    def __init__(self, reason: str, wait: str | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


@dataclass
class Budget:
    """Bytes that one fetch may still take in, as sent and as unpacked."""

    most: int
    sent: int = 0
    unpacked: int = 0

    def begin(self) -> None:
        """What came so far is thrown away, and read again from the start."""
        self.sent = self.unpacked = 0

    def take(self, sent: int = 0, unpacked: int = 0) -> None:
        """Raises Refused with the first byte too many."""
        self.sent += sent
        self.unpacked += unpacked
        if max(self.sent, self.unpacked) > self.most:
            raise self.refusal()

    def refusal(self) -> Refused:
        hint = "ask for less, or raise `most_megabytes`"
        return Refused([Problem("the answer is larger than {most} MB", hint, key="most_megabytes", values={"most": self.most // 10**6})])


def body(response: httpx.Response, budget: Budget) -> Iterator[bytes]:
    """The answer's bytes, unpacked. Raises Refused for a web page or too much, Broken for what is cut or damaged."""
    _refuse_by_its_head(response, budget)
    pieces = _unpacked(response, budget)
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= HEAD:
            break
    if WEB_PAGE.match(head):
        raise _web_page()
    yield head
    yield from pieces


def _refuse_by_its_head(response: httpx.Response, budget: Budget) -> None:
    kind = response.headers.get("content-type", "").lower().strip()
    if kind.startswith(PAGES):
        raise _web_page()
    if kind.startswith(PICTURES):
        values = {"kind": kind.split(";")[0][:40]}
        raise Refused([Problem("the server sent {kind} instead of data", "check the address", values=values)])
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > budget.most:
        raise budget.refusal()


def _web_page() -> Refused:
    hint = "open the address in a browser: it is often a sign-in, a notice or an error; copy the link of the file itself"
    return Refused([Problem("the server sent a web page instead of data", hint)])


def _unpacked(response: httpx.Response, budget: Budget) -> Iterator[bytes]:
    encoding = response.headers.get("content-encoding", "identity").lower().strip()
    if encoding in ("gzip", "x-gzip"):
        yield from _gunzipped(_counted(response, budget), budget)
    elif encoding in ("identity", ""):
        for piece in _counted(response, budget):
            budget.take(unpacked=len(piece))
            yield piece
    else:
        raise Refused([Problem("the server packs its answer as {encoding}", "ask for a plain file", values={"encoding": encoding[:40]})])


def _counted(response: httpx.Response, budget: Budget) -> Iterator[bytes]:
    for piece in response.iter_raw(PIECE):
        budget.take(sent=len(piece))
        yield piece


def _gunzipped(pieces: Iterator[bytes], budget: Budget) -> Iterator[bytes]:
    """Never more than a piece at a time: a thousandth of the size may unpack to the whole."""
    unpacking, begun = zlib.decompressobj(zlib.MAX_WBITS | 16), False
    try:
        for piece in pieces:
            while piece:
                if unpacking.eof:  # packed in several parts
                    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
                found, begun = unpacking.decompress(piece, PIECE), True
                piece = unpacking.unconsumed_tail or unpacking.unused_data
                budget.take(unpacked=len(found))
                if found:
                    yield found
    except zlib.error as error:
        raise Broken("what the server packed cannot be unpacked") from error
    if begun and not unpacking.eof:
        yield from _rest(unpacking, budget)


def _rest(unpacking, budget: Budget) -> Iterator[bytes]:
    last = unpacking.flush()
    budget.take(unpacked=len(last))
    if last:
        yield last
    if not unpacking.eof:
        raise Broken("what the server packed ends too early")
