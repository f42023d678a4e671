"""The four phases of a review side by side, today's marked, and a sentence about where it stands."""

from html import escape

from dashboards import formats
from dashboards.session import Session
from dashboards.words import N_, translator
from dashboards.work.known import Known
from kpis.reviews.cycle import Phase, phase_on

PHASES = {
    "collect": (N_("Collect"), N_("areas send values, reports and evidence")),
    "analyse": (N_("Analyse"), N_("the data office checks them, areas say what moved their goals")),
    "risk": (N_("Weigh risks"), N_("areas say what could go wrong, concerns are answered")),
    "close": (N_("Meet and close"), N_("decisions, follow-ups, and the month is frozen")),
}
"""Each phase by its name, and what is done in it."""


def block(session: Session, found: Known) -> str:
    """As HTML."""
    steps = "".join(_step(session, found, phase) for phase in found.phases)
    return f'<h2>{escape(sentence(session, found))}</h2><ol class="phases">{steps}</ol>'


def sentence(session: Session, found: Known) -> str:
    """Where the review stands: its phase and the days left, that it has not begun, that it is over or closed."""
    _, locale = translator(session.locale), session.locale
    month = formats.month_name(found.month, locale)
    if found.closed:
        return _("The review of {month} is closed.", month=month)
    if found.over:
        return _("The review of {month} is over since {day}.", month=month, day=formats.day(found.phases[-1].last, locale))
    now = phase_on(found.month, session.definitions.city.cycle, found.day)
    if now is None:
        return _("The review of {month} begins on {day}.", month=month, day=formats.day(found.phases[0].first, locale))
    name, left = _(PHASES[now.name][0]), (now.last - found.day).days
    if not left:
        return _("Review of {month}: {phase}, which ends today.", month=month, phase=name)
    return _.ngettext(
        "Review of {month}: {phase}, {n} day left.", "Review of {month}: {phase}, {n} days left.", left, month=month, phase=name, n=left
    )


def _step(session: Session, found: Known, phase: Phase) -> str:
    _ = translator(session.locale)
    name, told = PHASES[phase.name]
    here = ' aria-current="step"' if phase.first <= found.day <= phase.last and not found.closed else ""
    past = ' class="past"' if phase.last < found.day or found.closed else ""
    days = formats.days(phase.first, phase.last, session.locale)
    return f'<li{here}{past}><b>{escape(_(name))}</b><span>{escape(days)}</span><span class="note">{escape(_(told))}</span></li>'
