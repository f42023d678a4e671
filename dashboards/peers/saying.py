"""What a standing says, in words: the value with its unit, the place among the peers, how far from their median, and what to know of it."""

from dataclasses import dataclass
from functools import cached_property
from math import floor, log10
from statistics import median

from dashboards import formats
from dashboards.ordinals import ordinal
from dashboards.session import Session
from dashboards.words import N_, NN_, Words, translator
from data.indicators import Indicator
from data.model import say
from kpis.peers.standing import UNRANKED, Beside, Mark, Standing

SIGNIFICANT, MOST_DECIMALS = 3, 4
"""Digits of what was divided: a rate of 0.0 would say nothing."""
MARKS: dict[Mark, str] = {
    "none": N_("no value"),
    "other_period": N_("of another period"),
    "definition": N_("measured otherwise"),
    "not_divided": N_("not divided"),
    "earlier": N_("of an earlier period, as most peers have it"),
    "provisional": N_("provisional"),
}
COUNTED: dict[Mark, tuple[str, str]] = {
    "none": NN_("{n} without a value", "{n} without a value"),
    "other_period": NN_("{n} of another period", "{n} of another period"),
    "definition": NN_("{n} measures it otherwise", "{n} measure it otherwise"),
    "not_divided": NN_("{n} cannot be divided", "{n} cannot be divided"),
    "provisional": NN_("{n} provisional", "{n} provisional"),
}
"""How many peers are shown and not ranked, and why, or ranked and provisional."""
TOLD = {
    "interval": N_("the intervals of what was counted"),
    "revisions": N_("the size of the usual corrections"),
    "movement": N_("twice the usual movement between two periods"),
    "declared": N_("as its goal declares"),
}
"""Where the smallest real difference comes from."""


@dataclass(frozen=True, eq=False)
class Said:
    """One standing in the reader's words."""

    session: Session
    standing: Standing

    @cached_property
    def words(self) -> Words:
        return translator(self.session.locale)

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator as it is compared: a count divided carries the unit and the decimals of what it was divided into."""
        measured = self.standing.indicator
        if self.standing.per is None:
            return measured
        return measured.model_copy(update={"unit": self._divided_unit(), "unit_one": None, "decimals": self._decimals()})

    @property
    def name(self) -> str:
        return self.session.say(self.standing.indicator.name)

    @property
    def unit(self) -> str:
        return self.session.say(self.indicator.unit)

    def value(self, value: float | None) -> str:
        """As it is compared, with its unit."""
        return formats.measured(value, self.indicator, self.session.locale)

    def bare(self, value: float | None) -> str:
        """The same for a column whose rows name their units."""
        return formats.in_table(value, self.indicator, self.session.locale)

    def size(self, difference: float, *, whole: bool = False) -> str:
        """How large a difference is."""
        return formats.difference(difference, self.indicator, self.session.locale, whole=whole)

    def period(self, beside: Beside) -> str:
        frequency = self.standing.indicator.frequency
        return formats.short_period(beside.period, frequency, self.session.locale) if beside.period else ""

    def position(self) -> str:
        """4th of 15; why not where there is none."""
        _ = self.words
        if self.standing.position is None:
            return _("not ranked")
        if not self.standing.sign:
            return _("neither way is better")
        place = ordinal(self.standing.position, self.session.locale)
        said = _("{place} of {total}", place=place, total=self.words.count(self.standing.of))
        return _("{position}, shared", position=said) if self.standing.shared else said

    def between(self) -> str:
        """Which positions real differences leave open; "" where that is one alone, or not known."""
        _ = self.words
        ends = self.standing.between if self.standing.sign else None
        if ends is None or ends[0] == ends[1]:
            return ""
        first, last = (ordinal(end, self.session.locale) for end in ends)
        return _("may be {first} to {last}", first=first, last=last)

    @property
    def level(self) -> bool:
        """Whether the city lies where its peers' median does, as far as the figures can tell."""
        return self.standing.verdict == "no_difference" or self.standing.gap == 0

    def why(self) -> str:
        """Why there is no position, and what would give one."""
        found = [formats.reason(each, self.session.locale) for each in (self.standing.why, self.standing.cure) if each]
        return formats.sentence("; ".join(found))

    def gap(self, *, whole: bool = False) -> str:
        """2.1 points worse; no real difference; plainly more or less where neither way is better, or nothing tells whether it is real."""
        _ = self.words
        gap = self.standing.gap
        if gap is None:
            return formats.NOTHING
        if self.level:
            return _("no real difference")
        amount = self.size(gap, whole=whole)
        if self.standing.verdict in ("better", "worse"):
            return _("{amount} better", amount=amount) if self.standing.verdict == "better" else _("{amount} worse", amount=amount)
        return _("{amount} more", amount=amount) if gap > 0 else _("{amount} less", amount=amount)

    def against(self) -> str:
        """59.9 %, 19.4 points more than the median of the peers: without a position, where neither way is better."""
        _ = self.words
        told = {"value": self.value(self.standing.own.value), "gap": self.gap(whole=True)}
        if self.level:
            return _("{value}, no real difference from the median of the peers", **told)
        return _("{value}, {gap} than the median of the peers", **told)

    def least(self) -> str:
        """From how much on a difference is one, and where that comes from."""
        _ = self.words
        least = self.standing.least
        if self.standing.few and self.standing.position:
            n, total = len(self.standing.ranked), len(self.standing.peers)
            return _("Compared are {n} of {total} peers: too few to call anything better or worse.", n=n, total=total)
        if least is None:
            return _("Nothing is known by which a real difference could be told.") if self.standing.position else ""
        where, amount = _(TOLD[least.told]), self.size(least.difference, whole=True)
        return _("Less than {amount} is no real difference: {why}.", amount=amount, why=where)

    def trend(self) -> str:
        """Whether the gap to the median became better: 2.1 points gained since June 2023."""
        _ = self.words
        trend = self.standing.trend
        if trend is None or trend.gain is None or trend.since is None or trend.course is None:
            return ""
        since = formats.short_period(trend.since, self.standing.indicator.frequency, self.session.locale)
        if trend.course == "steady" or not trend.gain:
            return _("no real change since {period}", period=since)
        told = {"amount": self.size(trend.gain), "period": since}
        return _("{amount} gained since {period}", **told) if trend.gain > 0 else _("{amount} lost since {period}", **told)

    def flags(self) -> list[str]:
        """What must be known of the figures of a row: of the city's own first, then how many of the peers it holds for."""
        _ = self.words
        own = [self.mark(mark, self.standing.own) for mark in self.standing.own.marks if mark != "none"]
        counts: dict[Mark, int] = {mark: sum(mark in peer.marks for peer in self.standing.peers) for mark in COUNTED}
        return [*own, *(_.ngettext(*COUNTED[mark], n, n=n) for mark, n in counts.items() if n)]

    def marks(self, beside: Beside) -> str:
        """What must be known of one place's figure."""
        return ", ".join(self.mark(mark, beside) for mark in beside.marks)

    def mark(self, mark: Mark, beside: Beside) -> str:
        _ = self.words
        word, unranked = _(MARKS[mark]), _("not ranked")
        if mark == "definition" and beside.differs:
            return f"{word}: {self.session.say(beside.differs)}"
        if mark == "none" and beside.missing:
            return f"{word}: {beside.missing}"
        return f"{word}, {unranked}" if mark in UNRANKED - {"none"} else word

    def place(self, place: str) -> str:
        return self.session.say(self.session.definitions.place[place].name)

    def strip(self) -> str:
        """The drawing for whoever cannot see it."""
        _ = self.words
        known = sum(peer.value is not None for peer in self.standing.peers)
        told = {"own": self.value(self.standing.own.value), "n": known, "median": self.value(self.standing.median)}
        if self.standing.median is None:
            return _.ngettext("{own}, beside {n} other place", "{own}, beside {n} other places", known, own=told["own"], n=known)
        return _.ngettext("{own}, beside {n} peer; median {median}", "{own}, beside {n} peers; median {median}", known, **told)

    def _divided_unit(self) -> str:
        _ = self.words
        per, by, locale = self.standing.per, self.standing.by, self.session.locale
        unit, many = say(self.standing.indicator.unit, locale), per.per if per else 1
        told = formats.number(many, 0, locale)
        if by is None:
            return _("{unit} per resident", unit=unit) if many == 1 else _("{unit} per {n} residents", unit=unit, n=told)
        named = say(by, locale)
        values = {"unit": unit, "n": told, "by": named[:1].lower() + named[1:]}
        return _("{unit} for each of the {by}", **values) if many == 1 else _("{unit} per {n} {by}", **values)

    def _decimals(self) -> int:
        known = [abs(each.value) for each in (self.standing.own, *self.standing.peers) if each.value]
        if not known:
            return self.standing.indicator.decimals
        return min(MOST_DECIMALS, max(0, SIGNIFICANT - 1 - floor(log10(median(known)))))
