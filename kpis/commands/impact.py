"""the effect of a policy: of one study, or of all that the home has, kept so that the panel need not compute them

example: python -m kpis impact kpis/studies/request_app.yaml
         python -m kpis impact STUDY.yaml --table TABLE.csv --json
         python -m kpis impact --all
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from data import definitions as definition_files
from data.command_line import Answer
from data.facts import current
from data.home import Home
from data.problems import Problem, Refused
from kpis import catalogue
from kpis.impact import answer, kept, studies
from kpis.impact.as_json import EMPTY, as_json
from kpis.impact.reading import Written, read
from kpis.impact.said import VERDICTS, said

__all__ = ["EMPTY", "add", "run"]


def add(parser: argparse.ArgumentParser) -> None:
    """A study, and perhaps its table; or every study of the home."""
    parser.add_argument("study", nargs="?", type=Path, metavar="STUDY.yaml", help="the study: whose figures, since when, beside whom")
    parser.add_argument("--table", type=Path, metavar="TABLE.csv", help="its table, instead of the one that it names")
    parser.add_argument("--all", action="store_true", help="estimate every study of the home, and keep what they say")


def run(told: argparse.Namespace) -> Answer:
    """Refused where the study or its figures are wrong, and where they are too thin to tell anything."""
    if told.all == bool(told.study) or (told.all and told.table):
        hint = "give one STUDY.yaml, with --table where its table lies elsewhere, or --all alone"
        raise Refused([Problem("it is not said what is to be estimated", hint, key="STUDY.yaml")])
    if told.all:
        return _all(Home.here())
    found = _answered(read(told.study, told.table))
    problems = tuple(each for each in found.refused if isinstance(each, Problem))
    return Answer(as_json(found), said(found), problems, refused=bool(found.refused))


def _answered(written: Written) -> answer.Answer:
    """A study of a table needs no home, unless its start is that of an action."""
    if written.study.table is not None and written.study.action is None:
        return answer.of_table(written, written.study.start)
    home = Home.here()
    definitions = definition_files.load(home)
    goals = catalogue.load(home, definitions)
    if problems := studies.problems(written, definitions, goals):
        raise Refused(problems)
    return answer.answered(written, home, current(home), goals, definitions)


def _all(home: Home) -> Answer:
    """Every study's answer, computed where the facts or the study changed, and kept; those that cannot be read are warned of."""
    definitions = definition_files.load(home)
    goals, facts = catalogue.load(home, definitions), current(home)
    found = studies.read(home, definitions)
    every = tqdm(found.written, desc="studies", disable=None, leave=False)
    rows = [_row(kept.renewed(home, each, facts, goals, definitions), kept.history(home, each.study.study)) for each in every]
    json = {"facts_version": facts.version if facts else None, "studies": rows, "problems": [each.as_json() for each in found.problems]}
    lines = [f"{row['study']}: {VERDICTS[row['verdict']]}" for row in rows]
    return Answer(json, "\n".join(lines) or "no study is written down in kpis/studies", found.problems)


def _row(found: answer.Answer, history: Sequence[kept.Judged]) -> dict[str, Any]:
    told, moved = as_json(found), kept.moved(history)
    keys = ("study", "method", "estimate", "ci_low", "ci_high", "verdict", "refused")
    return {key: told[key] for key in keys} | {
        "day": history[-1].day.isoformat() if history else None,
        "moved": moved.as_json() if moved else None,
    }
