"""Whose key signed a file: compared by telephone, group by group, before anything of a city counts."""

from collections.abc import Sequence

import streamlit as st

from dashboards.cities.arrived import Arrived
from dashboards.cities.known import Known
from dashboards.markdown import plain
from dashboards.plan import doing
from data.exchange.month_file import MonthFile
from data.exchange.trusting import trust


def show(known: Known, group: Sequence[Arrived], where: str) -> None:
    """The fingerprint of a key, what to do with it, and the button that trusts it once it was compared."""
    _, file = known.words, group[0].file
    name = known.session.say(file.content.name)
    with st.container(border=True):
        title = _("{city}: is this its key?", city=name)
        st.markdown(f"**{plain(title)}**")
        st.write(_("Call the city's data office, at a number that you know and that did not come with the file. Let them read out the "
                   "fingerprint beside their own button, and compare all of it:"))  # fmt: skip
        st.code(file.fingerprint, language=None, wrap_lines=True)
        compared = st.checkbox(_("They read out the same, from the first group to the last"), key=f"compared {file.key}")
        if compared:
            doing.press(known.session, _("Trust the key of {city}", city=name), f"trust {file.key}", lambda: _trusted(known, file), where)


def _trusted(known: Known, file: MonthFile) -> str:
    _, actor = known.words, known.session.actor
    assert actor is not None
    trust(known.session.records, actor, file, file.fingerprint)
    return _("The key of {city} is trusted: what it signed can be received below.", city=known.session.say(file.content.name))
