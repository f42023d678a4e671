"""Trust withdrawn: what was received stays, and nothing more is taken that this key signed."""

import streamlit as st

from dashboards.cities.known import Known
from dashboards.markdown import plain
from dashboards.plan import doing
from data.exchange.received import CityMonth
from data.exchange.trusting import withdraw

PLACE = "cities"


def show(known: Known, month: CityMonth) -> None:
    """Folded, for whoever may, while the key is trusted."""
    _ = known.words
    if not known.may or month.city not in known.trusted:
        return
    name = known.name(month)
    with st.expander(plain(_("Withdraw the trust in the key of {city}", city=name))):
        st.write(_("For a key that was lost, stolen or replaced. What was received stays; nothing more of this city is received until a "
                   "key of it is trusted again."))  # fmt: skip
        doing.press(known.session, _("Withdraw the trust"), "cities_withdraw", lambda: _withdrawn(known, month), PLACE)


def _withdrawn(known: Known, month: CityMonth) -> str:
    _, actor = known.words, known.session.actor
    assert actor is not None
    withdraw(known.session.records, actor, month.city)
    return _("The key of {city} is no longer trusted.", city=known.name(month))
