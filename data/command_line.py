"""How every command answers: one JSON document or plain words on standard output, the rest on standard error, an exit code.

0 done    1 refused because of the input, every problem listed    2 wrong usage    3 not possible now, nothing changed
130 stopped with Ctrl-C, nothing half done
"""

import argparse
import gc
import io
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from types import ModuleType
from typing import Any

from data.periods import Month
from data.problems import NotPossibleNow, Problem, Refused

SHOWN_PROBLEMS = 200
"""In plain words only: a person mends the first ones and asks again. --json lists them all."""


@dataclass(frozen=True)
class Answer:
    """What a command found: the contract's JSON, and the same in words. `refused` answers exit with 1."""

    json: dict[str, Any] | list[Any]
    words: str = ""
    problems: tuple[Problem, ...] = ()
    refused: bool = False


Command = Callable[[argparse.Namespace], Answer]


def commands(room: str, names: Sequence[str]) -> dict[str, ModuleType]:
    """The modules of a room's commands, by name."""
    gc.disable()  # what is imported stays, and to look through it again and again takes a tenth of the time
    try:
        return {name: import_module(f"{room}.commands.{name.replace('-', '_')}") for name in names}
    finally:
        gc.enable()


def door(room: str, summary: str | None, names: Sequence[str], arguments: list[str] | None = None) -> int:
    """The door of a room: runs the command that was asked for and returns its exit code.

    A command is a module: the docstring's first line helps, the rest is an example; `add(parser)`, `run(told) -> Answer`,
    and where its refusal has keys of its own, `EMPTY`.
    """
    _speak_utf8()
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog=f"python -m {room}", description=summary)
    choices = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    # Whoever names a command waits for no other: to import them all takes longer than most of them run.
    for name, command in commands(room, [name for name in names if name in arguments[:1]] or names).items():
        about, _, example = (command.__doc__ or "").partition("\n")
        chosen = choices.add_parser(
            name, help=about, description=about, epilog=example, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        chosen.add_argument("--json", action="store_true", help="print one JSON document on standard output and nothing else there")
        command.add(chosen)
        chosen.set_defaults(run=command.run, empty=getattr(command, "EMPTY", None))
    told = parser.parse_args(arguments)
    return answer(told.run, told, told.empty)


def counted(number: int, thing: str) -> str:
    """In words: `1 place`, `12,000 places`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def month(text: str) -> Month:
    """For arguments that are a month."""
    try:
        return Month.parse(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None


def day(text: str) -> date:
    """For arguments that are a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-06-30") from None


def answer(command: Command, told: argparse.Namespace, empty: dict[str, Any] | None = None) -> int:
    """Run a command and print its answer; returns the exit code. `empty` is the JSON around the problems of a refusal."""
    try:
        found = _found(command, told, empty or {})
        _print(found, bool(getattr(told, "json", False)))
    except NotPossibleNow as reason:
        print(reason, file=sys.stderr)
        return 3
    except BrokenPipeError:  # the reader has had enough, as `head` has; what Python still holds has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"{error.filename}: {error.strerror}" if error.filename else error, file=sys.stderr)
        return 3
    except (KeyboardInterrupt, EOFError, RuntimeError) as stop:
        if isinstance(stop, RuntimeError) and str(stop) != "Query interrupted":  # what DuckDB makes of Ctrl-C
            raise
        print("stopped; nothing is left half done", file=sys.stderr)
        return 130
    return 1 if found.refused else 0


def _speak_utf8() -> None:
    """Windows writes a pipe in its old code page; and a file name may hold bytes that are no letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _found(command: Command, told: argparse.Namespace, empty: Mapping[str, Any]) -> Answer:
    try:
        return command(told)
    except Refused as refused:
        problems = tuple(refused.problems)
        return Answer({**empty, "problems": [problem.as_json() for problem in problems]}, "", problems, refused=True)


def _print(found: Answer, as_json: bool) -> None:
    if as_json:
        print(json.dumps(found.json, ensure_ascii=False, default=str))
    elif found.words:
        print(found.words)
    sys.stdout.flush()
    _print_problems(found.problems)


def _print_problems(problems: tuple[Problem, ...]) -> None:
    for problem in problems[:SHOWN_PROBLEMS]:
        print(problem, file=sys.stderr)
    if len(problems) > SHOWN_PROBLEMS:
        print(f"... and {len(problems) - SHOWN_PROBLEMS} more; --json lists them all", file=sys.stderr)
