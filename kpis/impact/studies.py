"""The studies of a home, each from its own file (`kpis/studies/*.yaml`): one that is broken is named and hides no other."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data import parsed
from data.definitions import Definitions, at
from data.definitions import stamp as stamp_of
from data.home import Home
from data.located import near
from data.places import around
from data.problems import N_, Problem, Refused
from kpis.catalogue import Catalogue, load
from kpis.impact.labels import text
from kpis.impact.places import compared, treated
from kpis.impact.reading import Written, written
from kpis.impact.study import Study


@dataclass(frozen=True, eq=False)
class Studies:
    """Those that hold together, in the order of their files, and everything wrong with the others."""

    written: tuple[Written, ...]
    problems: tuple[Problem, ...]

    @property
    def studies(self) -> tuple[Study, ...]:
        """Without where they are written."""
        return tuple(one.study for one in self.written)

    def find(self, name: str) -> Written | None:
        """A study by its id."""
        return next((one for one in self.written if one.study.study == name), None)


def read(home: Home, definitions: Definitions, catalogue: Catalogue | None = None) -> Studies:
    """The home's studies, read again only when a file has changed; none without any.

    They are held against the goals in force, where somebody has them, as a page does; else against those of the home's files: raises
    Refused where these do not hold.
    """
    return _read(home, definitions, catalogue or load(home, definitions), files(home), stamp(home))


def stamp(home: Home) -> tuple[Hashable, ...]:
    """Changes whenever one of the files does; for caches."""
    return stamp_of(*files(home))


def files(home: Home) -> tuple[Path, ...]:
    """The home's files of studies, by name."""
    return tuple(sorted(home.studies.glob("*.yaml")))


def problems(found: Written, definitions: Definitions, catalogue: Catalogue) -> list[Problem]:
    """What a study says that the home does not know, or that does not go together there. A study of a table leans on nothing."""
    if found.study.indicator is None:
        return []
    return [*_indicator(found, catalogue, definitions), *(list(_unknown(found, definitions)) or _places(found, definitions))]


@lru_cache(maxsize=4)
def _read(home: Home, definitions: Definitions, catalogue: Catalogue, paths: tuple[Path, ...], _stamp: tuple[Hashable, ...]) -> Studies:
    kept: list[Written] = []
    wrong: list[Problem] = []
    for path in paths:
        try:
            found = written(parsed.read(home, path), path)
        except Refused as refused:
            wrong += refused.problems
            continue
        here = [*problems(found, definitions, catalogue), *_twice(found, kept), *_astray(found, home)]
        wrong += here
        kept += [] if here else [found]
    return Studies(tuple(kept), tuple(wrong))


def _twice(found: Written, before: list[Written]) -> Iterator[Problem]:
    for one in before:
        if one.study.study == found.study.study:
            message, hint = N_("the study {name!r} stands in {file} too"), N_("rename one of them")
            yield found.problem("study", message, hint, name=found.study.study, file=one.document.path)


def _astray(found: Written, home: Home) -> Iterator[Problem]:
    """A table elsewhere is in no backup, and what a page shows of a study must not show any file of the machine."""
    if found.table and not found.table.resolve().is_relative_to(home.studies.resolve()):
        message, hint = N_("the table {name!r} does not lie beside the study"), N_("put it into kpis/studies, and name it alone")
        yield found.problem("table", message, hint, name=found.study.table)


def _indicator(found: Written, catalogue: Catalogue, definitions: Definitions) -> Iterator[Problem]:
    known = {**definitions.indicator, **catalogue.measures}
    if found.study.indicator not in known:
        yield _not_known(found, "indicator", "indicator", str(found.study.indicator), list(known))


def _unknown(found: Written, definitions: Definitions) -> Iterator[Problem]:
    """Places that are not defined."""
    study = found.study
    named = {"treated": study.treated, "compare": study.compare if isinstance(study.compare, tuple) else (), "donors_out": study.donors_out}
    for key, labels in named.items():
        for number, label in enumerate(map(text, labels)):
            if label not in definitions.place:
                yield _not_known(found, f"{key}.{number}", "place", label, list(definitions.place))


def _not_known(found: Written, key: str, what: str, name: str, known: list[str]) -> Problem:
    location = tuple(int(part) if part.isdigit() else part for part in key.split("."))
    message, hint = N_("{name!r} is not a known {what}"), N_("write {near}, or define it first")
    return at(found.document, location, message, hint, name=name, what=what, near=near(name, known))


def _places(found: Written, definitions: Definitions) -> Iterator[Problem]:
    """Who is compared with whom."""
    study, under = found.study, treated(found.study, definitions)
    kinds = {definitions.place[place].kind for place in under}
    if study.compare == "districts" and kinds != {"district"}:
        message, hint = N_("only districts are compared with districts"), N_("name the districts under the policy: `treated:`")
        yield found.problem("compare", message, hint)
    elif study.compare == "peers" and "district" in kinds:
        message, hint = N_("a district has no peers among cities"), N_("write `compare: districts`, or name places")
        yield found.problem("compare", message, hint)
    elif study.method != "its" and not compared(study, definitions):
        message, hint = N_("nobody is left to compare with"), N_("name places under `compare`, or write `method: its`")
        yield found.problem("compare", message, hint)
    for number, place in enumerate(study.compare if isinstance(study.compare, tuple) else ()):
        if any(place in around(definitions.place, one) or one in around(definitions.place, place) for one in under):
            message, hint = N_("{place} is under the policy, lies in it or around it"), N_("compare with places that it did not reach")
            yield found.problem(f"compare.{number}", message, hint, place=place)
