"""The assessments of a policy, the newest first: each criterion as a strip of dots with who judged, and what was learnt of it."""

from html import escape

from dashboards import formats
from dashboards.assessments import vocabulary
from dashboards.assessments.known import Known, Row
from dashboards.assessments.vocabulary import JUDGES
from dashboards.plan.tables import table
from dashboards.plan.written import written
from dashboards.policy import figures
from data.assessments.vocabulary import OPEN, SCORES
from kpis.assessments.criteria import criteria


def block(known: Known, policy: Row, *, writes: bool = False) -> str:
    """All of them as HTML; whoever `writes` gets the way to do so."""
    _, made = known.words, known.register.of_policy(policy["id"])
    title = escape(_("How it was judged"))
    if not made:
        said = escape(_("No assessment of it is planned."))
        return f"<h2>{title}</h2><p>{said}</p>"
    drawn = "".join(_one(known, row, writes=writes) for row in sorted(made, key=lambda row: row["due"], reverse=True))
    return f"<h2>{title}</h2>{drawn}"


def strip(known: Known, score: Row) -> str:
    """Five dots, so many of them full, and the same in words; none where there is no score."""
    _, given, judge = known.words, score["score"], score["judge"]
    who = escape(_(JUDGES[judge]))
    if given is None:
        none = escape(_("no score"))
        return f'<span class="none">{none}</span><span class="note">{who}</span>'
    dots = "".join(f'<circle cx="{12 * number - 6}" cy="6" r="4.4" class="{"full" if number <= given else "empty"}"/>' for number in SCORES)
    said = escape(_("{score} of 5", score=given))
    drawn = f'<svg class="dots" viewBox="0 0 60 12" aria-hidden="true">{dots}</svg>'
    return f'{drawn}<span class="of-five">{said}</span><span class="note">{who}</span>'


def _one(known: Known, row: Row, *, writes: bool) -> str:
    _ = known.words
    title = f"{escape(formats.sentence(known.moment(row['moment'])))} · {known.became(row)}"
    told = [
        (_("Who judges"), escape(known.judge(row))), (_("Method"), escape(known.say(row["method"]))),
        (_("Why it was given up"), written(known.session, row["dropped"]) if row["dropped"] else ""),
        (_("What went otherwise than planned"), escape(known.say(row["deviations"]))),
        (_("What was learnt"), escape(known.say(row["lesson"]))),
        (_("Recommended"), _recommended(known, row)), (_("Rests on"), _rests_on(known, row)),
        (_("Next due"), escape(known.date(row["next_due"]))),
    ]  # fmt: skip
    drawn = "".join(f"<dt>{escape(name)}</dt><dd>{text}</dd>" for name, text in told if text)
    write = escape(known.session.address("policy", policy=_key(known, row), assessment=str(row["id"])))
    said = escape(_("Write it") if row["state"] in OPEN else _("Open the assessment again"))
    way = f'<p><a href="{write}">{said}</a></p>' if writes else ""
    judged = _scores(known, row, writes=writes)
    return f'<section class="assessment"><h3>{title}</h3><dl class="definition">{drawn}</dl>{judged}{way}</section>'


def _recommended(known: Known, row: Row) -> str:
    drawn = vocabulary.recommendation(row["recommendation"], known.session.locale)
    return f"{drawn}. {escape(known.say(row['why']))}" if drawn else ""


def _rests_on(known: Known, row: Row) -> str:
    """The study of its effect and the weighing of its options, by links."""
    _, session, modules = known.words, known.session, known.session.definitions.city.modules
    ways = [("study", row["study"], _("study of its effect"))] if row["study"] and "impact" in modules else []
    ways += [("appraisal", row["appraisal"], _("options weighed"))] if row["appraisal"] else []
    return " · ".join(f'<a href="{escape(session.address(page, **{page: name}))}">{escape(word)}</a>' for page, name, word in ways)


def _key(known: Known, row: Row) -> str:
    return next(policy["key"] for policy in known.register.policies if policy["id"] == row["policy"])


def _scores(known: Known, row: Row, *, writes: bool) -> str:
    """A row for each judgement, in the order of the criteria; while the assessment is open, the way to change it."""
    _, found = known.words, known.register.of_assessment(row["id"])
    titles = [(_("Criterion"), ""), (_("Score"), ""), (_("Why"), ""), (_("What shows it"), "")]
    ordered = [score for key in criteria() for score in found if score["criterion"] == key]
    rows = [_score(known, score) for score in ordered]
    if writes and row["state"] in OPEN:
        titles, rows = [*titles, (_("Change"), "")], [[*cells, _way(known, row, score)] for cells, score in zip(rows, ordered, strict=True)]
    return table(titles, [("", rows)], _("How it was judged, criterion by criterion"), "scores") if rows else ""


def _way(known: Known, row: Row, score: Row) -> str:
    _ = known.words
    address = known.session.address("policy", policy=_key(known, row), assessment=str(row["id"]), score=str(score["id"]))
    said = escape(_("Change"))
    return f'<a href="{escape(address)}">{said}</a>'


def _score(known: Known, score: Row) -> list[str]:
    criterion = criteria()[score["criterion"]]
    question = f'<span class="note">{escape(known.say(criterion.question))}</span>'
    why = known.say(score["argument"]) if score["score"] is not None else f"{known.say(score['argument'])} {known.say(score['unscored'])}"
    return [f"{escape(known.say(criterion.name))}{question}", strip(known, score), escape(why), _shown(known, score)]


def _shown(known: Known, score: Row) -> str:
    """What shows it: a link, a figure, or that nothing does yet."""
    _ = known.words
    told = []
    if score["link"]:
        document = escape(_("document"))
        told.append(f'<a href="{escape(score["link"])}" rel="noopener noreferrer">{document}</a>')
    if score["indicator"]:
        found = figures.shown_by(known, score)
        missing = _("{name}, {period}: not known in this month", name=score["indicator"], period=score["period"])
        told.append(escape(figures.said(known, found) if found else missing))
    nothing = escape(_("nothing yet"))
    return "<br/>".join(told) or f'<span class="note">{nothing}</span>'
