"""A report as one file for any browser: projected by the arrow keys without a server, read on a phone, printed a slide a page.

Nothing in it is asked for elsewhere: styles, script, charts and arms are in the file, and its policy forbids anything else.
"""

from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from dashboards.palette import Palette, light
from dashboards.reports import drawing, paging
from dashboards.reports.colours import alone
from dashboards.reports.content import Bar, Cell, Column, Picture, Table
from dashboards.reports.document import Chart, Document
from dashboards.reports.paging import Box, Content, Paragraph, Slide
from dashboards.reports.rows import text, widths
from dashboards.words import Words, translator

HERE = Path(__file__).parent


def written(document: Document) -> tuple[bytes, int]:
    """The file, and its slides."""
    told, ink, _ = paging.slides(document), light(document.brand), translator(document.locale)
    style, script = ((HERE / name).read_text("utf-8") for name in ("slides.css", "slides.js"))
    seal = b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{seal}'"
    colours = f":root{{--brand:{ink.brand};--ink:{ink.ink};--muted:{ink.muted};--rule:{ink.rule};--sea:{ink.sea}}}"
    body = "".join(_slide(document, slide, number, len(told), ink, _) for number, slide in enumerate(told, 1))
    page = (
        f'<!DOCTYPE html>\n<html lang="{_tag(document)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)} · {escape(document.city)}</title><style>{colours}\n{style}</style></head>"
        f"<body{' class=armed' * bool(document.arms)}><main>{body}</main>{_nav(_)}<script>{script}</script></body></html>\n"
    )
    return page.encode("utf-8", "replace"), len(told)


def _slide(document: Document, slide: Slide, number: int, of: int, ink: Palette, _: Words) -> str:
    name = f"slide-{number}"
    if slide.cover:
        left = paging.cover_left(document)
        room = _room(left, 2.0, paging.WIDTH - left - paging.LEFT, 1.9, paging.COVER)
        title, foot = f'<h1 id="{name}" style="{room}">{escape(slide.title)}</h1>', ""
    else:
        room = _room(paging.LEFT, 0.4, paging.ACROSS, 0.9, paging.TITLE)
        title = f'<h2 id="{name}" style="{room}">{escape(slide.title)}</h2>'
        foot = f'<p class="foot"><span>{escape(paging.foot(document))}</span><span>{number}</span></p>'
    boxes = "".join(_box(box, document, ink) for box in slide.boxes)
    notes = "".join(f"<p>{escape(note)}</p>" for note in slide.spoken)
    name_of_notes = escape(_("Notes"))
    told = f'<aside class="notes" aria-label="{name_of_notes}">{notes}</aside>' if notes and not slide.cover else ""
    arms = _arms(document, document.arms, slide, _) if document.arms else ""
    place = escape(_("{n} of {m}", n=number, m=of))
    return (
        f'<section class="slide" id="{number}" tabindex="-1" aria-labelledby="{name}" aria-roledescription="{place}">'
        f"{arms}{title}{boxes}{told}{foot}</section>"
    )


def _arms(document: Document, arms: str, slide: Slide, _: Words) -> str:
    """As a picture, in which no script of a drawing runs."""
    source = f'src="data:image/svg+xml;base64,{b64encode(arms.encode()).decode()}"'
    if not slide.cover:
        return f'<img class="decorative" alt="" {source}>'
    alt = escape(_("Coat of arms of {city}", city=document.city))
    return f'<div class="box" style="{_room(paging.LEFT, 2.0, paging.ARMS, 3.5, paging.SMALL)}"><img alt="{alt}" {source}></div>'


def _box(box: Box, document: Document, ink: Palette) -> str:
    room = _room(box.left, box.top, box.width, box.height, box.size)
    kind = " table" if isinstance(box.content, Table) else ""
    return f'<div class="box{kind}" style="{room}">{_content(box, box.content, document, ink)}</div>'


def _content(box: Box, content: Content, document: Document, ink: Palette) -> str:
    if isinstance(content, Paragraph):
        kind = " ".join(name for name, holds in (("strong", content.strong), ("muted", content.muted)) if holds)
        return f'<p class="{kind}">{escape(content.text)}</p>'
    if isinstance(content, Table):
        return _table(content, widths(content, box.width, box.size))
    if isinstance(content, Chart):
        return _figure(content.title, drawing.svg(content, ink, document.locale, *paging.drawn_in(box)), content.alt)
    if isinstance(content, Picture):
        return _image(content, ink)
    return _bars(content, ink, beside=paging.above(box, len(content)))


def _figure(title: str, drawn: str, alt: str) -> str:
    head, rest = drawn.split(">", 1)
    top = 'preserveAspectRatio="xMinYMin"'
    return f'<figure><figcaption>{escape(title)}</figcaption>{head} {top} role="img" aria-label="{escape(alt)}">{rest}</figure>'


def _image(picture: Picture, ink: Palette) -> str:
    drawn = b64encode(alone(picture.svg, ink).encode()).decode()
    return f'<img alt="{escape(picture.alt)}" src="data:image/svg+xml;base64,{drawn}">'


def _bars(bars: Sequence[Bar], ink: Palette, *, beside: bool) -> str:
    rows = []
    for bar in bars:
        fill = ink.brand if bar.brand else ink.ink
        drawn = (
            f'<div class="bar" style="--fill:{fill}"><i class="outlined" style="width:{bar.outlined:.1f}%"></i>'
            f'<i style="width:{bar.filled:.1f}%"></i></div>'
        )
        name, said = escape(bar.name), escape(bar.said)
        rows.append(f"<span>{name}: {said}</span>{drawn}" if beside else f"<span>{name}</span>{drawn}<b>{said}</b>")
    return f'<div class="bars{" beside" * beside}">{"".join(rows)}</div>'


def _table(table: Table, wide: Sequence[float]) -> str:
    """A phone shows a row as a card, its cells by the names of their columns; the roles keep it a table for whoever listens."""
    columns = "".join(f'<col style="width:{100 * inches / sum(wide):.2f}%">' for inches in wide)
    head = "".join(f'<th scope="col" role="columnheader"{_number(column)}>{escape(column.title)}</th>' for column in table.columns)
    rows = "".join(_row(row, table.columns) for row in table.rows)
    return (
        f'<table role="table"><colgroup>{columns}</colgroup><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
    )


def _row(row: Sequence[Cell], columns: Sequence[Column]) -> str:
    first, *others = zip(row, columns, strict=True)
    told = [_cell(*first, "th", ' scope="row" role="rowheader"')]
    for cell, column in others:
        name = f' data-name="{escape(column.title)}"' if len(columns) > 2 else ""
        told.append(_cell(cell, column, "td", f' role="cell"{name}'))
    return f'<tr role="row">{"".join(told)}</tr>'


def _cell(cell: Cell, column: Column, tag: str, named: str) -> str:
    kind = cell.colour or ("strong" if cell.strong else "")
    said = f'<span class="{kind}">{escape(text(cell))}</span>'
    note = f"<small>{escape(cell.note)}</small>" if cell.note else ""
    return f"<{tag}{named}{_number(column)}>{said}{note}</{tag}>"


def _number(column: Column) -> str:
    return ' class="number"' if column.number else ""


def _room(left: float, top: float, width: float, height: float, size: float) -> str:
    return f"--l:{left:.3f};--t:{top:.3f};--w:{width:.3f};--h:{height:.3f};--p:{size:g}"


def _nav(_: Words) -> str:
    back, following, name, said = (
        escape(text) for text in (_("Previous slide"), _("Next slide"), _("Slides"), _("{n} of {m}", n="{n}", m="{m}"))
    )
    return (
        f'<nav aria-label="{name}"><button class="back" aria-label="{back}">←</button><output data-said="{said}"></output>'
        f'<button class="next" aria-label="{following}">→</button></nav>'
    )


def _tag(document: Document) -> str:
    return "-".join(filter(None, (document.language, document.region)))
