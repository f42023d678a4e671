"""Did it work? What came of the city's policies, how sure that is, and which method fits a question."""

from dashboards import impact, layout
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Impact"), _("Did the policies work? How much, and how sure that is"))
impact.show(session)
