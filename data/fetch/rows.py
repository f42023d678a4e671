"""Rows of a portal's table become a CSV file that the ordinary readers read, exactly as the portal wrote its values."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from data.problems import Problem, Refused
from data.sources import Source


class Changed(Exception):
    """The table changed while its pages were being read: what was read so far does not belong together."""


class Rows:
    """The rows of a fetch, kept on the disk while they come: a table may be larger than the memory."""

    def __init__(self, path: Path, columns: Iterable[str] = ()) -> None:
        self._path = path.with_name(path.name + ".rows")
        self._columns = dict.fromkeys(columns)
        self.count = 0
        self._path.write_bytes(b"")

    def add(self, records: Iterable[Mapping[str, Any]]) -> None:
        """More rows; a column that none had before is a new column."""
        with self._path.open("a", encoding="utf-8") as file:
            for record in records:
                self._columns.update(dict.fromkeys(record))
                file.write(json.dumps(record) + "\n")
                self.count += 1

    def write_csv(self, path: Path, source: Source) -> None:
        """The rows as CSV, which begins with a mark that says UTF-8 whatever encoding the source declares."""
        with path.open("w", encoding="utf-8-sig", newline="") as file, self._path.open(encoding="utf-8") as kept:
            writer = csv.writer(file, delimiter=source.delimiter)
            writer.writerow(self._columns)
            for line in kept:
                record = json.loads(line)
                writer.writerow(_cell(record.get(column)) for column in self._columns)
        self._path.unlink()


def require_plain(source: Source) -> None:
    """Raises Refused where a source of rows declares how a file is laid out."""
    if source.format not in (None, "csv") or (source.header_row, source.header_rows, source.rows_below_header) != (1, 1, 0):
        hint = "leave `format`, `header_row`, `header_rows` and `rows_below_header` out: the rows are CSV with the header on line 1"
        raise Refused([Problem("the source {source} gets rows, not a file", hint, "data/sources.yaml", values={"source": source.id})])


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
