"""Whatever meetings decided and asked for, and what people worried about, found by its words."""

from dashboards import layout
from dashboards.meetings import history
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("History"), _("Whatever meetings decided and asked for, and what people worried about"), needs_facts=False)
history.show(session)
