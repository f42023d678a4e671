"""One goal on one page, in the order in which a mayor asks: how does it stand, since when, why, where, and what is it."""

from html import escape

import polars as pl
import streamlit as st

from dashboards import charts, downloads, formats, layout, outlooks, palette, panel, scores, unusual
from dashboards.findings import Point, against_plan, finding, since_the_year_began
from dashboards.goal import coming, definition, series, smart, usual, values, where, why
from dashboards.goal.verdict import sentence
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.definition import Kpi
from kpis.score import Score


def asked(session: Session) -> Kpi | None:
    """The goal that the address names: `goal?kpi=ID`; None where there is no such goal."""
    return session.catalogue.kpi.get(st.query_params.get("kpi", ""))


def heading(session: Session, kpi: Kpi | None) -> None:
    """The goal's axis, its name, the question it answers and who answers for it."""
    _ = translator(session.locale)
    if kpi is None:
        layout.head(session, _("Goal"), _("How one goal stands, why, and what exactly is measured"))
        return
    axes = {axis.id: f"{number} · {session.say(axis.name)}" for number, axis in enumerate(session.definitions.city.mandate.axes, start=1)}
    if kpi.axis:
        with session.heading:
            layout.note(axes[kpi.axis])
    layout.head(session, session.say(kpi.name), f"{_purpose(session, kpi)} · {session.say(session.definitions.area[kpi.owner])}")


def show(session: Session, kpi: Kpi | None) -> None:
    """The page below its heading."""
    if kpi is None:
        _unknown(session)
        return
    score = next(score for score in scores.judged(session) if score.kpi.id == kpi.id)
    history, changed = series.history(session, score), series.revised(session, score)
    limits = usual.limits(session, score, history)
    with session.controls:
        downloads.offer(session, score.kpi.id, values.frame(session, score, history, limits), values.about(session, score))
    likely = f'<p class="likely">{escape(chance)}</p>' if (chance := coming.sentence(session, score)) else ""
    verdict = f'<p class="headline">{panel.status(session, score.status)}. {escape(sentence(session, score))}</p>'
    panel.show(verdict + likely + unusual.paragraph(session, score) + smart.badge(session, score), key="goal_verdict")
    if history["value"].drop_nulls().is_empty():
        _no_values(session)
    else:
        _chart(session, score, history, changed, limits)
        if not outlooks.ready(session):
            outlooks.watch(session)
    panel.show(_evidence(session, score, history, changed, limits), key="goal_evidence")
    _to_the_workshop(session, score)


def _purpose(session: Session, kpi: Kpi) -> str:
    described = session.indicator(kpi.measure).description
    return session.say(kpi.question or described or kpi.name)


def _chart(session: Session, score: Score, history: pl.DataFrame, changed: pl.DataFrame, limits: pl.DataFrame) -> None:
    _, shades = translator(session.locale), palette.current(session)
    known: list[Point] = list(history.select("period", "value").drop_nulls().iter_rows())
    title = "; ".join(part for part in (_moved(session, score, known, _), against_plan(score, session.locale)) if part)
    unit = session.say(score.indicator.unit)
    layout.section(title)
    rows = usual.with_band(session, score, series.rows(session, score, history, changed), limits)
    rows = coming.with_fan(session, score, rows)
    specification = charts.goal(shades, session.locale, unit, score.frequency)
    charts.show(rows, specification, "goal_chart", _described(session, score, known, title, _))
    layout.note(" ".join(filter(None, [legend(score, rows, session.locale, _), coming.legend(session, score)])))


def _moved(session: Session, score: Score, known: list[Point], _: Words) -> str:
    """Where the line has gone. Of a sum, which always grows, nothing but how it stands beside the year before."""
    if score.restarts:
        return since_the_year_began(known, score.indicator, session.locale)
    return finding(known, score.indicator, session.locale) if score.counted.sums is None else _("Added up so far")


def legend(score: Score, rows: pl.DataFrame, locale: str, _: Words) -> str:
    """What the lines and marks of a goal's chart are."""
    path = rows.filter(pl.col("kind") == charts.PATH)
    said = [
        _line(score, locale, _),
        _dashed(score, _) if path.height > 1 else "",
        _("Band between dashed edges: the range of the target.") if _has(rows, charts.RANGE) else "",
        _("Thin grey line: values as they were first known, where they were revised later.") if _has(rows, charts.FIRST) else "",
        _("Grey band: what the series does by itself.") if _has(rows, charts.USUAL) else "",
        _("Marked points: where it became unusual.") if _has(rows, charts.UNUSUAL) else "",
    ]
    return " ".join(part for part in said if part)


def _line(score: Score, locale: str, _: Words) -> str:
    if score.restarts:
        month = formats.name_of_month(score.indicator.year_starts, locale)
        return _("Solid line: the sum since {month}, which begins again each year.", month=month)
    return _("Solid line: the values.") if score.counted.sums is None else _("Solid line: the sum so far.")


def _dashed(score: Score, _: Words) -> str:
    if score.counted.sums and score.aim.path.method == "seasonal":
        return _("Dashed: the path, by the shares that the same periods of the year before had, as far as these are known.")
    return _("Dashed: the path to the target.")


def _has(rows: pl.DataFrame, kind: str) -> bool:
    return not rows.filter(pl.col("kind") == kind)["value"].drop_nulls().is_empty()


def _described(session: Session, score: Score, known: list[Point], title: str, _: Words) -> str:
    """The chart for whoever cannot see it."""
    first, last = (
        f"{formats.measured(value, score.indicator, session.locale)} ({formats.period(period, score.frequency, session.locale)})"
        for period, value in (known[0], known[-1])
    )
    said = _("Line chart of {name}, from {first} to {last}.", name=session.say(score.kpi.name), first=first, last=last)
    return " ".join([said, f"{title}.", _("All values are in the table below.")])


def _evidence(session: Session, score: Score, history: pl.DataFrame, changed: pl.DataFrame, limits: pl.DataFrame) -> str:
    parts = [
        values.table(session, score, history, usual.notes(session, limits)),
        '<div class="columns">',
        why.table(session, score, changed),
        where.table(session, score),
        coming.table(session, score),
        "</div>",
        smart.table(session, score),
        definition.table(session, score),
    ]
    return "".join(parts)


def _to_the_workshop(session: Session, score: Score) -> None:
    if "workshop" in session.definitions.city.modules:
        _ = translator(session.locale)
        asked = session.query(draft=score.kpi.id)
        st.page_link("pages/office/workshop.py", label=_("Change this goal in the workshop"), icon=":material/edit:", query_params=asked)


def _no_values(session: Session) -> None:
    _ = translator(session.locale)
    layout.section(_("No value is known yet"))
    st.write(_("The history of this goal would be drawn here. It begins with the first file that holds its indicator."))


def _unknown(session: Session) -> None:
    _ = translator(session.locale)
    layout.section(_("There is no such goal"))
    st.write(_("The link names no goal, or one that the city no longer tracks. All goals are on the Overview."))
    st.page_link("pages/home/overview.py", label=_("All goals"), query_params=session.query())  # always there; the list may be off
