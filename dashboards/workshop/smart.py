"""The Smart Rule beside a draft: a score for each letter, and what fails at its line."""

from collections.abc import Mapping
from html import escape

from dashboards import formats, outlooks, panel
from dashboards.goal.smart import NAMES, sentence
from dashboards.session import Session
from dashboards.words import Words, translator
from kpis.foresight.outlook import chances_of
from kpis.smart import LETTERS, Letter
from kpis.smart.outcome import Outcome
from kpis.workshop.draft import Draft, Said, Trial
from kpis.workshop.gate import Gated, gated


def show(session: Session, draft: Draft, trial: Trial) -> None:
    """Nothing where the draft cannot be judged."""
    _ = translator(session.locale)
    found = gated(session.home, draft, trial, session.held, session.month.last, _chances(session, draft, trial))
    if found is None:
        return
    said = _("Ready for the public page") if found.assessment.publishable else _("Not ready for the public page")
    body = "".join(_row(session, draft, found, letter, _) for letter in LETTERS)
    panel.show(f'<p><b>{escape(said)}</b></p><table class="smart"><tbody>{body}</tbody></table>', key="workshop_smart")


def _chances(session: Session, draft: Draft, trial: Trial) -> Mapping[str, float | None] | None:
    """As the goal's own page tells them; None while nothing is forecast."""
    known = outlooks.of(session)
    return chances_of(known, trial.catalogue, trial.written.definitions, draft.place) if known and trial.catalogue else None


def _row(session: Session, draft: Draft, found: Gated, letter: Letter, _: Words) -> str:
    passed, total = found.assessment.score(letter)
    count = _("{passed} of {total}", passed=passed, total=total)
    said = "".join(_said(session, draft, one, place, _) for one, place in found.open if one.check.letter == letter)
    unchecked = [one.reason for one in found.assessment.unchecked if one.check.letter == letter and one.reason]
    if unchecked:
        reasons = "; ".join(dict.fromkeys(formats.reason(reason, session.locale) for reason in unchecked))
        unseen = _("Not checked: {reasons}.", reasons=reasons)
        said += f'<p class="note">{escape(unseen)}</p>'
    return (
        f'<tr><th scope="row"><b>{letter}</b> {escape(_(NAMES[letter]))}</th>'
        f'<td class="number{"" if passed == total else " short"}">{escape(count)}</td><td>{said}</td></tr>'
    )


def _said(session: Session, draft: Draft, found: Outcome, place: Said, _: Words) -> str:
    kind = _("Must be mended") if found.check.hard else _("Advice")
    where = _("line {n}", n=place.problem.line)
    if place.part != 0:  # the goal's own lines need no name
        where = f"{session.home.short(draft.parts[place.part].path) if place.part else place.problem.path}, {where}"
    parts = [sentence(session, part) for part in (found.reason, found.cure) if part]
    return f'<p class="{"hard" if found.check.hard else "soft"}"><b>{escape(kind)}, {escape(where)}:</b> {" ".join(parts)}</p>'
