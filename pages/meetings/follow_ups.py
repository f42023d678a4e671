"""Who owes what by when, what is overdue, and how many promises are kept."""

from dashboards import layout
from dashboards.meetings import follow_ups
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Follow-ups"), _("Who does what by when, and whether it was done"), needs_facts=False)
follow_ups.show(session)
