"""The page below its heading: compliance in a sentence, then failures and successes side by side, decisions, and results."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

import polars as pl

from dashboards import downloads, formats, panel
from dashboards.plan import shown, vocabulary
from dashboards.plan.accountability import choice, compliance, results, writing
from dashboards.plan.entries import Entries, Row
from dashboards.reports import button
from dashboards.session import Session
from dashboards.words import translator
from data.people import posts
from data.plans.ledger import Ledger, ledger
from data.plans.reading import Plan


def show(session: Session) -> None:
    """The ledger of the plan that was asked for."""
    _, plan = translator(session.locale), shown.asked(session)
    if plan is None:
        shown.nothing_yet(session)
        return
    found, owners = shown.ledger_of(session, plan), {post.id: post for post in posts(session.records, session.review_day)}
    entries = Entries(session, owners, nodes=shown.changed(session, plan, found))
    kept = choice.left(found, choice.chosen(session, found))
    with session.controls:
        about = {_("Plan"): session.say(plan.name)}
        downloads.offer(session, "ledger", lambda: frame(entries, kept.decisions, kept.outcomes), about)
        if plan.kind == "mandate":
            button.offer(session, ["accountability"])
    panel.show(_top(session, plan, entries, kept.outcomes, found), key="accountability_top")
    writing.show(entries, plan, _open(session, plan, kept.outcomes))
    panel.show(_rest(session, plan, entries, kept, found), key="accountability_rest")


def _open(session: Session, plan: Plan, outcomes: Sequence[Row]) -> list[Row]:
    """Of the outcomes that are shown those whose measure nobody has taken until now, whichever month is looked at."""
    now = outcomes if shown.until(session) is None else ledger(session.records, plan.id).outcomes
    listed = {row["id"] for row in outcomes}
    return [row for row in now if row["id"] in listed and row["corrective"] and not row["done_on"]]


def learnt(entries: Entries, rows: Sequence[Row]) -> str:
    """How many failures and successes are written down, and whether what was to be done about them is."""
    _, failed = entries.words, [row for row in rows if not row["succeeded"]]
    if not rows:
        return _("Nobody has written down a failure or a success yet.")
    said = [
        _.ngettext("{n} failure is written down", "{n} failures are written down", len(failed), n=len(failed)),
        _.ngettext("{n} success", "{n} successes", len(rows) - len(failed), n=len(rows) - len(failed)),
    ]
    late = sum(entries.overdue(row) for row in failed)
    done = sum(bool(row["done_on"]) for row in failed)
    return " ".join([
        _("{failures} and {successes}.", failures=said[0], successes=said[1]),
        _.ngettext("{n} corrective measure is done", "{n} corrective measures are done", done, n=done)
        + (_.ngettext(", {n} is overdue.", ", {n} are overdue.", late, n=late) if late else "."),
    ])  # fmt: skip


def frame(entries: Entries, decisions: Sequence[Row], outcomes: Sequence[Row]) -> pl.DataFrame:
    """Everything that is shown, as a table to take away."""
    _ = entries.words
    rows: list[dict[str, Any]] = [_line(entries, row, _("Decision"), row["why"]) for row in decisions]
    rows += [_line(entries, row, _("Success") if row["succeeded"] else _("Failure"), row["what"]) for row in outcomes]
    return pl.DataFrame(rows, infer_schema_length=None)


def _top(session: Session, plan: Plan, entries: Entries, outcomes: Sequence[Row], found: Ledger) -> str:
    _ = entries.words
    truth = shown.truth_of(session, plan)
    failed = _column(entries, _("Failures"), [row for row in outcomes if not row["succeeded"]])
    won = _column(entries, _("Successes"), [row for row in outcomes if row["succeeded"]])
    title = escape(_("Failures and successes, and what was learnt"))
    said = learnt(entries, outcomes) if outcomes or not found.outcomes else ""  # of what is narrowed away, the columns say enough
    return (
        f'<p class="headline">{escape(compliance.sentence(truth, session.locale))}</p>{compliance.block(session, truth)}'
        f'<h2>{title}</h2><p>{escape(said)}</p><div class="halves">{failed}{won}</div>'
    )


def _column(entries: Entries, title: str, rows: Sequence[Row]) -> str:
    below = replace(entries, level=4)
    _, items = entries.words, "".join(below.outcome(row) for row in rows)
    none = escape(_("None is written down."))
    drawn = f'<ul class="ledger">{items}</ul>' if items else f'<p class="note">{none}</p>'
    return f'<section><h3 class="column">{escape(title)} · {_.count(len(rows))}</h3>{drawn}</section>'


def _rest(session: Session, plan: Plan, entries: Entries, kept: Ledger, found: Ledger) -> str:
    """Decisions and results; `kept` is what the filters leave of what was `found`."""
    _ = entries.words
    decided, came = escape(_("What was decided, and why")), escape(_("What came of it"))
    items = "".join(entries.decision(row, found.changes.get(row["id"], ())) for row in kept.decisions)
    none = _("None is written down.") if found.decisions else _("No decision about this plan is written down.")
    drawn = f'<ul class="ledger two">{items}</ul>' if items else f'<p class="note">{escape(none)}</p>'
    return (
        f"<h2>{decided}</h2>{_reasons(entries, kept.decisions)}{drawn}<h2>{came}</h2>{results.block(entries, kept.results)}"
        f"{results.goals(session, shown.truth_of(session, plan))}"
    )


def _reasons(entries: Entries, decisions: Sequence[Row]) -> str:
    """How often each kind of reason was given."""
    _, counts = entries.words, Counter(row["reason"] for row in decisions)
    said = [f"{formats.sentence(_(word))}: {_.count(counts[reason])}" for reason, word in vocabulary.REASONS.items() if counts[reason]]
    return f'<p class="count">{escape(" · ".join(said))}</p>' if said else ""


def _line(entries: Entries, row: Row, kind: str, text: Any) -> dict[str, Any]:
    _ = entries.words
    return {
        _("Day"): row["day"],
        _("Kind"): kind,
        _("Title"): entries.say(row["title"]),
        _("Action"): entries.about(row) or None,
        _("Kind of reason"): entries.reason(row),
        _("What and why"): entries.say(text),
        _("What was learnt"): entries.say(row.get("lesson")) or None,
        _("What is done about it"): entries.say(row.get("corrective")) or None,
        _("Who owes it"): entries.post(row.get("owner")) or None,
        _("Until"): row.get("due"),
        _("Done on"): row.get("done_on"),
    }
