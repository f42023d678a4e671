"""What reports cost: the mayor's brief and a meeting's slides of the demo city, in milliseconds of CPU.

    python -m tests.bench.bench_reports

Typst's own work on the brief is held against its work on an empty page; a whole report, from the session to the file with everything
read and computed once before, against 3 seconds, and slides against 5: those references are what nobody should wait longer than.
"""

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from unittest.mock import patch

import typst

from dashboards import outlooks
from dashboards.reports import kinds, pdf
from dashboards.reports.document import Document
from dashboards.reports.reader import reader
from dashboards.session import Session
from data.home import Home
from data.periods import Month
from tests.bench.figure import Figure
from tests.browser.panel import demo_home

MONTH, HELD = Month(2026, 10), Month(2026, 9)
"""The newest month of the demo city, and one whose meeting was held."""
EMPTY = b'#set document(title: sys.inputs.said, date: datetime(year: 2026, month: 11, day: 1))\n#set text(lang: "en")\n'
RUNS = 7
REPORT, SLIDES = 3000.0, 5000.0
"""Milliseconds of CPU that a report and the slides may take at most."""


def measure() -> list[Figure]:
    """Ratios of CPU, which other work on the machine moves less than the clock."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(demo_home(Path(folder) / "home"))
        return list(_figures(home))


def _figures(home: Home) -> Iterator[Figure]:
    visit = reader(home, "villa_quimera", MONTH, "en")
    outlooks.settle(visit)
    ours, floor = _cpu(*_compiling(kinds.KINDS["brief"](visit, None)))
    yield Figure("Typst's own work on the brief, beside an empty page, CPU", ours, floor, 10)
    for kind, month, form, most in _asked():
        session = reader(home, "villa_quimera", month, "en")
        outlooks.settle(session)
        (taken,) = _cpu(_making(session, kind, form))
        yield Figure(f"{kind} as {form}, warm, beside what it may take, CPU", taken, most, 1)


def _asked() -> Iterator[tuple[str, Month, str, float]]:
    yield from (("brief", MONTH, "pdf", REPORT), ("preread", HELD, "pdf", REPORT), ("council", MONTH, "pdf", REPORT))
    yield from (("slides", MONTH, form, SLIDES) for form in ("pptx", "html", "pdf"))


def _compiling(document: Document) -> tuple[Callable[[], object], Callable[[], object]]:
    """Typst's last work on a report, and an empty page; each time something else is said, for Typst remembers what it did."""
    with patch.object(typst, "compile", wraps=typst.compile) as asked:
        pdf.of_document(document)
    template, options, numbers = asked.call_args.args[0], asked.call_args.kwargs, count()
    said = options["sys_inputs"]["said"]
    sentence = json.dumps(document.sentence, ensure_ascii=False)

    def ours() -> object:
        return typst.compile(template, **{**options, "sys_inputs": {"said": said.replace(sentence, f'"{next(numbers)}"')}})

    def floor() -> object:
        return typst.compile(EMPTY, **{**options, "sys_inputs": {"said": str(next(numbers))}})

    return ours, floor


def _making(session: Session, kind: str, form: str) -> Callable[[], object]:
    numbers = count()

    def made() -> object:
        document = kinds.KINDS[kind](session, None)
        return kinds.written(replace(document, sentence=f"{document.sentence} {next(numbers)}"), form)

    return made


def _cpu(*calls: Callable[[], object]) -> list[float]:
    """The least milliseconds of CPU of each, taken in turns; the first run, which reads and computes, does not count."""
    times: list[list[float]] = [[] for _ in calls]
    for run in range(1 + RUNS):
        for call, taken in zip(calls, times, strict=True):
            began = time.process_time()
            call()
            if run:
                taken.append(1000 * (time.process_time() - began))
    return [min(taken) for taken in times]


if __name__ == "__main__":
    from tests.bench.figure import table

    print(table(measure()))
