"""One policy: why it should work, what carries it out, and how it was judged."""

from dashboards.policy import page
from dashboards.session import current

session = current()
known, policy = page.asked(session)
page.heading(session, known, policy)
page.show(session, known, policy)
