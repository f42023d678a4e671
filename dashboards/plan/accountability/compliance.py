"""The degree of compliance: how many actions were started, completed and implemented, and how many were given up."""

from html import escape

from dashboards import formats
from dashboards.plan import states, truth_line
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import translator
from kpis.plans.truth import Truth


def sentence(found: Truth, locale: str) -> str:
    """In plain words: "Of 123 actions 25 are finished and 4 not started. 40 are late. 3 were cancelled." """
    _ = translator(locale)
    actions, counts = found.whole["actions"], found.counts
    if not actions:
        return _("No action of the plan counts yet.")
    said = [
        _.ngettext(
            "Of {n} action {finished} is finished ({share}), and {idle} not started.",
            "Of {n} actions {finished} are finished ({share}), and {idle} not started.",
            actions, n=actions, finished=found.finished, share=truth_line.share(found.finished_share, locale), idle=counts["not_started"],
        )
    ]  # fmt: skip
    if late := counts["late"]:
        said.append(_.ngettext("{n} is late.", "{n} are late.", late, n=late))
    if counts["cancelled"]:
        gone = counts["cancelled"]
        said.append(_.ngettext("{n} was cancelled and does not count.", "{n} were cancelled and do not count.", gone, n=gone))
    return " ".join(said)


def block(session: Session, found: Truth) -> str:
    """The actions in each state, with their share of those that count, as HTML."""
    _ = translator(session.locale)
    titles = [(_("State"), ""), (_("Actions"), NUMBER), (_("Share"), NUMBER)]
    rows = [_row(session, found, state, number) for state, number in found.counts.items() if number]
    return table(titles, [("", rows)], _("Degree of compliance: actions by what became of them"), narrow=True)


def _row(session: Session, found: Truth, state: str, number: int) -> list[str]:
    counted = found.whole["actions"]
    share = formats.NOTHING if state == "cancelled" or not counted else truth_line.share(100 * number / counted, session.locale)
    return [states.mark(state, session.locale), formats.number(number, 0, session.locale), escape(share)]
