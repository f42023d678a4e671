"""The process that reads: takes a job from a folder, does it under its limits, and leaves the answer there."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import duckdb
from polars.exceptions import PanicException
from pydantic import TypeAdapter

from data.ingest import header, read_partial
from data.ingest.apart.jobs import ANSWER, JOB, REFUSED, ROWS, Answer, Aside, Files, Job, told
from data.ingest.apart.limits import MEMORY_ENDED, hold
from data.ingest.fitting import fitting
from data.problems import NotPossibleNow, Refused
from data.proposal import Proposal, propose
from data.sources import Source

NO_ROOM_FOR_A_THREAD = "Resource temporarily unavailable"
"""What the system says, and Polars repeats in sentences of its own, where the memory that is left does not hold one more thread."""


def main(folder: Path) -> int:
    """Do the job of the folder; returns the exit code."""
    job = Job.model_validate_json((folder / JOB).read_bytes())
    hold(job.limits)
    try:
        answer = DOING[job.kind](job, folder)
    except Refused as refused:
        answer = Answer(refused=True, **told(refused.problems))
    except NotPossibleNow as reason:
        answer = Answer(not_now=reason.sentence, not_now_values=reason.values)
    except (MemoryError, duckdb.OutOfMemoryException):
        return MEMORY_ENDED
    except PanicException as panic:
        if NO_ROOM_FOR_A_THREAD not in str(panic):
            raise
        return MEMORY_ENDED
    (folder / ANSWER).write_text(answer.model_dump_json(), encoding="utf-8")
    return 0


def _read(job: Job, folder: Path) -> Answer:
    assert job.source is not None and job.known is not None
    found = read_partial(job.files, job.source, job.known.definitions())
    found.observations.rows.write_ipc(folder / ROWS)
    found.refused.write_ipc(folder / REFUSED)
    aside = Aside(left_out=found.observations.left_out, unread=_unread(job.files, job.source))
    return Answer(**told(found.problems), found=aside.model_dump_json())


def _unread(files: Files, source: Source) -> tuple[str, ...]:
    """A column that the source does not name may be the new month that somebody forgot to declare."""
    wanted = {"", *source.wanted}
    names = [column for path, name in files for column in header(path, source, name) if column not in wanted]
    return tuple(dict.fromkeys(names))


def _fit(job: Job, _folder: Path) -> Answer:
    assert job.known is not None
    return Answer(found=json.dumps(fitting(job.known.definitions(), job.files)))


def _propose(job: Job, _folder: Path) -> Answer:
    assert job.known is not None
    ((path, name),) = job.files
    found = propose(path, job.known.definitions(), name, given=_frozen(job.given))
    return Answer(found=TypeAdapter(Proposal).dump_json(found, exclude_unset=True).decode())


def _sheet(job: Job, _folder: Path) -> Answer:
    from data.plans.sheet.reading import Sheet, read
    from data.plans.sheet.wording import Wording

    ((path, name),) = job.files
    wordings = TypeAdapter(list[Wording]).validate_python(job.given["wordings"])
    return Answer(found=TypeAdapter(Sheet).dump_json(read(path, name, wordings)).decode())


def _workbook(job: Job, _folder: Path) -> Answer:
    from data.plan_files.cells import Grid, every_sheet

    ((path, name),) = job.files
    return Answer(found=TypeAdapter(list[Grid]).dump_json(every_sheet(path, name)).decode())


def _frozen(given: Any) -> Any:
    """JSON knows no tuples: its lists are."""
    if isinstance(given, dict):
        return {key: _frozen(value) for key, value in given.items()}
    return tuple(given) if isinstance(given, list) else given


DOING = {"read": _read, "fit": _fit, "propose": _propose, "sheet": _sheet, "workbook": _workbook}

if __name__ == "__main__":
    # Without the interpreter's tidying up: there is nothing to keep, and memory may be short.
    code = main(Path(sys.argv[1]))
    sys.stderr.flush()
    os._exit(code)
