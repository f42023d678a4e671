"""Opens a file of any kind: its sheet, its letters, what parts its columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data import sources
from data.ingest.readers import CURES, ENDINGS
from data.problems import N_, Problem, Refused
from data.proposal import grid, letters
from data.proposal.said import Option, Question, Remark


@dataclass(frozen=True)
class Opened:
    """A file as it was opened; `grid` is None while nobody has said which sheet to read."""

    source: sources.Mapping
    grid: grid.Grid | None
    sheets: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    remarks: tuple[Remark, ...] = ()


def look(path: Path, name: str, given: Mapping[str, Any]) -> Opened:
    """Opens the file as its ending says. Raises Refused where it is something else, or cannot be read."""
    ending = Path(name).suffix.lower()
    kind = given.get("format") or ENDINGS.get(ending)
    if kind is None:
        hint = CURES.get(ending, N_("save it as .csv, .xlsx or .parquet"))
        raise Refused([Problem("{ending} files are not read", hint, name, values={"ending": ending or "nameless"})])
    source = sources.Mapping.model_validate({"format": kind})
    try:
        if kind == "csv":
            return _text(path, source, name, given)
        if kind in ("parquet", "jsonl"):
            return _seen(Opened(source, grid.read_named(path, source, name)))
        return _workbook(path, source, name, given)
    except OSError as error:
        hint = N_("check the file and who may read it")
        raise Refused([Problem("cannot be read: {why}", hint, name, values={"why": error.strerror})]) from None


def _text(path: Path, source: sources.Mapping, name: str, given: Mapping[str, Any]) -> Opened:
    encoding, remarks, questions = letters.encoding(path, given.get("encoding"))
    source = source.model_copy(update={"encoding": encoding})
    delimiter, more, asked = letters.delimiter(path, source, name, given.get("delimiter"))
    source = source.model_copy(update={"delimiter": delimiter, "open_end": given.get("open_end") == "yes"})
    read = grid.read_text(path, source, name)
    last = delimiter.join(read.rows[-1][1]) if read.rows else ""
    ends = letters.open_end(path, source, last, given.get("open_end"))
    return _seen(Opened(source, read, (), (*questions, *asked, *ends), (*remarks, *more)))


def _workbook(path: Path, source: sources.Mapping, name: str, given: Mapping[str, Any]) -> Opened:
    """The sheet that a person has named, or the only one that is not hidden."""
    kind = source.format or ""
    held = grid.sheets(path, kind, name)
    visible = [sheet for sheet, hidden in held.items() if not hidden]
    answer = given.get("sheet") if given.get("sheet") in held else None
    if answer is None and len(visible) == 1:
        hidden = [sheet for sheet in held if sheet not in visible]
        remarks = (Remark(N_("hidden sheets are not read: {sheets}"), {"sheets": ", ".join(hidden)}),) if hidden else ()
        return _seen(Opened(source, grid.read_sheet(path, kind, visible[0], name), tuple(held), remarks=remarks))
    options = tuple(_sheet(path, kind, sheet, hidden, name) for sheet, hidden in held.items())
    question = Question("sheet", N_("Which sheet holds the data?"), {}, options, answer=answer)
    if answer is None:
        return Opened(source, None if held else grid.Grid((), {}), tuple(held), (question,) if held else ())
    read = grid.read_sheet(path, kind, answer, name)
    return _seen(Opened(source.model_copy(update={"sheet": answer}), read, tuple(held), (question,)))


def _sheet(path: Path, kind: str, sheet: str, hidden: bool, name: str) -> Option:
    held = grid.read_sheet(path, kind, sheet, name)
    columns = max((len(cells) for _, cells in held.rows), default=0)
    values = {"sheet": sheet, "rows": len(held.rows), "columns": columns}
    message = N_("{sheet} (hidden): {rows} lines, {columns} columns") if hidden else N_("{sheet}: {rows} lines, {columns} columns")
    return Option(sheet, message, values)


def _seen(opened: Opened) -> Opened:
    """Says where only the beginning of the file was looked at."""
    if opened.grid is None or opened.grid.whole:
        return opened
    message = N_("the first {rows} lines were looked at; what comes after them is checked when the file is read")
    remark = Remark(message, {"rows": grid.MOST_ROWS})
    return Opened(opened.source, opened.grid, opened.sheets, opened.questions, (*opened.remarks, remark))
