"""writes the JSON Schema of every kind of definition file, so that an editor completes and underlines

example: python -m kpis schema docs/schemas
"""

import argparse
from pathlib import Path

from data.command_line import Answer
from kpis.schemas import write_schemas


def add(parser: argparse.ArgumentParser) -> None:
    """The folder to write into."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the files go; it is made where it is missing")


def run(told: argparse.Namespace) -> Answer:
    """Writes the files over older ones."""
    files = [str(path) for path in write_schemas(told.folder)]
    return Answer({"files": files}, "\n".join(files))
