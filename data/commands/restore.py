"""restore: checks a backup from end to end and puts it in force as a new version; `rollback` undoes it

examples: python -m data restore /mnt/backups/mandato-20260301T030000Z
          MANDATO_HOME=new-home python -m data restore /mnt/backups     (the newest one in it)
"""

import argparse
from pathlib import Path

from data.backup import Restored, newest, restore
from data.command_line import Answer, counted
from data.home import Home

EMPTY = {"files": 0, "bytes": 0}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("folder", metavar="DIR", type=Path, help="a backup's dated folder, or the folder of backups: then the newest")
    definitions = parser.add_mutually_exclusive_group()
    definitions.add_argument(
        "--definitions", action="store_true", help="its definition files take the place of the home's, which are kept aside"
    )
    definitions.add_argument("--keep-definitions", action="store_true", help="the home's definition files stay as they are")
    records = parser.add_mutually_exclusive_group()
    records.add_argument("--records", action="store_true", help="its records take the place of those here, which are kept aside")
    records.add_argument("--keep-records", action="store_true", help="the records here stay as they are")
    parser.add_argument("--version", type=int, metavar="NUMBER", help="another version of a backup made with --kept")


def run(told: argparse.Namespace) -> Answer:
    """Restores the backup, all of it or nothing."""
    folder = newest(told.folder.expanduser())
    wanted = True if told.definitions else False if told.keep_definitions else None
    records = True if told.records else False if told.keep_records else None
    found = restore(Home.here(), folder, definitions=wanted, records=records, version=told.version)
    json = {"files": len(found.manifest.files), "bytes": found.manifest.size, "folder": str(folder)}
    done = {"facts_version": found.facts_version, "definitions": list(found.definitions), "records": found.records}
    return Answer({**json, **done}, _words(folder, found, told.version))


def _words(folder: Path, found: Restored, version: int | None) -> str:
    facts = f"version {found.facts_version} is in force; `python -m data rollback` undoes it"
    if found.manifest.facts_version is None and version is None:
        facts = "it holds no facts, so those here stay"
    changed = f"{counted(len(found.definitions), 'definition file')} put back" if found.definitions else "no definition file changed"
    end = found.manifest.records_end
    records = f"the records end with change {end:,}; those from before lie in data/store/replaced" if found.records else "the records stay"
    return f"{folder}, made {found.manifest.made_at} by {found.manifest.made_by}: {facts}. {changed}; {records}."
