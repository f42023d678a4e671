"""What is likely to come: the chance of every goal, what would change it, and the trends that the city watches."""

from dashboards import foresight, layout
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Foresight"), _("What is likely to come if things go on as so far, and what would change it"))
foresight.show(session)
