"""Portals as their published documentation says they answer: CKAN (Action API 3) and Socrata (SODA 2.1)."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.local_server import Handler

FIELDS = [
    {"id": "_id", "type": "int"},
    {"id": "lugar", "type": "text"},
    {"id": "mes", "type": "text", "info": {"label": "Mes"}},
    {"id": "valor", "type": "numeric"},
]


def months(count: int) -> list[dict[str, Any]]:
    """A row for each of so many months from January 2000."""
    return [{"lugar": "aurora", "mes": f"{2000 + n // 12}-{n % 12 + 1:02}", "valor": n + 0.5} for n in range(count)]


@dataclass
class Ckan:
    """A portal with one dataset `cuentas` and one resource `r1` of that many rows. `before` may change the rows before a page."""

    rows: list[dict[str, Any]] = field(default_factory=lambda: months(25))
    most: int = 32_000
    before: Any = None
    uploaded: str = ""
    pages: int = 0

    def __call__(self, request: Handler) -> None:
        action = urlsplit(request.path).path.removeprefix("/api/3/action/")
        if action == request.path:
            request.say("lugar,mes,valor\r\naurora,2000-01,0.5\r\n")
        elif action == "datastore_search":
            self._search(request)
        elif action == "package_show" and request.told["id"] == "cuentas":
            request.say(
                self._success(
                    {"id": "d1", "name": "cuentas", "resources": [self._resource(), {**self._resource(), "id": "r2", "name": "Otra"}]}
                )
            )
        elif action == "resource_show" and request.told["id"] == "r1":
            request.say(self._success(self._resource()))
        else:
            self._not_found(request, "Not found: Resource was not found.")

    def _search(self, request: Handler) -> None:
        if self.before:
            self.before(self, self.pages)
        self.pages += 1
        told = request.told
        if told["resource_id"] != "r1":
            return self._not_found(request, f'Not found: Resource "{told["resource_id"]}" was not found.')
        limit, offset = min(int(told.get("limit", 100)), self.most), int(told.get("offset", 0))
        numbered = [{"_id": row.get("_id", n), **row} for n, row in enumerate(self.rows, start=1)]
        found = {
            "include_total": True, "limit": limit, "offset": offset, "records_format": "objects", "resource_id": "r1", "sort": "_id",
            "total_estimation_threshold": None, "records": numbered[offset : offset + limit], "fields": FIELDS,
            "_links": {"start": "/api/3/action/datastore_search?limit=10", "next": "/api/3/action/datastore_search?limit=10&offset=10"},
            "total": len(self.rows), "total_was_estimated": False,
        }  # fmt: skip
        return request.say(self._success(found))

    def _resource(self) -> dict[str, Any]:
        return {"id": "r1", "name": "Por mes", "format": "CSV", "url": self.uploaded, "url_type": "upload", "datastore_active": True}

    def _success(self, result: object) -> dict[str, Any]:
        return {"help": "http://data.example.org/api/3/action/help_show?name=x", "success": True, "result": result}

    def _not_found(self, request: Handler, message: str) -> None:
        error = {"__type": "Not Found Error", "message": message}
        request.say({"help": "http://data.example.org/api/3/action/help_show?name=x", "success": False, "error": error}, 404)


@dataclass
class Socrata:
    """A portal with the dataset `abcd-1234`. Rows leave out what is empty; `modified` is when they last changed."""

    rows: list[dict[str, Any]] = field(default_factory=lambda: [{**row, "valor": str(row["valor"])} for row in months(25)])
    token: str | None = None
    before: Any = None
    modified: str = "Tue, 24 Feb 2026 18:51:22 GMT"
    announced: bool = True
    pages: int = 0

    def __call__(self, request: Handler) -> None:
        told = request.told
        if self.token and request.headers["X-App-Token"] != self.token:
            said = {"code": "permission_denied", "error": True, "message": "Invalid app_token specified"}
            return request.say(said, 403)
        if urlsplit(request.path).path != "/resource/abcd-1234.json":
            said = {"code": "dataset.missing", "error": True, "message": "Not found", "data": {"id": "abcd-1234"}}
            return request.say(said, 404)
        if "boom" in told.get("$where", ""):
            said = {"code": "query.compiler.malformed", "error": True, "message": "Could not parse SoQL query", "data": {"query": "boom"}}
            return request.say(said, 400)
        found = self._found(told.get("$where"))
        if told.get("$select", "").startswith("count(*)"):
            return request.say([{"how_many": str(len(found))}])
        if self.before:
            self.before(self, self.pages)
            found = self._found(told.get("$where"))
        self.pages += 1
        return self._page(request, found)

    def _found(self, where: str | None) -> list[dict[str, Any]]:
        if where is None:
            return self.rows
        since = where.rpartition(">= ")[2].strip("'")
        return [row for row in self.rows if row["changed"] >= since]

    def _page(self, request: Handler, found: list[dict[str, Any]]) -> None:
        if request.headers["If-Modified-Since"] == self.modified:
            return request.head(304, content_length="0")
        limit, offset = int(request.told.get("$limit", 1000)), int(request.told.get("$offset", 0))
        headers: dict[str, str] = (
            {"X_SODA2_Fields": '["lugar","mes","valor","nota"]', "X_SODA2_Types": '["text","text","number","text"]'}
            if self.announced
            else {}
        )
        return request.say(found[offset : offset + limit], 200, "", last_modified=self.modified, etag=f'"{hash(self.modified)}"', **headers)
