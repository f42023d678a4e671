"""applies one published rule to a table, to check us against other systems: what each row attains, its band and our status

example: python -m kpis judge TABLE.csv --rule clearpoint
         python -m kpis judge TABLE.csv --rule boston_cityscore --json
"""

import argparse
from collections import Counter
from pathlib import Path

from data.command_line import Answer, counted
from data.located import near
from data.problems import Problem, Refused
from kpis.presets import library, windows
from kpis.presets.preset import Preset
from kpis.presets.table import read
from kpis.presets.verdicts import VERDICT, judge_table, overall

EMPTY = {"rows": []}


def add(parser: argparse.ArgumentParser) -> None:
    """The table, and the rule by its name."""
    parser.add_argument("table", type=Path, metavar="TABLE.csv", help="one row for each value, with the columns that the rule needs")
    parser.add_argument("--rule", required=True, metavar="PRESET", help=f"one of: {', '.join(library.names())}")


def run(told: argparse.Namespace) -> Answer:
    """Refused where the rule is unknown, or the table lacks a column or holds what is no number."""
    preset = _preset(told.rule)
    table, written = read(told.table, preset)
    judged = judge_table(table, preset)
    rows = [{**_numbers(cells, line), **verdict} for cells, line, verdict in zip(written, judged["line"], _verdicts(judged), strict=True)]
    json = {"rule": told.rule, "official": preset.official, "rows": rows, "overall": overall(judged, preset)}
    together = windows.windows(table, preset)
    whole = windows.city(together, preset)
    if preset.windows:
        json |= {"windows": [_as_written(row) for row in together.to_dicts()], "city": whole}
    return Answer(json, "\n".join([_words(rows), *_together([*together.to_dicts(), *({"series": "all series", **one} for one in whole)])]))


def _as_written(row: dict[str, object]) -> dict[str, object]:
    return {key: str(value) if key in ("from", "to") else value for key, value in row.items()}


def _together(rows: list[dict[str, object]]) -> list[str]:
    """Each series' windows, then those of all: `potholes, 7 days: 0.91  below_target`."""
    return [f"{row['series']}, {row['days']} days: {_said(row['attainment'])}  {row['band'] or '-'}" for row in rows]


def _said(attained: object) -> str:
    return "-" if attained is None else f"{attained:g}"


def _preset(name: str) -> Preset:
    found = library.preset(name)
    if found is None:
        values = {"name": name, "near": near(name, library.names()), "known": ", ".join(library.names())}
        message, hint = "{name!r} is not a known preset", "write {near}; the known ones are {known}"
        raise Refused([Problem(message, hint, key="--rule", values=values)])
    return found


def _verdicts(judged) -> list[dict[str, object]]:
    return judged.select(VERDICT).to_dicts()


def _numbers(cells: dict[str, str], line: int) -> dict[str, object]:
    """A row as it was written, its numbers as numbers and its empty cells null."""
    return {"line": line, **{column: _number(cell) for column, cell in cells.items()}}


def _number(cell: str) -> object:
    if not cell:
        return None
    try:
        number = float(cell)
    except ValueError:
        return cell
    return number if number == number and abs(number) != float("inf") else cell


def _words(rows: list[dict[str, object]]) -> str:
    lines = [f"line {row['line']}: {_said(row['attainment'])}  {row['band'] or '-'}  {row['status'] or row['reason']}" for row in rows]
    counts = Counter(row["band"] or "no colour" for row in rows)
    summary = ", ".join(f"{number} {name}" for name, number in counts.items())
    return "\n".join([*lines, "", f"{counted(len(rows), 'row')}: {summary}"])
