"""The truth line: time used, work proved and declared, money paid and committed, on one scale, so that the eye compares them."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from dashboards import formats, glossary
from dashboards.session import Session
from dashboards.words import Words, translator

Row = Mapping[str, Any]
CLOSE = 5
"""Points within which work goes with time: less is not worth a sentence."""


@dataclass(frozen=True)
class Bar:
    """One row of the truth line: its name, its term in the glossary, percent filled and outlined, and both in words."""

    kind: str
    term: str
    name: str
    said: str
    filled: float | None
    outlined: float | None


def block(session: Session, row: Row) -> str:
    """The three rows for a node or the whole plan, as HTML, and the gap in words; `row` has the columns of kpis.plans.truth."""
    drawn = "".join(_row(glossary.link(session, bar.term, bar.name), bar) for bar in bars(session, row))
    return f'<div class="truth-line">{drawn}</div><p class="gap">{escape(gap(session, row))}</p>'


def bars(session: Session, row: Row) -> list[Bar]:
    """The three rows: time, work and money."""
    _ = translator(session.locale)
    return [
        Bar("time", "time_used", _("Time"), _time(session, row, _), row["time_used"], None),
        Bar("work", "proved", _("Work"), _work(session, row, _), row["proved"], row["declared"]),
        Bar("money", "paid", _("Money"), _money(session, row, _), row["paid_share"], row["committed_share"]),
    ]


def small(session: Session, row: Row) -> str:
    """One bar for a row of a table: proved filled, declared as an outline, and a mark where time stands."""
    _ = translator(session.locale)
    said = escape("; ".join((_work(session, row, _), _time(session, row, _))))
    mark = "" if row["time_used"] is None else f'<i style="left:{cut(row["time_used"]):.1f}%"></i>'
    return f'<span class="small-truth" role="img" aria-label="{said}" title="{said}">{_bars(row["proved"], row["declared"])}{mark}</span>'


def gap(session: Session, row: Row) -> str:
    """How proved work stands to what was declared and to time, in one or two sentences."""
    _, said = translator(session.locale), []
    proved, declared, used = row["proved"] or 0.0, row["declared"], row["time_used"]
    if declared is not None and declared - proved >= CLOSE:
        said.append(
            _("The areas declare {points} more than anybody outside them has accepted.", points=points(declared - proved, session.locale))
        )
    elif declared is not None:
        said.append(_("What the areas declare is proved."))
    if used is not None and abs(used - proved) < CLOSE:
        said.append(_("Proved work goes with the time used."))
    elif used is not None and used > proved:
        said.append(_("Proved work is {points} behind the time used.", points=points(used - proved, session.locale)))
    elif used is not None:
        said.append(_("Proved work is {points} ahead of the time used.", points=points(proved - used, session.locale)))
    if (row["spend_gap"] or 0) >= CLOSE:
        said.append(_("Payments are {points} ahead of proved work.", points=points(row["spend_gap"], session.locale)))
    return " ".join(said)


def share(value: float | None, locale: str) -> str:
    """A percentage with at most one decimal, as headlines say it: 34.2 %, 38 %."""
    return formats.with_unit(value, "%", int(value is not None and round(value, 1) % 1 != 0), locale)


def points(value: float, locale: str) -> str:
    """A difference of percentages: 27 points."""
    return translator(locale).ngettext("{n} point", "{n} points", round(abs(value)), n=formats.number(abs(value), 0, locale))


def _time(session: Session, row: Row, _: Words) -> str:
    used = row["time_used"]
    return _("no dates are known") if used is None else _("{share} of the time used", share=share(used, session.locale))


def _work(session: Session, row: Row, _: Words) -> str:
    proved = _("{share} proved", share=share(row["proved"], session.locale))
    if row["declared"] is None:
        return _("{proved}, nothing declared", proved=proved)
    return _("{proved}, {share} declared", proved=proved, share=share(row["declared"], session.locale))


def _money(session: Session, row: Row, _: Words) -> str:
    if row["paid_share"] is None and row["committed_share"] is None:
        return _("no budget is known")
    paid = _("{share} paid", share=share(row["paid_share"], session.locale))
    return _("{paid}, {share} committed", paid=paid, share=share(row["committed_share"], session.locale))


def _row(label: str, bar: Bar) -> str:
    text = escape(bar.said)
    drawn = _bars(bar.filled, bar.outlined)
    return f'<span>{label}</span><span class="scale {bar.kind}" role="img" aria-label="{text}">{drawn}</span><b>{text}</b>'


def _bars(filled: float | None, outlined: float | None) -> str:
    wide = "" if outlined is None else f'<span class="outlined" style="width:{cut(outlined):.1f}%"></span>'
    return f'{wide}<span class="filled" style="width:{cut(filled or 0):.1f}%"></span>'


def cut(value: float) -> float:
    """What is drawn ends with the scale; what is written does not."""
    return min(max(value, 0.0), 100.0)
