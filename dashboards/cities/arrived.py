"""The files that a reader brings, each opened: what it says and what receiving it would do; what is no month file, with the reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.cities.known import Known
from data.exchange.month_file import MonthFile, opened
from data.exchange.receiving import Standing, looked_at
from data.problems import Problem, Refused


@dataclass(frozen=True)
class Arrived:
    """A file of a batch, and what receiving it would do."""

    file: MonthFile
    standing: Standing

    @property
    def enters(self) -> bool:
        """Whether receiving it would change something now."""
        return self.standing.trusted and self.standing.done in ("new", "replaced")

    @property
    def waits(self) -> bool:
        """Whether nobody has said yet that its key is the city's."""
        return not self.standing.trusted and self.standing.problem is None


def read(known: Known, brought: Iterable[tuple[str, bytes]]) -> tuple[list[Arrived], list[Problem]]:
    """Each file by its name and content; what is wrong with one does not stop the others."""
    arrived: list[Arrived] = []
    faults: list[Problem] = []
    for name, content in brought:
        try:
            file = opened(content, name)
        except Refused as refused:
            faults += refused.problems
            continue
        standing = looked_at(known.session.records, file)
        arrived.append(Arrived(file, standing))
        faults += [standing.problem] if standing.problem else []
    return arrived, faults


def by_key(arrived: Sequence[Arrived]) -> list[list[Arrived]]:
    """Together what one city signed with one key, in the order in which it came."""
    groups: dict[tuple[str, str], list[Arrived]] = {}
    for each in arrived:
        groups.setdefault((each.file.content.city, each.file.key), []).append(each)
    return list(groups.values())
