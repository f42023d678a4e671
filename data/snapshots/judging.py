"""What a month says when it is closed, asked of the kpis in a process of their own: this room knows nothing of goals."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from data.home import REPOSITORY, Home
from data.periods import Month
from data.problems import N_, NotPossibleNow

Statuses = Callable[[Home, str, Month], Mapping[str, Any]]
NOT_JUDGED = N_("the month could not be judged, so it is open as before: {why}")


def of_the_kpis(home: Home, place: str, month: Month) -> Mapping[str, Any]:
    """What one month says, by `python -m kpis statuses`. Raises NotPossibleNow."""
    command = (sys.executable, "-m", "kpis", "statuses", f"--place={place}", f"--month={month}", "--json")
    told = {**os.environ, "MANDATO_HOME": str(home.folder)}
    done = subprocess.run(command, cwd=REPOSITORY, env=told, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603 - a command of our own
    if done.returncode:
        raise NotPossibleNow(NOT_JUDGED, why=done.stderr.strip()[-500:] or done.stdout.strip()[-500:])
    return json.loads(done.stdout)


@contextmanager
def one_after_another() -> Iterator[Statuses]:
    """The same for whoever closes several months: the process is started once, which takes longer than all that it is asked.

    What is given raises NotPossibleNow where the process has ended; why stands on standard error.
    """
    command = (sys.executable, "-m", "kpis.reviews.answering")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    with subprocess.Popen(command, cwd=REPOSITORY, **pipes) as process:  # noqa: S603 - a command of our own
        assert process.stdin is not None
        assert process.stdout is not None
        asks, answers = process.stdin, process.stdout

        def ask(home: Home, place: str, month: Month) -> Mapping[str, Any]:
            try:
                asks.write(json.dumps([str(home.folder), place, str(month)]) + "\n")
                asks.flush()
            except BrokenPipeError:
                pass  # nor will there be an answer
            answer = answers.readline()
            if not answer:
                raise NotPossibleNow(NOT_JUDGED, why=f"kpis.reviews.answering: {process.wait()}")
            return json.loads(answer)

        yield ask
