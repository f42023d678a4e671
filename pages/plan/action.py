"""One action: how far it is, what shows it, what it costs, and who said what."""

from dashboards.plan import action
from dashboards.session import current

session = current()
asked = action.asked(session)
action.heading(session, asked)
action.show(session, asked)
