"""A city of a thousand places and many indicators, whose facts are written by SQL: 10 or 100 million values, a third of them revised."""

from contextlib import closing
from datetime import date
from pathlib import Path

from data.city import Area, City, Mandate
from data.connection import open_to_write
from data.definitions import Definitions
from data.history import attach_held
from data.home import Home
from data.indicators import Indicator, Theme
from data.loads import SPANS
from data.numbering import number_indicators, number_places
from data.places import Place
from data.schema import migrate
from data.verification import require_sound
from data.versions import publish, writing

PLACES, MONTHS = 1_000, 167
FIRST = "date '2012-01-01'"
# One month in its order: values that do not compress to nothing; the second load replaced every third one.
MONTH = f"""
insert into observation by name
select last_day({FIRST} + to_months($month::integer)) as period, i::usmallint as indicator, p::usmallint as place, '' as segment,
    (hash($month, i, p) % 10000) / 100 as value, case when ($month + i + p) % 3 = 0 then 2 else 1 end as load, load as confirmed
from range($indicators) as indicators(i), range({PLACES}) as places(p) order by i, p
"""
LOADS = """
insert into load select n, 'bench-' || n, 'bench', ['bench.csv'], 'bench', date '2026-01-01' + n::integer, now()::timestamp, false,
    count(*), case when n = 1 then count(*) else 0 end, 0, case when n = 1 then 0 else count(*) end
from observation, range(1, 3) as numbers(n) where n = 1 or load = 2 group by n
"""


def observations(indicators: int) -> int:
    return PLACES * MONTHS * indicators


def published(folder: Path, indicators: int) -> Home:
    """A home whose version in force holds a value of every place, indicator and month."""
    home = Home(folder)

    def build(part: Path) -> None:
        with closing(open_to_write(part)) as connection:
            attach_held(connection, None)
            migrate(connection)
            connection.execute("begin")
            number_places(connection, definitions(indicators))
            number_indicators(connection, definitions(indicators))
            for month in range(MONTHS):
                connection.execute(MONTH, {"month": month, "indicators": indicators})
            connection.execute(
                "insert into revision by name select * replace (value + 1 as value, 1 as load, 1 as confirmed), 2 as until "
                "from observation where load = 2"
            )
            connection.execute(LOADS)
            connection.execute(SPANS)
            connection.execute("commit")
            connection.execute("checkpoint")

    with writing(home) as versions:
        publish(versions, None, build, require_sound)
    return home


def definitions(indicators: int) -> Definitions:
    areas = (Area(id="area", name="Area"),)
    city = City(name="City", place="place_0", mandate=Mandate(start=date(2024, 1, 1), end=date(2027, 12, 31)), areas=areas)
    places = tuple(Place(id=f"place_{i}", name=f"Place {i}") for i in range(PLACES))
    return Definitions(city, places, (Theme(id="theme", name="Theme"),), tuple(_indicator(f"indicator_{i}") for i in range(indicators)), ())


def _indicator(name: str) -> Indicator:
    return Indicator(id=name, name=name, unit="days", kind="level", frequency="month", theme="theme", source="bench", owner="area")
