"""demo: builds Villa Quimera, an invented city with six years of figures and its mandate plan, the same every time

examples: python -m data demo
          python -m data demo --remove
"""

import argparse

from data import definitions
from data.command_line import Answer, counted
from data.definitions import Definitions
from data.demo.apart import apart
from data.demo.build import SOURCE, loads
from data.demo.plan import build as plans
from data.demo.story import CITY
from data.facts import Facts, current
from data.home import REPOSITORY, Home
from data.loads import apply, remove_demo
from data.model import say
from data.new_home import copy, demo_files
from data.problems import Problem, Refused
from data.records.records import begun

EMPTY = {"places": 0, "indicators": 0, "observations": 0, "facts_version": None, "plans": 0, "actions": 0}
FRESH_FOLDER = "name a fresh folder with MANDATO_HOME and run it again"


def add(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument("--remove", action="store_true", help="take the demo city's figures out again; your own stay")


def run(told: argparse.Namespace) -> Answer:
    """Builds the demo city, or removes it."""
    home = Home.here()
    return _remove(home) if told.remove else _build(home)


def _build(home: Home) -> Answer:
    if not home.city.exists():
        _require_demo(definitions.load(Home(REPOSITORY)))
        copy(demo_files(home))
    known = definitions.load(home)
    _require_demo(known)
    before = current(home)
    if before and before.own:
        raise Refused([Problem("the facts hold the city's own loads, and the demo would mix with them", FRESH_FOLDER)])
    plans.require_no_own_plan(home, FRESH_FOLDER)
    planned = _whole(home, known) if before is None and not begun(home) else _again(home, known, before)
    counts = _counts(home)
    unchanged = before is not None and counts["facts_version"] == before.version and not planned
    return Answer(counts, _words(counts, "nothing has changed" if unchanged else "the demo city is ready"))


def _whole(home: Home, known: Definitions) -> bool:
    with apart(home) as fresh:
        plans.build_whole(fresh, known, loads(known))
    return True


def _again(home: Home, known: Definitions, before: Facts | None) -> bool:
    """What is missing of the figures and the plans, where somebody has worked with the home; returns whether plans were."""
    made = loads(known)
    ours = {load.id for load in before.loads() if load.source == SOURCE} if before else set()
    if ours - {load.id for load, _ in made}:  # An earlier edition of the demo, or of its definitions.
        remove_demo(home, known)
    apply(home, known, made)
    return plans.build(home, known)


def _require_demo(known: Definitions) -> None:
    if not known.city.demo or CITY not in known.place:
        name = say(known.city.name, known.city.locale)
        raise Refused(
            [Problem("the definitions here are those of {city}, not the demo's", FRESH_FOLDER, "data/city.yaml", values={"city": name})]
        )


def _remove(home: Home) -> Answer:
    known = definitions.load(home)
    before = current(home)
    if before is None or not before.demo:
        counts = _counts(home)
        return Answer(counts, _words(counts, "there is no demo to remove"))
    remove_demo(home, known)
    counts = _counts(home)
    words = _words(counts, "the demo city's figures are removed")
    if counts["plans"]:
        words += "\nIts plans stay: nothing is ever taken out of the records."
    if known.city.demo:
        words += "\nThe definitions still describe the demo city; `python -m data new DIR` makes a home of your own."
    return Answer(counts, words)


def _counts(home: Home) -> dict[str, int | None]:
    planned, facts = plans.counts(home), current(home)
    if facts is None:
        return {**EMPTY, **planned}
    held = facts.observations(segment=None)
    counts = {"places": held["place"].n_unique(), "indicators": held["indicator"].n_unique(), "observations": held.height}
    return {**counts, "facts_version": facts.version, **planned}


def _words(counts: dict[str, int | None], begin: str) -> str:
    planned = [counted(counts[f"{thing}s"] or 0, thing) for thing in ("plan", "action") if counts["plans"]]
    if counts["facts_version"] is None:
        return ", ".join([f"{begin}: no facts are held", *planned])
    told = [counted(counts[f"{thing}s"] or 0, thing) for thing in ("place", "indicator", "observation")]
    return f"{begin}: {', '.join(told)}, version {counts['facts_version']}" + (f"; {', '.join(planned)}" if planned else "")
