"""Every city that a consultant follows, by the closed months that they signed and sent."""

from dashboards import cities, layout
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(
    session, _("Cities"), _("Which city needs a call, and why, from the months that cities closed, signed and sent"), needs_facts=False
)
cities.show(session)
