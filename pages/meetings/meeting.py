"""A meeting, one item at a time: what it is about, what is said and decided of it, and who does what by when."""

from dashboards.meetings import projected
from dashboards.session import current

session = current()
asked = projected.asked(session)
projected.heading(session, asked)
projected.show(session, asked)
