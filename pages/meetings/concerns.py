"""What somebody worries about, what was answered and decided, and whether whoever raised it thinks it settled."""

from dashboards import layout
from dashboards.meetings import concerns
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Concerns"), _("Raised by anybody, answered and decided, closed only by whoever raised them"), needs_facts=False)
concerns.show(session)
