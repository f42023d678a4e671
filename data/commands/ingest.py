"""ingest: load files of observations, all of them or none

example: python -m data ingest june.csv --source monthly_report
         python -m data ingest july.xlsx --map july.yaml --dry-run
"""

import argparse
import hashlib
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tqdm import tqdm

from data import facts, loads
from data.command_line import Answer, day
from data.definitions import Definitions, load, near, source_problems
from data.home import Home
from data.ingest import Observations, header, read_all
from data.ingest.rows import COLUMNS
from data.model import read_model
from data.problems import Problem, Refused
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
}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="CSV, XLSX or Parquet")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--source", metavar="NAME", help="a source of data/sources.yaml; without it, the only one whose columns fit")
    how.add_argument("--map", metavar="MAP.yaml", help="a source in a file of its own")
    parser.add_argument("--place", metavar="ID", help="the place of every row, instead of the source's `all.place`")
    parser.add_argument("--known-on", metavar="DATE", type=past_day, help="the day the values became known; today unless given")
    parser.add_argument("--dry-run", action="store_true", help="check the files and load nothing")
    demo = parser.add_mutually_exclusive_group()
    demo.add_argument("--remove-demo", action="store_true", help="remove the demo city's facts first")
    demo.add_argument("--keep-demo", action="store_true", help="keep them, and do not ask")


def run(told: argparse.Namespace) -> Answer:
    """What the command does."""
    home = Home.here()
    definitions = load(home)
    # A name may hold bytes that are no letters, as zip files from old computers do.
    files = [(Path(file), file.encode(errors="replace").decode()) for file in told.files]
    told.files = [name for _, name in files]
    try:
        source = _source(told, definitions, files)
        found = _read(told, source, definitions, files)
    except Refused as refused:
        return _refusal(told, refused, home)
    _say_unread(source, files)
    if told.dry_run:
        return _dry(told, found, home)
    _offer_to_remove_demo(told, home, definitions)
    known_on = told.known_on or datetime.now(UTC).date()
    new = loads.NewLoad(_load_id(files, source), source.id, tuple(told.files), login(), known_on, found.rows_read)
    outcome = loads.apply(home, definitions, [(new, found.rows)])[0]
    return _loaded(told, found, source, outcome, _replaced_since(home, found, outcome))


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
    lacking = {source.id: missing for source in definitions.sources if (missing := _lacking(source, files)) is not None}
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
    raise Refused([Problem(message, hint, name, values={"known": known}) for _, name in files])


def _lacking(source: Source, files: list[tuple[Path, str]]) -> list[str] | None:
    """The columns of a source that the files lack; None where one of them cannot be read as the source declares."""
    try:
        headers = [header(path, source, name) for path, name in files]
    except Refused:
        return None
    return [column for found in headers for column in source.wanted if column not in found]


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


def _read(told: argparse.Namespace, source: Source, definitions: Definitions, files: list[tuple[Path, str]]) -> Observations:
    size = sum(path.stat().st_size for path, _ in files if path.is_file())
    # None: only where standard error is a terminal.
    with tqdm(total=size, unit="B", unit_scale=True, desc="reading", leave=False, disable=True if told.json else None) as bar:
        return read_all(files, source, definitions, bar.update)


def _say_unread(source: Source, files: list[tuple[Path, str]]) -> None:
    """A column that the source does not name may be the new month that somebody forgot to declare."""
    for path, name in files:
        unread = [column for column in header(path, source, name) if column not in source.wanted]
        if unread:
            print(f"{name}: not read, because the source does not name them: {', '.join(unread)}", file=sys.stderr)  # noqa: T201


def _refusal(told: argparse.Namespace, refused: Refused, home: Home) -> Answer:
    rows = {(problem.path, problem.line) for problem in refused.problems if problem.line is not None}
    json = {**EMPTY, "files": told.files, "rows_refused": len(rows), "facts_version": _version(home)}
    problems = tuple(refused.problems)
    return Answer({**json, "problems": [problem.as_json() for problem in problems]}, "Nothing was loaded.", problems, refused=True)


def _dry(told: argparse.Namespace, found: Observations, home: Home) -> Answer:
    json = {**EMPTY, "files": told.files, "rows_read": found.rows_read, "facts_version": _version(home)}
    return Answer(json, f"{_said(found)}. Nothing is wrong with them, and nothing was loaded (--dry-run).")


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


def _load_id(files: list[tuple[Path, str]], source: Source) -> str:
    """The same for the same bytes, source and mapping, so that a file loaded twice is known again."""
    identity = hashlib.sha256()
    for path, _ in files:
        with path.open("rb") as raw:
            identity.update(hashlib.file_digest(raw, "sha256").digest())
    identity.update(source.model_dump_json().encode())
    return identity.hexdigest()


def _replaced_since(home: Home, found: Observations, outcome: loads.Outcome) -> int:
    """How many rows later loads have replaced: loading an old file once more does not bring its values back."""
    held = facts.current(home)
    if held is None or outcome.new or outcome.revised:
        return 0
    return sum(
        rows.join(held.observations(indicators=[str(indicator)], segment=None), on=COLUMNS, how="anti", nulls_equal=True).height
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
    words = f"{_said(found)}: {outcome.new} new, {outcome.revised} revised, {outcome.unchanged - replaced} unchanged."
    if replaced:
        words += f"\n{replaced} were replaced by later loads, and stay so; `python -m data rollback LOAD` takes a load out."
    return Answer(json, f"{words}\nFacts version {outcome.facts_version} is in force. Look at it: make run")


def _said(found: Observations) -> str:
    rows = found.rows
    counts = f"{rows['place'].n_unique()} places, {rows['indicator'].n_unique()} indicators, {rows['value'].null_count()} missing values"
    return f"{found.rows_read} rows ({counts}) from {rows['period'].min()} to {rows['period'].max()}"
