"""What I owe by the review of the month, and where I do it."""

from dashboards import work
from dashboards.session import current

session = current()
work.heading(session)
work.show(session)
