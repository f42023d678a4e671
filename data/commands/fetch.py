"""fetch: gets a declared source from the internet and loads it; where nothing is new, nothing changes

examples: python -m data fetch accidents
          python -m data fetch accidents --dry-run
"""

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING

from data import definitions, facts, incoming
from data.command_line import Answer, counted
from data.commands import ingest
from data.home import Home
from data.problems import Problem, Refused
from data.sources import Source

if TYPE_CHECKING:
    from data.fetch import Fetched, Net

EMPTY = {**ingest.EMPTY, "nothing_new": False, "bytes": 0}


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("source", metavar="SOURCE", help="a source of data/sources.yaml with a `fetch:`")
    parser.add_argument("--dry-run", action="store_true", help="fetch and check, and load nothing")
    parser.add_argument("--force", action="store_true", help="fetch all of it, though nothing may have changed since the last time")


def run(told: argparse.Namespace, net: "Net | None" = None) -> Answer:
    """Fetches, and hands the file to the ordinary ingest."""
    from data.fetch import fetch  # the panel's own commands load this room too, and never need it

    home = Home.here()
    known = definitions.load(home)
    source = _source(told.source, known)
    held = facts.current(home)
    with incoming.fetching(home, source) as part:
        found = fetch(home, known.city, source, part, whole=told.force or not _still_held(home, source, held), net=net)
        if found.path is None:
            return _nothing_new(source, found, held)
        answer = ingest.run(_as_ingest(told, source, str(found.path)))
        if not answer.refused and not told.dry_run and found.note:
            incoming.remember(home, source, replace(found.note, loads=_loads(source, facts.current(home))))
    return _said(answer, found)


def _still_held(home: Home, source: Source, held: facts.Facts | None) -> bool:
    """Whether what was fetched before counts. An increment would never ask again for what a load brought that was taken out."""
    before = incoming.known(home, source)
    grows = source.fetch is not None and source.fetch.increment is not None
    return held is not None and not (grows and before and set(before.loads) - set(_loads(source, held)))


def _loads(source: Source, held: facts.Facts | None) -> list[str]:
    return [load.id for load in held.loads() if load.source == source.id] if held else []


def _source(name: str, known: definitions.Definitions) -> Source:
    if name not in known.source:
        fetched = ", ".join(source.id for source in known.sources if source.fetch) or "none is declared yet"
        raise Refused([Problem("{name!r} is not a declared source", "fetched can be: {known}", values={"name": name, "known": fetched})])
    return known.source[name]


def _as_ingest(told: argparse.Namespace, source: Source, path: str) -> argparse.Namespace:
    """What would be told to `python -m data ingest` for the fetched file."""
    parser = argparse.ArgumentParser()
    ingest.add(parser)
    options = ["--source", source.id, "--keep-demo", *(["--dry-run"] if told.dry_run else [])]
    found = parser.parse_args([path, *options])
    found.json = True  # nobody is asked, and no bar is drawn: it may run at night
    return found


def _said(answer: Answer, found: "Fetched") -> Answer:
    assert isinstance(answer.json, dict)
    words = f"Fetched {counted(found.sent, 'byte')} in {counted(found.requests, 'request')}.\n{answer.words}"
    return replace(answer, json={**EMPTY, **answer.json, "bytes": found.sent}, words=words)


def _nothing_new(source: Source, found: "Fetched", held: facts.Facts | None) -> Answer:
    version = held.version if held else None
    json = {**EMPTY, "facts_version": version, "source": source.id, "nothing_new": True, "bytes": found.sent}
    return Answer(json, f"{source.id}: nothing new since the last time; the facts are unchanged (--force loads it all the same).")
