"""cities: the cities whose months were received, and whose key is trusted; withdraws trust, or forgets a city

example: python -m data cities
         python -m data cities --withdraw aurora
"""

import argparse
from datetime import UTC, datetime

from data import people
from data.command_line import Answer, counted
from data.exchange.received import CityMonth, received
from data.exchange.trusting import Trusted, forget, trusted, withdraw
from data.home import Home
from data.problems import N_, Problem, Refused
from data.records.records import Records, begun, records
from data.records.writing import Gone
from data.versions import login

EMPTY = {"cities": [], "withdrawn": None, "forgotten": None}


def add(parser: argparse.ArgumentParser) -> None:
    """What to do with one of them."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--withdraw", metavar="CITY", help="trust its key no longer: nothing more of it is received; what was received stays")
    what.add_argument("--forget", metavar="CITY", help="the same, and remove its months; the audit keeps what was received")


def run(told: argparse.Namespace) -> Answer:
    """Lists the cities, after what was asked."""
    home = Home.here()
    if not begun(home):
        return Answer({**EMPTY, "problems": []}, "Nothing was received yet.")
    held = records(home)
    said = _done(held, told) if told.withdraw or told.forget else ""
    rows = _rows({each.city: each for each in received(held)}, trusted(held))
    lines = [f"{row['city']}: {row['month'] or 'no month'}, {row['fingerprint'] or 'no longer trusted'}" for row in rows]
    json = {"cities": rows, "withdrawn": told.withdraw, "forgotten": told.forget, "problems": []}
    return Answer(json, "\n".join(filter(None, [said, *lines])) or "Nothing was received yet.")


def _done(held: Records, told: argparse.Namespace) -> str:
    actor = people.command_line(held, login(), datetime.now(UTC).date())
    try:
        if told.withdraw:
            withdraw(held, actor, told.withdraw)
            return f"The key of {told.withdraw} is no longer trusted."
        return f"{told.forget} is forgotten, with {counted(forget(held, actor, told.forget), 'month')}."
    except Gone:
        key, city = ("--withdraw", told.withdraw) if told.withdraw else ("--forget", told.forget)
        hint = N_("`python -m data cities` lists those that are")
        raise Refused([Problem(N_("no city {city} is known here"), hint, key=key, values={"city": city})]) from None


def _rows(months: dict[str, CityMonth], keys: dict[str, Trusted]) -> list[dict[str, object]]:
    """Those of which a month is held, by name, then those of which only the key is trusted."""
    return [
        {
            "city": city,
            "month": str(months[city].month) if city in months else None,
            "closed_at": months[city].closed_at.isoformat() if city in months else None,
            "fingerprint": keys[city].fingerprint if city in keys else None,
            "trusted_by": keys[city].by if city in keys else None,
            "trusted_at": keys[city].at.isoformat() if city in keys else None,
        }
        for city in dict.fromkeys([*months, *keys])
    ]
