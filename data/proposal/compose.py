"""Puts together the source that a proposal amounts to, from the layout, the marks, the roles and the matches."""

from collections.abc import Mapping, Sequence
from typing import Any

from data.proposal.layout import Layout
from data.proposal.questions import Asked
from data.proposal.roles import JOINED, Roles
from data.proposal.said import Match, Role
from data.sources import Columns, Names, Whole, Wide
from data.sources import Mapping as Source

SINGLE: tuple[Role, ...] = ("value", "numerator", "denominator")


def source(
    start: Source,
    layout: Layout,
    roles: Roles,
    asked: Asked,
    matches: Mapping[str, Sequence[Match]],
) -> Source:
    """The source, as complete as it can be; `start` holds format, encoding, delimiter and sheet."""
    answers = {question.key: question.answer for question in asked.questions if question.answer is not None}
    whole = {part: answers[part] for part in ("place", "indicator", "period") if part in answers}
    parts: dict[str, Any] = {
        **{key: getattr(layout, key) for key in ("header_row", "header_rows", "rows_below_header", "footnotes")},
        **{key: getattr(asked.marks, key) for key in ("decimal", "thousands", "unit")},
        **{key: getattr(asked, key) for key in ("nulls", "fill_down", "date_format")},
        "fiscal_year_starts": answers.get("fiscal_year_starts", 1),
        "leave_out": roles.leave_out,
        "names": Names(segments=roles.wholes),
        "columns": _columns(roles),
        "all": Whole(**whole),  # type: ignore[arg-type]
        "wide": _wide(roles),
    }
    return with_ids(start.model_copy(update=parts), roles.kind, matches, {})


def with_ids(source: Source, kind: str | None, matches: Mapping[str, Sequence[Match]], chosen: Mapping[str, Mapping[str, str]]) -> Source:
    """The source with the ids of the matches and those that are chosen: as names, or as what wide columns stand for."""
    names, wide = source.names, source.wide
    for part in ("places", "indicators"):
        ids = {match.text: match.id for match in matches[part] if match.id and match.how != "known"} | dict(chosen.get(part, {}))
        if kind == part:
            known = {match.text: match.id for match in matches[part] if match.id}
            across = {match.text: (known | ids)[match.text] for match in matches[part] if match.text in known | ids}
            wide = Wide(**{part: across}) if across else None  # type: ignore[arg-type]
        elif ids:
            names = names.model_copy(update={part: {**getattr(names, part), **ids}})
    return source.model_copy(update={"names": names, "wide": wide})


def _columns(roles: Roles) -> Columns:
    single: dict[str, Any] = {role: roles.of(role)[0].name for role in SINGLE if roles.of(role)}
    for role in JOINED:
        names = [column.name for column in roles.together(role)]
        single[role] = tuple(names) if len(names) > 1 else next(iter(names), None)
    segments = {guess.dimension: guess.name for guess in roles.guesses.values() if guess.role == "segment" and guess.dimension}
    plain = next((guess.name for guess in roles.guesses.values() if guess.role == "segment" and not guess.dimension), None)
    return Columns(**single, segment=plain, segments=segments)


def _wide(roles: Roles) -> Wide | None:
    """Columns that stand for a period; those for places and indicators come with their ids."""
    periods = {guess.name: guess.meaning for guess in roles.guesses.values() if guess.role == "wide" and guess.meaning}
    return Wide(periods=dict(periods)) if roles.kind == "periods" and periods else None
