"""The list of everything in a backup, by which damage is found: each file with its size and checksum, and a checksum of the list.

A backup has parts, each a folder: `definitions`, `facts`, `records` and `snapshots`; older ones lack the last ones.
A program that does not know a part leaves the backup alone.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from data import file_list
from data.backup.definition_files import is_definition
from data.file_list import Entry
from data.home import REPOSITORY
from data.problems import NotPossibleNow, Problem, Refused

NAME = "manifest.json"
FORMAT = 1
DEFINITIONS, FACTS, RECORDS, SNAPSHOTS = "definitions", "facts", "records", "snapshots"
PARTS = (DEFINITIONS, FACTS, RECORDS, SNAPSHOTS)
FACT_FILES = re.compile(r"facts/(facts-\d{6,}\.(duckdb|json)|CURRENT|HIGHEST)")
RECORD_FILES = re.compile(r"records/(records\.sqlite|heads\.log|secret\.key|evidence/([0-9a-f]{2})/\2[0-9a-f]{62})")
SNAPSHOT_FILES = re.compile(r"snapshots/([a-z][a-z0-9_]*-\d{4}-\d{2}-\d+\.json|contents/([0-9a-f]{2})/\2[0-9a-f]{62})")
FETCH_IT_AGAIN = "take another backup, or copy this one again from where it came"


@dataclass(frozen=True)
class Manifest:
    """`made_at` is UTC. `facts_version` is the version that was in force, None where nothing was loaded; `schema` is its schema.

    `records_end` is the number of the last link of the records' audit chain, None where there were no records.
    """

    made_at: str
    made_by: str
    program: str
    schema: int
    facts_version: int | None
    files: dict[str, Entry]
    records_end: int | None = None

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.bytes for entry in self.files.values())

    def part(self, name: str) -> dict[str, Entry]:
        """The files of one part, by their path within it."""
        return {path.removeprefix(f"{name}/"): entry for path, entry in self.files.items() if path.startswith(f"{name}/")}


def program() -> str:
    """The version of this program."""
    with (REPOSITORY / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["version"]


def text(manifest: Manifest) -> str:
    """The manifest as it is written."""
    return file_list.text({"format": FORMAT, "parts": list(PARTS), **asdict(manifest)})


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises Refused where it is damaged, NotPossibleNow where a newer program wrote it."""
    path = folder / NAME
    try:
        told = file_list.read(path)
    except FileNotFoundError:
        hint = "name the dated folder that `python -m data backup` made"
        raise Refused([Problem("this is no backup: it has no {name}", hint, str(folder), values={"name": NAME})]) from None
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError):
        raise Refused([Problem("the list of the backup's files is damaged", FETCH_IT_AGAIN, str(path))]) from None
    if told["format"] != FORMAT or set(told["parts"]) - set(PARTS):
        raise NotPossibleNow("a newer version of this program made the backup; nothing was changed: update the program")
    files = {name: Entry(**entry) for name, entry in told["files"].items()}
    always = {key: told[key] for key in ("made_at", "made_by", "program", "schema", "facts_version")}
    return Manifest(**always, files=files, records_end=told.get("records_end"))


def problems(folder: Path, manifest: Manifest) -> list[Problem]:
    """Every file that is missing, changed or too many; empty where the backup is whole."""
    found = [problem for name, entry in manifest.files.items() for problem in _file_problems(folder, name, entry)]
    return found + file_list.beside(folder, {*manifest.files, NAME}, FETCH_IT_AGAIN)


def _file_problems(folder: Path, name: str, entry: Entry) -> Iterator[Problem]:
    if not _belongs(name):
        yield Problem("a backup has no such file", FETCH_IT_AGAIN, str(folder / name))
    elif problem := file_list.fault(folder, name, entry, FETCH_IT_AGAIN):
        yield problem


def _belongs(name: str) -> bool:
    """A list that somebody else wrote could name any path of this machine."""
    part, _, inner = name.partition("/")
    if PurePosixPath(name).as_posix() != name or "\\" in name or ".." in name.split("/"):
        return False
    if part == DEFINITIONS:
        return is_definition(inner)
    return any(files.fullmatch(name) for files in (FACT_FILES, RECORD_FILES, SNAPSHOT_FILES))
