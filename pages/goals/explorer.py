"""Any indicators and places over any months, as chart, map or table."""

from dashboards import explorer, layout
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Explorer"), _("Any indicator of any place, as chart, map or table, to look into and take away"))
explorer.show(session)
