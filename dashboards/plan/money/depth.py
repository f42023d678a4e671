"""What only some readers ask: the budget by year and by source, what each beneficiary costs, and earned value."""

from html import escape

from dashboards.plan.money import earned, splits
from dashboards.plan.money.known import Known
from dashboards.session import Session
from dashboards.words import translator


def block(session: Session, known: Known) -> str:
    """All of it as HTML."""
    _ = translator(session.locale)
    year, source = escape(_("By year")), escape(_("By source"))
    return (
        f"<h2>{year}</h2>{splits.by_year(session, known)}<h2>{source}</h2>{splits.by_source(session, known)}"
        f"{splits.beneficiaries(session, known)}{earned.block(session, known)}"
    )
