"""A neighbourhood in a sentence: how far its promises are, what is late, and how its goals stand against the city."""

from collections.abc import Iterable

from dashboards import formats
from dashboards.plan import states, truth_line
from dashboards.plan.neighbourhood.known import Known
from dashboards.plan.neighbourhood.measured import Figure
from dashboards.session import Session
from dashboards.words import NN_, translator


def sentence(session: Session, found: Known, measured: Iterable[Figure]) -> str:
    """The headline is the proved figure; what is late and the goals follow."""
    return " ".join(filter(None, [promises(session, found), goals(session, measured)]))


def promises(session: Session, found: Known) -> str:
    """How far the neighbourhood's actions are, and how many of them are late."""
    _, whole, late = translator(session.locale), found.part.whole, found.part.counts.get("late", 0)
    if not whole["actions"]:
        return _("The plan promises nothing that counts for this neighbourhood alone.")
    one, many = NN_("Its one promise is {proved} proved.", "Its {n} promises are {proved} proved.")
    told = _.ngettext(one, many, whole["actions"], n=whole["actions"], proved=truth_line.share(whole["proved"], session.locale))
    behind = _.ngettext("{n} is late.", "{n} are late.", late, n=late) if late else _("None is late.")
    return f"{told} {behind}"


def goals(session: Session, measured: Iterable[Figure]) -> str:
    """How many of the goals that can be compared stand worse here than in the city."""
    _, leads = translator(session.locale), [figure.lead for figure in measured if figure.score and figure.lead is not None]
    worse = sum(lead < 0 for lead in leads)
    if not leads:
        return ""
    if not worse:
        return _("No goal stands worse than in the city.")
    return _.ngettext(
        "{worse} of {n} goal stands worse than in the city.", "Worse than in the city: {worse} of {n} goals.", len(leads),
        worse=worse, n=len(leads),
    )  # fmt: skip


def by_state(found: Known) -> list[tuple[str, int]]:
    """How many promises are in each state, in the order in which states are shown; those left out of the count apart."""
    told = [(state, found.part.counts.get(state, 0)) for state in states.STATES]
    return [(state, number) for state, number in told if number]


def learnt(found: Known, locale: str) -> str:
    """How much is written down about it."""
    _, failed = translator(locale), sum(not row["succeeded"] for row in found.outcomes)
    told = [
        _.ngettext("{n} decision", "{n} decisions", len(found.decisions), n=formats.number(len(found.decisions), 0, locale)),
        _.ngettext("{n} failure", "{n} failures", failed, n=formats.number(failed, 0, locale)),
        _.ngettext("{n} success", "{n} successes", len(found.outcomes) - failed, n=formats.number(len(found.outcomes) - failed, 0, locale)),
    ]
    return ", ".join(told)
