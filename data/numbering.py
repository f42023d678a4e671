"""The small numbers by which rows name places and indicators: once given, a number stays."""

from collections.abc import Mapping, Sequence

import duckdb
import polars as pl

from data.definitions import Definitions
from data.model import say
from data.problems import Problem, Refused

MOST = 65_536
"""How many places, or indicators, can be told apart (USMALLINT)."""


def number_places(connection: duckdb.DuckDBPyConnection, definitions: Definitions) -> dict[str, int]:
    """Fill `place` with the places as they are defined now, after those of the attached version `held`.

    Returns the number of each.
    """
    numbers = _numbers(connection, "place", [place.id for place in definitions.places])
    rows = [
        {
            "id": numbers[place.id],
            "code": place.id,
            "name": say(place.name, definitions.city.locale),
            **place.model_dump(include={"kind", "parent", "latitude", "longitude", "population"}),
        }
        for place in definitions.places
    ]
    _fill(connection, "place", rows)
    return numbers


def number_indicators(connection: duckdb.DuckDBPyConnection, definitions: Definitions) -> dict[str, int]:
    """Fill `indicator` with the indicators as they are defined now, after those of the attached version `held`.

    Returns the number of each.
    """
    numbers = _numbers(connection, "indicator", [indicator.id for indicator in definitions.indicators])
    rows = [
        {
            "id": numbers[indicator.id],
            "code": indicator.id,
            **{part: say(getattr(indicator, part), definitions.city.locale) for part in ("name", "unit", "source")},
            **indicator.model_dump(include={"kind", "frequency", "theme", "owner"}),
        }
        for indicator in definitions.indicators
    ]
    _fill(connection, "indicator", rows)
    return numbers


def numbered(rows: pl.DataFrame, places: Mapping[str, int], indicators: Mapping[str, int]) -> pl.DataFrame:
    """The rows with numbers instead of the codes of places and indicators, which must all be known."""
    return rows.with_columns(place=_coded(rows["place"], places), indicator=_coded(rows["indicator"], indicators))


def _coded(codes: pl.Series, numbers: Mapping[str, int]) -> pl.Series:
    """An Enum says where in the list each code stands; where the numbers are those of the list, that is all."""
    position = codes.cast(pl.Enum(list(numbers))).to_physical()
    kind = pl.UInt16 if len(numbers) <= MOST else pl.UInt32
    if list(numbers.values()) == list(range(len(numbers))):
        return position.cast(kind)
    return pl.Series(list(numbers.values()), dtype=kind).gather(position)


def _numbers(connection: duckdb.DuckDBPyConnection, table: str, codes: Sequence[str]) -> dict[str, int]:
    held = dict(connection.execute(f"select code, id from held.{table}").fetchall())  # noqa: S608 - our own name
    new = [code for code in codes if code not in held]
    start = max(held.values(), default=-1) + 1
    if start + len(new) > MOST:
        message = "there are more than {most:,} " + f"{table}s"
        raise Refused([Problem(message, "split the home in two", values={"most": MOST})])
    return {**held, **{code: start + i for i, code in enumerate(new)}}


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict]) -> None:
    """What is held and no longer defined keeps its row: values may still name it."""
    connection.execute(f"delete from {table}")  # noqa: S608 - our own name
    if rows:
        connection.register("defined", pl.DataFrame(rows, infer_schema_length=None).to_arrow())
        connection.execute(f"insert into {table} by name select * from defined")  # noqa: S608 - our own name
        connection.unregister("defined")
    connection.execute(f"insert into {table} select * from held.{table} where code not in (select code from {table})")  # noqa: S608
