"""A report as slides: what stands on each, and where, so that nothing leaves a slide whatever people wrote.

Slides are 16:9; all measures are inches, letters' sizes points. Whoever writes them (pptx.py, html.py) decides nothing of this.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from dashboards.reports import letters
from dashboards.reports.content import Bar, Picture, Table
from dashboards.reports.document import Chart, Document, Section
from dashboards.reports.rows import fitted, heights, widths

WIDTH, HEIGHT = 13.333, 7.5
LEFT, TOP, BOTTOM = 0.6, 1.4, 6.85
"""Where what stands below the title begins and ends."""
ACROSS = WIDTH - 2 * LEFT
ARMS = 1.5
"""Inches that the arms of the cover are wide."""
BESIDE, GAP = 4.6, 0.4
"""What stands beside a chart, and what lies between the two."""
COVER, ABOUT, SENTENCE = 36.0, 18.0, 24.0
"""Letters of the cover."""
TITLE, SAID, SAID_BESIDE, TOLD = 26.0, 20.0, 16.0, 14.0
"""Letters: of titles, sentences, sentences beside a chart, tables."""
SMALL = 12.0
TITLE_LINES = 2
BETWEEN = 0.16
BAR, BAR_BESIDE = 0.52, 0.8
"""A row of the truth line: on one line, or in a narrow column with its words above it."""
HEADED = 1.2
"""What a heading needs below it."""
BELOW = 6.98
"""Where the foot of a slide stands."""
UNITS = 66
"""Of a drawing in an inch: its letters, 12 units high, are then 13 points."""
TITLED = 0.6
"""What the title of a chart takes."""
FEW = 2
"""Columns of a table that can stand beside a chart."""


@dataclass(frozen=True)
class Paragraph:
    """Some sentences."""

    text: str
    strong: bool = False
    muted: bool = False


Content = Paragraph | Table | Sequence[Bar] | Chart | Picture


@dataclass(frozen=True)
class Box:
    """Something on a slide: where it stands, how large it is, and the size of its letters."""

    left: float
    top: float
    width: float
    height: float
    content: Content
    size: float = SAID


@dataclass(frozen=True)
class Slide:
    """A title and what stands below it. The first one of all is the cover.

    `notes` are what it does not show, or not whole; `words` what it shows, for whoever speaks or only listens.
    """

    title: str
    boxes: Sequence[Box]
    notes: Sequence[str] = ()
    words: Sequence[str] = ()
    cover: bool = False

    @property
    def spoken(self) -> list[str]:
        """All that is said beside it: its notes, then what it shows."""
        return [said for said in (*self.notes, *self.words) if said]


@dataclass
class _Column:
    """A part of a slide that is filled from the top."""

    left: float
    width: float
    boxes: list[Box] = field(default_factory=list)
    top: float = TOP

    @property
    def room(self) -> float:
        return BOTTOM - self.top

    def put(self, content: Content, height: float, size: float) -> None:
        self.boxes.append(Box(self.left, self.top, self.width, height, content, size))
        self.top += height + BETWEEN


def slides(document: Document) -> list[Slide]:
    """The cover, and each section on as many slides as it takes."""
    told = [_cover(document)]
    for section in document.sections:
        told += _section(section)
    return told


def numbered(slide: Slide, number: int, of: int) -> str:
    """The title of one of several slides of a section."""
    return slide.title if of == 1 else f"{slide.title} ({number}/{of})"


def cover_left(document: Document) -> float:
    """Where the words of the cover begin: beside the arms."""
    return LEFT + (ARMS + GAP if document.arms else 0.0)


def foot(document: Document) -> str:
    """What stands below every slide but the cover: whose it is and of when."""
    return _cut(f"{document.city} · {document.title}", SMALL, ACROSS - 2.0, 1)


def above(box: Box, bars: int) -> bool:
    """Whether so many bars in a box have their words above them, as in a narrow column."""
    return box.height / bars > BAR + 0.1


def drawn_in(box: Box) -> tuple[int, int]:
    """Width and height of a chart's drawing below its title, in units."""
    return round(box.width * UNITS), round((box.height - TITLED) * UNITS)


def _cover(document: Document) -> Slide:
    left = cover_left(document)
    room = WIDTH - left - LEFT
    foot = " ".join(document.foot)
    words = [document.title, document.about, document.sentence, foot]
    title = _cut(document.title, COVER, room, 3, strong=True)
    about, sentence = _cut(document.about, ABOUT, room, 1), _cut(document.sentence, SENTENCE, room, 4)
    below = _cut(foot, SMALL, ACROSS, 2)
    boxes = [
        Box(left, 1.5, room, 0.5, Paragraph(about, muted=True), ABOUT),
        Box(left, 4.0, room, 1.9, Paragraph(sentence), SENTENCE),
        *([Box(LEFT, 6.45, ACROSS, 0.7, Paragraph(below, muted=True), SMALL)] if foot else []),
    ]
    cut = [whole for whole, kept in zip(words, (title, about, sentence, below), strict=True) if whole != kept]
    return Slide(title, boxes, cut, [said for said in words[1:] if said not in cut], cover=True)


def _section(section: Section) -> Iterator[Slide]:
    told, title = list(_filled(section)), short_title(section.title)
    notes = [*([section.title] if title != section.title else []), *_notes(section)]
    for number, boxes in enumerate(told, 1):
        slide = Slide(title, boxes, notes, _words(section)) if number == 1 else Slide(title, boxes)
        yield replace(slide, title=numbered(slide, number, len(told)))


def short_title(title: str) -> str:
    """The title in at most TITLE_LINES lines, with room for its number."""
    return _cut(title, TITLE, ACROSS * 0.85, TITLE_LINES, strong=True)


def _filled(section: Section) -> Iterator[list[Box]]:
    """The boxes of each slide: the first drawing with the sentences beside it, each other one alone, and what else there is below."""
    drawings: list[Content] = [*section.charts, *section.pictures]
    pieces = list(_pieces(section))
    if not drawings and not pieces:
        yield []
    for number, drawing in enumerate(drawings):
        wide = ACROSS if number or not pieces else ACROSS - BESIDE - GAP
        column = _Column(LEFT + wide + GAP, BESIDE)
        if not number:
            pieces = _fill(column, pieces, beside=True)
        yield [Box(LEFT, TOP, wide, BOTTOM - TOP, drawing, TOLD), *column.boxes]
    while pieces:
        column = _Column(LEFT, ACROSS)
        pieces = _fill(column, pieces, beside=False)
        yield column.boxes


def _pieces(section: Section) -> Iterator[Content]:
    """What is filled in from the top, in the order of the section."""
    yield from (Paragraph(said) for said in section.said if said.strip())
    if section.bars:
        yield section.bars
    for table in section.tables:
        if said := " · ".join(filter(None, (table.title, table.about))):
            yield Paragraph(said, strong=True)
        if table.rows:
            yield table
        if table.left:
            yield Paragraph(table.left, muted=True)


def _fill(column: _Column, pieces: Sequence[Content], *, beside: bool) -> list[Content]:
    """Put in what fits, and return the rest; of what comes into an empty column a part fits always."""
    for number, piece in enumerate(pieces):
        if isinstance(piece, Paragraph):
            headed = pieces[number + 1] if piece.strong and number + 1 < len(pieces) else None
            elsewhere = beside and isinstance(headed, Table) and len(headed.columns) > FEW
            rest = piece if elsewhere else _put_paragraph(column, piece, SAID_BESIDE if beside else SAID, heads=headed is not None)
        elif isinstance(piece, Table):
            rest = piece if beside and len(piece.columns) > FEW else _put_table(column, piece)
        else:
            assert not isinstance(piece, (Chart, Picture))
            rest = _put_bars(column, piece, BAR_BESIDE if beside else BAR)
        if rest is not None:
            return [rest, *pieces[number + 1 :]]
    return []


def _put_paragraph(column: _Column, said: Paragraph, size: float, *, heads: bool) -> Content | None:
    """A paragraph stands whole where a slide holds it, and one that heads something goes with its beginning."""
    size = TOLD if said.strong or said.muted else size
    lines = letters.wrapped(said.text, size, column.width, strong=said.strong)
    tall, fit = letters.height(len(lines), size), int(column.room / letters.height(1, size))
    if column.boxes and tall + HEADED * heads > column.room:
        return said
    column.put(replace(said, text=" ".join(lines[:fit])), letters.height(min(fit, len(lines)), size), size)
    return None if len(lines) <= fit else replace(said, text=" ".join(lines[fit:]))


def _put_bars(column: _Column, bars: Sequence[Bar], tall: float) -> Content | None:
    fit = int(column.room / tall)
    if not fit:
        return bars
    column.put(bars[:fit], tall * len(bars[:fit]), SAID_BESIDE)
    return bars[fit:] or None


def _put_table(column: _Column, table: Table) -> Content | None:
    """As many rows as fit; the heading stands above each part."""
    whole = fitted(replace(table, title="", about="", left=""), widths(table, column.width, TOLD), TOLD)
    head, *tall = heights(whole, widths(whole, column.width, TOLD), TOLD)
    fit, used = 0, head
    while fit < len(tall) and (used + tall[fit] <= column.room or not (fit or column.boxes)):
        used += tall[fit]
        fit += 1
    if fit < len(tall):
        fit = min(fit, _even(tall[fit:], head, len(tall)))
        used = head + sum(tall[:fit])
    if fit:
        column.put(replace(whole, rows=whole.rows[:fit]), used, TOLD)
    return None if fit == len(tall) else replace(table, rows=table.rows[fit:])


def _even(rest: Sequence[float], head: float, rows: int) -> int:
    """How many rows each slide takes where all take as many: the rest needs so many slides more, and none for a row or two."""
    more = ceil(sum(rest) / (BOTTOM - TOP - head))
    return ceil(rows / (1 + more))


def _notes(section: Section) -> list[str]:
    """What is for whoever speaks, and whole what had to be cut."""
    cut = [
        f"{row[0].text}: {cell.text} {cell.note}".strip()
        for table in section.tables
        for row, small in zip(table.rows, fitted(table, widths(table, ACROSS, TOLD), TOLD).rows, strict=True)
        for cell, kept in zip(row, small, strict=True)
        if cell != kept
    ]
    return [*section.notes, *cut]


def _words(section: Section) -> list[str]:
    """What its drawings show."""
    return [*(drawing.alt for drawing in (*section.charts, *section.pictures)), *(f"{bar.name}: {bar.said}" for bar in section.bars)]


def _cut(text: str, size: float, room: float, most: int, *, strong: bool = False) -> str:
    lines = letters.wrapped(text, size, room, strong=strong)
    return text if len(lines) <= most else f"{' '.join(lines[:most])[:-3].rstrip()}…"
