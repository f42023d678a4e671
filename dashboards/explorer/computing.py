"""How the chosen values are split, computed and dated: the controls under "Compare", all of them in the address."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import streamlit as st

from dashboards import formats
from dashboards import session as visit
from dashboards.session import Session
from dashboards.words import N_, Words, translator
from data.periods import Month
from data.segments import UNNAMED, parts

RESIDENTS = {"": N_("As they are"), "1000": N_("Per 1,000 residents"), "100000": N_("Per 100,000 residents")}
AVERAGES = {"": N_("Each period"), "3": N_("Average of 3 periods"), "6": N_("Average of 6 periods"), "12": N_("Average of 12 periods")}
COMPARISONS = {"": N_("The values"), "year": N_("Change since a year before"), "index": N_("Index: base = 100")}
DIMENSIONS = {"age": N_("Age"), "sex": N_("Sex"), "gender": N_("Gender"), "district": N_("District"), UNNAMED: N_("Group")}
"""Dimensions that people know by a word of ours; others are named as the files name them."""
PARTS = {"women": N_("Women"), "men": N_("Men"), "girls": N_("Girls"), "boys": N_("Boys")}
"""The same for parts."""
AND = "|"


@dataclass(frozen=True)
class Computed:
    """`split` names the dimensions, `per` and `average` are numbers, `base` is a month, `known` a day: "" is none of it."""

    split: str = ""
    per: str = ""
    average: str = ""
    compare: str = ""
    base: str = ""
    known: str = ""

    def told(self) -> dict[str, str]:
        """What the address says of it: only what was chosen."""
        return {key: value for key, value in asdict(self).items() if value}

    @property
    def as_known(self) -> date | None:
        return date.fromisoformat(self.known) if self.known else None


NOTHING = Computed()
"""The values as they are, of whole places, as they are known now."""


class _Days(list[str]):
    """Days to choose from; a link may ask for any other."""

    def __contains__(self, day: object) -> bool:
        try:
            return isinstance(day, str) and date.fromisoformat(day).isoformat() == day
        except ValueError:
            return False


def chosen(session: Session, indicators: Sequence[str], places: Sequence[str], months: Sequence[str]) -> Computed:
    """Draw the controls and return what they hold."""
    _, splits, days = translator(session.locale), _splits(session, indicators, places), _known_days(session)
    split, per, average = visit.linked("split", splits, ""), visit.linked("per", RESIDENTS, ""), visit.linked("average", AVERAGES, "")
    compare, base = visit.linked("compare", COMPARISONS, ""), visit.linked("base", months, "")
    known = visit.linked("known", days, "")
    with st.popover(_("Compare"), icon=":material/function:"):
        if len(splits) > 1:
            _pick(_("Parts"), splits, "split", lambda name: split_name(name, _) if name else _("The total alone"))
        _pick(_("Per resident"), RESIDENTS, "per", lambda name: _(RESIDENTS[name]))
        _pick(_("Smoothing"), AVERAGES, "average", lambda name: _(AVERAGES[name]))
        _pick(_("Comparison"), COMPARISONS, "compare", lambda name: _(COMPARISONS[name]))
        if compare == "index":
            _pick(_("Base"), ["", *months], "base", lambda month: _month(session, month) if month else _("The first period that all have"))
        _pick(_("As known on"), _with(days, known), "known", lambda day: _day(session, day) if day else _("Now"))
    return Computed(split, per, average, compare, base if compare == "index" else "", known)


def split_name(split: str, _: Words) -> str:
    """The dimensions of a split as people say them: "Age and sex"."""
    named = [_(DIMENSIONS[name]) if name in DIMENSIONS else name for name in split.removeprefix("=").split(AND)]
    return formats.sentence(" × ".join(named))


def split_of(segment: str) -> str:
    """The dimensions of a segment, as `split` names them; the unnamed one is written `=`."""
    return AND.join(sorted(name or "=" for name in parts(segment)))


def _splits(session: Session, indicators: Sequence[str], places: Sequence[str]) -> list[str]:
    """What the values can be split by, one dimension alone first."""
    found = {split_of(segment) for segment in session.facts.segments(indicators, places)}
    return ["", *sorted(found, key=lambda name: (name.count(AND), name))]


def _known_days(session: Session) -> _Days:
    """The days on which something became known, newest first."""
    return _Days(sorted({load.known_on.isoformat() for load in session.facts.loads()}, reverse=True))


def _with(days: _Days, chosen_day: str) -> list[str]:
    return ["", *sorted({*days, *filter(None, [chosen_day])}, reverse=True)]


def _pick(label: str, options: Sequence[str] | dict[str, str], key: str, name: Callable[[str], str]) -> None:
    st.selectbox(label, list(options), key=key, format_func=name)


def _month(session: Session, month: str) -> str:
    return formats.sentence(formats.month_name(Month.parse(month), session.locale))


def _day(session: Session, day: str) -> str:
    return formats.day(date.fromisoformat(day), session.locale)
