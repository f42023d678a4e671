"""In which letters a text file is written, and what parts its columns."""

import codecs
import csv
import re
from collections import Counter
from itertools import islice
from pathlib import Path

from data.ingest.text_file import BYTE_ORDER_MARKS, ends_open, opened
from data.problems import N_
from data.proposal.said import Option, Question, Remark
from data.sources import Mapping as Source

CHUNK = 1_000_000
SAMPLE_LINES = 200
DELIMITERS = (";", ",", "\t", "|")
PARTED = {
    ";": N_("the columns are parted by semicolons"),
    ",": N_("the columns are parted by commas"),
    "\t": N_("the columns are parted by tabs"),
    "|": N_("the columns are parted by vertical bars"),
}

CP1252_ONLY = bytes(range(0x80, 0xA0))
"""Signs in cp1252; in latin-1 nothing that anybody writes."""
SIGNS = b"\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99"
"""Those that people write: the euro, quotes, dashes, dots."""
LETTERS = re.compile(rb"[A-Za-z][\x80-\x91\x93-\x9f][A-Za-z]")
"""Between two letters such a byte is a letter of yet another computer; 0x92 is an apostrophe."""


def encoding(path: Path, given: str | None) -> tuple[str, list[Remark], list[Question]]:
    """The encoding as a source declares it; a question where two would read the file differently."""
    with path.open("rb") as raw:
        head = raw.read(4)
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if head.startswith(mark)), None)
    if marked:
        return marked.removesuffix("-sig"), [], []
    if _is_utf_16(path):
        return given or "utf-16", [Remark(N_("written in UTF-16, without the mark that says so"), {})], []
    fault = _first_fault(path)
    if fault is None:
        return given or "utf-8", [], []
    line, text = fault
    if _is_doubtful(path):
        return given or "cp1252", [], [_question(path, given)]
    message = N_("not UTF-8, but written as Windows does ({encoding}); line {line}: {text}")
    return given or "cp1252", [Remark(message, {"encoding": "cp1252", "line": line, "text": text.decode("cp1252", "replace")}, line)], []


def delimiter(path: Path, source: Source, name: str, given: str | None) -> tuple[str, list[Remark], list[Question]]:
    """What parts the columns: the mark that gives most lines the same number of fields."""
    lines = _first_lines(path, source, name)
    found = {mark: _steadiness(lines, mark) for mark in DELIMITERS}
    fitting = [mark for mark in DELIMITERS if found[mark][1] >= 2]
    if not fitting:
        return given or ",", [], []
    best = max(fitting, key=lambda mark: found[mark])
    rivals = [mark for mark in fitting if found[mark][0] == found[best][0]]
    if len(rivals) > 1:
        return given or best, [], [_which(lines, rivals, given)]
    return given or best, [Remark(PARTED[given or best])], []


def open_end(path: Path, source: Source, last: str, given: str | None) -> list[Question]:
    """Nobody sees of 12 without a line break after it that it was 125."""
    if not ends_open(path, source):
        return []
    options = (Option("yes", N_("The file is whole")), Option("no", N_("It may have been cut off: its last line is refused")))
    message = N_("The file ends without a line break, with {text}: is its last line whole?")
    return [Question("open_end", message, {"text": last[-60:]}, options, answer=given)]


def _is_utf_16(path: Path) -> bool:
    """Every other byte of most texts in UTF-16 is zero, and no text of another encoding holds any."""
    with path.open("rb") as raw:
        head = raw.read(65536)
    return max(head[1::2].count(0), head[::2].count(0)) >= max(len(head) / 8, 1)


def _first_fault(path: Path) -> tuple[int, bytes] | None:
    """The first line that is not UTF-8, None where the file is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as raw:
            while chunk := raw.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        with path.open("rb") as raw:
            return next(((line, text.strip()[:200]) for line, text in enumerate(raw, start=1) if not _is_utf8(text)), (1, b""))
    return None


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_doubtful(path: Path) -> bool:
    """Some byte is no letter or sign that somebody writes on Windows."""
    rare = bytes(set(CP1252_ONLY) - set(SIGNS))
    with path.open("rb") as raw:
        return any(LETTERS.search(line) or line.translate(None, rare) != line for line in raw)


def _question(path: Path, given: str | None) -> Question:
    with path.open("rb") as raw:
        line = next(line for line in raw if LETTERS.search(line) or line.translate(None, CP1252_ONLY) != line).strip()[:120]
    shown = {name: line.decode(name, "replace") for name in ("cp1252", "latin-1")}
    options = tuple(Option(name, N_("{encoding}"), {"encoding": name}, ((ascii(line)[2:-1], text),)) for name, text in shown.items())
    message = N_("In which letters is the file written? Choose the reading in which the words are right")
    return Question("encoding", message, {}, options, answer=given)


def _first_lines(path: Path, source: Source, name: str) -> list[str]:
    with opened(path, source, name) as (stream, _):
        return list(islice(stream, SAMPLE_LINES))


def _steadiness(lines: list[str], mark: str) -> tuple[float, int]:
    """The share of records that have as many fields as most do, and how many those are; records of one field do not count."""
    try:
        records = [fields for fields in csv.reader(lines, delimiter=mark) if any(fields)]
    except csv.Error:
        return 0.0, 0
    counts = Counter(len(fields) for fields in records)
    several = [(times, size) for size, times in counts.items() if size > 1]
    times, size = max(several, default=(0, 0))
    return (times / len(records), size) if records else (0.0, 0)


def _which(lines: list[str], rivals: list[str], given: str | None) -> Question:
    first = next(line.strip() for line in lines if line.strip())[:80]
    options = tuple(Option(mark, PARTED[mark], {}, ((first, " | ".join(next(csv.reader([first], delimiter=mark)))),)) for mark in rivals)
    return Question("delimiter", N_("What parts the columns?"), {}, options, answer=given)
