"""ingest: load files of observations, all of them or none

example: python -m data ingest june.csv --source monthly_report
         python -m data ingest july.xlsx --map july.yaml --dry-run
         python -m data ingest august.ods --source monthly_report --partial
"""

import argparse
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
from tqdm import tqdm

from data import facts, loads
from data.command_line import Answer, counted, day
from data.definitions import Definitions, load, source_problems
from data.home import Home
from data.ingest import Observations, Partial, header, read_all, read_partial, refused_file
from data.ingest.fitting import columns_lacking
from data.ingest.identity import checksums, load_id
from data.ingest.readers import line_of_header
from data.ingest.rows import COLUMNS
from data.ingest.shrinking import fewer_rows
from data.located import near
from data.model import read_model
from data.problems import Problem, Refused
from data.rehearsal import would_be
from data.sources import Mapping, Source
from data.versions import login
from data.yaml_file import Document, read_yaml

EMPTY = {
    "load_id": None,
    "files": [],
    "rows_read": 0,
    "rows_loaded": 0,
    "rows_unchanged": 0,
    "rows_revised": 0,
    "rows_refused": 0,
    "facts_version": None,
    "problems": [],
    "rows_left_out": 0,
    "refused_file": None,
    "warnings": [],
}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="CSV, TSV, XLSX, XLS, ODS, Parquet or JSON lines")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--source", metavar="NAME", help="a source of data/sources.yaml; without it, the only one whose columns fit")
    how.add_argument("--map", metavar="MAP.yaml", help="a source in a file of its own")
    parser.add_argument("--place", metavar="ID", help="the place of every row, instead of the source's `all.place`")
    parser.add_argument("--known-on", metavar="DATE", type=past_day, help="the day the values became known; today unless given")
    parser.add_argument("--dry-run", action="store_true", help="check the files and load nothing")
    parser.add_argument("--partial", action="store_true", help="load the good rows, and write the refused ones to a file beside the first")
    demo = parser.add_mutually_exclusive_group()
    demo.add_argument("--remove-demo", action="store_true", help="remove the demo city's facts first")
    demo.add_argument("--keep-demo", action="store_true", help="keep them, and do not ask")


def run(told: argparse.Namespace) -> Answer:
    """What the command does."""
    home = Home.here()
    definitions = load(home)
    # A name may hold bytes that are no letters, as zip files from old computers do.
    files = [(Path(file), home.short(Path(file)).encode(errors="replace").decode()) for file in told.files]
    told.files = [name for _, name in files]
    try:
        source = _source(told, definitions, files)
        read, known = _read(told, source, definitions, files)
    except Refused as refused:
        return _refusal(told, refused, home)
    _say_unread(source, files)
    found = read.observations
    warnings = fewer_rows(facts.current(home), source, found.rows_read, told.files[0])
    known_on = told.known_on or datetime.now(UTC).date()
    identity = load_id(known, source, read.refused.select("file", "line").iter_rows())
    new = loads.NewLoad(identity, source.id, tuple(told.files), login(), known_on, found.rows_read)
    if told.dry_run:
        return _with_refused(_dry(told, found, home, would_be(home, definitions, new, found.rows)), read, None, warnings)
    _offer_to_remove_demo(told, home, definitions)
    with refused_file.kept(read.refused, dict(zip(told.files, (path for path, _ in files), strict=True)), source) as written:
        outcome = loads.apply(home, definitions, [(new, found.rows)])[0]
    answer = _loaded(told, found, source, outcome, _replaced_since(home, found, outcome.new + outcome.revised))
    return _with_refused(answer, read, written, warnings)


def past_day(text: str) -> date:
    """A day that has come, somewhere on earth: values known in the future would override every load until then."""
    if (found := day(text)) > datetime.now(UTC).date() + timedelta(days=1):
        raise argparse.ArgumentTypeError(f"{text!r} is still to come: nothing can be known since then")
    return found


def _source(told: argparse.Namespace, definitions: Definitions, files: list[tuple[Path, str]]) -> Source:
    """The source asked for, with --place in force."""
    document = Document(told.map or "data/sources.yaml", None, {})
    if told.map:
        document = read_yaml(Path(told.map), told.map)
        source: Source = read_model(Mapping, document)
    elif told.source:
        if told.source not in definitions.source:
            raise Refused([_unknown_source(told.source, definitions)])
        source = definitions.source[told.source]
    else:
        source = _fitting(definitions, files)
    if told.place:
        _refuse_place(told.place, source, definitions)
        source = source.model_copy(update={"all": source.all.model_copy(update={"place": told.place})})
    if problems := source_problems(source, definitions, document, ()):
        raise Refused(problems)
    return source


def _unknown_source(name: str, definitions: Definitions) -> Problem:
    values = {"name": name, "known": ", ".join(definitions.source) or "none is declared yet"}
    return Problem("{name!r} is not a declared source", "choose one of: {known}; or give --map MAP.yaml", key="--source", values=values)


def _refuse_place(place: str, source: Source, definitions: Definitions) -> None:
    values = {"place": place, "source": source.id, "near": near(place, definitions.place)}
    if place not in definitions.place:
        raise Refused([Problem("{place!r} is not a known place", "write {near}", key="--place", values=values)])
    if source.columns.place is not None or (source.wide and source.wide.places):
        message = "the source {source} takes the place of each row from the file"
        raise Refused([Problem(message, "leave --place out, or choose another source", key="--place", values=values)])


def _fitting(definitions: Definitions, files: list[tuple[Path, str]]) -> Source:
    """The only declared source whose columns are all in every file."""
    lacking = {source.id: missing for source in definitions.sources if (missing := columns_lacking(source, files)) is not None}
    if not lacking:
        _refuse_unreadable(files)
    fitting = [name for name, missing in lacking.items() if not missing]
    if len(fitting) == 1:
        print(f"read as source {fitting[0]}, the only one whose columns fit", file=sys.stderr)  # noqa: T201
        return definitions.source[fitting[0]]
    if fitting:
        message, known = "several sources fit: {known}", ", ".join(fitting)
    else:
        message = "no declared source fits"
        known = "; ".join(f"{name} needs {', '.join(missing[:3])}" for name, missing in lacking.items()) or "none is declared yet"
    hint = "choose one with --source" if fitting else "declare one in data/sources.yaml, or give --map MAP.yaml ({known})"
    if not fitting and (lower := _lower_down(definitions, files[0])):
        known, hint = lower, "declare the header's line in the source: {known}"
    elif not fitting and len(files) == 1:
        from data.proposal.draft import draft  # with its YAML tools it takes as long to import as Polars, and most loads need none

        print(draft(*files[0], definitions), file=sys.stderr, end="")  # noqa: T201
    raise Refused([Problem(message, hint, name, values={"known": known}) for _, name in files])


def _lower_down(definitions: Definitions, file: tuple[Path, str]) -> str:
    """The sources whose columns stand below a title, and where."""
    lines = {source.id: line_of_header(file[0], source, file[1]) for source in definitions.sources}
    return "; ".join(f"{name} has its columns on line {line}: `header_row: {line}`" for name, line in lines.items() if line)


def _refuse_unreadable(files: list[tuple[Path, str]]) -> None:
    """Raises Refused where it is the files themselves that cannot be read, whatever a source declares."""
    problems: list[Problem] = []
    for path, name in files:
        try:
            header(path, Mapping(), name)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)


def _read(told: argparse.Namespace, source: Source, definitions: Definitions, files: list[tuple[Path, str]]) -> tuple[Partial, list[str]]:
    """The rows of the files, where without --partial none is refused or all are; and the files' checksums, taken meanwhile."""
    paths = [path for path, _ in files]
    left = size = sum(path.stat().st_size for path in paths if path.is_file())
    known: list[Future[list[str]]] = []
    # None: only where standard error is a terminal.
    bar = tqdm(total=size, unit="B", unit_scale=True, desc="reading", leave=False, disable=True if told.json else None)
    with bar, ThreadPoolExecutor(max_workers=1) as beside:

        def progress(count: int) -> None:
            nonlocal left
            bar.update(count)
            left -= count
            if left <= 0 and not known:  # to read takes every core, to bring the rows in order only one
                known.append(beside.submit(checksums, paths))

        given = files, source, definitions, progress
        read = read_partial(*given) if told.partial else Partial(read_all(*given))
        return read, known[0].result() if known else checksums(paths)


def _say_unread(source: Source, files: list[tuple[Path, str]]) -> None:
    """A column that the source does not name may be the new month that somebody forgot to declare."""
    wanted = source.wanted
    for path, name in files:
        unread = [column for column in header(path, source, name) if column not in wanted]
        if unread:
            print(f"{name}: not read, because the source does not name them: {', '.join(unread)}", file=sys.stderr)  # noqa: T201


def _refusal(told: argparse.Namespace, refused: Refused, home: Home) -> Answer:
    rows = {(problem.path, problem.line) for problem in refused.problems if problem.line is not None}
    json = {**EMPTY, "files": told.files, "rows_refused": len(rows), "facts_version": _version(home)}
    problems = tuple(refused.problems)
    return Answer({**json, "problems": [problem.as_json() for problem in problems]}, "Nothing was loaded.", problems, refused=True)


def _dry(told: argparse.Namespace, found: Observations, home: Home, would: dict[str, int]) -> Answer:
    replaced = _replaced_since(home, found, would["new"] + would["revised"])
    would = {**would, "unchanged": would["unchanged"] - replaced}
    json = {**EMPTY, "files": told.files, "rows_read": found.rows_read, "facts_version": _version(home), "would_be": would}
    words = "{said}: {new:,} would be new, {revised:,} revised, {unchanged:,} unchanged.".format(said=_said(told, found), **would)
    return Answer(json, f"{words}{_stay(replaced)}\nNothing is wrong with them, and nothing was loaded (--dry-run).")


def _with_refused(answer: Answer, read: Partial, written: Path | None, warnings: list[Problem]) -> Answer:
    """The answer, and beside it what was refused, where that is written, and what looks odd."""
    assert isinstance(answer.json, dict)
    json = {**answer.json, "rows_refused": read.refused.height, "rows_left_out": read.observations.left_out}
    json |= {"refused_file": None if written is None else str(written), "warnings": [warning.as_json() for warning in warnings]}
    words = answer.words
    if read.observations.left_out:
        words += f"\nLeft out, as the source says: {counted(read.observations.left_out, 'row')}."
    if read.problems:
        where = f", written to {written} with the reason of each" if written else ""
        words += f"\nRefused: {counted(read.refused.height, 'row')}{where}."
    return Answer({**json, "problems": [problem.as_json() for problem in read.problems]}, words, (*warnings, *read.problems))


def _version(home: Home) -> int | None:
    held = facts.current(home)
    return held.version if held else None


def _offer_to_remove_demo(told: argparse.Namespace, home: Home, definitions: Definitions) -> None:
    """The first own load can take the place of the demo's; a terminal is asked, anything else keeps it."""
    held = facts.current(home)
    if held is None or not held.demo or told.keep_demo or (held.own and not told.remove_demo):
        return
    asking = sys.stdin.isatty() and not told.json and not told.remove_demo
    if told.remove_demo or (asking and input("remove the demo data first? [Y/n] ").strip().lower() in ("", "y", "yes", "s", "si", "sí")):
        loads.remove_demo(home, definitions)
        return
    print("the demo data stay beside yours; `python -m data demo --remove` removes them", file=sys.stderr)  # noqa: T201


def _replaced_since(home: Home, found: Observations, changed: int) -> int:
    """How many rows later loads have replaced: loading an old file once more does not bring its values back."""
    held = facts.current(home)
    if held is None or changed:
        return 0
    texts = pl.col("place", "indicator", "segment", "flag").cast(pl.String)  # of a large file they are kept by number
    return sum(
        rows.with_columns(texts)
        .join(held.observations(indicators=[str(indicator)], segment=None), on=COLUMNS, how="anti", nulls_equal=True)
        .height
        for (indicator,), rows in found.rows.group_by("indicator")
    )


def _loaded(told: argparse.Namespace, found: Observations, source: Source, outcome: loads.Outcome, replaced: int) -> Answer:
    json = {
        **EMPTY,
        "load_id": outcome.load_id,
        "source": source.id,
        "files": told.files,
        "rows_read": found.rows_read,
        "rows_loaded": outcome.new + outcome.revised,
        "rows_unchanged": outcome.unchanged - replaced,
        "rows_replaced": replaced,
        "rows_revised": outcome.revised,
        "facts_version": outcome.facts_version,
    }
    words = f"{_said(told, found)}: {outcome.new} new, {outcome.revised} revised, {outcome.unchanged - replaced} unchanged."
    return Answer(json, f"{words}{_stay(replaced)}\nFacts version {outcome.facts_version} is in force. Look at it: make run")


def _stay(replaced: int) -> str:
    if not replaced:
        return ""
    return f"\nReplaced by later loads, and left so: {counted(replaced, 'row')}; `python -m data rollback LOAD` takes a load out."


def _said(told: argparse.Namespace, found: Observations) -> str:
    if told.json:
        return ""  # nobody reads words then, and to count in millions of rows takes a moment
    rows = found.rows
    places, indicators, missing, first, last = rows.select(
        pl.col("place", "indicator").n_unique(),
        pl.col("value").null_count(),
        pl.col("period").min().alias("first"),
        pl.col("period").max().alias("last"),
    ).row(0)
    counts = ", ".join([counted(places, "place"), counted(indicators, "indicator"), counted(missing, "missing value")])
    return f"{counted(found.rows_read, 'row')} ({counts}) from {first} to {last}"
