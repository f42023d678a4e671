"""The words of the panel in both languages, and what they mean."""

from dashboards import glossary, layout
from dashboards.session import current
from dashboards.words import translator

session = current()
_ = translator(session.locale)
layout.head(session, _("Glossary"), _("The words of this panel in both languages, and what they mean"), needs_facts=False)
glossary.show(session)
