"""One study on one page, in the order in which a mayor asks: did it work, what shows it, what could make it wrong, how was it reckoned."""

import json
from html import escape

import streamlit as st

from dashboards import downloads, layout, panel
from dashboards.reports import button
from dashboards.session import Session
from dashboards.study import chart, comparison, history, known, leads, method, saying, writing
from dashboards.study.shown import Shown
from dashboards.study.verdicts import drawn
from dashboards.words import Words, translator
from kpis.impact.study import Study


def asked(session: Session) -> Study | None:
    """The study that the address names: `study?study=ID`; None where there is no such study, and while a new one is written."""
    return known.study(session, st.query_params.get("study", ""))


def heading(session: Session, study: Study | None) -> None:
    """The policy's name and the question, or what a new study is for."""
    _ = translator(session.locale)
    if study is None:
        title = _("A new study") if writing.is_new() else _("Study")
        layout.head(session, title, _("Whether one policy worked, by how much, and how sure that is"))
        return
    name = session.say(study.name) if study.name else study.study
    layout.head(session, name, session.say(study.question) if study.question else _("Did it work?"))


def show(session: Session, study: Study | None) -> None:
    """The page below its heading."""
    if study is None:
        writing.begin(session) if writing.is_new() else _unknown(session)
        return
    writing.said(session)
    if writing.is_changed() and session.beside is None and session.held is not None:
        writing.change(session, study)
        return
    shown = known.shown(session, study)
    if shown is None:
        known.watch(session)
    else:
        _found(shown)
    writing.to_change(session, study)


def _found(shown: Shown) -> None:
    """The finding and everything behind it."""
    session = shown.session
    if shown.effect is not None:
        with session.controls:
            downloads.offer(session, f"study_{shown.study.study}", comparison.frame(shown), comparison.about(shown), _metadata(shown))
            button.offer(session, ["study"], shown.study.study)
    panel.show(verdict(shown), key="study_verdict")
    layout.note(known.by_all_figures(session))
    chart.show(shown)
    panel.show(evidence(shown), key="study_evidence")


def verdict(shown: Shown) -> str:
    """The sentence, the verdict with its shape, why it is so, and what would be needed to say more."""
    _ = translator(shown.session.locale)
    moved = history.moved(shown)
    parts = [
        f'<p class="headline">{escape(saying.headline(shown))}</p>',
        f'<p class="judged">{drawn(shown.kind, _)}{escape(moved)}</p>',
        *(f'<p class="because">{escape(said)}</p>' for said in saying.reasons(shown)),
        _needed(shown, _),
    ]
    return "".join(parts)


def evidence(shown: Shown) -> str:
    """What stands below the charts."""
    parts = [
        doubts(shown),
        '<div class="columns">',
        comparison.weights(shown),
        method.table(shown),
        "</div>",
        comparison.series(shown),
        '<div class="columns">',
        leads.block(shown),
        history.table(shown),
        "</div>",
    ]
    return "".join(parts)


def doubts(shown: Shown) -> str:
    """Three things that could make it wrong; "" of a study that found nothing."""
    _, found = translator(shown.session.locale), saying.doubts(shown)
    if not found:
        return ""
    n = len(found)
    title = _.ngettext("What could make it wrong", "{n} things that could make it wrong", n, n=n)
    items = "".join(f"<li>{escape(said)}</li>" for said in found)
    return f'<section><h2>{escape(title)}</h2><ol class="doubts">{items}</ol></section>'


def _needed(shown: Shown, _: Words) -> str:
    said = saying.needed(shown)
    title = escape(_("What would be needed:"))
    return f'<p class="because"><b>{title}</b> {escape(said)}</p>' if said else ""


def _metadata(shown: Shown) -> downloads.Files:
    """The study and its finding for a machine, beside the tables."""
    _ = translator(shown.session.locale)
    return {_("Metadata (JSON)"): ("json", "application/json", lambda: metadata(shown).encode())}


def metadata(shown: Shown) -> str:
    """What was asked, how it was reckoned and what was found, as JSON; figures are in the unit of the estimate."""
    effect, made = shown.effect, shown.verdict
    told = {
        "study": shown.study.model_dump(mode="json", exclude_defaults=True, by_alias=True),
        "facts_version": shown.session.held.version if shown.session.held else None,
        "verdict": made.kind if made else None,
        "doubts": [str(each) for each in made.doubts] if made else [],
        "refused": [str(each) for each in shown.answer.refused] or None,
        "effect": None if effect is None else _figures(shown),
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _figures(shown: Shown) -> dict[str, object]:
    effect = shown.effect
    assert effect is not None
    return {
        **{name: getattr(effect, name) for name in ("method", "estimate", "se", "low", "high", "p", "n_treated", "n_control")},
        "pre_periods": effect.before,
        "post_periods": effect.after,
        "unit": shown.outcome.unit,
        "weights": dict(effect.weights),
        "diagnostics": dict(effect.diagnostics),
    }


def _unknown(session: Session) -> None:
    _ = translator(session.locale)
    layout.section(_("There is no such study"))
    st.write(_("The link names no study, or one that was removed. All studies are on the page Impact."))
    st.page_link("pages/policy/impact.py", label=_("All studies"), query_params=session.query())
