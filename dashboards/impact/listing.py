"""The studies as a table: the question, the verdict, how much between what, better or worse, since when, and whether it moved."""

from collections.abc import Sequence
from html import escape

import polars as pl

from dashboards import formats
from dashboards.study import history, method, saying
from dashboards.study.shown import Shown
from dashboards.study.verdicts import LOOKS, drawn, interval
from dashboards.words import Words, translator

ORDER = tuple(LOOKS)


def table(found: Sequence[Shown]) -> str:
    """One row for each study, the surest first; "" of none."""
    if not found:
        return ""
    _ = translator(found[0].session.locale)
    titles = [
        ("", _("Policy")),
        ("", _("Verdict")),
        ("number", _("Size")),
        ("", _("Less | more")),
        ("", _("Better or worse")),
        ("", _("Since")),
    ]
    head = "".join(f'<th role="columnheader" scope="col" class="{kind}">{escape(title)}</th>' for kind, title in titles)
    body = "".join(_row(shown, _) for shown in ordered(found))
    return (
        f'<table role="table" class="values wide stacked studies"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def ordered(found: Sequence[Shown]) -> list[Shown]:
    """By how sure they are, then by name."""
    return sorted(found, key=lambda shown: (ORDER.index(shown.kind), shown.name))


def frame(found: Sequence[Shown], locale: str) -> pl.DataFrame:
    """The same to download, numbers as numbers."""
    _ = translator(locale)
    rows = [_downloaded(shown, _) for shown in ordered(found)]
    return pl.DataFrame(rows, infer_schema_length=None)


def _downloaded(shown: Shown, _: Words) -> dict[str, object]:
    effect, measured = shown.effect, shown.outcome
    ends = (None, None) if effect is None or effect.low is None or effect.high is None else (effect.low, effect.high)
    return {
        _("Study"): shown.study.study,
        _("Policy"): shown.name,
        _("Outcome"): measured.name,
        _("Verdict"): _(LOOKS[shown.kind].word),
        _("Effect"): measured.effect(effect.estimate) if effect else None,
        _("Interval from"): None if ends[0] is None else measured.effect(ends[0]),
        _("Interval to"): None if ends[1] is None else measured.effect(ends[1]),
        _("Unit"): measured.gap_unit(),
        _("Since"): shown.start,
        _("Method"): method.name(effect.method if effect else shown.study.method, _),
    }


def _row(shown: Shown, _: Words) -> str:
    address = escape(shown.session.address("study", study=shown.study.study))
    asked = shown.session.say(shown.study.question) if shown.study.question else shown.outcome.name
    name = f'<a href="{address}">{escape(shown.name)}</a><span class="note">{escape(asked)}</span>'
    moved = history.moved(shown)
    note = f'<span class="note">{escape(moved)}</span>' if moved else ""
    cells = [
        (_("Verdict"), "", f"{drawn(shown.kind, _)}{note}"),
        (_("Size"), "number", _size(shown)),
        (_("Less | more"), "", _interval(shown)),
        (_("Better or worse"), "", escape(saying.direction(shown))),
        (_("Since"), "since", escape(shown.short_start)),
    ]
    said = "".join(f'<td role="cell" class="{kind}" data-name="{escape(title)}"><span>{cell}</span></td>' for title, kind, cell in cells)
    return f'<tr role="row" data-study="{escape(shown.study.study)}"><th role="rowheader" scope="row">{name}</th>{said}</tr>'


def _size(shown: Shown) -> str:
    """How much, and between what; of a refused study nothing."""
    effect = shown.effect
    if effect is None:
        return formats.NOTHING
    between = ""
    if effect.low is not None and effect.high is not None:
        between = f'<span class="note">{escape(shown.outcome.between(effect.low, effect.high))}</span>'
    return f"{escape(shown.outcome.more(effect.estimate))}{between}"


def _interval(shown: Shown) -> str:
    effect = shown.effect
    if effect is None or effect.low is None or effect.high is None:
        return ""
    told = f"{shown.outcome.more(effect.estimate)}, {shown.outcome.between(effect.low, effect.high)}"
    return interval(effect.low, effect.high, effect.estimate, told, hollow=shown.kind != "clear_effect")
