"""Tables of a page of the plan as HTML: header cells, a caption, groups of rows; on a phone each row is a block."""

from collections.abc import Iterable, Sequence
from html import escape

NUMBER = "number"
Title = tuple[str, str]
"""What a column is called, as text, and its kind: NUMBER or nothing."""
Group = tuple[str, Sequence[Sequence[str]]]
"""What a group of rows is called, as text ("" where it needs no name), and its rows: cells as HTML, escaped by whoever gives them."""


def table(titles: Sequence[Title], groups: Iterable[Group], caption: str, look: str = "", *, narrow: bool = False) -> str:
    """The first cell of a row is its name, one that is alone goes across; an empty cell is left out on a phone.

    `look` is a further class of the style sheet. A `narrow` table is as wide as what it says, and stays a table on a phone.
    """
    head = "".join(f'<th role="columnheader" scope="col" class="{kind}">{escape(title)}</th>' for title, kind in titles)
    bodies = "".join(_group(titles, name, rows) for name, rows in groups if rows)
    return (
        f'<table role="table" class="values {"" if narrow else "wide stacked listed "}{look}"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>{bodies}</table>'
    )


def _group(titles: Sequence[Title], name: str, rows: Sequence[Sequence[str]]) -> str:
    heading = f'<tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="{len(titles)}">{escape(name)}</th></tr>'
    drawn = "".join(_row(titles, row) for row in rows)
    return f'<tbody role="rowgroup">{heading if name else ""}{drawn}</tbody>'


def _row(titles: Sequence[Title], cells: Sequence[str]) -> str:
    if len(cells) == 1:
        return f'<tr role="row"><td role="cell" colspan="{len(titles)}" class="note"><span>{cells[0]}</span></td></tr>'
    others = zip(titles[1:], cells[1:], strict=True)
    told = "".join(f'<td role="cell" class="{kind}" data-name="{escape(title)}"><span>{cell}</span></td>' for (title, kind), cell in others)
    return f'<tr role="row"><th role="rowheader" scope="row">{cells[0]}</th>{told}</tr>'
