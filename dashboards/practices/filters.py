"""What the list is narrowed to: an indicator, a place, a theme, and at least what shows it; all of it in the address."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from dashboards import formats
from dashboards import session as visit
from dashboards.markdown import plain
from dashboards.practices import vocabulary
from dashboards.practices.known import Known, Row

ALL = ""
KEYS = ("about", "where", "theme", "shown")
"""Words of the address: `practices?about=recycling`."""


@dataclass(frozen=True)
class Narrowed:
    """Ids, or "" where everything is asked for; `elsewhere` as a place is every place that the home does not know."""

    about: str = ALL
    where: str = ALL
    theme: str = ALL
    shown: str = ALL

    def fits(self, known: Known, row: Row) -> bool:
        """Whether a practice is among what is asked for."""
        themes = {known.session.indicator(name).theme for name in known.indicators(row)}
        return (
            (not self.about or self.about in row["indicators"])
            and (not self.where or self.where == (row["place"] or ELSEWHERE))
            and (not self.theme or self.theme in themes)
            and (not self.shown or self.shown == row["strength"])
        )


ELSEWHERE = "elsewhere"


def asked(known: Known) -> Narrowed:
    """The controls, folded into one; only what some practice is of can be chosen."""
    _, choices = known.words, _choices(known)
    held = Narrowed(*(visit.linked(key, list(choices[key]), ALL) for key in KEYS))
    named = [choices[key][value] for key, value in vars(held).items() if value]
    label = " · ".join(named) or _("Indicator, place, theme, what shows it")
    with known.session.controls, st.popover(plain(label), icon=":material/filter_list:"):
        titles = (_("Indicator"), _("Where"), _("Theme"), _("What shows it"))
        for key, title in zip(KEYS, titles, strict=True):
            names = choices[key]
            st.selectbox(title, [ALL, *names], key=key, format_func=lambda value, names=names: names.get(value) or _("all"))
    return held


def said(known: Known, held: Narrowed) -> str:
    """What the list is narrowed to, in words, for a file that is taken away."""
    choices = _choices(known)
    return ", ".join(choices[key].get(value, value) for key, value in vars(held).items() if value)


def _choices(known: Known) -> Mapping[str, Mapping[str, str]]:
    """By the words of the address: ids and what they are called."""
    _, session = known.words, known.session
    subjects = {each.id: session.say(each.name) for each in session.definitions.themes}
    names = dict.fromkeys(name for row in known.rows for name in known.indicators(row))
    themes = dict.fromkeys(session.indicator(name).theme for name in names)
    places = {row["place"]: known.where(row) for row in known.rows if row["place"]}
    others = {ELSEWHERE: _("another place")} if any(not row["place"] for row in known.rows) else {}
    return {
        "about": {name: session.say(session.indicator(name).name) for name in names},
        "where": {**places, **others},
        "theme": {theme: subjects[theme] for theme in themes if theme in subjects},
        "shown": {key: formats.sentence(word) for key, word in vocabulary.options(session.locale).items()},
    }
