"""new: makes a folder for your own city, with definitions to fill in

example: python -m data new my-city
         MANDATO_HOME=my-city python -m kpis check
"""

import argparse
from pathlib import Path

from data.command_line import Answer
from data.home import Home
from data.new_home import copy, starter_files
from data.problems import Problem, Refused

EMPTY = {"files": []}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder to make; nothing in it is ever overwritten")


def run(told: argparse.Namespace) -> Answer:
    """Copies the starter definitions into a folder that holds none."""
    folder = told.folder.expanduser().resolve()
    if folder.is_file():
        raise Refused([Problem("this is a file", "give the name of a folder", str(folder))])
    if Home(folder).store.exists():
        raise Refused([Problem("this folder is the home of a city already", "choose another folder", str(folder))])
    files = copy(starter_files(folder))
    return Answer({"files": files}, NEXT_STEPS.format(count=len(files), folder=folder))


NEXT_STEPS = """{count} files made in {folder}

1  Say which city it is: data/city.yaml (name, mandate, areas), then data/places.yaml.
2  Say what you measure in data/indicators.yaml, and what you promised in kpis/definitions/starter.yaml.
3  Use this folder from now on:    export MANDATO_HOME="{folder}"
4  Check what you wrote:           python -m kpis check
5  Load your first file:           python -m data ingest FILE --source long_table
6  See it:                         make run"""
