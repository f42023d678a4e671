"""The page Impact below its heading: one sentence, the studies by how sure they are, and which method fits a question."""

from collections import Counter
from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboards import downloads, layout, panel
from dashboards.impact import asking, listing
from dashboards.session import Session
from dashboards.study import known, writing
from dashboards.study.shown import Shown
from dashboards.words import NN_, Words, translator

COUNTED = {
    "clear_effect": NN_("{n} shows a clear effect", "{n} show a clear effect"),
    "likely_effect": NN_("{n} shows a likely effect", "{n} show a likely effect"),
    "no_detectable_effect": NN_("{n} shows no detectable effect", "{n} show no detectable effect"),
    "cannot_tell": NN_("{n} cannot tell", "{n} cannot tell"),
    "refused": NN_("{n} could not be estimated", "{n} could not be estimated"),
}
"""How many of each, in the sentence that sums them up."""


def show(session: Session) -> None:
    """The studies of the city, then those whose files have a problem, which hide no other, then the choice of a method."""
    _ = translator(session.locale)
    writing.said(session)
    studies = known.studies(session)
    if studies.studies:
        _studies(session, known.every(session), _)
    elif not studies.problems:
        _nothing(session, _)
    if studies.problems:
        layout.section(_("A study needs mending"))
        layout.problems(studies.problems, _)
    asking.show(session)


def sentence(found: Sequence[Shown], _: Words) -> str:
    """Of five studies, 1 shows a clear effect, 1 shows no detectable effect, 2 cannot tell, 1 could not be estimated."""
    held = Counter(shown.kind for shown in found)
    parts = [_.ngettext(*COUNTED[kind], held[kind], n=held[kind]) for kind in COUNTED if held[kind]]
    n = len(found)
    return _.ngettext("Of {n} study: {told}.", "Of {n} studies: {told}.", n, n=n, told=", ".join(parts))


def _studies(session: Session, found: Sequence[Shown] | None, _: Words) -> None:
    if found is None:
        known.watch(session)
        return
    with session.controls:
        downloads.offer(session, "impact", lambda: listing.frame(found, session.locale), about(session, _))
    panel.show(f'<p class="headline">{escape(sentence(found, _))}</p>{listing.table(found)}', key="impact_studies")
    layout.note(_("The drawing shows the effect with its interval of 95 % around zero; each study has a scale of its own."))
    layout.note(known.by_all_figures(session))
    writing.link(session)


def about(session: Session, _: Words) -> dict[str, str]:
    """Studies ask all facts, whichever month is looked at: so beside them stands the day of the newest of these, and no month."""
    day = known.facts_day(session)
    return {
        _("Place"): session.say(session.definitions.place[session.place].name),
        **({_("Facts"): day} if day else {}),
        _("Note"): _("Each effect is the mean of the periods since the policy began, beside what would have been without it."),
    }


def _nothing(session: Session, _: Words) -> None:
    layout.section(_("No study yet"))
    st.write(_("Here stand the city's policies with what came of them: how much better or worse than without them, and how sure that is."))
    writing.link(session)
