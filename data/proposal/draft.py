"""A proposal as the text of a mapping file, for whoever loads from the command line: to complete and to give with --map."""

from pathlib import Path

from data.definition_edits import source_entry
from data.definitions import Definitions
from data.proposal import Match, Question, propose
from data.yaml_edit import written

SHOWN = 10
"""Names that nobody knows, in a comment."""


def draft(path: Path, name: str, definitions: Definitions) -> str:
    """The proposed mapping, with what was recognised and what is to be answered as comments; "" where nothing can be proposed."""
    found = propose(path, definitions, name)
    if found.problems:
        return ""
    entry = {key: value for key, value in source_entry(found.source).items() if key not in ("id", "name")}
    comments = [
        f"A mapping that could read {name}: complete it, save it as MAP.yaml, and give it with --map MAP.yaml",
        *(remark.message.format(**remark.values) for remark in found.remarks),
        *(_asked(question) for question in found.open),
        *_unknown("places", found.places),
        *_unknown("indicators", found.indicators),
    ]
    return "".join(f"# {' '.join(comment.split())}\n" for comment in comments) + written(entry)


def _asked(question: Question) -> str:
    answers = ", ".join(str(option.value) for option in question.options[:SHOWN])
    return f"TO ANSWER ({question.key}): {question.message.format(**question.values)} {answers and f'({answers})'}"


def _unknown(part: str, matches: tuple[Match, ...]) -> list[str]:
    left = [match for match in matches if match.id is None]
    names = "; ".join(f"{match.text} (near: {', '.join(match.near) or 'none'})" for match in left[:SHOWN])
    return [f"NOT KNOWN YET, {len(left)} {part}: {names}"] if left else []
