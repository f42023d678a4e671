"""Fetching declared sources from the internet: a file, or the rows of a CKAN or Socrata portal.

Only the command line fetches; the panel never does. The way of a fetch: `reach` says who may be asked, `transport` connects
to just that address, `asking` repeats and gives up, `bodies` takes in; `files`, `ckan` and `socrata` know what to ask for;
`incoming` keeps what came until the ordinary way of `python -m data ingest` loads it.
"""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from data import incoming
from data.city import City
from data.fetch import ckan, files, socrata
from data.fetch.asking import Asking
from data.fetch.reach import Allowed, Reach
from data.fetch.rows import Changed, require_plain
from data.fetch.taken import Taken
from data.fetch.waiting import Waiting
from data.fetch_declaration import Fetch
from data.home import Home
from data.incoming import Known
from data.lasting import checksum
from data.problems import NotPossibleNow, Problem, Refused
from data.sources import Source

Take = Callable[[Asking, Source, Path, Known | None], Taken]
KINDS: dict[str, Take] = {"file": files.take, "ckan": ckan.take, "socrata": socrata.take}
ROUNDS = 3
"""How often a table is read from its first page again because it changed in between."""


@dataclass(frozen=True)
class Net:
    """The outside world as a fetch sees it. Tests give their own servers, names, clock and certificates."""

    reach: Reach = field(default_factory=Reach)
    waiting: Waiting = field(default_factory=Waiting)
    tls: ssl.SSLContext | None = None


@dataclass(frozen=True)
class Fetched:
    """What came: the file, None where there is nothing new, and what to remember once it is loaded."""

    path: Path | None
    note: Known | None
    sent: int
    requests: int


def fetch(home: Home, city: City, source: Source, part: Path, *, whole: bool = False, net: Net | None = None) -> Fetched:
    """Fetch a source into the store, by way of `part` (see `incoming.fetching`). With `whole`, as if it had never been fetched.

    Raises Refused where it is declared wrongly or the server's answer is no good, NotPossibleNow where it does not answer.
    """
    declared = _declared(source)
    before = None if whole else incoming.known(home, source)
    with _asking(declared, city, net or Net()) as asking:
        taken = _take(KINDS[declared.kind], asking, source, part, before)
        found = None if taken.nothing_new else checksum(part)
        if found is None or (before and before.sha256 == found):
            return Fetched(None, None, asking.budget.sent, asking.requests)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        note = Known(incoming.fingerprint(source), found, now, taken.etag, taken.last_modified, taken.newest)
        return Fetched(incoming.keep(part, home, source, taken.ending), note, asking.budget.sent, asking.requests)


def _declared(source: Source) -> Fetch:
    if source.fetch is None:
        values = {"source": source.id}
        hint = "declare `fetch:` in it, or load its files with `python -m data ingest`"
        raise Refused([Problem("the source {source} does not say where it is fetched", hint, "data/sources.yaml", values=values)])
    if source.fetch.gives_rows:
        require_plain(source)
    return source.fetch


def _asking(declared: Fetch, city: City, net: Net) -> Asking:
    allowed = Allowed(frozenset(host.lower() for host in (*city.fetch_hosts, *declared.hosts)), declared.plain_http)
    return Asking(declared, allowed, net.reach, net.waiting, net.tls)


def _take(kind: Take, asking: Asking, source: Source, part: Path, before: Known | None) -> Taken:
    for _ in range(ROUNDS):
        asking.budget.begin()
        try:
            return kind(asking, source, part, before)
        except Changed:
            continue
    raise NotPossibleNow(
        "the table of {source} changed each time while its pages were read; nothing was changed here: try again when it is quiet",
        source=source.id,
    )
