"""An index read from its file, and what is wrong with it by itself, before any figure is looked at."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data.located import at
from data.model import read_model
from data.problems import Problem, Refused
from data.yaml_file import Document, read_yaml
from kpis.index.contradictions import contradictions
from kpis.index.figures import Figures
from kpis.index.recipe import Recipe

READY = Path(__file__).with_name("ready")
"""Indices of others that come with the product."""


@dataclass(frozen=True)
class Written:
    """An index with where it is written, so that a problem can point at it."""

    recipe: Recipe
    document: Document
    path: Path

    def problem(self, key: str, message: str, hint: str, **values: object) -> Problem:
        """A problem at a key of this index, such as "indicators.3.low"; at the nearest one that is written."""
        return at(self.document, tuple(int(part) if part.isdigit() else part for part in key.split(".")), message, hint, **values)

    def of_value(self, figures: Figures, place: int, indicator: int, message: str, hint: str, **values: object) -> Problem:
        """A problem with one place's figure: at its line of the table, or at the indicator where the figures are the home's."""
        one, told = self.recipe.indicators[indicator], {"place": figures.names[place], **values}
        line = figures.rows[place] if figures.rows else 0
        if not line:
            return self.problem(f"indicators.{indicator}", message, hint, **told)
        return Problem(message, hint, self.table_name, line, key=one.column or one.name, values=told)

    @property
    def table(self) -> Path | None:
        """Where its table lies: beside the index, unless a whole path is given."""
        return self.path.parent / self.recipe.table if self.recipe.table is not None else None

    @property
    def table_name(self) -> str:
        """What messages call it: as they call the index."""
        return str(Path(self.document.path).parent / str(self.recipe.table))


def read(path: Path, table: Path | None = None, name: str | None = None) -> Written:
    """The index in a file; `table` stands in for the one that it names, `name` is what messages call the file. Raises Refused."""
    return written(read_yaml(path, name), path, table)


def written(document: Document, path: Path, table: Path | None = None) -> Written:
    """The index in a document that lies at a path. Raises Refused with every problem."""
    if table is not None and isinstance(document.value, dict):
        told: dict[str, Any] = {**document.value, "table": str(table.resolve())}
        document = replace(document, value=told)
    recipe = read_model(Recipe, document)
    if problems := contradictions(recipe, document):
        raise Refused(problems)
    return Written(recipe, document, path)
