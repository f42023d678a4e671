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
from data.migration import in_force
from data.periods import Frequency, Month, ending, previous, year_ago
from data.versions import damaged

FEW = 32
"""Names that are looked through for each row rather than joined to it."""
REMEMBERED = 16
"""Choices of places of which it is remembered what was replaced."""


def current(home: Home) -> "Facts | None":
    """The version in force now; None where nothing was ever loaded. Cheap to ask again at every rerun.

    Raises NotPossibleNow where it is damaged, or of an older schema while somebody is loading.
    """
    found = in_force(home)
    read = _of_a_closed_month if home.frozen else _facts
    return None if found is None else read(*found)


def forget() -> None:
    """Whoever asks for facts next opens them anew, as when their files are moved."""
    _facts.cache_clear()
    _of_a_closed_month.cache_clear()


class Facts:
    """One version of the facts. Any number of threads may ask: every call takes its own cursor."""

    def __init__(self, path: Path, version: int) -> None:
        self.version = version
        self._replaced: dict[tuple[int, ...], pl.DataFrame] = {}
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
        numbers = {"places": _numbers(self._places, places), "indicators": _numbers(self._indicators, indicators)}
        told = {**numbers, "since": since or date.min, "until": until or date.max, "segment": segment}
        if as_known is not None:
            told["known"] = [load.number for load in self._loads if load.known_on <= as_known]
        rows = "observation" if as_known is None else _AS_KNOWN
        among = {names: _among(names, asked) for names, asked in numbers.items()}
        return self._ask(_OBSERVATIONS.format(rows=rows, **among), told)

    def month(self, place: str, month: Month, indicators: Sequence[str]) -> pl.DataFrame:
        """One place's month: of each indicator the last period that ended by then, the one before, the one a year earlier.

        Columns indicator, period, value, flag, load, previous, year_ago (both values); a row for each known indicator, in
        the order asked for, nulls where nothing is held.
        """
        known = [name for name in indicators if name in self.frequencies]
        frequencies: set[Frequency] = {self.frequencies[name] for name in known}
        days = {frequency: _days(month, frequency) for frequency in frequencies}
        told: dict[str, Any] = {"place": self._places.get(place), "indicators": [self._indicators[name] for name in known]}
        told["days"] = sorted({day for choices in days.values() for three in choices for day in three})
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

    def replaced(self, places: Sequence[str], until: date) -> pl.DataFrame:
        """Every total of some places that was held and then replaced, for periods up to a day, with what replaced it.

        Columns place, indicator, period, before, after (null = missing), known_on (when it was replaced), by (who loaded that),
        load; sorted by place, indicator, period and the order of knowing.
        """
        numbers = _numbers(self._places, places)
        found = self._replaced.get(tuple(numbers))  # every month that is looked at asks for it
        if found is None:
            if len(self._replaced) >= REMEMBERED:
                self._replaced.clear()
            found = self._replaced[tuple(numbers)] = self._ask(_REPLACED, {"places": numbers})
        return found.filter(pl.col("period") <= until)

    def segments(self, indicators: Sequence[str], places: Sequence[str]) -> list[str]:
        """The segments, other than the total, of which anything is held of these indicators and places; sorted."""
        told = {"places": _numbers(self._places, places), "indicators": _numbers(self._indicators, indicators)}
        return self._ask(_SEGMENTS, told)["segment"].to_list()

    def bringing(self, until: date) -> pl.DataFrame:
        """The loads that hold a value in force of each indicator, at any place and for periods up to a day: indicator, load; sorted."""
        return self._ask(_BRINGING, {"last": until})

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
            raise damaged(f"facts-{self.version:06}.duckdb", str(error).splitlines()[0]) from error

    def _rows(self, query: str) -> list[tuple]:
        with self._reading() as cursor:
            return cursor.execute(query).fetchall()

    def _ask(self, query: str, told: dict[str, Any]) -> pl.DataFrame:
        with self._reading() as cursor:
            return cursor.sql(query, params=told).pl()


def _numbers(known: dict[str, int], asked: Sequence[str] | None) -> list[int]:
    """The numbers of what was asked for; what is not known has no rows."""
    return list(known.values()) if asked is None else [known[name] for name in asked if name in known]


def _among(names: str, numbers: Sequence[int]) -> str:
    """The condition that a row is of one of the places, or indicators; a short list is looked through faster than it is joined."""
    column = f"o.{names.removesuffix('s')}"
    return (
        f"list_contains(${names}::usmallint[], {column})" if len(numbers) <= FEW else f"{column} in (select unnest(${names}::usmallint[]))"
    )


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


# The range of the numbers says the same again, in a way that is asked of whole stretches of rows before any is read.
_OBSERVATIONS = """
select p.code as place, i.code as indicator, o.segment, o.period, o.value, o.numerator, o.denominator, o.flag, o.load
from {rows} as o join place as p on p.id = o.place join indicator as i on i.id = o.indicator
where o.place between list_min($places::usmallint[]) and list_max($places::usmallint[])
    and o.indicator between list_min($indicators::usmallint[]) and list_max($indicators::usmallint[])
    and {places} and {indicators}
    and o.period between $since and $until and ($segment is null or o.segment = $segment)
order by i.code, p.code, o.segment, o.period
"""
# A value counts on a day when its load was known by then, and the one that replaced it was not.
_AS_KNOWN = """(
    select * from observation where list_contains($known::integer[], load)
    union all by name
    select * exclude until from revision where list_contains($known::integer[], load) and not list_contains($known::integer[], until)
)"""
_MONTH = """
select indicator, period, value, flag, load from observation
where period in (select unnest($days::date[])) and indicator in (select unnest($indicators::usmallint[]))
    and place = $place and segment = ''
"""
_MONTH_COLUMNS = {
    "indicator": pl.String, "period": pl.Date, "value": pl.Float64, "flag": pl.String, "load": pl.Int32,
    "previous": pl.Float64, "year_ago": pl.Float64,
}  # fmt: skip
_REVISIONS = """
select held.period, held.value, l.known_on, u.known_on as until
from (
    select *, null::integer as until from observation where place = $place and indicator = $indicator and segment = $segment
    union all by name
    select * from revision where place = $place and indicator = $indicator and segment = $segment
) as held join load as l on l.number = held.load left join load as u on u.number = held.until
order by held.period, l.known_on, l.number
"""
_SEGMENTS = """
select distinct segment from observation
where place in (select unnest($places::usmallint[])) and indicator in (select unnest($indicators::usmallint[])) and segment <> ''
order by segment
"""
_BRINGING = """
select i.code as indicator, o.load from (
    select distinct indicator, load from observation where period <= $last and isfinite(value)
) as o join indicator as i on i.id = o.indicator
order by i.code, o.load
"""
_REPLACED = """
with replaced as (select * from revision where segment = '' and place in (select unnest($places::usmallint[]))),
held as (
    select period, indicator, place, load, value from replaced
    union all by name
    select period, indicator, place, load, value from observation
    where segment = '' and place in (select unnest($places::usmallint[]))
        and (period, indicator, place) in (select (period, indicator, place) from replaced)
)
select p.code as place, i.code as indicator, r.period, r.value as before, held.value as after, l.known_on, l.loaded_by as "by",
    l.number as load
from replaced as r
    join held on held.period = r.period and held.indicator = r.indicator and held.place = r.place and held.load = r.until
    join load as l on l.number = r.until join place as p on p.id = r.place join indicator as i on i.id = r.indicator
order by p.code, i.code, r.period, l.known_on, l.number
"""
_SPANS = "select p.code, s.first, s.last from place_span as s join place as p on p.id = s.place"


# Whoever still holds a version that was put out of here keeps reading it; its connection closes with its last holder.
_facts = lru_cache(maxsize=2)(Facts)
_of_a_closed_month = lru_cache(maxsize=2)(Facts)
