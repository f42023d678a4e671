"""plan-export: write a plan to a file, with the rows, columns and cells that it came in with, or in another format

example: python -m data plan-export --format gobierto --out plan.csv
         python -m data plan-export --plan mandate_2025 --format own --out everything.csv
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from data import definitions
from data.command_line import Answer, counted
from data.home import Home
from data.plan_files import gobierto_indicators
from data.plan_files.exporting import export
from data.plan_files.formats import FORMATS
from data.plan_files.kept import kept
from data.plan_files.setting import setting
from data.problems import N_, Problem, Refused
from data.records.records import begun, records

EMPTY = {"format": None, "plan": None, "file": None, "rows": 0, "changed": 0, "new": 0, "problems": []}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    choices = (*FORMATS, "map", gobierto_indicators.NAME)
    parser.add_argument("--format", choices=choices, help="the format; without it, the one that the plan came in")
    parser.add_argument("--out", metavar="FILE", required=True, type=Path, help="the file to write: .csv, .tsv or .xlsx")
    parser.add_argument("--plan", metavar="KEY", help="the plan; without it, the only one")


def run(told: argparse.Namespace) -> Answer:
    """Writes the plan."""
    home = Home.here()
    if not begun(home):
        raise Refused([Problem(N_("there is no plan yet"), N_("import one: `python -m data plan FILE`"), key="--plan")])
    held = records(home)
    part = "indicators" if told.format == gobierto_indicators.NAME else "plan"
    found = kept(held, told.plan, part)
    kind = told.format or (found.file.format if found.file else "own")
    if part == "indicators":
        rows, changed, new = gobierto_indicators.export(found, told.out), 0, 0
    else:
        done = export(found, setting(definitions.load(home), held, datetime.now(UTC).date()), kind, told.out)
        rows, changed, new = done.rows, done.changed, done.new
    json = {**EMPTY, "format": kind, "plan": found.plan["key"], "file": str(told.out), "rows": rows, "changed": changed, "new": new}
    since = f": {changed} changed since the file came in, {new} new" if changed or new else ""
    return Answer(json, f"{counted(rows, 'row')} of {found.plan['key']} written to {told.out} ({kind}){since}")
