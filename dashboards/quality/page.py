"""The Quality page below its heading: one sentence, who mends what, and each part with its rows."""

from collections.abc import Sequence
from html import escape

import polars as pl
import streamlit as st

from dashboards import downloads, formats, layout, panel, scores
from dashboards.quality import frame, listing, summary
from dashboards.quality.choice import Choice, chosen, reset
from dashboards.quality.histories import Histories
from dashboards.quality.parts import KNOWN, PARTS, WAITING
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis import quality
from kpis.quality import Finding, Part, Report


def show(session: Session) -> None:
    """The page for the session's place, its districts and its month."""
    choice, report = chosen(session), _report(session)
    if not _found(session, report, choice) and not _series(session, report, choice):
        _no_series(session)
        return
    with session.controls:
        table = _table(session, choice.area, choice.theme)
        downloads.offer(session, "quality", table, frame.about(session, report, choice))
    panel.show(_drawn(session, choice.area, choice.theme), key="quality")


@st.cache_resource(show_spinner=False, max_entries=50, hash_funcs=scores.KEYED)
def _report(session: Session) -> Report:
    """Computed once for each version of facts and definitions, place and month."""
    return quality.report(session.facts, session.definitions, session.place, session.month)


@st.cache_resource(show_spinner=False, max_entries=50, hash_funcs=scores.KEYED)
def _table(session: Session, area: str, theme: str) -> pl.DataFrame:
    """What a download holds, for each session key and choice."""
    return frame.frame(session, _found(session, _report(session), Choice(area, theme)))


@st.cache_resource(show_spinner=False, max_entries=100, hash_funcs=scores.KEYED)
def _drawn(session: Session, area: str, theme: str) -> str:
    """The page as HTML, drawn once for each session key and choice."""
    _, choice, report = translator(session.locale), Choice(area, theme), _report(session)
    series, histories = _series(session, report, choice), Histories(report.values)
    found = _found(session, report, choice)
    by_part: dict[Part, list[Finding]] = {part: [finding for finding in found if finding.part == part] for part in PARTS}
    sections = [_section(session, part, own, choice, histories) for part, own in by_part.items() if own]
    parts = [
        f'<p class="headline">{escape(summary.sentence(found, len(series), _))}</p>',
        summary.who(session, found),
        *sections,
        _nothing([part for part, own in by_part.items() if not own], _),
        _untold(session, report, choice, _),
    ]
    return "".join(parts)


def _found(session: Session, report: Report, choice: Choice) -> list[Finding]:
    return [finding for finding in report.findings if choice.matches(session, finding)]


def _series(session: Session, report: Report, choice: Choice) -> list[tuple[str, str]]:
    return [pair for pair in report.series if choice.asks_for(session, pair[0])]


def _section(session: Session, part: Part, findings: Sequence[Finding], choice: Choice, histories: Histories) -> str:
    _, words = translator(session.locale), PARTS[part]
    to_do = [finding for finding in findings if finding.urgency != "known"]
    known = [finding for finding in findings if finding.urgency == "known"]
    waiting = _waiting(session, choice, _) if part == "freshness" else ""
    shown = listing.table(session, to_do, histories) if to_do else ""
    return f'<h2>{escape(_(words.title))}</h2><p class="note">{escape(_(words.about))}</p>{waiting}{shown}{_known(session, part, known, _)}'


def _waiting(session: Session, choice: Choice, _: Words) -> str:
    """How many series have waited how long for their next value."""
    ages = _report(session).ages
    classes = [name for indicator, name in ages.select("indicator", "class").iter_rows() if choice.asks_for(session, indicator)]
    counts = " · ".join(f"{_(said)}: {classes.count(name)}" for name, said in WAITING.items())
    said = _("Series by how long their next value has been waited for at the review")
    return f'<p class="note">{escape(said)}: {escape(counts)}.</p>'


def _known(session: Session, part: Part, findings: Sequence[Finding], _: Words) -> str:
    """What needs nothing from anybody, folded away."""
    if not findings:
        return ""
    count = len(findings)
    one, many = KNOWN[part]
    said = _.ngettext(one, many, count, n=count)
    return f"<details><summary>{escape(said)}</summary>{listing.plain(session, findings)}</details>"


def _nothing(parts: Sequence[Part], _: Words) -> str:
    """A line for each part that found nothing."""
    if not parts:
        return ""
    lines = "".join(f"<li><b>{escape(_(PARTS[part].title))}</b>: {escape(_(PARTS[part].nothing))}.</li>" for part in parts)
    title = escape(_("Nothing found"))
    return f'<h2>{title}</h2><ul class="plain">{lines}</ul>'


def _untold(session: Session, report: Report, choice: Choice, _: Words) -> str:
    """Which parts cannot judge how many series, and why."""
    lines = []
    for part, found in report.parts.items():
        for untold in found.untold:
            count = sum(choice.asks_for(session, indicator) for indicator, _place in untold.series)
            if count:
                where = _.ngettext("{n} series", "{n} series", count, n=count)
                reason = formats.reason(untold.reason, session.locale)
                lines.append(f"<li><b>{escape(_(PARTS[part].title))}</b>, {escape(where)} – {escape(reason)}.</li>")
    title = escape(_("What cannot be told"))
    return f'<h2>{title}</h2><ul class="plain">{"".join(lines)}</ul>' if lines else ""


def _no_series(session: Session) -> None:
    _ = translator(session.locale)
    layout.section(_("No values to look at"))
    st.write(_("No series matches this place, month and choice. What is wrong with the values would be listed here, and who mends it."))
    st.button(_("Show everything"), on_click=reset, key="quality_reset_empty", type="primary")
