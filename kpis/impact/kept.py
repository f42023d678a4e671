"""What each study said, kept beside the facts with what it said before: `data/store/studies/request_app.json`.

An estimate is never part of showing a page. A file that is missing or damaged is made anew, without its history; nothing else leans on
it, so it is in no backup.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from data.definitions import Definitions
from data.facts import Facts
from data.home import Home
from data.lasting import replace_text
from data.problems import Refused
from kpis.catalogue import Catalogue
from kpis.impact import stored
from kpis.impact.answer import Answer, answered
from kpis.impact.began import began
from kpis.impact.places import compared, treated
from kpis.impact.reading import Written

FORM = 2
"""To be raised with every change to the methods, to the rules of verdicts or to the file: answers are then made anew."""
MOST = 500
"""Entries of a history: more than forty years of months."""
REFUSED = "refused"


@dataclass(frozen=True)
class Judged:
    """What a study said of one version of the facts (0: of a table of its own), which were known on `day`.

    `kind` is that of its verdict, or `refused`. `asked` is another one whenever the study was written otherwise.
    """

    version: int
    day: date
    kind: str
    estimate: float | None
    low: float | None
    high: float | None
    method: str
    asked: str


@dataclass(frozen=True)
class Moved:
    """That the verdict is another one since the facts of a day."""

    day: date
    before: str
    now: str

    def as_json(self) -> dict[str, str]:
        return {"since": self.day.isoformat(), "from": self.before, "to": self.now}


def latest(home: Home, written: Written, facts: Facts | None, catalogue: Catalogue, definitions: Definitions) -> Answer | None:
    """The answer that was kept of a study; None where nothing is that holds for these facts, and for the study as it is written now."""
    told = _told(home, written.study.study)
    return told.answer if told and told.key == _key(written, home, facts, catalogue, definitions) else None


def history(home: Home, study: str) -> tuple[Judged, ...]:
    """What a study has said so far, the oldest first; once for each version of the facts that it was asked of."""
    told = _told(home, study)
    return told.history if told else ()


def moved(judged: Sequence[Judged]) -> Moved | None:
    """The last time that facts moved the verdict of a study that asked the same; None where they never did."""
    for before, now in reversed(list(pairwise(judged))):
        if before.asked != now.asked:
            return None
        if before.kind != now.kind:
            return Moved(now.day, before.kind, now.kind)
    return None


def renewed(home: Home, written: Written, facts: Facts | None, catalogue: Catalogue, definitions: Definitions) -> Answer:
    """The answer that is kept where it still holds, or a new one, which is kept. Raises OSError where nothing can be written."""
    found = latest(home, written, facts, catalogue, definitions)
    if found is None:
        found = answered(written, home, facts, catalogue, definitions)
        keep(home, written, facts, catalogue, definitions, found)
    return found


def keep(home: Home, written: Written, facts: Facts | None, catalogue: Catalogue, definitions: Definitions, answer: Answer) -> None:
    """Keep an answer after those of earlier facts; of an indicator nothing before the first load.

    Raises OSError where it cannot be written.
    """
    if written.study.indicator is not None and facts is None:
        return
    judged = _judged(written, facts, answer)
    same = judged.version, judged.day, judged.asked
    so_far = [one for one in history(home, written.study.study) if one.version <= judged.version]  # later ones: a load was taken back
    before = [one for one in so_far if (one.version, one.day, one.asked) != same]
    every = [*before[1 - MOST :], judged]
    told = {
        "key": _key(written, home, facts, catalogue, definitions),
        "answer": stored.told(answer),
        "history": [{**asdict(one), "day": one.day.isoformat()} for one in every],
    }
    path = _path(home, written.study.study)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_text(path, json.dumps(told, ensure_ascii=False))


def _judged(written: Written, facts: Facts | None, answer: Answer) -> Judged:
    effect, of_facts = answer.effect, facts if written.study.indicator else None
    return Judged(
        version=of_facts.version if of_facts else 0,
        day=_known_on(written, of_facts),
        kind=REFUSED if answer.refused else answer.kind,
        estimate=effect.estimate if effect else None,
        low=effect.low if effect else None,
        high=effect.high if effect else None,
        method=written.study.method,
        asked=_asked(written),
    )


def _known_on(written: Written, facts: Facts | None) -> date:
    """The day on which the newest of the facts became known; that of a table is when its file was written."""
    if facts:
        return max(load.known_on for load in facts.loads())
    with suppress(OSError):
        if written.table:
            return date.fromtimestamp(written.table.stat().st_mtime)
    return date.min


def _asked(written: Written) -> str:
    """Another text whenever the study asks something else; its words for people are not part of that."""
    study = written.study.model_dump(mode="json", by_alias=True, exclude={"name", "question", "policy", "changes"})
    return hashlib.sha256(json.dumps(study, sort_keys=True).encode()).hexdigest()[:16]


def _key(written: Written, home: Home, facts: Facts | None, catalogue: Catalogue, definitions: Definitions) -> str:
    """Changes with whatever the answer depends on."""
    study = written.study
    try:
        start = began(written, home)
    except Refused as refused:
        start = str(refused)
    said: list[object] = [FORM, study.model_dump_json(exclude={"changes"}), start]
    if study.table is not None:
        said.append(_content(written))
    else:
        name = str(study.indicator)
        goals = [kpi.polarity for kpi in catalogue.kpis if kpi.measure == name]
        measure = catalogue.measures.get(name)
        places = [*treated(study, definitions), *compared(study, definitions)]
        said += [facts and facts.version, catalogue.indicator(name, definitions), measure and measure.metric, goals, places]
        said += [[(event.date, event.name, event.indicators, event.places) for event in definitions.city.events]]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _content(written: Written) -> str:
    try:
        return hashlib.sha256(written.table.read_bytes() if written.table else b"").hexdigest()
    except OSError as error:
        return str(error)


def _path(home: Home, study: str) -> Path:
    return home.makes / "studies" / f"{study}.json"


@dataclass(frozen=True)
class _Told:
    key: str
    answer: Answer | None
    history: tuple[Judged, ...]


def _told(home: Home, study: str) -> _Told | None:
    path = _path(home, study)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return None
    return _read(path, changed)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> _Told | None:
    """None where it is damaged; of an older form the history alone."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):  # whatever is in it: it is made anew
        told = json.loads(path.read_text(encoding="utf-8"))
        judged = tuple(_judged_of(one) for one in told["history"])
        found = _Told(str(told["key"]), None, judged)
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            found = replace(found, answer=stored.answer(told["answer"]))
        return found if judged else None
    return None


def _judged_of(told: dict[str, Any]) -> Judged:
    return Judged(**{**told, "day": date.fromisoformat(told["day"])})
