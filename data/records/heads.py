"""The ends of the audit chain, kept outside the database: a chain that was cut or put back no longer reaches them."""

import os
from pathlib import Path

from data.records.chain import Head

NAME = "heads.log"


def export(store: Path, head: Head) -> None:
    """Append the end of the chain after a commit, and flush it; each line is `seq hash`.

    Where a full disk or a power cut left half a line, the next one begins on a line of its own.
    """
    with (store / NAME).open("a+b") as file:
        if file.tell() and (file.seek(-1, os.SEEK_END), file.read(1))[1] != b"\n":
            file.write(b"\n")
        file.write(f"{head.seq} {head.hash}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def exported(store: Path) -> list[Head]:
    """Every end that was exported, in the order of the chain; a line that a power cut left unfinished is passed over."""
    path = store / NAME
    lines = path.read_text(encoding="ascii", errors="replace").splitlines() if path.exists() else []
    parts = [line.split(" ") for line in lines]
    whole = [part for part in parts if len(part) == 2 and part[0].isdecimal() and len(part[1]) == 64]
    return sorted((Head(int(seq), text) for seq, text in whole), key=lambda head: head.seq)
