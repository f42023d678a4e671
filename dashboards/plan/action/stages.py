"""The stages of an action as steps: the share of each, when it was due and reached, what shows it, and who accepted that."""

from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

import polars as pl

from dashboards import formats
from dashboards.panel import shape
from dashboards.plan import delays, papers, unjudged
from dashboards.plan.action.subject import Row, Subject
from dashboards.plan.written import written
from dashboards.words import N_
from data.plans.judged import overlong

LOOKS = {
    "proved": (N_("Proved"), "✓", "green"),
    "awaiting": (N_("Awaiting review"), "○", "gray"),
    "unjudged": (N_("Awaiting review for too long"), "■", "orange"),
    "returned": (N_("Sent back"), "▲", "orange"),
    "reached": (N_("Said to be reached, nothing shows it"), "○", "gray"),
    "late": (N_("Late"), "■", "red"),
    "open": (N_("To come"), "—", "gray"),
}
"""Word, shape and colour of how a stage stands."""
SHOWN = ("proved", "awaiting", "unjudged")
"""Of these evidence was brought."""


@dataclass(frozen=True)
class Stage:
    """A milestone by its name, how it stands (one of LOOKS), and its evidence, the latest last."""

    row: Row
    name: str
    needs: str
    stands: str
    papers: list[Row]

    @property
    def due(self) -> date:
        return self.row["due"]


def stages(about: Subject) -> list[Stage]:
    """In their order, as everybody might know on the day."""
    return [_stage(about, row) for row in about.found.milestones]


def late(about: Subject) -> list[Stage]:
    """Those whose day has passed and that nothing shows, or only evidence that has waited too long to be judged."""
    stands, day = ("late", "returned", "unjudged"), about.session.review_day
    return [stage for stage in stages(about) if stage.stands in stands and stage.due and stage.due < day]


def upcoming(about: Subject) -> Stage | None:
    """The first that nothing shows yet."""
    return next((stage for stage in stages(about) if stage.stands not in SHOWN), None)


def steps(about: Subject) -> str:
    """The stages as an HTML list in their order."""
    _, found = about.words, stages(about)
    title = _("Stages")
    title = f"<h2>{escape(title)}</h2>"
    if not found:
        said = _("No stages were set for this action, so nothing of it can be proved.")
        return f'{title}<p class="note">{escape(said)}</p>' if about.leaf else ""
    ladder = about.ladders.get(about.node["ladder"] or "")
    said = _("Kind of promise: {kind}.", kind=about.say(ladder.name)) if ladder else ""
    kind = f'<p class="note">{escape(said)}</p>' if said else ""
    return f'{title}{kind}<ol class="stages">{"".join(_step(about, stage) for stage in found)}</ol>'


def _stage(about: Subject, row: Row) -> Stage:
    papers = [piece for piece in about.found.evidence if piece["milestone"] == row["id"]]
    return Stage(row, about.say(row["name"]), about.say(row["needs"]), _stands(about, row, papers), papers)


def _stands(about: Subject, row: Row, papers: list[Row]) -> str:
    found = {piece["state"] for piece in papers}
    if "accepted" in found:
        return "proved"
    if "awaiting" in found:
        waiting = (piece for piece in papers if piece["state"] == "awaiting")
        return "unjudged" if any(overlong(piece["brought_at"], about.session.review_day) for piece in waiting) else "awaiting"
    if "returned" in found:
        return "returned"
    if row["due"] and row["due"] < about.session.review_day:
        return "late"
    return "reached" if row["done_on"] else "open"


def _step(about: Subject, stage: Stage) -> str:
    _, locale = about.words, about.session.locale
    word, drawn, colour = LOOKS[stage.stands]
    mark = f'<span class="status {colour}">{shape(drawn)}{escape(_(word))}</span>'
    share = escape(formats.with_unit(stage.row["share"], "%", 0 if stage.row["share"] == int(stage.row["share"]) else 1, locale))
    days = "".join(f'<span class="when">{escape(text)}</span>' for text in _days(about, stage))
    asks = _("Asks for: {what}", what=stage.needs) if stage.needs and stage.stands != "proved" else ""
    needs = f'<p class="note">{escape(asks)}</p>' if asks else ""
    papers = f'<ul class="papers">{"".join(_paper(about, piece) for piece in stage.papers)}</ul>' if stage.papers else ""
    return (
        f'<li class="{stage.stands}"><div class="stage"><h3>{escape(stage.name)}</h3><b class="number">{share}</b></div>'
        f"<p>{mark}{days}</p>{needs}{papers}</li>"
    )


def _days(about: Subject, stage: Stage) -> list[str]:
    _, locale, row = about.words, about.session.locale, stage.row
    said = [_("due {day}", day=formats.day(row["due"], locale)) if row["due"] else _("without a day")]
    if row["done_on"] and not stage.papers:
        said.append(delays.only_said(row["done_on"], locale))
    elif row["done_on"]:
        said.append(_("reached {day}, as the area says", day=formats.day(row["done_on"], locale)))
    return said


def _paper(about: Subject, piece: Row) -> str:
    title = papers.titled(written(about.session, piece["title"]), piece["link"])
    return f'<li>{title}<span class="note">{" ".join(judged(about, piece))}</span></li>'


def judged(about: Subject, piece: Row) -> list[str]:
    """Who brought a piece of evidence, and who accepted it or sent it back, and why, as HTML."""
    _, locale = about.words, about.session.locale
    brought = _("Brought by {name} on {day}.", name=piece["brought_by_name"], day=_day(piece["brought_at"], locale))
    if piece["state"] == "awaiting":
        told = unjudged.told(about.session, piece, about.node) or [_("It waits for somebody outside the area.")]
        return [escape(brought), *map(escape, told)]
    who = {"name": piece["judged_by_name"], "day": _day(piece["judged_at"], locale)}
    area = about.area(piece["judged_area"])
    who["name"] += f" ({area})" if area else ""
    told = _("Accepted by {name} on {day}.", **who) if piece["state"] == "accepted" else _("Sent back by {name} on {day}:", **who)
    return [escape(brought), escape(told), *([written(about.session, piece["note"])] if piece["note"] else [])]


def _day(moment: Any, locale: str) -> str:
    return formats.day(moment.date(), locale)


def frame(about: Subject) -> pl.DataFrame:
    """The stages as columns to take away, one row for each piece of evidence, or one for a stage without any."""
    _ = about.words
    rows = [_columns(about, stage, piece) for stage in stages(about) for piece in stage.papers or [None]]
    return pl.DataFrame(rows, infer_schema_length=None)


def _columns(about: Subject, stage: Stage, piece: Row | None) -> dict[str, Any]:
    _, paper = about.words, piece or {}
    judged_at = paper.get("judged_at")
    return {
        _("Stage"): stage.name, _("Share"): stage.row["share"], _("Due"): stage.row["due"], _("Reached on"): stage.row["done_on"],
        _("State"): _(LOOKS[stage.stands][0]), _("Evidence"): paper.get("title"), _("Link"): paper.get("link"),
        _("File"): paper.get("file_name"), _("Brought by"): paper.get("brought_by_name"), _("Judged by"): paper.get("judged_by_name"),
        _("Judged on"): judged_at.date() if judged_at else None, _("Note"): paper.get("note"),
    }  # fmt: skip
