"""Fetching from a Socrata portal: the rows of a dataset, page by page, all of them or those since the last known date.

Written after the documentation of SODA 2.1: paging, response codes and headers, app tokens.
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import httpx

from data.fetch.asking import Asking
from data.fetch.rows import Changed, Rows
from data.fetch.taken import Taken
from data.fetch_declaration import Fetch
from data.incoming import Known
from data.problems import Problem, Refused
from data.sources import Source

DATE = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?"
"""What an increment may hold; it is written into the next question, so nothing else may."""


def take(asking: Asking, source: Source, path: Path, known: Known | None) -> Taken:
    """The dataset of a source, into `path`."""
    assert source.fetch
    return _Dataset(asking, source, known).take(path)


class _Dataset:
    def __init__(self, asking: Asking, source: Source, known: Known | None) -> None:
        assert source.fetch
        self._asking, self._source, self._known, self._fetch = asking, source, known, source.fetch
        self._headers = _token(source.fetch)
        self._since = known.newest if known else None

    def take(self, path: Path) -> Taken:
        """Every page, held against the portal's own count before and after."""
        conditions = self._known.conditions if self._known and not self._since else {}
        first = self._page(0, conditions)
        if first is None:
            return Taken(nothing_new=True)
        headers, page = first
        count, rows, newest = self._count(), Rows(path, _columns(headers)), self._since
        while page:
            rows.add(page)
            newest = self._newest(page, newest)
            following = self._page(rows.count, {})
            if following is None or following[0].get("last-modified") != headers.get("last-modified"):
                raise Changed
            page = following[1]
        if self._count() != count or count not in (None, rows.count):
            raise Changed
        return self._written(rows, path, headers, newest)

    def _written(self, rows: Rows, path: Path, headers: httpx.Headers, newest: str | None) -> Taken:
        if not rows.count and self._since:
            return Taken(nothing_new=True)
        if not rows.count:
            raise Refused([Problem("the dataset {dataset} has no rows", "check `where`", values={"dataset": self._fetch.dataset})])
        if self._fetch.increment and newest is None:
            hint = "ask for it in `select`, as `:*, *` does"
            raise Refused([Problem("no row has the increment {column}", hint, values={"column": self._fetch.increment})])
        rows.write_csv(path, self._source)
        return Taken(etag=headers.get("etag"), last_modified=headers.get("last-modified"), newest=newest)

    def _page(self, offset: int, conditions: dict[str, str]) -> tuple[httpx.Headers, list[dict[str, Any]]] | None:
        order = ", ".join(part for part in (self._fetch.increment, self._fetch.order) if part)
        told = {"$select": self._fetch.select, "$order": order, "$limit": self._fetch.page_rows, "$offset": offset}
        return self._ask(told, conditions)

    def _count(self) -> int | None:
        """How many rows the portal counts; None where `select` may put several rows into one."""
        if self._fetch.select:
            return None
        answer = self._ask({"$select": "count(*) as how_many"}, {})
        found = answer[1][0].get("how_many") if answer and answer[1] else None
        return int(found) if isinstance(found, str) and found.isdigit() else None

    def _ask(self, told: dict[str, Any], conditions: dict[str, str]) -> tuple[httpx.Headers, list[dict[str, Any]]] | None:
        told = {key: value for key, value in {**told, "$where": self._where()}.items() if value is not None}
        scheme = "http" if self._fetch.plain_http else "https"
        url = f"{scheme}://{self._fetch.domain}/resource/{self._fetch.dataset}.json?{httpx.QueryParams(told)}"
        answer = self._asking.json(url, {**self._headers, **conditions})
        if answer is None:
            return None
        if not isinstance(answer[1], list) or not all(isinstance(row, dict) for row in answer[1]):
            said = answer[1].get("message") if isinstance(answer[1], dict) else None
            values = {"domain": self._fetch.domain, "said": str(said or "the answer is no list of rows")[:200]}
            raise Refused([Problem("{domain} refused: {said}", "check `domain` and `dataset`", values=values)])
        return answer

    def _where(self) -> str | None:
        since = f"{self._fetch.increment} >= '{self._since}'" if self._since else None
        both = [part for part in (self._fetch.where and f"({self._fetch.where})", since) if part]
        return " AND ".join(both) or None

    def _newest(self, page: list[dict[str, Any]], newest: str | None) -> str | None:
        """The rows come in the increment's order, so the last one holds the newest."""
        column = self._fetch.increment
        if not column:
            return None
        found = [row[column] for row in page if row.get(column) is not None]
        if not found:
            return newest
        if not isinstance(found[-1], str) or not re.fullmatch(DATE, found[-1]):
            values = {"column": column, "found": str(found[-1])[:60]}
            raise Refused([Problem("the increment {column} holds {found!r}, which is no date", "choose a column of dates", values=values)])
        return found[-1]


def _token(fetch: Fetch) -> dict[str, str]:
    """The app token is looked up each time, and written nowhere."""
    if fetch.token_variable is None:
        return {}
    token = os.environ.get(fetch.token_variable, "").strip()
    if not token:
        hint = "set it for the account that runs the fetch, or remove `token_variable`"
        raise Refused([Problem("the environment variable {name} is not set", hint, values={"name": fetch.token_variable})])
    return {"X-App-Token": token}


def _columns(headers: httpx.Headers) -> list[str]:
    """The columns that the portal announces: a row leaves out those that are empty."""
    try:
        found = json.loads(headers.get("x-soda2-fields", "[]"))
    except ValueError:
        return []
    return [name for name in found if isinstance(name, str) and not name.startswith(":")] if isinstance(found, list) else []
