"""The app's side: starts the process, waits, and believes nothing of what it hands over before its shape is checked."""

import logging
import os
import subprocess
import sys
import tempfile
from collections import abc
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
from pydantic import TypeAdapter, ValidationError

from data.definitions import Definitions
from data.home import REPOSITORY
from data.ingest.apart.jobs import ANSWER, JOB, REFUSED, ROWS, SHAPE, Answer, Aside, Files, Job, Known, Read
from data.ingest.apart.limits import MEMORY_ENDED, USUAL, Limits
from data.ingest.partial import TOLD
from data.problems import N_, NotPossibleNow, Problem, Refused
from data.proposal import Proposal
from data.sources import Mapping, Source

T = TypeVar("T")
READER = (sys.executable, "-m", "data.ingest.apart")
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "TZ")
"""What the process needs of the environment. All else stays here: it may hold passwords."""
FEW_THREADS = {"POLARS_MAX_THREADS": "2", "MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1"}
"""Each thread reserves memory that the limit counts."""
LARGEST_ANSWER = 100_000_000
"""Bytes that are taken in; a table lies beside the answer."""

_log = logging.getLogger(__name__)


def read_apart(files: Files, source: Source, definitions: Definitions, limits: Limits = USUAL) -> Read:
    """The good rows of files of one source, and the refused ones. Raises Refused as `data.ingest.read_partial` does."""
    said = Mapping.model_validate(source.model_dump(exclude_unset=True))  # what it leaves unsaid stays so, as in its file
    job = Job(kind="read", files=tuple(files), known=Known.of(definitions), source=said, limits=limits)
    with tempfile.TemporaryDirectory(prefix="mandato-reader-") as name:
        folder, called = Path(name), _called(files)
        answer = ask(job, folder)
        rows, refused = _table(folder / ROWS, called), _table(folder / REFUSED, called)
    aside = _checked(Aside, answer.found, called)
    if dict(rows.schema) != SHAPE or not {*TOLD} <= {*refused.columns}:
        raise Refused([_no_answer(called)])
    return Read(rows, refused, answer.problems, answer.more_problems, aside.left_out, aside.unread)


def propose_apart(path: Path, definitions: Definitions, name: str, given: abc.Mapping[str, Any], limits: Limits = USUAL) -> Proposal:
    """How a file could be read, as `data.proposal.propose` says it. Raises Refused only where the reader dies of it."""
    job = Job(kind="propose", files=((path, name),), known=Known.of(definitions), given=dict(given), limits=limits)
    return found_apart(job, Proposal)


def fitting_apart(files: Files, definitions: Definitions, limits: Limits = USUAL) -> list[str]:
    """Ids of the saved sources whose columns are all in the files. Raises Refused where the reader dies of them."""
    return found_apart(Job(kind="fit", files=tuple(files), known=Known.of(definitions), limits=limits), list[str])


def found_apart(job: Job, kind: type[T]) -> T:
    """What a job found, of its own kind. Raises Refused with what is wrong, or with what ended the reader."""
    with tempfile.TemporaryDirectory(prefix="mandato-reader-") as folder:
        return _checked(kind, ask(job, Path(folder)).found, _called(job.files))


def _checked(kind: type[T], found: str, name: str) -> T:
    try:
        return TypeAdapter(kind).validate_json(found)
    except ValidationError:
        raise Refused([_no_answer(name)]) from None


def ask(job: Job, folder: Path, reader: Sequence[str] = ()) -> Answer:
    """Have the process do the job in the folder. Raises Refused with what is wrong, or with what ended it."""
    name = _called(job.files)
    (folder / JOB).write_text(job.model_dump_json(exclude_unset=True), encoding="utf-8")
    ended = _run([*(reader or READER), str(folder)], job.limits, name)
    if ended != 0:
        raise Refused([_why_it_ended(ended, job.limits, name)])
    try:
        if (folder / ANSWER).stat().st_size > LARGEST_ANSWER:
            raise Refused([_too_much(name)])
        answer = Answer.model_validate_json((folder / ANSWER).read_bytes())
    except (OSError, ValidationError):
        raise Refused([_no_answer(name)]) from None
    if answer.not_now:
        raise NotPossibleNow(answer.not_now, **answer.not_now_values)
    if answer.refused:
        raise Refused([*answer.problems, *_uncounted(answer, name)])
    return answer


def _run(command: list[str], limits: Limits, name: str) -> int:
    """How the process ended; below zero by a signal. Raises Refused where it took too long."""
    environment = {key: os.environ[key] for key in PASSED_ON if key in os.environ} | FEW_THREADS
    with tempfile.TemporaryFile() as said:
        try:
            done = subprocess.run(  # noqa: S603 - our own program, and paths of ours
                command, cwd=REPOSITORY, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said, timeout=limits.clock
            )
        except subprocess.TimeoutExpired:
            raise Refused([_too_long(limits.clock, name)]) from None
        if done.returncode != 0:
            said.seek(0, os.SEEK_END)
            said.seek(max(said.tell() - 2000, 0))
            _log.warning("the reader of %s ended with %s: %s", name, done.returncode, said.read().decode(errors="replace"))
    return done.returncode


def _why_it_ended(ended: int, limits: Limits, name: str) -> Problem:
    if os.name != "nt" and -ended in (24, 25):  # SIGXCPU, and what some systems call it
        return _too_long(limits.computing, name)
    if ended == MEMORY_ENDED or -ended in (6, 9):  # out of memory: said by itself, by abort(), or by the system
        message = N_("reading it needs more than {megabytes} MB of memory, and was stopped; nothing else was touched")
        hint = N_("split it, keep only the rows with data, or save it as .csv")
        return Problem(message, hint, name, values={"megabytes": limits.memory // 1_000_000})
    return _no_answer(name)


def _too_much(name: str) -> Problem:
    hint = N_("keep only the rows with data, and the sheets that are needed")
    return Problem(N_("it holds more text than {megabytes} MB"), hint, name, values={"megabytes": LARGEST_ANSWER // 1_000_000})


def _too_long(seconds: int, name: str) -> Problem:
    message = N_("reading it took longer than {seconds} seconds, and was stopped; nothing else was touched")
    return Problem(message, "split it, keep only the rows with data, or save it as .csv", name, values={"seconds": seconds})


def _no_answer(name: str) -> Problem:
    message = N_("the program that reads files stopped at this one, and nothing else was touched")
    return Problem(message, "save it again as .csv or .xlsx and try that; the server's log says more", name)


def _uncounted(answer: Answer, name: str) -> list[Problem]:
    if not answer.more_problems:
        return []
    return [Problem("{count} more problems are not listed", "mend these first", name, values={"count": answer.more_problems})]


def _table(path: Path, name: str) -> pl.DataFrame:
    """A table that the process wrote. Raises Refused where it is none."""
    try:
        return pl.read_ipc(path.read_bytes())  # not mapped: the folder goes away
    except (OSError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        raise Refused([_no_answer(name)]) from None


def _called(files: Files) -> str:
    return ", ".join(name for _, name in files)
