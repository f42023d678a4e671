"""The month in one look: what got worse, what needs a decision, how far the mandate is."""

from dashboards import checklist, formats, layout, overview
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
month = formats.sentence(formats.month_name(session.month, session.locale))
checklist.show(session)
layout.head(session, month, _("What the city promised, what it has done, and what needs a decision"), needs_facts=False)
overview.show(session)
