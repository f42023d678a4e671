"""The degree of compliance: how many actions were started, completed and implemented, and how many were given up."""

from html import escape

from dashboards import formats
from dashboards.plan import states, truth_line
from dashboards.plan.tables import NUMBER, table
from dashboards.session import Session
from dashboards.words import translator
from kpis.plans.truth import Truth


def sentence(found: Truth, locale: str) -> str:
    """In plain words: "Finished: 25 of 123 actions, 20.3 %. 4 are not started. 40 are late." """
    _ = translator(locale)
    actions, counts = found.whole["actions"], found.counts
    if not actions:
        return _("No action of the plan counts yet.")
    said = [
        _.ngettext(
            "Finished: {n} of {total} action, {share}.", "Finished: {n} of {total} actions, {share}.", actions,
            n=found.finished, total=actions, share=truth_line.share(found.finished_share, locale),
        ),
    ]  # fmt: skip
    if idle := counts["not_started"]:
        said.append(_.ngettext("{n} is not started.", "{n} are not started.", idle, n=idle))
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


def share(found: Truth, state: str, number: int, locale: str) -> str:
    """Of the actions that count, the percent in a state; nothing of those that were cancelled, which do not."""
    counted = found.whole["actions"]
    return formats.NOTHING if state == "cancelled" or not counted else truth_line.share(100 * number / counted, locale)


def _row(session: Session, found: Truth, state: str, number: int) -> list[str]:
    said = escape(share(found, state, number, session.locale))
    return [states.mark(state, session.locale), formats.number(number, 0, session.locale), said]
