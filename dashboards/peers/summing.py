"""The page in one sentence: of how many indicators the city is better than its peers, no different, or worse."""

from collections import Counter
from collections.abc import Iterable

from dashboards.words import NN_, Words
from kpis.peers.standing import Standing, Verdict

JUDGED: dict[Verdict | None, tuple[str, str]] = {
    "better": NN_("better than the median of the peers in {n}", "better than the median of the peers in {n}"),
    "no_difference": NN_("no real difference in {n}", "no real difference in {n}"),
    "worse": NN_("worse in {n}", "worse in {n}"),
    None: NN_("{n} cannot be told", "{n} cannot be told"),
}
"""What counts in the sentence: where neither way is better there is nothing to be better or worse in. None: too little is known to tell."""


def counted(standings: Iterable[Standing]) -> Counter[Verdict | None]:
    """How many of each verdict, of the indicators that have a better side and a position."""
    return Counter(each.verdict for each in standings if each.sign and each.position is not None)


def sentence(standings: Iterable[Standing], _: Words) -> str:
    """Of 28 indicators: better than the median of the peers in 7, no real difference in 12, worse in 9."""
    found = counted(standings)
    told = [_.ngettext(*said, found[verdict], n=found[verdict]) for verdict, said in JUDGED.items() if found[verdict]]
    n = found.total()
    if not n:
        return _("No indicator can be compared with these peers yet.")
    return _.ngettext("Of {n} indicator: {told}.", "Of {n} indicators: {told}.", n, n=n, told=", ".join(told))
