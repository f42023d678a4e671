"""How a facts file is opened: locked down for reading, and for writing the next version."""

import tempfile
from functools import cache
from pathlib import Path

import duckdb

NO_EXTENSIONS = {
    "allow_community_extensions": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # Without this, SQL that names a table we do not have would read a Python variable of that name.
    "python_enable_replacements": "false",
}
READING = {
    **NO_EXTENSIONS,
    "enable_external_access": "false",
    "memory_limit": "512MB",
    "threads": "2",
    "max_temp_directory_size": "256MB",
    "max_execution_time": "60000",  # milliseconds: a stop for a query that would never end, not an aim
    "lock_configuration": "true",
}

OUR_FAULT = (duckdb.ProgrammingError, duckdb.DataError, duckdb.IntegrityError)
"""Errors of DuckDB that are mistakes of this program; all others are trouble with the file, the disk or the memory."""


def open_to_read(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can do nothing but read this file. Take a `cursor()` of it for each call, in each thread.

    `read_only` alone would still let SQL read and write other files. Every connection of a process to the same file must
    be made here: DuckDB refuses two with different settings.
    """
    return duckdb.connect(str(path), read_only=True, config={**READING, "temp_directory": str(Path(_spill().name) / path.name)})


def open_to_write(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a version in the making; what does not fit its memory goes into a folder beside it."""
    return duckdb.connect(str(path), config={**NO_EXTENSIONS, "memory_limit": "2GB", "temp_directory": f"{path}.spill"})


@cache
def _spill() -> tempfile.TemporaryDirectory[str]:
    """Room for large sorts: the process's own, since two processes would overwrite each other's."""
    return tempfile.TemporaryDirectory(prefix="mandato-", ignore_cleanup_errors=True)
