"""The policies as the search box lists them."""

from dashboards.assessments.known import Known
from dashboards.session import Session


def names(session: Session) -> dict[str, str]:
    """What is listed of each policy, by its page and what the page is asked for."""
    known = Known(session)
    _ = known.words
    kind = _("Policy")
    return {f"policy:policy={row['key']}": f"{known.say(row['name'])} · {kind}" for row in known.register.policies}
