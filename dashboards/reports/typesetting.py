"""Typst, which sets a report on pages: a template with what is said as data, so that nothing people wrote can be taken for markup.

What comes out is a PDF that everybody can read, also by ear, and that lasts: PDF/UA-1, tagged, with its language and title, and PDF/A-2b.
"""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import typst

from data.problems import N_, NotPossibleNow

NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
CONTROL = re.compile(r"\\u00[01][0-9a-f]|\\u007f|[\x7f-\x9f]")
"""Letters that nobody can see, as Json writes them."""
INSTEAD = "?"
"""What stands for a letter that the bundled fonts do not have."""
FOREIGN = re.compile("[^\\n -~\u00a0-\u058f\u1e00-\u1fff\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u21ff\u2200-\u22ff\u25a0-\u25ff]")
"""What no European alphabet uses."""
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST = 200
"""Letters that are replaced one by one before it is given up."""


def as_data(told: dict[str, Any]) -> str:
    """Json of what the template shows, with the day on which it is made, which a PDF/A names."""
    today = date.today()
    made = {"year": today.year, "month": today.month, "day": today.day}
    return CONTROL.sub("", json.dumps({**told, "made": made}, ensure_ascii=False))


def pages(said: str, template: Path) -> int:
    """How many pages it takes, which the template counts as `<pages>`. Raises NotPossibleNow where it cannot be set."""
    try:
        counted = typst.query(template, "<pages>", field="value", one=True, ignore_system_fonts=True, sys_inputs={"said": said})
    except typst.TypstError as error:
        raise _not_set(error) from error
    return int(json.loads(counted))


def _not_set(error: typst.TypstError) -> NotPossibleNow:
    return NotPossibleNow(N_("the report cannot be set on pages: {cause}"), cause=" ".join(str(error).split()))


def compiled(said: str, template: Path) -> tuple[bytes, int]:
    """The PDF and its pages, by the fonts that Typst brings along.

    Letters that they do not have are replaced, for a PDF/UA-1 may not leave any out. Raises NotPossibleNow where it cannot be set.
    """
    for _attempt in range(MOST):
        try:
            file = typst.compile(
                template, format="pdf", pdf_standards=["ua-1", "a-2b"], ignore_system_fonts=True, sys_inputs={"said": said}
            )
            return file, pages(said, template)
        except typst.TypstError as error:
            missing = NO_GLYPH.search(str(error))
            if missing is None:
                raise _not_set(error) from error
            said = _without(said, missing[1])
    raise NotPossibleNow(N_("the report has too many letters that the bundled fonts do not have"))


def _without(said: str, missing: str) -> str:
    """Another alphabet is replaced whole, any other letter by itself."""
    rest = FOREIGN.sub(INSTEAD, said)
    return rest if rest != said else said.replace(ESCAPED.sub(lambda code: chr(int(code[1], 16)), missing), INSTEAD)
