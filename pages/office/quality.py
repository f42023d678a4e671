"""What in our data needs mending, and who mends it."""

from dashboards import layout, quality
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Quality"), _("What in our data needs mending, and who mends it"))
quality.show(session)
