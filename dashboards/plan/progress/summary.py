"""The plan in one sentence, and its actions by state: each a shape, a word, a number and a percentage."""

from dataclasses import replace
from html import escape
from math import floor, log10

from dashboards import formats
from dashboards.plan import states, truth_line
from dashboards.plan.progress.choice import ALL, Choice, address
from dashboards.plan.truth_line import Row, share
from dashboards.session import Session
from dashboards.words import translator
from data.plans.vocabulary import STOPPED
from kpis.plans.states import STATES as FOUND
from kpis.plans.truth import Truth

EXACT = 2
"""Decimals of the finished share, which cities publish so."""


def sentence(session: Session, whole: Row) -> str:
    """How far the plan is: what is proved first, then what is declared and how much time is used."""
    _, locale = translator(session.locale), session.locale
    if not whole["actions"]:
        return _("This plan has no action that counts.")
    said = {
        "proved": share(whole["proved"], locale),
        "declared": share(whole["declared"], locale),
        "used": share(whole["time_used"], locale),
    }
    if whole["declared"] is None and whole["time_used"] is None:
        return _("{proved} of the plan is proved; the areas declare nothing.", **said)
    if whole["declared"] is None:
        return _("{proved} of the plan is proved; the areas declare nothing, and {used} of the time is used.", **said)
    if whole["time_used"] is None:
        return _("{proved} of the plan is proved; the areas declare {declared}.", **said)
    return _("{proved} of the plan is proved; the areas declare {declared}, and {used} of the time is used.", **said)


def counts(session: Session, truth: Truth, choice: Choice) -> str:
    """The states as a list of links that narrow the tree, as HTML; a state that no action is in is not listed."""
    _ = translator(session.locale)
    items = "".join(_item(session, truth, state, choice) for state in states.STATES if truth.counts.get(state))
    title = escape(_("Actions by state; choosing one narrows the table"))
    return f'<ul class="counts" aria-label="{title}">{items}</ul><p class="note finished">{escape(finished(session, truth))}</p>'


def finished(session: Session, truth: Truth) -> str:
    """The finished share exactly, beside those on schedule and those that do not count."""
    _, total, locale = translator(session.locale), truth.whole["actions"], session.locale
    if not total:
        return ""
    good = sum(truth.counts[state] for state in FOUND if state not in {"late", *STOPPED})
    share_done = formats.with_unit(truth.finished_share, "%", EXACT, locale)
    said = [
        _.ngettext(
            "Finished: {n} of {total} action, {share}.", "Finished: {n} of {total} actions, {share}.", total,
            n=_count(truth.finished, locale), total=_count(total, locale), share=share_done,
        ),
        _("Finished or on schedule: {n}, {share}.", n=_count(good, locale), share=_significant(100 * good / total, 3, locale)),
    ]  # fmt: skip
    gone, out = truth.whole["cancelled"], truth.whole["left_out"]
    said += [_.ngettext("{n} was cancelled and does not count.", "{n} were cancelled and do not count.", gone, n=gone)] if gone else []
    said += [_.ngettext("{n} is left out of the count.", "{n} are left out of the count.", out, n=out)] if out else []
    return " ".join(said)


def _item(session: Session, truth: Truth, state: str, choice: Choice) -> str:
    number, total, chosen = truth.counts[state], truth.whole["actions"], choice.state == state
    link = escape(address(session, replace(choice, state=ALL if chosen else state, opened=None, node=None)))
    part = _significant(100 * number / total, 2, session.locale) if total and state != "cancelled" else ""
    current = ' aria-current="true"' if chosen else ""
    shown = f"<b>{_count(number, session.locale)}</b><span>{escape(part)}</span>"
    return f'<li data-state="{state}"><a id="state-{state}" href="{link}"{current}>{states.mark(state, session.locale)}{shown}</a></li>'


def _significant(value: float, digits: int, locale: str) -> str:
    """A percentage with so many digits that say something: 71 %, 3.4 %."""
    whole = floor(log10(value)) + 1 if value > 0 else 1
    return formats.with_unit(value, "%", max(0, digits - whole) if value else 0, locale)


def _count(number: int, locale: str) -> str:
    return formats.number(number, 0, locale)


def heading(session: Session, truth: Truth) -> str:
    """The sentence and the truth line of the whole plan, as HTML."""
    said = f'<p class="headline">{escape(sentence(session, truth.whole))}</p>'
    return said + (truth_line.block(session, truth.whole) if truth.whole["actions"] else "")
