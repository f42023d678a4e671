"""a composite index, from figures to ranks that admit their doubt

example: python -m kpis index kpis/indices/liveable_city.yaml --month 2026-06
         python -m kpis index INDEX.yaml --table TABLE.csv --draws 5000 --json
"""

import argparse
from pathlib import Path

from data import definitions as definition_files
from data.command_line import Answer, month
from data.facts import current
from data.home import Home
from data.periods import Month
from data.problems import Problem, Refused
from kpis import catalogue
from kpis.index import from_table
from kpis.index.as_json import EMPTY, as_json
from kpis.index.at_home import settled
from kpis.index.building import build
from kpis.index.built import Built
from kpis.index.reading import Written, read
from kpis.index.reckoned import reckoned
from kpis.index.said import said

__all__ = ["EMPTY", "add", "run"]

FEWEST, MOST = 100, 1_000_000
"""Draws that a file may ask for too."""


def add(parser: argparse.ArgumentParser) -> None:
    """An index, and what it is to be reckoned from."""
    parser.add_argument("index", type=Path, metavar="INDEX.yaml", help="the index: its indicators, and how each step is taken")
    parser.add_argument("--table", type=Path, metavar="TABLE.csv", help="its table, instead of the one that it names")
    parser.add_argument(
        "--month", type=month, metavar="YYYY-MM", help="of an index of the home's figures: as they stood then, else the newest"
    )
    parser.add_argument("--draws", type=int, metavar="N", help="over what could have been chosen or measured otherwise, instead of its own")


def run(told: argparse.Namespace) -> Answer:
    """Refused where the file, or what would be ranked by it, is wrong."""
    if told.draws is not None and not FEWEST <= told.draws <= MOST:
        hint = f"ask for {FEWEST:,} to {MOST:,}"
        raise Refused([Problem("{draws} draws tell nothing more", hint, key="--draws", values={"draws": told.draws})])
    from kpis.index.doubting import doubted  # what draws is loaded by whoever draws

    found = _built(read(told.index, told.table), told.month)
    doubt = doubted(found, told.draws)
    return Answer(as_json(found, doubt), said(found, doubt), found.flags)


def _built(written: Written, asked: Month | None) -> Built:
    """An index of a table needs no home."""
    if not written.recipe.of_the_home:
        if asked is not None:
            hint = "leave it out, or name indicators of the home"
            raise Refused([Problem("a table is of no month", hint, key="--month")])
        return build(written, from_table.figures(written))
    home = Home.here()
    definitions = definition_files.load(home)
    goals = catalogue.load(home, definitions)
    return reckoned(settled(written, goals, definitions), current(home), goals, definitions, asked)
