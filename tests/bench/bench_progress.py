"""The pages Progress and Budget of a plan of 5,000 actions and 30,000 milestones beside an empty Streamlit page.

    python -m tests.bench.bench_progress

A re-run is the page as somebody looks at it again; a node opened is one that nobody has opened before, so nothing is ready of it.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path

import psutil

from dashboards.visit import Visit, visit
from data.home import Home
from data.plans.adopting import adopt
from data.records.records import records
from tests.bench.bench_pages import beside, empty_page
from tests.bench.figure import Figure, in_turns, table
from tests.big_plan import document, office
from tests.browser.panel import demo_home, served

WARM_UP = 10
PROGRESS, BUDGET = "progress", "budget"


def measure() -> list[Figure]:
    """Ratios of one run: the large plan's page and the empty one in turns, so that a busy machine slows both."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_until_end:
        home = demo_home(Path(folder) / "home")
        held = records(Home(home))
        adopt(held, office(held), replace(document(), place="villa_quimera"))
        ours = open_until_end.enter_context(served(home))
        empty = open_until_end.enter_context(empty_page(Path(folder)))
        return list(_figures(ours, empty))


def _figures(ours: tuple[str, int], empty: tuple[str, int]) -> Iterator[Figure]:
    processes = [psutil.Process(ours[1]), psutil.Process(empty[1])]
    with visit(ours[0]) as panel, visit(empty[0]) as floor:
        panel.run(page=PROGRESS, query="plan=big")
        again = _asking(panel, lambda: "plan=big")
        in_turns(again, floor.run, runs=WARM_UP)
        yield from beside("Progress of 5,000 actions, first level open", again, floor.run, processes, 5.0)
        numbers = count(1)

        def opening() -> str:
            return f"plan=big&open={next(numbers)}"

        opened = _asking(panel, opening)
        yield from beside("the same, another node opened", opened, floor.run, processes)
        budget = _asking(panel, lambda: "plan=big", BUDGET)
        in_turns(budget, floor.run, runs=WARM_UP)
        yield from beside("Budget of 5,000 actions, first level open", budget, floor.run, processes, 5.0)
        yield from beside("the same, another node opened", _asking(panel, opening, BUDGET), floor.run, processes)


def _asking(panel: Visit, query: Callable[[], str], page: str = PROGRESS) -> Callable[[], object]:
    return lambda: panel.run(page=page, query=query())


if __name__ == "__main__":
    print(table(measure()))
