"""How an action stands, in words: what state it is in, why, and what comes next."""

from html import escape

from dashboards import formats
from dashboards.plan import delays, states, truth_line
from dashboards.plan.action.stages import late, upcoming
from dashboards.plan.action.subject import Subject
from dashboards.plan.written import reason
from kpis.plans.states import FINISHED


def headline(about: Subject) -> str:
    """The state and why, then the line of truth, as HTML."""
    state = states.mark(about.row["state"], about.session.locale)
    said = " ".join(why(about))
    return f'<p class="headline">{state}. {said}</p>{truth_line.block(about.session, about.row)}{_aside(about)}'


def why(about: Subject) -> list[str]:
    """One to three sentences, as HTML."""
    _, row = about.words, about.row
    if row["excluded"] == "left_out":
        return [escape(_("It does not count in the plan: {why}.")).format(why=reason(about.session, row["excluded_why"]))]
    if row["state"] in ("suspended", "removal_proposed", "cancelled"):
        given = about.node["status_reason"] or row["excluded_why"]
        return [
            escape(_("The reason given: {why}.")).format(why=reason(about.session, given)) if given else escape(_("No reason was given."))
        ]
    said = [*_overdue(about), *_finished(about), *_next(about)] if about.leaf else _of_parent(about)
    return [escape(sentence) for sentence in said]


def _of_parent(about: Subject) -> list[str]:
    _, counted = about.words, [row["state"] for row in about.below if row["leaf"] and not row["excluded"]]
    finished, behind = sum(state in FINISHED for state in counted), counted.count("late")
    said = [
        _.ngettext("{n} action counts in it", "{n} actions count in it", len(counted), n=len(counted)),
        _.ngettext("{n} is finished", "{n} are finished", finished, n=finished),
        _.ngettext("{n} is late", "{n} are late", behind, n=behind),
    ]
    return [f"{', '.join(said)}."]


def _overdue(about: Subject) -> list[str]:
    if about.row["state"] != "late":
        return []
    _, locale = about.words, about.session.locale
    found = late(about)
    if found:
        first = found[0]
        shown = {"stage": first.name, "day": formats.day(first.due, locale)}
        told = _("«{stage}» was due on {day}, and nothing shows it.", **shown)
        if first.stands == "unjudged":
            told = _("«{stage}» was due on {day}, and nobody has judged what shows it.", **shown)
        if first.row["done_on"] and not first.papers:
            told += " " + _("The area says that it was reached on {day}.", day=formats.day(first.row["done_on"], locale))
        more = len(found) - 1
        return [told, _.ngettext("{n} more stage is late.", "{n} more stages are late.", more, n=more)] if more else [told]
    return [_("It should have ended on {day}.", day=formats.day(about.row["ends"], locale))]


def _finished(about: Subject) -> list[str]:
    _, row = about.words, about.row
    if row["state"] == "implemented":
        return [_("Every stage is proved.")]
    if row["state"] == "completed":
        return [_("The area says that it is done; {share} of it is proved.", share=truth_line.share(row["proved"], about.session.locale))]
    return []


def _next(about: Subject) -> list[str]:
    if about.row["state"] not in ("not_started", "started"):
        return []
    _, stage = about.words, upcoming(about)
    if stage is None:
        return []
    if stage.due is None:
        return [_("Next: «{stage}», without a day.", stage=stage.name)]
    return [_("Next: «{stage}» by {day}.", stage=stage.name, day=formats.day(stage.due, about.session.locale))]


def _aside(about: Subject) -> str:
    """The pace, in words; and to which day all of it is measured."""
    _, row, locale = about.words, about.row, about.session.locale
    said = []
    if row["forecast_end"] and row["ends"] and row["delay_days"]:
        time = delays.span(abs(row["delay_days"]), locale)
        delay = _("{time} after its end", time=time) if row["delay_days"] > 0 else _("{time} before its end", time=time)
        said.append(
            _("At the pace of what is proved it would end on {day}, {delay}.", day=formats.day(row["forecast_end"], locale), delay=delay)
        )
    day = formats.day(about.session.review_day, locale)
    said.append(_("Measured on {day}, the day of the month's review.", day=day))
    return f'<p class="note">{escape(" ".join(said))}</p>'
