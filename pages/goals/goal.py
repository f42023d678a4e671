"""One goal: how it stands, its way so far, why, where, and what exactly is measured."""

from dashboards import goal
from dashboards.session import current

session = current()
asked = goal.asked(session)
goal.heading(session, asked)
goal.show(session, asked)
