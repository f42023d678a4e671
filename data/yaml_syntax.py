"""What is wrong with a file that is no YAML, in words of ours: the parser's own are English, and about tokens and streams."""

import yaml

from data.problems import N_, Problem

FAULTS: dict[str, tuple[str, str]] = {
    "mapping values are not allowed in this context": (
        N_("not YAML: a colon stands where no key can be, or the line is indented further than the one above"),
        N_("put text with a colon in quotes, and begin each key in the column of the one above"),
    ),
    "did not find expected key": (
        N_("not YAML: the line is indented unlike those around it, or text goes on after a closing quote"),
        N_("begin each key of an entry in the same column, and write a quote within quotes twice"),
    ),
    "could not find expected ':'": (
        N_("not YAML: a key without its colon"),
        N_("write `: ` after each key"),
    ),
    "did not find expected '-' indicator": (
        N_("not YAML: the line neither begins an entry nor belongs to the one above"),
        N_("begin each entry with `- ` in the same column, and what belongs to it two columns further in"),
    ),
    "did not find expected ',' or ']'": (
        N_("not YAML: a list in brackets is not closed, or lacks a comma"),
        N_("write a comma between two values and `]` after the last one"),
    ),
    "did not find expected ',' or '}'": (
        N_("not YAML: what stands in braces is not closed, or lacks a comma or a colon"),
        N_("write `: ` after each key, a comma between two pairs and a brace after the last one"),
    ),
    "did not find expected node content": (
        N_("not YAML: a value is missing here"),
        N_("write the value, or take away the mark that stands in its place"),
    ),
    "found unexpected end of stream": (
        N_("not YAML: a quote is opened and never closed"),
        N_("close it with the same mark"),
    ),
    "found character that cannot start any token": (
        N_("not YAML: a tab, or a mark such as @ or %, stands where a value begins"),
        N_("indent with spaces, and put such a value in quotes"),
    ),
    "found a tab character that violates indentation": (
        N_("not YAML: a tab indents the line"),
        N_("indent with spaces"),
    ),
    "block sequence entries are not allowed in this context": (
        N_("not YAML: a list begins on the line of its key"),
        N_("begin it on the line below"),
    ),
    "found unknown escape character": (
        N_("not YAML: a backslash within double quotes stands for a letter that does not exist"),
        N_("use single quotes"),
    ),
    "did not find expected <document start>": (
        N_("not YAML: something stands after the end of what the file says"),
        N_("take it away, or put it in its place"),
    ),
}
"""What the parser finds, and how we say it with its cure."""
UNREADABLE = (
    N_("not YAML: the line cannot be read"),
    N_("check the indentation, the quotes and the `: ` after each key"),
)
"""What else it may find, which nobody has met in a file of goals."""


def syntax_problem(error: yaml.YAMLError, text: str, name: str) -> Problem:
    """The parser's refusal of a file's text as a problem with its place; `name` is what messages call the file."""
    if isinstance(error, yaml.MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        return Problem(*FAULTS.get(error.problem or "", UNREADABLE), name, line, column)
    line, column = _place(text, getattr(error, "position", 0))
    return Problem(N_("not YAML: a character that is no text"), N_("take it away"), name, line, column)


def _place(text: str, position: int) -> tuple[int, int]:
    """Line and column of what stands so many bytes from the beginning."""
    before = text.encode()[:position].decode(errors="ignore")
    return before.count("\n") + 1, len(before) - before.rfind("\n")
