"""This month: how far its review is, the agenda of its meeting, and what is left to do after it."""

from dashboards.meetings import month
from dashboards.session import current

session = current()
month.heading(session)
month.show(session)
