"""The judgements of a policy as a table to take away."""

import polars as pl

from dashboards.assessments.known import Known, Row
from dashboards.assessments.vocabulary import JUDGES
from dashboards.policy import figures
from kpis.assessments.criteria import criteria


def scores(known: Known, policy: Row) -> pl.DataFrame:
    """A row for each judgement of each assessment."""
    return pl.DataFrame(
        [
            _line(known, made, score)
            for made in known.register.of_policy(policy["id"])
            for score in known.register.of_assessment(made["id"])
        ],
        infer_schema_length=None,
    )


def about(known: Known, policy: Row) -> dict[str, str]:
    """What the table is of."""
    _ = known.words
    return {_("Policy"): known.say(policy["name"]), _("Measured on"): known.date(known.session.review_day)}


def _line(known: Known, made: Row, score: Row) -> dict[str, object]:
    _, found, judge = known.words, figures.shown_by(known, score), score["judge"]
    return {
        _("Assessment"): known.moment(made["moment"]), _("Done on"): made["done_on"],
        _("Criterion"): known.say(criteria()[score["criterion"]].name), _("Who judged"): _(JUDGES[judge]),
        _("Score"): score["score"], _("Why"): known.say(score["argument"]),
        _("Why there is no score"): known.say(score["unscored"]) or None,
        _("Link"): score["link"], _("Figure"): figures.said(known, found) if found else None,
    }  # fmt: skip
