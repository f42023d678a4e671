"""Where the city stands beside its peers: against whom, how sure, and what to do next."""

from dashboards import layout, peers
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Peers"), _("Where do we stand, against whom, and how sure that is"))
peers.show(session)
