"""Returns by area: what each policy cost and what it changed, where both are known, and what each unit of change cost."""

from html import escape

from dashboards import formats, panel
from dashboards.assessments.known import Known
from dashboards.plan import areas
from dashboards.plan.money import amounts
from dashboards.plan.tables import NUMBER, table
from dashboards.study import known as studies
from dashboards.study import saying
from dashboards.study.shown import Shown
from dashboards.study.verdicts import drawn
from kpis.assessments.returns import Return, returns


def show(known: Known) -> None:
    """The section; nothing where no policy has both. While studies are being reckoned the page says so, and waits for none of them."""
    session = known.session
    if _studied(known) and studies.every(session) is None:
        studies.watch(session)
    elif told := block(known):
        panel.show(told, key="assessments_returns")


def block(known: Known) -> str:
    """The section as HTML; "" without a policy of which both are known."""
    _, session = known.words, known.session
    if not _studied(known):
        return ""
    shown = {each.study.study: each for each in studies.every(session) or []}
    found = returns(known.register.policies, known.items.nodes, [each.answer for each in shown.values()])
    if not found:
        return ""
    titles = [
        (_("Policy and area"), ""),
        (_("Paid until now"), NUMBER),
        (_("What it changed"), ""),
        (_("Paid for each unit of it"), NUMBER),
    ]
    rows = [_row(known, each, shown[each.answer.study.study]) for each in sorted(found, key=lambda each: each.policy["area"] or "")]
    drawn_table = table(titles, [("", rows)], _("Where what it cost and what it changed are both known"), "returns")
    title = escape(_("What each area got for its money"))
    return f"<h2>{title}</h2>{drawn_table}"


def _studied(known: Known) -> bool:
    """Whether some study is about a policy."""
    session, keys = known.session, {row["key"] for row in known.register.policies}
    used = "impact" in session.definitions.city.modules and session.held is not None
    return used and any(study.policy in keys for study in studies.studies(session).studies)


def _row(known: Known, each: Return, shown: Shown) -> list[str]:
    _, session = known.words, known.session
    area = escape(areas.name(session, each.policy["area"]))
    said = f'{drawn(shown.kind, _)}<span class="note">{escape(saying.headline(shown))}</span>'
    paid = escape(amounts.said(each.cost, each.currency, session.locale))
    return [f'{known.link(each.policy)}<span class="note">{area}</span>', paid, said, _per_unit(known, each, shown)]


def _per_unit(known: Known, each: Return, shown: Shown) -> str:
    """Two digits, for the effect is not known better, and between what it lies with the effect's own certainty."""
    _, locale = known.words, known.session.locale
    if each.per_unit is None:
        return formats.NOTHING
    amount = amounts.said(_rough(each.per_unit), each.currency, locale)
    said = escape(_("{amount} ({unit})", amount=amount, unit=shown.outcome.gap_unit()))
    if each.between is None:
        return said
    low, high = (amounts.exact(_rough(end), locale) for end in each.between)
    sure = escape(_("between {low} and {high}", low=low, high=high))
    return f'{said}<span class="note">{sure}</span>'


def _rough(amount: float) -> float:
    """To two significant digits."""
    return float(f"{amount:.2g}")
