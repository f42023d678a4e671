"""An area in a sentence: how far its actions are, and what it owes."""

from dashboards.plan import truth_line
from dashboards.plan.area.known import Known
from dashboards.session import Session
from dashboards.words import NN_, Words, translator


def sentence(session: Session, found: Known) -> str:
    """The headline is the proved figure; what is late and what is owed follow."""
    _, whole = translator(session.locale), found.part.whole
    if not whole["actions"]:
        return _("The area has no action that counts in this plan.")
    return " ".join([_progress(session, found, _), _late(found.part.counts.get("late", 0), _), owes(found.owed.count, _)])


def owes(count: int, _: Words) -> str:
    """What the area itself has to do by the review."""
    if not count:
        return _("It owes nothing.")
    return _.ngettext("It owes {n} thing.", "It owes {n} things.", count, n=count)


def _progress(session: Session, found: Known, _: Words) -> str:
    whole = found.part.whole
    told = {"n": whole["actions"], "proved": truth_line.share(whole["proved"], session.locale)}
    if whole["declared"] is None:
        one, many = NN_("Its action is {proved} proved; it declares nothing.", "Its {n} actions are {proved} proved; it declares nothing.")
        return _.ngettext(one, many, whole["actions"], **told)
    declared = truth_line.share(whole["declared"], session.locale)
    one, many = NN_(
        "Its action is {proved} proved and {declared} declared.", "Its {n} actions are {proved} proved and {declared} declared."
    )
    return _.ngettext(one, many, whole["actions"], **told, declared=declared)


def _late(count: int, _: Words) -> str:
    return _.ngettext("{n} is late.", "{n} are late.", count, n=count) if count else _("None is late.")
