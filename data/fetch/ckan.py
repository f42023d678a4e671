"""Fetching from a CKAN portal: the rows of its DataStore, page by page, or the file that was uploaded.

Written after the Action API of CKAN 2.9 to 2.12: `datastore_search`, `resource_show`, `package_show`.
"""

from pathlib import Path
from typing import Any

import httpx

from data.fetch.asking import Asking
from data.fetch.files import take_from
from data.fetch.rows import Changed, Rows
from data.fetch.taken import Taken
from data.fetch_declaration import Fetch
from data.incoming import Known
from data.problems import Problem, Refused
from data.sources import Source

INTERNAL = ("_id", "_full_text")
"""Columns of the DataStore itself, which nobody published."""
CHECK = "check `site` and `resource`"


def take(asking: Asking, source: Source, path: Path, known: Known | None) -> Taken:
    """The resource of a source, into `path`."""
    fetch = source.fetch
    assert fetch and fetch.resource
    resource = _resource(asking, fetch) if fetch.dataset or fetch.take == "file" else {"id": fetch.resource}
    if fetch.take == "file":
        return take_from(_text(resource, "url"), asking, source, path, known)
    _take_rows(asking, fetch, _text(resource, "id"), path, source)
    return Taken()


def _resource(asking: Asking, fetch: Fetch) -> dict[str, Any]:
    """What the portal says of the resource, found by its id, or by id or name within its dataset."""
    if not fetch.dataset:
        return _ask(asking, fetch, "resource_show", id=fetch.resource or "")
    listed = _ask(asking, fetch, "package_show", id=fetch.dataset).get("resources")
    found = [one for one in listed or [] if isinstance(one, dict) and fetch.resource in (one.get("id"), one.get("name"))]
    if len(found) != 1:
        known = ", ".join(str(one.get("name") or one.get("id")) for one in listed or [] if isinstance(one, dict))[:300]
        values = {"resource": fetch.resource, "dataset": fetch.dataset, "count": len(found), "known": known or "none"}
        message = "{count} resources of the dataset {dataset} are called {resource!r}"
        raise Refused([Problem(message, "name one by its id; it has: {known}", key="resource", values=values)])
    return found[0]


def _take_rows(asking: Asking, fetch: Fetch, resource: str, path: Path, source: Source) -> None:
    """Every page in the order of the rows' numbers, held against the total that each page tells."""
    page = _page(asking, fetch, resource, 0)
    fields, total = _fields(page), _total(page)
    rows, last = Rows(path, fields), 0
    while records := page.get("records"):
        last = _require_order(records, last)
        rows.add({key: value for key, value in record.items() if key not in INTERNAL} for record in records)
        if total is not None and rows.count >= total:
            break
        page = _page(asking, fetch, resource, rows.count)
        if _total(page) != total or _fields(page) != fields:
            raise Changed
    if total is not None and rows.count != total:
        raise Changed
    if not rows.count:
        raise Refused([Problem("the table at {site} has no rows", "ask who published it", values={"site": fetch.site})])
    rows.write_csv(path, source)


def _page(asking: Asking, fetch: Fetch, resource: str, offset: int) -> dict[str, Any]:
    told = {"resource_id": resource, "limit": fetch.page_rows, "offset": offset, "sort": "_id", "include_total": "true"}
    found = _ask(asking, fetch, "datastore_search", **told)
    records = found.get("records") or []
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise Refused([Problem("{site} refused: {said}", CHECK, values={"site": fetch.site, "said": "the answer is no list of rows"})])
    return found


def _ask(asking: Asking, fetch: Fetch, action: str, **told: str | int) -> dict[str, Any]:
    """The `result` of an action. Raises Refused where the portal says that it had no success."""
    url = f"{(fetch.site or '').rstrip('/')}/api/3/action/{action}?{httpx.QueryParams(told)}"
    answer = asking.json(url)
    found = answer[1] if answer else None
    if not isinstance(found, dict) or found.get("success") is not True or not isinstance(found.get("result"), dict):
        error = found.get("error") if isinstance(found, dict) else None
        said = (error.get("message") or error.get("__type")) if isinstance(error, dict) else None
        values = {"site": fetch.site, "said": str(said or "no reason given")[:200]}
        raise Refused([Problem("{site} refused: {said}", CHECK, values=values)])
    return found["result"]


def _fields(page: dict[str, Any]) -> list[str]:
    found = [field.get("id") for field in page.get("fields") or [] if isinstance(field, dict)]
    return [str(name) for name in found if name not in INTERNAL]


def _total(page: dict[str, Any]) -> int | None:
    """How many rows the portal counts; None where it does not say."""
    found = str(page.get("total", ""))
    return int(found) if found.isdecimal() else None


def _require_order(records: list[dict[str, Any]], last: int) -> int:
    """A row that comes twice, or before the one before it, was moved while we read."""
    for record in records:
        number = str(record.get("_id", ""))
        if number.isdigit():
            if int(number) <= last:
                raise Changed
            last = int(number)
    return last


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    if not isinstance(value, str) or not value:
        hint = "check `resource`; a resource without a file has no rows to take either"
        raise Refused([Problem("the portal names no {key} of the resource", hint, key="resource", values={"key": key})])
    return value
