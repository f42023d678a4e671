"""What one kind of judge thinks of a policy by one criterion, and what shows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from data.access import Actor
from data.assessments.assessments import policy_of
from data.assessments.vocabulary import CRITERIA, JUDGES, OPEN, SCORES
from data.plans.document import Words
from data.plans.evidence import LINK
from data.problems import N_, Problem, Refused
from data.records.records import Records
from data.records.tables import assessment, assessment_score
from data.records.writing import Write

NEW = 0
"""The version of a judgement that is not there yet."""
PERIOD = re.compile(r"\d{4}(-(Q[1-4]|H[12]|W\d\d|\d\d(-\d\d)?))?")
"""As data.periods writes one; the page holds it against the indicator's own frequency."""


@dataclass(frozen=True)
class Score:
    """`score` is 1 (very poor) to 5 (very good), or None with `unscored`, the reason why. `indicator` and `period` name a figure."""

    criterion: str
    judge: str
    score: int | None
    argument: Words
    unscored: Words | None = None
    link: str | None = None
    indicator: str | None = None
    period: str | None = None


def judge_criterion(
    records: Records, actor: Actor, assessment_id: int, told: Score, score_id: int | None = None, version: int = NEW,
    at: datetime | None = None,
) -> int:  # fmt: skip
    """Write a judgement down, or change the one with an id; returns its id. Raises Refused, NotAllowed, Stale, Gone."""
    if problems := list(_faults(told)):
        raise Refused(problems)
    with records.write(actor, at) as write:
        _require_open(write, assessment_id)
        if score_id is None:
            return write.insert(assessment_score, assessment=assessment_id, **vars(told))
        if write.row(assessment_score, score_id)["assessment"] != assessment_id:
            raise ValueError("this judgement is of another assessment")
        write.update(assessment_score, score_id, version, **vars(told))
        return score_id


def take_back(records: Records, actor: Actor, score_id: int, version: int, at: datetime | None = None) -> None:
    """Remove a judgement. Raises Refused, NotAllowed, Stale, Gone."""
    with records.write(actor, at) as write:
        _require_open(write, write.row(assessment_score, score_id)["assessment"])
        write.delete(assessment_score, score_id, version)


def _require_open(write: Write, assessment_id: int) -> None:
    row = write.row(assessment, assessment_id)
    write.doing("keep_assessment", policy_of(write, row))
    if row["state"] not in OPEN:
        raise Refused([Problem(N_("the assessment is done or dropped already"), N_("open it again first"))])


def _faults(told: Score) -> Iterator[Problem]:
    for name, known in (("criterion", CRITERIA), ("judge", JUDGES)):
        if (found := getattr(told, name)) not in known:
            values = {"found": found, "name": name, "known": ", ".join(known)}
            yield Problem(N_("{found} is no {name}"), N_("write one of: {known}"), column=name, values=values)
    if told.score is not None and told.score not in SCORES:
        yield Problem(N_("{found} is no score"), N_("choose 1 to 5"), column="score", values={"found": told.score})
    if told.score is None and not told.unscored:
        yield Problem(N_("it has no score, and does not say why"), N_("choose a score, or write why there is none"), column="unscored")
    if not told.argument:
        yield Problem(N_("it gives no argument"), N_("write in a sentence why it is judged so"), column="argument")
    yield from _shown(told)


def _shown(told: Score) -> Iterator[Problem]:
    """What shows it: a link, a figure, both, or neither yet."""
    if told.link and not LINK.fullmatch(told.link):
        hint = N_("copy the whole address, beginning with https://")
        yield Problem(N_("{found} is not a link"), hint, column="link", values={"found": told.link})
    if bool(told.indicator) != bool(told.period):
        yield Problem(N_("a figure is an indicator and a period"), N_("name both, or neither"), column="period")
    if told.period and not PERIOD.fullmatch(told.period):
        hint = N_("write it as 2026, 2026-Q2 or 2026-06")
        yield Problem(N_("{found} is no period"), hint, column="period", values={"found": told.period})
