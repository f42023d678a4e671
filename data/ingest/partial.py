"""The good rows of files and, apart from them, the refused ones with what is wrong with each and its cure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from data.definitions import Definitions
from data.ingest import readers
from data.ingest.rows import COLUMNS, KEY, Observations, convert, repeated
from data.problems import N_, Problem, Refused
from data.sources import Source

TOLD = ("file", "line", "column", "reason", "cure")
"""What a refused row says beside its own cells."""


@dataclass(frozen=True)
class Partial:
    """What can be loaded of some files, and what cannot.

    `observations` is what `read_all` gives, of the good rows alone. `refused` has one row for each refused line of a file:
    the file's own columns, every cell as it was written (text; null where the row has no such cell), then `file`, `line`
    (the number in the file), `column` (the columns at fault), `reason` and `cure`, in English. `problems` are the same
    faults one by one, in the order of files and lines, each with its path and line.
    """

    observations: Observations
    refused: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=dict.fromkeys(TOLD, pl.String) | {"line": pl.UInt32}))
    problems: tuple[Problem, ...] = ()


def read_partial(
    files: Sequence[tuple[Path, str]], source: Source, definitions: Definitions, progress: Callable[[int], object] = lambda _: None
) -> Partial:
    """The good rows of several files (path, name for messages) of one source, and the refused ones.

    A row is a line of its file: one bad cell refuses all of them. Where two rows say the same twice, both are refused, as
    nobody knows which is right. Raises Refused for a fault of a whole file (its letters, its header, a question about a
    decimal mark or about the order of day and month), and where no row is good; then the problems are all of them.
    """
    rows, problems, left_out = _converted(files, source, definitions, progress)
    problems = _in_order([*problems, *_given_twice(rows)], files)
    good = rows.join(_lines(problems), on=["file", "line"], how="anti", maintain_order="left").select(COLUMNS)
    if good.is_empty():
        raise Refused(problems)
    observations = Observations(good, good.height, left_out)
    return Partial(observations, _refused(files, source, problems), tuple(problems)) if problems else Partial(observations)


def _converted(
    files: Sequence[tuple[Path, str]], source: Source, definitions: Definitions, progress: Callable[[int], object]
) -> tuple[pl.DataFrame, list[Problem], int]:
    """The rows of all files with their lines, what is wrong with single lines, and how many lines were left out."""
    whole: list[Problem] = []
    problems: list[Problem] = []
    found: list[pl.DataFrame] = []
    left_out = 0
    for path, name in files:
        try:
            table, declared = readers.table(path, source, name, progress)
            rows, faults = convert(table, declared, definitions, name)
        except Refused as refused:
            whole += refused.problems
            continue
        left_out += table.left_out
        whole += [fault for fault in faults if fault.line is None]
        problems += [fault for fault in faults if fault.line is not None]
        found.append(rows.with_columns(file=pl.lit(name)))
    if whole:
        raise Refused([*whole, *problems])
    return pl.concat(found), problems, left_out


def _in_order(problems: list[Problem], files: Sequence[tuple[Path, str]]) -> list[Problem]:
    order = {name: number for number, (_, name) in enumerate(files)}
    return sorted(problems, key=lambda problem: (order[problem.path or ""], problem.line or 0))


def _given_twice(rows: pl.DataFrame) -> list[Problem]:
    """A problem for each of the rows that say the same, the first one too."""
    readable = rows.drop_nulls(KEY)
    again = readable.filter(pl.struct(KEY).is_duplicated())
    if again.is_empty():
        return []
    nth = pl.int_range(pl.len()).over(KEY)
    first = again.with_columns(pl.col("file", "line").get(1).over(KEY).name.prefix("next_")).filter(nth == 0)
    message = N_("{place}, {indicator}, {period} is given again on line {next_line} of {next_file}")
    return [
        Problem(message, "keep one of the two", row["file"], row["line"], row["column"], values={**row, "period": str(row["period"])})
        for row in first.iter_rows(named=True)
    ] + repeated(readable)


def _lines(problems: Sequence[Problem]) -> pl.DataFrame:
    places = {(problem.path, problem.line) for problem in problems}
    return pl.DataFrame(sorted(places), schema={"file": pl.String, "line": pl.UInt32}, orient="row")


def _refused(files: Sequence[tuple[Path, str]], source: Source, problems: Sequence[Problem]) -> pl.DataFrame:
    pieces = []
    for path, name in files:
        told = _told([problem for problem in problems if problem.path == name], name)
        if not told.is_empty():
            cells = _named_apart(readers.cells(path, source, name, set(told["line"])))
            pieces.append(told.join(cells, on="line", how="left", maintain_order="left"))
    return pl.concat(pieces, how="diagonal").select(pl.exclude(TOLD), pl.col(TOLD))


def _named_apart(cells: pl.DataFrame) -> pl.DataFrame:
    """A column of the file that is called as one of ours is marked as the file's."""
    names: list[str] = []
    for column in cells.columns[1:]:
        name = column.strip()
        while name in (*TOLD, *names):
            name += " (file)"
        names.append(name)
    return cells.rename(dict(zip(cells.columns, ["line", *names], strict=True)))


def _told(problems: Sequence[Problem], name: str) -> pl.DataFrame:
    """Each line once, with all that is wrong with it."""
    rows: dict[int, dict[str, list[str]]] = {}
    for problem in problems:
        said = rows.setdefault(problem.line or 0, {"column": [], "reason": [], "cure": []})
        words = problem.as_json()
        for part, text in (("column", words["column"]), ("reason", words["message"]), ("cure", words["hint"])):
            said[part] += [str(text)] if text is not None and str(text) not in said[part] else []
    texts = [(name, line, ", ".join(said["column"]), "; ".join(said["reason"]), "; ".join(said["cure"])) for line, said in rows.items()]
    return pl.DataFrame(texts, schema=dict.fromkeys(TOLD, pl.String) | {"line": pl.UInt32}, orient="row")
