"""A composite index: in which tier the city is, how sure that is, and what drives it."""

from dashboards import index
from dashboards.session import current

session = current()
asked = index.asked(session)
index.heading(session, asked)
index.show(session, asked)
