"""writes a report of a month as a file: for the mayor, the meeting, the council, or of one goal, area, study or neighbourhood

example: python -m dashboards report --place aurora --month 2026-06 --kind neighbourhood --id old_town \\
    --format pdf --language en --out old_town.pdf
"""

import argparse
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from data import definitions as definition_files
from data import facts
from data.command_line import Answer, month
from data.definitions import Definitions
from data.home import Home
from data.lasting import replace_bytes
from data.problems import NotPossibleNow, Problem, Refused
from data.versions import finish_stopped
from kpis import catalogue
from kpis.impact import studies

if TYPE_CHECKING:
    from dashboards.session import Session

KINDS = ("brief", "preread", "minutes", "slides", "council", "accountability", "goal", "area", "study", "neighbourhood")
FORMATS = ("pdf", "pptx", "html")
WRITTEN = ("pdf", "pptx", "html")


def add(parser: argparse.ArgumentParser) -> None:
    """Of what, of when, in which form and language, and where it goes."""
    parser.add_argument("--place", required=True, help="the city, by its id in the places' file")
    parser.add_argument("--month", required=True, type=month, help="the month under review, such as 2026-06")
    parser.add_argument("--kind", required=True, choices=KINDS, help="what is reported")
    parser.add_argument("--id", help="of what the report is: the id of a goal, an area, a study, a neighbourhood or a meeting")
    parser.add_argument("--format", required=True, choices=FORMATS, help="the form of the file")
    parser.add_argument("--language", required=True, choices=("es", "en"), help="the language of the report")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="where the report goes; what is there is replaced")


def run(told: argparse.Namespace) -> Answer:
    """Writes the file in one step: no half report is ever there."""
    home = Home.here()
    finish_stopped(home)
    if problems := list(_problems(told, home, definition_files.load(home))):
        raise Refused(problems)
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # it warns that no browser looks on
    from dashboards.reports.reader import reader

    visit = reader(home, told.place, told.month, told.language)
    content, pages = _neighbourhood(told, visit) if told.kind == "neighbourhood" else _document(told, visit)
    replace_bytes(told.out, content)
    closed = visit.snapshot["folder"] if visit.snapshot else None
    seen = "live" if closed is None else "as it was closed"
    said = f"{told.out}: {pages} page{'' if pages == 1 else 's'} of {told.month}, {seen}"
    return Answer({"file": str(told.out), "pages": pages, "snapshot": closed}, said)


def _problems(told: argparse.Namespace, home: Home, known: Definitions) -> Iterator[Problem]:
    if told.format != "pdf" and (told.kind == "neighbourhood" or told.format not in WRITTEN):
        values = {"kind": told.kind, "format": told.format}
        yield Problem("a report of the kind {kind} cannot be written as {format}", "ask for pdf", key="--format", values=values)
    if told.place not in known.place:
        yield Problem("no place has the id {place}", "the places' file lists them", key="--place", values={"place": told.place})
        return
    yield from _problem_of_month(told, home, known)
    yield from _problem_of_id(told, home, known)


def _problem_of_month(told: argparse.Namespace, home: Home, known: Definitions) -> Iterator[Problem]:
    from dashboards.offered import choosable

    months = choosable(facts.current(home), known, told.place)
    if told.month not in months:
        values = {"month": told.month, "first": months[-1], "last": months[0]}
        yield Problem("{month} has no data", "the months from {first} to {last} have", key="--month", values=values)


def _problem_of_id(told: argparse.Namespace, home: Home, known: Definitions) -> Iterator[Problem]:
    """Where the report is of one thing, there is such a thing."""
    if told.kind == "neighbourhood":
        inside = [place.id for place in known.places if place.parent == told.place]
        if told.id not in inside:
            hint = "name one of: {inside}" if inside else "the places' file names none inside this place"
            values = {"place": told.place, "inside": ", ".join(inside)}
            yield Problem("--id names no neighbourhood of {place}", hint, key="--id", values=values)
    if told.kind == "area" and told.id not in known.area:
        yield Problem("--id names no area of the city", "name one of: {areas}", key="--id", values={"areas": ", ".join(known.area)})
    if told.kind == "study" and told.id not in (held := [each.study for each in studies.read(home, known).studies]):
        yield Problem("--id names no study of the city", "name one of: {studies}", key="--id", values={"studies": ", ".join(held)})
    if told.kind == "goal" and told.id not in (goals := catalogue.load(home, known).kpi):
        yield Problem("--id names no goal of the city", "name one of: {goals}", key="--id", values={"goals": ", ".join(goals)})


def _document(told: argparse.Namespace, visit: "Session") -> tuple[bytes, int]:
    from dashboards import outlooks
    from dashboards.reports import kinds
    from dashboards.study import known

    outlooks.settle(visit)
    if told.kind == "study":
        known.settle(visit)
    return kinds.written(kinds.KINDS[told.kind](visit, told.id), told.format)


def _neighbourhood(told: argparse.Namespace, visit: "Session") -> tuple[bytes, int]:
    from dashboards.plan import mandate
    from dashboards.plan.neighbourhood import known, measured
    from dashboards.reports import neighbourhood, pdf

    plan = mandate.of_place(visit)
    if plan is None:
        raise NotPossibleNow("there is no mandate plan of this place yet: `python -m data plan FILE` takes one in")
    district = visit.definitions.place[told.id]
    found, figures = known.of_district(visit, plan, district), measured.figures(visit, district)
    return pdf.one_page(lambda room: neighbourhood.report(visit, found, figures, room), neighbourhood.rooms(found, figures))
