"""export-month: writes the city's closed month as one signed file for its consultant: figures, and nothing of people

example: python -m data export-month --place aurora --month 2026-06
         python -m data export-month --place aurora --month 2026-06 -o /media/usb/june.json
"""

import argparse
import hashlib
from datetime import UTC, datetime
from pathlib import Path

from data import people
from data.command_line import Answer, month
from data.commands.close import require_place
from data.exchange.making import file_name, month_file, own_fingerprint
from data.home import Home
from data.lasting import replace_bytes
from data.records.records import records
from data.versions import login

EMPTY = {"file": None, "bytes": 0, "sha256": None, "fingerprint": None}


def add(parser: argparse.ArgumentParser) -> None:
    """Which month, and where to write it."""
    parser.add_argument("--place", required=True, help="the city's own id, as `place` in data/city.yaml")
    parser.add_argument("--month", required=True, type=month, help="the closed month, as 2026-06")
    parser.add_argument(
        "-o", "--out", metavar="FILE", type=Path, help="the file to write; without it, PLACE-MONTH.month.json in the folder one is in"
    )


def run(told: argparse.Namespace) -> Answer:
    """Writes the file; Refused where the month is open."""
    home = Home.here()
    require_place(home, told.place)
    held = records(home)
    actor = people.command_line(held, login(), datetime.now(UTC).date())
    written = month_file(home, held, actor, told.place, told.month)
    path = told.out or Path(file_name(told.place, told.month))
    replace_bytes(path, written)
    mark = own_fingerprint(home)
    json = {"file": str(path), "bytes": len(written), "sha256": hashlib.sha256(written).hexdigest(), "fingerprint": mark}
    said = f"{told.month} of {told.place} is in {path}. The fingerprint of your key, to be read to your consultant: {mark}"
    return Answer({**json, "problems": []}, said)
