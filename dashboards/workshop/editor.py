"""The text of a draft with line numbers, sent while it is typed; each problem stands below it and leads to its line."""

from collections.abc import Sequence

from streamlit.components import v2

from dashboards import session as visit
from dashboards.panel import FOLDER
from dashboards.workshop import desk
from dashboards.workshop.desk import Bench
from data.model import say
from kpis.workshop.draft import Draft, Said, Trial

_editor = v2.component(
    "mandato_editor",
    css=(FOLDER / "editor" / "editor.css").read_text(encoding="utf-8"),
    js=(FOLDER / "editor" / "editor.js").read_text(encoding="utf-8"),
)


KEY = "workshop_text_"


def show(bench: Bench, subject: str, draft: Draft, trial: Trial) -> None:
    """One text for each part of the draft, under the name of the file it stands in."""
    _ = bench.words
    for number, (part, text) in enumerate(zip(draft.parts, draft.texts, strict=True)):
        key = f"{KEY}{number}"
        wrong = [said for said in trial.problems if said.part == number]
        odd = [said for said in trial.warnings if said.part == number]
        _editor(
            data={
                "text": text,
                "stamp": f"{subject} {bench.place} {desk.stamp()}",
                "name": _name(bench, number, bench.home.short(part.path)),
                "label": _("YAML of {file}", file=bench.home.short(part.path)),
                "whole": draft.is_whole_file,
                "state": _state(bench, wrong),
                "problems": [*_listed(bench, wrong, "red"), *_listed(bench, odd, "orange")],
            },
            key=key,
            default={"typed": None},
            on_typed_change=lambda key=key, number=number: _typed(bench, subject, number, key),
        )


def typed(bench: Bench, subject: str) -> Draft | None:
    """The draft with what was typed to the last letter, for a button that is pressed at once after it."""
    draft = desk.lying(bench, subject)
    for number in range(len(draft.parts) if draft else 0):
        _typed(bench, subject, number, f"{KEY}{number}")
    return desk.lying(bench, subject)


def _name(bench: Bench, number: int, file: str) -> str:
    """Which file it stands in, and of the second one whose it is."""
    if number == 0:
        return file
    place = say(bench.definitions.place[bench.place].name, bench.locale)
    _ = bench.words
    return _("{file}: what {place} wants of it", file=file, place=place)


def _state(bench: Bench, wrong: Sequence[Said]) -> str:
    _, count = bench.words, len(wrong)
    return _.ngettext("{n} problem", "{n} problems", count, n=count) if count else _("No problems")


def _listed(bench: Bench, found: Sequence[Said], kind: str) -> list[dict[str, object]]:
    _ = bench.words
    return [
        {
            "line": said.problem.line or 1,
            "kind": kind,
            "place": _("line {n}", n=said.problem.line or 1),
            "said": ": ".join(filter(None, [said.problem.key or "", _.problem(said.problem)])),
        }
        for said in found
    ]


def _typed(bench: Bench, subject: str, number: int, key: str) -> None:
    """Takes over what was typed, if it was typed into the text that is still in view."""
    held = getattr(visit.left(key), "typed", None)
    draft = desk.lying(bench, subject)
    if draft is not None and held and held["stamp"] == f"{subject} {bench.place} {desk.stamp()}":
        desk.lay(bench, subject, draft.with_text(number, held["text"]), typed=True)
