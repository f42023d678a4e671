"""backup: writes everything that is needed to be where we are now into a new dated folder, while the panel runs

example: python -m data backup /mnt/backups
         python -m data backup /mnt/backups --kept
"""

import argparse
from pathlib import Path

from data.backup import make
from data.command_line import Answer, counted
from data.home import Home

EMPTY = {"files": 0, "bytes": 0}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="where the dated folder is made; another disk, or one that is copied away")
    parser.add_argument("--kept", action="store_true", help="with every version that is kept, and not only the one in force")


def run(told: argparse.Namespace) -> Answer:
    """Makes the backup; nothing in DIR is ever overwritten."""
    made = make(Home.here(), told.folder.expanduser(), kept=told.kept)
    found = made.manifest
    json = {"files": len(found.files), "bytes": found.size, "folder": str(made.folder), "facts_version": found.facts_version}
    json["records_end"] = found.records_end
    held = "no facts are loaded yet" if found.facts_version is None else f"facts version {found.facts_version}"
    held += "" if found.records_end is None else f", the records up to change {found.records_end:,}"
    return Answer(json, f"{made.folder}: {counted(len(found.files), 'file')}, {counted(found.size, 'byte')}, {held}")
