"""Forecasts begun when the facts change, by a process of its own behind all others, so that no visitor waits for them; then the studies.

Begun from the page that loads, and while `dashboards serve` runs from whatever publishes a version: `python -m data ingest` too.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread

from data.home import REPOSITORY, Home
from data.problems import NotPossibleNow
from data.versions import Versions

LOOK_AGAIN = 2.0
"""Seconds between two looks at which version is in force."""
COMMAND = (sys.executable, "-m", "kpis", "forecast", "--all", "--json")
STUDIES = (sys.executable, "-m", "kpis", "impact", "--all", "--json")
"""What each policy has brought, asked again of the new facts."""
LAST = 19
"""The priority that lets everything else go first."""

_lock = Lock()
_begun: dict[Home, int] = {}
_running: dict[Home, subprocess.Popen[str]] = {}


def begin(home: Home) -> None:
    """Forecast the version in force, every place of it, once; what was begun of an older version is given up. Does not wait."""
    version = _version(home)
    with _lock:
        if version is None or _begun.get(home) == version:
            return
        _stop(home)
        _begun[home] = version
        try:
            _running[home] = _started(home)
        except OSError as error:  # without memory for a process; whoever opens a page that needs them has them computed
            logging.getLogger(__name__).warning("the forecasts of version %s could not be begun: %s", version, error)
            return
        Thread(target=_go_on, args=(home, _running[home], version), name="forecasting", daemon=True).start()


@contextmanager
def watching(home: Home, every: float = LOOK_AGAIN) -> Iterator[None]:
    """Begin anew whenever another version is in force, as long as this holds."""
    over = Event()
    Thread(target=_watch, args=(home, every, over, _version(home)), name="forecasting", daemon=True).start()
    try:
        yield
    finally:
        over.set()
        with _lock:
            _stop(home)


def _watch(home: Home, every: float, over: Event, seen: int | None) -> None:
    while not over.wait(every):
        now = _version(home)
        if now not in (None, seen):
            begin(home)
            seen = now


def _version(home: Home) -> int | None:
    """None before the first load, and where it cannot be told now."""
    with suppress(NotPossibleNow, OSError):
        return Versions.of(home).current
    return None


def _started(home: Home) -> subprocess.Popen[str]:
    return _process(home, COMMAND)


def _process(home: Home, command: Sequence[str]) -> subprocess.Popen[str]:
    told = {**os.environ, "MANDATO_HOME": str(home.folder)}
    process = subprocess.Popen(  # noqa: S603 - a command of our own, with nothing in it that anybody wrote
        command, cwd=REPOSITORY, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    if os.name != "nt":
        with suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, process.pid, LAST)
    return process


def _stop(home: Home) -> None:
    running = _running.pop(home, None)
    if running is not None and running.poll() is None:
        running.terminate()


def _go_on(home: Home, process: subprocess.Popen[str], version: int) -> None:
    """Waits for the forecasts, and has the studies estimated after them, where there are any and nobody has given them up."""
    _say_how_it_ended(process, "forecasts", version)
    with _lock:
        if _running.get(home) is not process or not any(home.studies.glob("*.yaml")):
            return
        try:
            _running[home] = studies = _process(home, STUDIES)
        except OSError as error:
            logging.getLogger(__name__).warning("the studies of version %s could not be begun: %s", version, error)
            return
    _say_how_it_ended(studies, "studies", version)


def _say_how_it_ended(process: subprocess.Popen[str], what: str, version: int) -> None:
    _, said = process.communicate()
    if process.returncode > 0:  # less where it was given up
        logging.getLogger(__name__).warning("the %s of version %s could not be computed: %s", what, version, said.strip()[-500:])
