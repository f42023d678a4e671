"""A table of the page as HTML: real header cells, numbers to the right, and on a phone a card for each row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from dashboards import formats
from dashboards.session import Session
from dashboards.words import translator


@dataclass(frozen=True)
class Column:
    """A heading, escaped here; `kind` is the class of its cells, such as `number`."""

    title: str
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """A row: HTML for each column, the first heads it; alone it heads the rows below.

    `kind` is its class, `level` how deep it lies in a tree, from 1.
    """

    cells: Sequence[str]
    kind: str = ""
    level: int = 0


def table(caption: str, columns: Sequence[Column], lines: Iterable[Line], *, brief: bool = False) -> str:
    """The table. On a phone an empty cell shows nothing, and the cells of a `brief` one flow behind each other."""
    head = "".join(f'<th role="columnheader" scope="col" class="{column.kind}">{escape(column.title)}</th>' for column in columns)
    body = "".join(_line(line, columns) for line in lines)
    return (
        f'<table role="table" class="values wide stacked money{" brief" if brief else ""}"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{body}</tbody></table>'
    )


def folded(caption: str, columns: Sequence[Column], first: Sequence[Line], rest: Sequence[Line], number: int, session: Session) -> str:
    """A table, and the `rest` of it on demand; of more than that, `number` in all, is said where they are."""
    drawn = table(caption, columns, first, brief=True)
    if number <= 0:
        return drawn
    _, left = translator(session.locale), number - len(rest)
    more = escape(_.ngettext("{n} more", "{n} more", number, n=formats.number(number, 0, session.locale)))
    said = escape(
        _.ngettext("{n} more is in the download.", "{n} more are in the download.", left, n=formats.number(left, 0, session.locale))
    )
    note = f'<p class="note">{said}</p>' if left else ""
    return f"{drawn}<details><summary>{more}</summary>{table(caption, columns, rest, brief=True)}{note}</details>"


def _line(line: Line, columns: Sequence[Column]) -> str:
    if len(line.cells) == 1:
        return f'<tr role="row" class="group"><th role="rowheader" scope="rowgroup" colspan="{len(columns)}">{line.cells[0]}</th></tr>'
    first, rest = line.cells[0], zip(line.cells[1:], columns[1:], strict=True)
    deep = f' style="--deep:{line.level - 1}"' if line.level > 1 else ""
    cells = "".join(
        f'<td role="cell" class="{column.kind}{"" if cell else " nothing"}" data-name="{escape(column.title)}">{cell}</td>'
        for cell, column in rest
    )
    return f'<tr role="row" class="{line.kind}"{deep}><th role="rowheader" scope="row">{first}</th>{cells}</tr>'
