"""One area: what it promised, what it owes, how its goals stand; for the weekly meeting with its head."""

from dashboards.plan import area
from dashboards.session import current

session = current()
asked = area.asked(session)
area.heading(session, asked)
area.show(session, asked)
