"""Writes the malformed files into a folder, to look at them: python -m tests.malformed DIR"""

import json
import sys
from pathlib import Path

from tests.malformed import cases


def main(folder: Path) -> None:
    manifest = []
    for name, case in cases():
        path = folder / name.replace(" ", "_") / case.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.bytes)
        expected = {"verdict": case.verdict, "cells": case.cells, "refused": sorted(case.refused, key=str), "words": case.words}
        manifest.append({"class": name, "file": str(path.relative_to(folder)), "about": case.about, "declare": case.declare, **expected})
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(manifest)} files in {len({entry['class'] for entry in manifest})} classes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
