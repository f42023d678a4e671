"""A table of the page as HTML: a heading for each column, the first cell of a row its name; a block for each row on a phone."""

from collections.abc import Iterable, Sequence
from html import escape


def table(titles: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "", *, numbered: bool = False) -> str:
    """Titles and caption are texts; cells are HTML, their texts escaped by whoever gives them.

    `numbered`: the first cell is a number, which says nothing without its title on a phone.
    """
    head = "".join(f'<th role="columnheader" scope="col">{escape(title)}</th>' for title in titles)
    body = "".join(_row(titles, row) for row in rows)
    said = f"<caption>{escape(caption)}</caption>" if caption else ""
    kinds = "values wide stacked numbered" if numbered else "values wide stacked"
    return (
        f'<table role="table" class="{kinds}">{said}<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(titles: Sequence[str], cells: Sequence[str]) -> str:
    others = zip(titles[1:], cells[1:], strict=True)
    told = "".join(f'<td role="cell" data-name="{escape(title)}"><span>{cell}</span></td>' for title, cell in others)
    return f'<tr role="row"><th role="rowheader" scope="row" data-name="{escape(titles[0])}">{cells[0]}</th>{told}</tr>'
