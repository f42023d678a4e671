"""Asking a server politely: redirects are followed by hand, failures are asked again later, and nothing lasts for ever."""

import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import httpx

from data.fetch.bodies import Broken, Budget, body
from data.fetch.reach import Allowed, Reach, check_url, shown
from data.fetch.transport import CheckedTransport
from data.fetch.waiting import Waiting
from data.fetch_declaration import Fetch
from data.problems import NotPossibleNow, Problem, Refused

T = TypeVar("T")
Take = Callable[[httpx.Headers, Iterator[bytes]], T]
"""Takes in an answer's bytes. It is called again, from the start, where an answer did not arrive whole."""

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
AGAIN = (202, 408, 425, 429, 500, 502, 503, 504)
"""Answers after which asking again may help; 202 is a portal that is still preparing the rows."""
TIMEOUT = httpx.Timeout(30, connect=10)
HEADERS = {"User-Agent": "mandato-fetch", "Accept": "*/*", "Accept-Encoding": "gzip"}
LONGEST_ERROR = 65_536


class Asking:
    """All the requests of one fetch, within its limits. Use it in a `with`."""

    def __init__(self, fetch: Fetch, allowed: Allowed, reach: Reach, waiting: Waiting, tls: ssl.SSLContext | None = None) -> None:
        self.budget = Budget(fetch.most_megabytes * 10**6)
        self.requests = 0
        self._allowed, self._waiting, self._minutes = allowed, waiting, fetch.most_minutes
        self._end = waiting.clock() + fetch.most_minutes * 60
        # trust_env: a proxy named in the environment would look names up by itself, unchecked.
        self._client = httpx.Client(transport=CheckedTransport(reach, self.left, tls), headers=HEADERS, timeout=TIMEOUT, trust_env=False)

    def __enter__(self) -> "Asking":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def left(self) -> float:
        """Seconds."""
        return self._end - self._waiting.clock()

    def get(self, url: str, take: Take[T], headers: Mapping[str, str] | None = None) -> T | None:
        """What `take` makes of the answer; None where the server says that nothing has changed (304).

        Raises Refused where the answer is wrong or must not be asked for, NotPossibleNow where none comes in time.
        """
        reason = ""
        for attempt in range(1, self._waiting.attempts + 1):
            sent, unpacked = self.budget.sent, self.budget.unpacked
            try:
                return self._once(url, take, headers or {})
            except (Broken, httpx.TransportError) as error:
                reason = str(error) or type(error).__name__
                self.budget.sent, self.budget.unpacked = sent, unpacked
                self._pause(url, attempt, error)
        raise NotPossibleNow("{url} could not be fetched: {why}; nothing was changed, try again later", url=shown(url), why=reason)

    def json(self, url: str, headers: Mapping[str, str] | None = None) -> tuple[httpx.Headers, Any] | None:
        """The answer read as JSON, its numbers as they are written; None for 304."""
        return self.get(url, _read_json, headers)

    def _pause(self, url: str, attempt: int, error: Exception) -> None:
        if self.left() <= 0:
            raise NotPossibleNow(
                "{url} took longer than {minutes} minutes; nothing was changed, try again later", url=shown(url), minutes=self._minutes
            ) from None
        if attempt == self._waiting.attempts:
            return
        seconds = self._waiting.seconds(attempt, getattr(error, "wait", None))
        if seconds >= self.left():
            raise NotPossibleNow(
                "{url}: {why}; it asks to wait {seconds} seconds; nothing was changed",
                url=shown(url),
                why=str(error),
                seconds=round(seconds),
            ) from None
        self._waiting.sleep(seconds)

    def _once(self, url: str, take: Take[T], headers: Mapping[str, str]) -> T | None:
        checked = first = check_url(url, self._allowed)
        for _ in range(MOST_REDIRECTS + 1):
            self.requests += 1
            with self._client.stream("GET", checked, headers=headers if _same_server(checked, first) else {}) as response:
                if response.status_code not in REDIRECTS:
                    return self._taken(response, take, headers)
                checked = self._next(checked, response)
        raise Refused([Problem("{url}: redirected more than {most} times", "check the address", values=_of(url, most=MOST_REDIRECTS))])

    def _next(self, url: httpx.URL, response: httpx.Response) -> httpx.URL:
        try:
            following = str(url.join(response.headers.get("location", "")))
        except (httpx.InvalidURL, ValueError, UnicodeError):
            raise Refused([Problem("{url}: redirected to what is no address", "check the address", values=_of(str(url)))]) from None
        if url.scheme == "https" and not following.startswith("https:"):
            message = "{url}: redirected to {following}, which is not encrypted"
            raise Refused([Problem(message, "fetch another address", values=_of(str(url), following=shown(following)))])
        return check_url(following, self._allowed)

    def _taken(self, response: httpx.Response, take: Take[T], headers: Mapping[str, str]) -> T | None:
        status = response.status_code
        if status == 200:
            return take(response.headers, body(response, self.budget))
        if status == 304 and headers.keys() & {"If-None-Match", "If-Modified-Since"}:
            return None
        if status in AGAIN:
            raise Broken(f"the server answered {status}", response.headers.get("retry-after"))
        values = _of(str(response.url), status=status, said=_said(response, self.budget))
        cure = CURES.get(status, "check the address and what is asked for")
        raise Refused([Problem("{url}: the server answered {status}{said}", cure, values=values)])


CURES = {
    401: "the server wants to know who asks: declare `token_variable`, or fetch what is public",
    403: "the server does not let us: declare `token_variable`, or fetch what is public",
    404: "check the address and the id: there is nothing there",
    410: "it is no longer published: ask who published it",
}


def _same_server(one: httpx.URL, other: httpx.URL) -> bool:
    """Tokens go to the server that they were declared for, and to no other."""
    return (one.scheme, one.host, one.port) == (other.scheme, other.host, other.port)


def _said(response: httpx.Response, budget: Budget) -> str:
    """The reason that an error gives, as both kinds of portal word it; "" where it gives none."""
    try:
        text = b"".join(body(response, Budget(min(budget.most, LONGEST_ERROR))))
        found = json.loads(text)
        error = found.get("error")
        said = found.get("message") or (error.get("message") or error if isinstance(error, dict) else error)
    except (Refused, Broken, httpx.TransportError, ValueError, AttributeError, RecursionError):
        return ""
    return f": {' '.join(str(said).split())[:200]}" if said else ""


def _read_json(headers: httpx.Headers, pieces: Iterator[bytes]) -> tuple[httpx.Headers, Any]:
    text = b"".join(pieces)
    try:
        return headers, json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise Refused([Problem("the server's answer is not JSON", "check the address: it may be no portal of this kind")]) from None


def _of(url: str, **values: object) -> dict[str, object]:
    return {"url": shown(url), **values}
