"""Which method answers a question about a policy: proposed from four plain facts, with what it can and cannot claim.

After the usual advice: one place and others to compare with, synthetic difference-in-differences (Arkhangelsky et al., 2021); several
places at one date, difference-in-differences; at several dates, an event study that compares with the never treated (Sun and Abraham,
2021); nobody to compare with, an interrupted time series (Bernal et al., 2017), which is weak.
"""

from dataclasses import dataclass

from data.problems import N_
from kpis.impact.panel import Panel
from kpis.impact.study import Method
from kpis.impact.thin import BEFORE, OTHERS
from kpis.score import Reason

SEVERAL = 4
"""Places under the policy from which on the plain difference of means is steady enough."""


@dataclass(frozen=True)
class Choice:
    """A method, or None where nothing can be told; why, what it can claim and what it cannot."""

    method: Method | None
    why: Reason
    can: tuple[Reason, ...] = ()
    cannot: tuple[Reason, ...] = ()


CAN: dict[Method, tuple[str, ...]] = {
    "sdid": (
        N_("how much higher or lower the figure is than it would have been without the policy, with an interval"),
        N_("whether so large a gap also appears in places without the policy"),
    ),
    "sc": (
        N_("how the figure would have gone without the policy, period by period, as a mix of the others"),
        N_("whether so large a gap also appears in places without the policy"),
    ),
    "did": (
        N_("how much more the figure changed where the policy is than where it is not, with an interval"),
        N_("whether both moved alike before, where there are periods enough"),
    ),
    "event_study": (
        N_("the effect one, two, three periods after each place began, and on the whole"),
        N_("whether the places moved alike before they began"),
    ),
    "its": (N_("whether level or trend of the figure turned when the policy began, beyond its season"),),
}
CANNOT: dict[Method, tuple[str, ...]] = {
    "sdid": (
        N_("tell the policy from anything else that happened in the same place at the same time"),
        N_("say what the same policy would do elsewhere"),
    ),
    "sc": (
        N_("be trusted where the mix does not follow the figure well before the start"),
        N_("tell the policy from anything else that happened in the same place at the same time"),
    ),
    "did": (
        N_("be trusted where both would have moved differently without the policy"),
        N_("tell the policy from anything else that happened in the same places at the same time"),
    ),
    "event_study": (
        N_("tell anything where no place stayed without the policy"),
        N_("tell the policy from what else came to each place when it began"),
    ),
    "its": (
        N_("tell the policy from anything else that changed at that time: its evidence is weak"),
        N_("say more than likely, however large the turn"),
    ),
}


def chosen(treated: int, comparison: bool, before: int, other_starts: bool) -> Choice:
    """The method for so many places under the policy, with or without others to compare with, with so many periods before the start,
    which did or did not all begin at the same time.
    """
    if treated < 1:
        return Choice(None, Reason(N_("nobody is under the policy yet; before it begins it can only be weighed, not measured")))
    method = _method(treated, comparison, before, other_starts)
    least = BEFORE[method]
    if before < least:
        values = {"before": before, "least": least}
        return Choice(None, Reason(N_("{before} periods before the start say too little; {least} are needed for any method here"), values))
    return Choice(method, WHY[method], _reasons(CAN[method]), _reasons(CANNOT[method]))


def of_panel(panel: Panel) -> Choice:
    """The same, answered from the figures: too few others to compare with are none."""
    others = len(panel.donors)
    return chosen(int(panel.treated.sum()), others >= OTHERS, panel.start, panel.staggered)


def _method(treated: int, comparison: bool, before: int, other_starts: bool) -> Method:
    if not comparison:
        return "its"
    if other_starts and treated > 1:
        return "event_study"
    return "sdid" if treated < SEVERAL and before >= BEFORE["sdid"] else "did"


WHY: dict[Method, Reason] = {
    "sdid": Reason(N_("few places are under the policy and others are not: a mix of those shows what would have been")),
    "sc": Reason(N_("one place is under the policy, and a mix of others follows it closely")),
    "did": Reason(N_("their change is held against the change of the others")),
    "event_study": Reason(N_("they began at different times, which a plain comparison would mix up")),
    "its": Reason(N_("there is nobody to compare with: only the figure's own past says what would have been")),
}


def _reasons(sentences: tuple[str, ...]) -> tuple[Reason, ...]:
    return tuple(Reason(sentence) for sentence in sentences)
