"""The appraisals of a home, each from its own file: one that is broken is named and hides no other."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data import parsed
from data.definitions import Definitions, at, stamp
from data.home import Home
from data.model import read_model
from data.problems import N_, Problem, Refused
from data.yaml_file import Document, read_yaml
from kpis.appraisals.appraisal import Appraisal
from kpis.appraisals.faults import faults


@dataclass(frozen=True, eq=False)
class Appraisals:
    """Those that hold together, in the order of their files, and everything wrong with the others."""

    appraisals: tuple[Appraisal, ...]
    problems: tuple[Problem, ...]

    def find(self, name: str) -> Appraisal | None:
        """An appraisal by its id."""
        return next((one for one in self.appraisals if one.appraisal == name), None)


def load(home: Home, definitions: Definitions) -> Appraisals:
    """The home's appraisals, read again only when a file has changed; none without any."""
    found = files(home)
    return _load(home, definitions, found, stamp(*found))


def files(home: Home) -> tuple[Path, ...]:
    """The home's files of appraisals, by name."""
    return tuple(sorted(home.options.glob("*.yaml")))


def problems(home: Home, definitions: Definitions) -> list[Problem]:
    """Everything wrong with the home's appraisals."""
    return list(load(home, definitions).problems)


def read(path: Path, definitions: Definitions) -> Appraisal:
    """One appraisal from any file. Raises Refused with every problem of it."""
    return _held(read_yaml(path), definitions)


@lru_cache(maxsize=4)
def _load(home: Home, definitions: Definitions, paths: tuple[Path, ...], _stamp: tuple[Hashable, ...]) -> Appraisals:
    found: list[Appraisal] = []
    wrong: list[Problem] = []
    for path in paths:
        try:
            document = parsed.read(home, path)
            appraisal = _held(document, definitions)
        except Refused as refused:
            wrong += refused.problems
            continue
        if any(appraisal.appraisal == other.appraisal for other in found):
            message, hint = N_("the id {name!r} is given twice"), N_("rename one of them")
            wrong.append(at(document, ("appraisal",), message, hint, name=appraisal.appraisal))
        else:
            found.append(appraisal)
    return Appraisals(tuple(found), tuple(wrong))


def _held(document: Document, definitions: Definitions) -> Appraisal:
    appraisal = read_model(Appraisal, document)
    if wrong := faults(appraisal, document, definitions):
        raise Refused(wrong)
    return appraisal
