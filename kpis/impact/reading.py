"""A study read from its file, and what is wrong with it by itself, before any figure is looked at."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from data.definitions import at
from data.model import read_model
from data.problems import N_, Problem, Refused
from data.yaml_file import Document, read_yaml
from kpis.impact.study import Errors, Method, Study

OF_TABLES = (
    "unit", "time", "outcome", "first_treated", "covariates", "predictors", "cluster", "weights", "offset", "unit_name", "repeated",
)  # fmt: skip
OF_INDICATORS = ("compare",)
ALLOWED: dict[Method, tuple[Errors, ...]] = {
    "sdid": ("placebo",),
    "sc": ("placebo",),
    "did": ("cluster", "classical", "placebo"),
    "event_study": ("cluster", "placebo"),
    "its": ("hac", "classical"),
}
"""How each method can tell its doubt."""


@dataclass(frozen=True)
class Written:
    """A study with where it is written, so that a problem can point at it."""

    study: Study
    document: Document
    path: Path

    def problem(self, key: str, message: str, hint: str, **values: object) -> Problem:
        """A problem at a key of this study, such as "treated"; at its beginning where that is not written."""
        return at(self.document, tuple(int(part) if part.isdigit() else part for part in key.split(".")), message, hint, **values)

    @property
    def table(self) -> Path | None:
        """Where its table lies: beside the study, unless a whole path is given."""
        return self.path.parent / self.study.table if self.study.table is not None else None

    @property
    def table_name(self) -> str:
        """What messages call it: as they call the study."""
        return str(Path(self.document.path).parent / str(self.study.table))


def read(path: Path, table: Path | None = None, name: str | None = None) -> Written:
    """The study in a file; `table` stands in for the one that it names, `name` is what messages call it. Raises Refused."""
    return written(read_yaml(path, name), path, table)


def written(document: Document, path: Path, table: Path | None = None) -> Written:
    """The study in a document that lies at a path. Raises Refused with every problem."""
    if table is not None and isinstance(document.value, dict):
        told: dict[str, Any] = {**document.value, "table": str(table.resolve())}
        document = replace(document, value=told)
    found = Written(read_model(Study, document), document, path)
    if problems := contradictions(found):
        raise Refused(problems)
    return found


def contradictions(written: Written) -> list[Problem]:
    """Keys that do not go together."""
    study = written.study
    said = [key for key in study.model_fields_set if getattr(study, key) not in (None, (), False)]
    of_a_table, of_an_indicator = N_("{name} is of a study that reads a table"), N_("{name} is of a study that reads an indicator")
    strange, message = (OF_INDICATORS, of_an_indicator) if study.table else (OF_TABLES, of_a_table)
    hint = N_("remove it, or name the other source")
    problems = [written.problem(key, message, hint, name=key) for key in sorted(set(strange) & set(said))]
    if study.first_treated and study.treated:
        problems.append(written.problem("treated", N_("treated and first_treated say the same"), N_("keep one of them")))
    if not study.first_treated and study.start is None and study.action is None:
        problems.append(written.problem("start", N_("it is not said when the policy began"), N_("add `start:` with its first period")))
    if study.inference not in ALLOWED[study.method]:
        hint, values = N_("write one of: {allowed}"), {"method": study.method, "errors": study.inference}
        message = N_("{method} cannot tell its doubt by {errors}")
        problems.append(written.problem("errors", message, hint, allowed=", ".join(ALLOWED[study.method]), **values))
    if study.family == "quasipoisson" and study.log:
        hint = N_("remove `log: true`: quasi-Poisson is on the logarithm by itself")
        problems.append(written.problem("log", N_("counts are not taken as logarithms twice"), hint))
    return problems
