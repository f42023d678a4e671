"""One neighbourhood: its works, promises and goals; read before a visit."""

from dashboards.plan import neighbourhood
from dashboards.session import current

session = current()
asked = neighbourhood.asked(session)
neighbourhood.heading(session, asked)
neighbourhood.show(session, asked)
