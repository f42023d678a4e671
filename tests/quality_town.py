"""A town of two districts whose figures are written by hand, for the rules by which data is judged."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from data.city import Area, City, Mandate
from data.definitions import Definitions
from data.indicators import Indicator, Theme
from data.loads import ROWS
from data.periods import Frequency, Month, parse
from data.places import Place
from kpis.quality.series import in_order

TOWN, EAST, WEST = "town", "east", "west"
FIRST = Month(2020, 11)
COLUMNS = {**ROWS, "load": pl.Int32}
"""As data.facts gives observations."""


def indicator(name: str = "lights", frequency: Frequency = "month", **told: Any) -> Indicator:
    known = {"id": name, "name": name.capitalize(), "unit": "days", "kind": "level", "theme": "life", "source": "desk", "owner": "works"}
    return Indicator.model_validate({**known, "frequency": frequency, **told})


def definitions(*indicators: Indicator, places: Iterable[str] = (EAST, WEST), areas: Iterable[str] = ("works", "police")) -> Definitions:
    mandate = Mandate(start=date(2023, 7, 1), end=date(2027, 6, 30))
    city = City(name="Town", place=TOWN, mandate=mandate, areas=tuple(Area(id=area, name=area.capitalize()) for area in areas))
    districts = [Place(id=place, name=place.capitalize(), kind="district", parent=TOWN) for place in places]
    return Definitions(city, (Place(id=TOWN, name="Town"), *districts), (Theme(id="life", name="Life"),), indicators, ())


def months(values: Sequence[float | None], name: str = "lights", place: str = TOWN, first: Month = FIRST, **columns: Any) -> pl.DataFrame:
    """Values of one month after the other; a None is a row without a value."""
    return _frame([(first.plus(n).last, value) for n, value in enumerate(values)], name, place, columns)


def days(values: Sequence[float | None], name: str = "lights", place: str = TOWN, first: date = date(2020, 1, 1)) -> pl.DataFrame:
    found = [first + timedelta(days=n) for n in range(len(values))]
    return _frame(list(zip(found, values, strict=True)), name, place, {})


def periods(
    values: Mapping[str, float | None], frequency: Frequency, name: str = "lights", place: str = TOWN, **columns: Any
) -> pl.DataFrame:
    """Values by period as people write them: {"2025-Q1": 71.2}."""
    starts = columns.pop("fiscal_year_starts", 1)
    return _frame([(parse(period, frequency, starts), value) for period, value in values.items()], name, place, columns)


def series(known: Definitions, *frames: pl.DataFrame) -> pl.DataFrame:
    """The frames as the parts of the quality report take them."""
    return in_order(pl.concat(frames), known)


def _frame(rows: list[tuple[date, float | None]], name: str, place: str, columns: dict[str, Any]) -> pl.DataFrame:
    usual = {"place": place, "indicator": name, "segment": "", "numerator": None, "denominator": None, "flag": None, "load": 1}
    told = {**usual, **columns}
    frame = pl.DataFrame(rows, schema={"period": pl.Date, "value": pl.Float64}, orient="row")
    parts = [
        pl.Series(key, said, COLUMNS[key]) if isinstance(said, list) else pl.lit(said, COLUMNS[key]).alias(key)
        for key, said in told.items()
    ]
    return frame.with_columns(parts).select(*COLUMNS)
