"""What the phases of a budget are called in the city's country, and what the other countries call them."""

from html import escape

from dashboards import formats
from dashboards.plan.money.tables import Column, Line, table
from dashboards.session import Session
from dashboards.words import N_, translator
from data.plans.vocabulary import PHASES
from kpis.plans import phases

GENERIC = {
    "initial": N_("initial budget"),
    "modified": N_("modified budget"),
    "budget": N_("budget in force"),
    "reserved": N_("reserved"),
    "committed": N_("committed"),
    "accrued": N_("accrued"),
    "paid": N_("paid"),
}
COUNTRIES = {
    "es_ES": N_("Spain"),
    "es_AR": N_("Argentina"),
    "es_CO": N_("Colombia"),
    "es_MX": N_("Mexico"),
    "es_CL": N_("Chile"),
}


def name(session: Session, phase: str) -> str:
    """As the country has it; a phase that it does not have, or the budget in force, in plain words."""
    return phases.names(session.locale).get(phase) or formats.sentence(translator(session.locale)(GENERIC[phase]))


def crosswalk(session: Session) -> str:
    """The names in the five countries, side by side, as HTML."""
    _, known = translator(session.locale), phases.crosswalk()
    columns = [Column(_("Phase")), *(Column(_(country)) for country in COUNTRIES.values())]
    lines = [
        Line(
            [escape(formats.sentence(_(GENERIC[phase]))), *(escape(known[phase].get(locale) or _("no such phase")) for locale in COUNTRIES)]
        )
        for phase in PHASES
    ]
    caption, said = _("What each phase is called in five countries"), escape(_("The same phases in other countries"))
    return f"<details><summary>{said}</summary>{table(caption, columns, lines)}</details>"
