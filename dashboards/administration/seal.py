"""Whether the records are as the verbs wrote them: what `python -m data verify` finds of them, in words."""

import streamlit as st

from dashboards import formats, layout
from dashboards.markdown import plain, with_code
from dashboards.session import Session
from dashboards.words import translator
from data.problems import NotPossibleNow, Problem
from data.records.log import Asked, read
from data.records.verification import verify


def show(session: Session) -> None:
    """What the seal is, the button that checks it, and in the run that follows what was found."""
    _ = translator(session.locale)
    layout.section(_("The seal"))
    st.write(_("Each change is chained to the one before it under a secret, so that nobody can alter one unnoticed."))
    if st.button(_("Check the seal"), key="check_seal", icon=":material/verified_user:"):
        _check(session)


def _check(session: Session) -> None:
    _ = translator(session.locale)
    said = _("Every change is read and held against the one before it, and every row against its last change")
    bar = st.progress(0.0, text=said)
    try:
        _checked, problems = verify(session.home, lambda share: bar.progress(share, text=said) and None)
    except NotPossibleNow as reason:
        st.error(plain(_(str(reason))), icon=":material/error:")
        return
    finally:
        bar.empty()
    _say(session, problems)


def _say(session: Session, problems: list[Problem]) -> None:
    _, locale = translator(session.locale), session.locale
    if not problems:
        number = read(session.records, Asked(), most=0).total
        told = _("The seal holds: all {n} changes are as they were written, and everything kept is as its last change says.",
                 n=formats.number(number, 0, locale))  # fmt: skip
        st.success(plain(told), icon=":material/verified_user:")
        return
    st.error(_("The seal is broken: something was changed past this program, or is lost."), icon=":material/gpp_bad:")
    for problem in problems[: layout.SHOWN_PROBLEMS]:
        st.markdown(f"- {with_code(_.problem(problem))}")
    if len(problems) > layout.SHOWN_PROBLEMS:
        st.write(_("... and {n} more", n=len(problems) - layout.SHOWN_PROBLEMS))
    st.write(_("This command says the same:"))
    st.code("python -m data verify", language="shell", width="content")
