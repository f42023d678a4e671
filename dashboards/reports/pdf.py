"""A report as a PDF that everybody can read, also by ear: PDF/UA-1, tagged, with its language and title; written by Typst.

What people wrote goes in as data beside the template, so that nothing of it can be taken for markup.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeVar

import typst

from dashboards.palette import light
from dashboards.reports.content import Report
from data.problems import N_, NotPossibleNow

TEMPLATE = Path(__file__).parent / "one_page.typ"
NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
CONTROL = re.compile(r"\\u00[01][0-9a-f]|\\u007f|[\x7f-\x9f]")
"""Letters that nobody can see, as Json writes them."""
INSTEAD = "?"
"""What stands for a letter that the bundled fonts do not have."""
FOREIGN = re.compile("[^\\n -~\u00a0-\u058f\u1e00-\u1fff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff\u25a0-\u25ff]")
"""What no European alphabet uses."""
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
COLOURS = {"red": "#b3261e", "orange": "#8f5b00", "green": "#1b7a43", "gray": "#5b6770"}
"""As in .streamlit/config.toml, light."""
MOST = 200
"""Letters that are replaced one by one before it is given up."""

Room = TypeVar("Room")


def one_page(build: Callable[[Room], Report], rooms: Sequence[Room]) -> tuple[bytes, int]:
    """The report in the first of the rooms, from the largest to the smallest, in which it is one page; returns the PDF and its pages.

    Where none is small enough, the last one holds.
    """
    smallest = len(rooms) - 1
    chosen = bisect_left(range(smallest), True, key=lambda number: _pages(written(build(rooms[number]))) == 1)
    said = written(build(rooms[chosen]))
    return _compiled(said), _pages(said)


def written(report: Report) -> str:
    """The report as the data of the template."""
    if report.picture:
        report = replace(report, picture=replace(report.picture, svg=_alone(report.picture.svg, report.brand)))
    return CONTROL.sub("", json.dumps(asdict(report), ensure_ascii=False))


def _pages(said: str) -> int:
    counted = typst.query(TEMPLATE.read_bytes(), "<pages>", field="value", one=True, ignore_system_fonts=True, sys_inputs={"said": said})
    return int(json.loads(counted))


def _compiled(said: str) -> bytes:
    """The PDF, by the fonts that Typst brings along; letters that they do not have are replaced, for a PDF/UA-1 may not leave any out."""
    for _attempt in range(MOST):
        try:
            return typst.compile(
                TEMPLATE.read_bytes(), format="pdf", pdf_standards="ua-1", ignore_system_fonts=True, sys_inputs={"said": said}
            )
        except typst.TypstError as error:
            missing = NO_GLYPH.search(str(error))
            if missing is None:
                raise
            said = _without(said, missing[1])
    raise NotPossibleNow(N_("the report has too many letters that the bundled fonts do not have"))


def _without(said: str, missing: str) -> str:
    """Another alphabet is replaced whole, any other letter by itself."""
    rest = FOREIGN.sub(INSTEAD, said)
    return rest if rest != said else said.replace(ESCAPED.sub(lambda code: chr(int(code[1], 16)), missing), INSTEAD)


def _alone(drawing: str, brand: str) -> str:
    """A drawing of the page that stands by itself: what the page's style sheet says about it goes along."""
    ink = light(brand)
    colours = "".join(f".mark.{name}{{color:{colour}}}" for name, colour in COLOURS.items())
    style = (
        f".ground{{fill:{ink.rule};stroke:{ink.paper};stroke-width:1.2}}.ground.chosen{{fill:{ink.brand};fill-opacity:.16}}"
        f".mark{{color:{ink.ink};stroke:{ink.paper};stroke-width:1}}{colours}"
        f".mark *{{fill:currentColor}}.mark circle.open{{fill:{ink.paper};stroke:currentColor;stroke-width:2.4}}"
        ".mark path.open{fill:none;stroke:currentColor;stroke-width:3.4}"
        f"text{{font-family:'Libertinus Serif';font-size:13px;font-weight:600;fill:{ink.ink};text-anchor:middle}}"
    )
    head, rest = drawing.split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{rest}'
