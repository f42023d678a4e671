"""One study: whether a policy worked, what shows it, and what could make it wrong."""

from dashboards import study
from dashboards.session import current

session = current()
asked = study.asked(session)
study.heading(session, asked)
study.show(session, asked)
