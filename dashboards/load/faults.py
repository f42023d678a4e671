"""What is wrong with a file, line by line, and what to do about it."""

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboards import layout, panel
from dashboards.load.tables import table
from dashboards.session import Session
from dashboards.words import Words, translator
from data.problems import NotPossibleNow, Problem

AT_ONCE = 50
"""Problems on one page of the list."""


def whole(session: Session, problems: Sequence[Problem]) -> None:
    """Nothing of the file can be taken: why, and what to do."""
    _ = translator(session.locale)
    layout.section(_("This file cannot be loaded as it is"))
    st.write(_("Nothing was loaded and nothing was lost. Mend the file, or change its mapping, and try again."))
    listed(session, problems)


def not_now(session: Session, reason: NotPossibleNow) -> None:
    """Something stands in the way that has nothing to do with the file."""
    _ = translator(session.locale)
    layout.section(_("Not possible just now"))
    st.write(_("Nothing was lost: the file and all that was decided about it are kept. What stands in the way:"))
    st.text(_.not_now(reason))
    st.button(_("Try again"), key="load_again")


def listed(session: Session, problems: Sequence[Problem]) -> None:
    """The problems as a table, so many at a time."""
    _, start = translator(session.locale), 0
    if len(problems) > AT_ONCE:
        starts = list(range(0, len(problems), AT_ONCE))
        start = st.selectbox(
            _("Problems shown"),
            starts,
            key="load_faults",
            format_func=lambda at: _(
                "{first} to {last} of {all}",
                first=_.count(at + 1),
                last=_.count(min(at + AT_ONCE, len(problems))),
                all=_.count(len(problems)),
            ),
            width=260,
        )
    panel.show(_table(problems[start : start + AT_ONCE], _), key="load_problems")


def _table(problems: Sequence[Problem], _: Words) -> str:
    titles = [_("Line"), _("Column"), _("What is wrong, and what to do")]
    return table(titles, [_row(problem, _) for problem in problems], _("Problems of the file"), numbered=True)


def _row(problem: Problem, _: Words) -> list[str]:
    line = _("whole file") if problem.line is None else str(problem.line)
    return [escape(text) for text in (line, "" if problem.column is None else str(problem.column), _plain(_.problem(problem)))]


def _plain(sentence: str) -> str:
    """A table shows a word of the YAML as it is to be typed, without the marks around it."""
    return re.sub(r"`([^`\n]+)`", r"\1", sentence)
