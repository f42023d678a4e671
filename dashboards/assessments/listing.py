"""The register: every policy with each of its assessments, who judged, what was recommended and what was learnt."""

from collections.abc import Iterator
from html import escape

import polars as pl

from dashboards import formats
from dashboards.assessments import vocabulary
from dashboards.assessments.known import Known, Row
from dashboards.assessments.vocabulary import JUDGES, MOMENTS, RECOMMENDATIONS, STATES
from dashboards.plan import areas
from dashboards.plan.tables import table
from kpis.assessments.coverage import judges
from kpis.assessments.due import calendar, span


def block(known: Known) -> str:
    """The table as HTML."""
    _ = known.words
    moments = [(formats.sentence(_(word)), "") for word in MOMENTS.values()]
    titles = [(_("Policy"), ""), *moments, (_("The last one recommends"), ""), (_("What was learnt"), "")]
    rows = [_row(known, policy) for policy in known.register.policies]
    title, drawn = escape(_("Every policy")), table(titles, [("", rows)], _("Policies and their assessments"), "register")
    return f"<h2>{title}</h2>{drawn}"


def last(known: Known, policy: Row) -> Row | None:
    """The assessment of a policy that was done last."""
    done = [row for row in known.register.of_policy(policy["id"]) if row["state"] == "done"]
    return max(done, key=lambda row: row["done_on"], default=None)


def frame(known: Known) -> pl.DataFrame:
    """Every assessment as a row to take away."""
    _ = known.words
    policies = {row["id"]: row for row in known.register.policies}
    rows = [
        {
            _("Policy"): known.say(policies[row["policy"]]["name"]), _("Assessment"): known.moment(row["moment"]),
            _("State"): _(STATES[row["state"]]), _("Due on"): row["due"], _("Done on"): row["done_on"],
            _("Who judges"): known.judge(row), _("Method"): known.say(row["method"]) or None,
            _("What went otherwise than planned"): known.say(row["deviations"]) or None,
            _("What was learnt"): known.say(row["lesson"]) or None,
            _("Recommended"): _(RECOMMENDATIONS[advice]) if (advice := row["recommendation"]) else None,
            _("Why"): known.say(row["why"]) or None, _("Next due"): row["next_due"],
        }
        for row in known.register.assessments
    ]  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _row(known: Known, policy: Row) -> list[str]:
    found = last(known, policy)
    name = f'{known.link(policy)}<span class="note">{escape(areas.name(known.session, policy["area"]))}</span>'
    cells = [_cell(known, policy, moment) for moment in MOMENTS]
    if found is None:
        return [name, *cells, "", ""]
    recommended, who = vocabulary.recommendation(found["recommendation"], known.session.locale), "; ".join(_judges(known, found))
    return [name, *cells, f'{recommended}<span class="note">{escape(who)}</span>', escape(known.say(found["lesson"]))]


def _judges(known: Known, row: Row) -> Iterator[str]:
    """Who judged, by kind: the assessment's own first."""
    given = judges(known.register, row)
    return (known.words(word) for key, word in sorted(JUDGES.items(), key=lambda each: each[0] != row["judge"]) if key in given)


def _cell(known: Known, policy: Row, moment: str) -> str:
    """The newest assessment of a moment, or what the calendar of the policy says of one that nobody planned."""
    made = [row for row in known.register.of_policy(policy["id"]) if row["moment"] == moment]
    if made:
        return known.became(made[-1])
    day = calendar(span(policy, known.items.nodes)).get(moment)
    if day is None:
        return ""
    _ = known.words
    if day < known.session.review_day:
        return vocabulary.state("overdue", _("overdue since {day}", day=known.date(day)))
    said = escape(_("due {day}", day=known.date(day)))
    return f'<span class="note">{said}</span>'
