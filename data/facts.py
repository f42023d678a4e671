"""What is known: one published version of the city's facts, read by everybody and changed by nobody."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

import duckdb
import polars as pl

from data.connection import OUR_FAULT, open_to_read
from data.home import Home
from data.loads import Load, read_loads
from data.migration import up_to_date
from data.periods import Frequency, Month, ending, previous, year_ago
from data.versions import Versions, damaged


def current(home: Home) -> "Facts | None":
    """The version in force now; None where nothing was ever loaded. Cheap to ask again at every rerun.

    Raises NotPossibleNow where it is damaged, or of an older schema while somebody is loading.
    """
    number = up_to_date(home)
    return None if number is None else _facts(Versions.of(home).path(number), number)


@lru_cache(maxsize=2)
def _facts(path: Path, number: int) -> "Facts":
    # Whoever still holds a version that was put out of here keeps reading it; its connection closes with its last holder.
    return Facts(path, number)


class Facts:
    """One version of the facts. Any number of threads may ask: every call takes its own cursor."""

    def __init__(self, path: Path, version: int) -> None:
        self.version = version
        self._connection = open_to_read(path)

    @property
    def demo(self) -> bool:
        """The facts hold a load of the demo city."""
        return any(load.demo for load in self._loads)

    @property
    def own(self) -> bool:
        """The facts hold a load that is not the demo's."""
        return any(not load.demo for load in self._loads)

    def loads(self) -> list[Load]:
        """Every load, newest first."""
        return list(self._loads)

    def observations(
        self,
        *,
        places: Sequence[str] | None = None,
        indicators: Sequence[str] | None = None,
        since: date | None = None,
        until: date | None = None,
        as_known: date | None = None,
        segment: str | None = "",
    ) -> pl.DataFrame:
        """Values in force, now or as they were known at the end of a day; what is None does not narrow.

        Columns place, indicator, segment ("" = total), period (its last day), value (null = missing, the reason in flag),
        numerator, denominator, flag, load; sorted by indicator, place, segment, period.
        """
        told = {
            "places": _numbers(self._places, places),
            "indicators": _numbers(self._indicators, indicators),
            "since": since or date.min,
            "until": until or date.max,
            "segment": segment,
        }
        if as_known is None:
            return self._ask(_OBSERVATIONS.format(rows="observation"), told)
        return self._ask(_OBSERVATIONS.format(rows=_AS_KNOWN), {**told, "as_known": as_known})

    def month(self, place: str, month: Month, indicators: Sequence[str]) -> pl.DataFrame:
        """One place's month: of each indicator the last period that ended by then, the one before, the one a year earlier.

        Columns indicator, period, value, flag, load, previous, year_ago (both values); a row for each known indicator, in
        the order asked for, nulls where nothing is held.
        """
        known = [name for name in indicators if name in self.frequencies]
        frequencies: set[Frequency] = {self.frequencies[name] for name in known}
        days = {frequency: _days(month, frequency) for frequency in frequencies}
        told = {
            "place": self._places.get(place),
            "indicators": [self._indicators[name] for name in known],
            "days": sorted({day for choices in days.values() for three in choices for day in three}),
        }
        with self._reading() as cursor:
            found = {(row[0], row[1]): row[2:] for row in cursor.execute(_MONTH, told).fetchall()}
        rows = [(name, *_month_row(found, self._indicators[name], days[self.frequencies[name]])) for name in known]
        return pl.DataFrame(rows, schema=_MONTH_COLUMNS, orient="row")

    def revisions(self, place: str, indicator: str, segment: str = "") -> pl.DataFrame:
        """Every value ever held of one series: period, value, known_on, until (when it was replaced; null while in force).

        Sorted by period and known_on.
        """
        told = {"place": self._places.get(place), "indicator": self._indicators.get(indicator), "segment": segment}
        return self._ask(_REVISIONS, told)

    def first_period(self, place: str) -> date | None:
        """Last day of the oldest period with a value; None without any."""
        return self._spans.get(place, (None, None))[0]

    def last_period(self, place: str) -> date | None:
        """Last day of the newest period with a value; None without any."""
        return self._spans.get(place, (None, None))[1]

    @property
    def places(self) -> list[str]:
        """Every place that the facts know, in the order in which they came to."""
        return list(self._places)

    @property
    def indicators(self) -> list[str]:
        """Every indicator that the facts know, in the order in which they came to."""
        return list(self._indicators)

    @cached_property
    def frequencies(self) -> dict[str, Frequency]:
        """The frequency of each indicator that the facts know."""
        return {code: cast(Frequency, frequency) for code, frequency in self._rows("select code, frequency from indicator")}

    @cached_property
    def _loads(self) -> tuple[Load, ...]:
        with self._reading() as cursor:
            return tuple(read_loads(cursor))

    @cached_property
    def _places(self) -> dict[str, int]:
        return dict(self._rows("select code, id from place order by id"))

    @cached_property
    def _indicators(self) -> dict[str, int]:
        return dict(self._rows("select code, id from indicator order by id"))

    @cached_property
    def _spans(self) -> dict[str, tuple[date, date]]:
        return {code: (first, last) for code, first, last in self._rows(_SPANS)}

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor of one's own. A damaged block shows only now, when it is read."""
        try:
            with self._connection.cursor() as cursor:
                yield cursor
        except OUR_FAULT:
            raise
        except duckdb.Error as error:
            raise damaged(f"version {self.version}: {str(error).splitlines()[0]}") from error

    def _rows(self, query: str) -> list[tuple]:
        with self._reading() as cursor:
            return cursor.execute(query).fetchall()

    def _ask(self, query: str, told: dict[str, Any]) -> pl.DataFrame:
        with self._reading() as cursor:
            return cursor.sql(query, params=told).pl()


def _numbers(known: dict[str, int], asked: Sequence[str] | None) -> list[int]:
    """The numbers of what was asked for; what is not known has no rows."""
    return list(known.values()) if asked is None else [known[name] for name in asked if name in known]


def _days(month: Month, frequency: Frequency) -> list[tuple[date, date, date]]:
    """The period that ended last by the month's end, the one before, the one a year earlier, as last days.

    A fiscal year may end in any month, so there are twelve choices for years; a series has a value in one of them.
    """
    if frequency == "year":
        ends = [month.plus(-back).last for back in range(12)]
    else:
        end = ending(month.last, frequency)
        ends = [end if end == month.last else previous(end, frequency)]
    return [(end, previous(end, frequency), year_ago(end, frequency)) for end in ends]


def _month_row(found: dict[tuple[int, date], tuple], indicator: int, choices: list[tuple[date, date, date]]) -> tuple:
    nothing = (None, None, None)
    end, before, year = next((three for three in choices if (indicator, three[0]) in found), choices[0])
    return (end, *found.get((indicator, end), nothing), *[found.get((indicator, day), nothing)[0] for day in (before, year)])


_OBSERVATIONS = """
select p.code as place, i.code as indicator, o.segment, o.period, o.value, o.numerator, o.denominator, o.flag, o.load
from {rows} as o join place as p on p.id = o.place join indicator as i on i.id = o.indicator
where o.place in (select unnest($places::usmallint[])) and o.indicator in (select unnest($indicators::usmallint[]))
    and o.period between $since and $until and ($segment is null or o.segment = $segment)
order by i.code, p.code, o.segment, o.period
"""
# A value counts on a day when its load was known by then, and the one that replaced it was not.
_AS_KNOWN = """(
    select o.* from observation as o join load as l on l.number = o.load where l.known_on <= $as_known
    union all by name
    select r.* exclude until from revision as r join load as l on l.number = r.load join load as u on u.number = r.until
    where l.known_on <= $as_known and u.known_on > $as_known
)"""
_MONTH = """
select indicator, period, value, flag, load from observation
where period in (select unnest($days::date[])) and indicator in (select unnest($indicators::usmallint[]))
    and place = $place and segment = ''
"""
_MONTH_COLUMNS = {
    "indicator": pl.String,
    "period": pl.Date,
    "value": pl.Float64,
    "flag": pl.String,
    "load": pl.Int32,
    "previous": pl.Float64,
    "year_ago": pl.Float64,
}
_REVISIONS = """
select held.period, held.value, l.known_on, u.known_on as until
from (
    select *, null::integer as until from observation where place = $place and indicator = $indicator and segment = $segment
    union all by name
    select * from revision where place = $place and indicator = $indicator and segment = $segment
) as held join load as l on l.number = held.load left join load as u on u.number = held.until
order by held.period, l.known_on, l.number
"""
_SPANS = """
select p.code, min(period), max(period) from observation as o join place as p on p.id = o.place
where value is not null group by p.code
"""
