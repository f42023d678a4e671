"""A process that has read the program and waits: each writer that is to be killed forks off it, and need not read it again.

Reading takes most of a second, and a drill kills dozens. The writer is a process of its own as any other, and dies as hard.
"""

import atexit
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """What a writer said, by whole lines (it may have been killed in the middle of one), and how it ended; below zero by a signal."""

    said: list[str]
    code: int


def killed(writer: str, modules: tuple[str, ...], *told: str, after: float | None) -> Ended:
    """Runs a writer on these arguments, as `python -c` would; with `after` it is killed so many seconds after its first line.

    `modules` are read before the first writer starts; they may import, and do no more, for what else they did would be in all writers.
    """
    waiting = _waiting(modules)
    assert waiting.stdin is not None
    assert waiting.stdout is not None
    with tempfile.TemporaryDirectory() as folder:
        pipe = Path(folder) / "said"
        os.mkfifo(pipe)
        waiting.stdin.write(json.dumps([writer, str(pipe), list(told), dict(os.environ)]) + "\n")
        waiting.stdin.flush()
        number = int(waiting.stdout.readline())
        with pipe.open(encoding="utf-8") as said:
            first = said.readline()
            if after is not None:
                time.sleep(after)
                os.kill(number, signal.SIGKILL)  # one that has ended waits to be asked for, so that its number is nobody else's
            lines = [first, *(line for line in said if line.endswith("\n"))]
        waiting.stdin.write("\n")
        waiting.stdin.flush()
        return Ended([line.rstrip("\n") for line in lines], int(waiting.stdout.readline()))


@cache
def _waiting(modules: tuple[str, ...]) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.drills.forked", *modules], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    atexit.register(_let_go, process)
    return process


def _let_go(process: subprocess.Popen[str]) -> None:
    process.communicate()  # at the end of what it reads it ends


def main(modules: list[str]) -> None:
    """One writer after the other: a line with its number, and, once it is asked for, one with how it ended."""
    for module in modules:
        importlib.import_module(module)
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            _become(*json.loads(line))
        print(number, flush=True)
        sys.stdin.readline()
        print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)


def _become(writer: str, pipe: str, told: list[str], environment: dict[str, str]) -> Any:
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(pipe, os.O_WRONLY), 1)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["-c", *told]
        exec(writer, {"__name__": "__main__"})
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
