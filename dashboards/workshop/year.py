"""What each of the last twelve months would have been: by the goal as it is saved and as it is being written, side by side."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from dashboards import charts, formats, layout, palette, panel
from dashboards.goal import coming, series, usual
from dashboards.goal.amounts import exact
from dashboards.goal.chart import legend
from dashboards.load.tables import table
from dashboards.session import Session
from dashboards.style import LOOKS
from dashboards.words import NN_, Words, translator
from data.periods import Month
from kpis.catalogue import Catalogue
from kpis.score import STATUSES, Score, Status
from kpis.workshop.draft import Draft
from kpis.workshop.preview import Pair, last_year

NONE = "–"


def show(session: Session, draft: Draft, catalogue: Catalogue) -> None:
    """How many months would have been otherwise and which; marks, series with path and target, and every month as a table."""
    if draft.id not in catalogue.kpi:
        return
    names = (draft.goal, draft.id)
    pairs = last_year(session.facts, session.catalogue, catalogue, session.definitions, draft.place, names, session.month)
    _ = translator(session.locale)
    moves = "".join(f"<li>{escape(formats.sentence(move))}</li>" for move in told(session, pairs))
    head = f'<p><b>{escape(sentence(session, pairs))}</b></p><ul class="moves">{moves}</ul>'
    panel.show(head + _marks(session, pairs, _), key="workshop_year")
    _chart(session, pairs[-1].drafted, _)
    summary = escape(_("Every month"))
    panel.show(f"<details><summary>{summary}</summary>{_table(session, pairs, _)}</details>", key="workshop_months")


def sentence(session: Session, pairs: Sequence[Pair]) -> str:
    """How much of the last year would have been otherwise."""
    _ = translator(session.locale)
    if all(pair.saved is None for pair in pairs):
        return _("With this definition the last year would have been: {counts}.", counts=_counts(pairs, _))
    moved = sum(pair.moved for pair in pairs)
    if not moved:
        return _("With this definition every month of the last year would have been as it was.")
    one, many = NN_(
        "With this definition {n} of the last {total} months would have been otherwise.",
        "With this definition {n} of the last {total} months would have been otherwise.",
    )
    return _.ngettext(one, many, moved, n=moved, total=len(pairs))


def told(session: Session, pairs: Sequence[Pair]) -> list[str]:
    """The months that would have been otherwise, those of a run together: `March 2026 to April 2026: Reached in place of On track`."""
    _ = translator(session.locale)
    found: list[str] = []
    for (was, now), run in groupby(pairs, key=lambda pair: (pair.saved.status if pair.saved else None, pair.drafted.status)):
        if was is not None and was != now:
            months = _span(session, [pair.month for pair in run], _)
            found.append(_("{months}: {now} in place of {before}", months=months, now=_(LOOKS[now].word), before=_(LOOKS[was].word)))
    return found


def _span(session: Session, months: Sequence[Month], _: Words) -> str:
    first, last = _name(months[0], session), _name(months[-1], session)
    return first if first == last else _("{first} to {last}", first=first, last=last)


def _counts(pairs: Sequence[Pair], _: Words) -> str:
    found = [pair.drafted.status for pair in pairs]
    return ", ".join(f"{_(LOOKS[status].word)} {found.count(status)}" for status in STATUSES if status in found)


def _marks(session: Session, pairs: Sequence[Pair], _: Words) -> str:
    """Two rows of marks, a column for each month; those that moved are tinted."""
    head = "".join(_head(session, pair.month) for pair in pairs)
    rows: list[tuple[str, list[Score | None]]] = [(_("This draft"), [pair.drafted for pair in pairs])]
    if any(pair.saved for pair in pairs):
        rows.insert(0, (_("As saved"), [pair.saved for pair in pairs]))
    body = "".join(
        f'<tr><th scope="row">{escape(title)}</th>'
        + "".join(_mark(score, pair, _) for score, pair in zip(scores, pairs, strict=True))
        + "</tr>"
        for title, scores in rows
    )
    first, last = (_name(pair.month, session) for pair in (pairs[0], pairs[-1]))
    caption = _("{first} to {last}; tinted: months that would have been otherwise", first=first, last=last)
    return (
        f'<table class="year"><caption>{escape(caption)}</caption><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>'
        f"{_legend(pairs, _)}"
    )


def _head(session: Session, month: Month) -> str:
    return f'<th scope="col" title="{escape(_name(month, session))}">{escape(_short(month, session))}</th>'


def _mark(score: Score | None, pair: Pair, _: Words) -> str:
    if score is None:
        return f"<td>{NONE}</td>"
    look = LOOKS[score.status]
    word = f'<span class="hidden">{escape(_(look.word))}</span>'
    return f'<td class="{look.colour}{" moved" if pair.moved else ""}" title="{escape(_(look.word))}">{_shape(score.status)}{word}</td>'


def _shape(status: Status) -> str:
    shape = LOOKS[status].shape
    return f'<svg class="shape" viewBox="0 0 12 12" aria-hidden="true">{panel.SHAPES[shape]}</svg>' if shape else NONE


def _legend(pairs: Sequence[Pair], _: Words) -> str:
    seen = {score.status for pair in pairs for score in (pair.saved, pair.drafted) if score}
    items = "".join(
        f'<li><span class="{LOOKS[status].colour}">{_shape(status)}</span> {escape(_(LOOKS[status].word))}</li>'
        for status in STATUSES
        if status in seen
    )
    return f'<ul class="legend">{items}</ul>'


def _chart(session: Session, score: Score, _: Words) -> None:
    """The series with the draft's path and target, what it usually does and what is likely, as the goal's own page draws them."""
    if score.indicator.id not in session.measured:
        return
    history = series.history(session, score)
    known = history.drop_nulls("value")
    if known.is_empty():
        return
    rows = series.rows(session, score, history, series.revised(session, score))
    rows = coming.with_fan(session, score, usual.with_band(session, score, rows, usual.limits(session, score, history)))
    unit = session.say(score.indicator.unit)
    said = _("Line chart of {name} with the path and the target of this draft.", name=session.say(score.kpi.name))
    charts.show(rows, charts.goal(palette.current(session), session.locale, unit, score.frequency), "workshop_chart", said)
    layout.note(" ".join(filter(None, [legend(score, rows, session.locale, _), coming.legend(session, score)])))


def _table(session: Session, pairs: Sequence[Pair], _: Words) -> str:
    titles = [_("Month"), _("Value"), _("Due, as saved"), _("Due by this draft"), _("As saved"), _("This draft")]
    return table(titles, [_cells(session, pair, _) for pair in reversed(pairs)])


def _cells(session: Session, pair: Pair, _: Words) -> list[str]:
    saved, drafted = pair.saved, pair.drafted
    due = [_amount(session, score, score.due) if score else NONE for score in (saved, drafted)]
    words = [panel.status(session, score.status) if score else NONE for score in (saved, drafted)]
    return [escape(_name(pair.month, session)), _amount(session, drafted, drafted.value), *due, *words]


def _amount(session: Session, score: Score, number: float | None) -> str:
    return NONE if number is None else escape(exact(session, score, number))


def _name(month: Month, session: Session) -> str:
    return formats.month_name(month, session.locale)


def _short(month: Month, session: Session) -> str:
    """One letter, which twelve columns of a phone have room for."""
    return formats.month_name(month, session.locale)[:1].upper()
