"""Files as cities send them, good and bad, made by a script, each with what must be made of it.

python -m tests.malformed DIR    writes them, a folder for each class, and a list of what is expected
"""

from collections.abc import Callable

from tests.malformed import bombs, dates, figures, kinds, letters, shapes, tables, workbooks
from tests.malformed.case import Case

MODULES = (letters, shapes, figures, dates, tables, workbooks, kinds, bombs)
CLASSES: dict[str, Callable[[], list[Case]]] = {name: cases for module in MODULES for name, cases in module.CLASSES.items()}


def cases() -> list[tuple[str, Case]]:
    """Every case with its class."""
    return [(name, case) for name, made in CLASSES.items() for case in made()]
