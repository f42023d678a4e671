"""The page Peers of the demo city, fifteen peers and all its indicators, beside an empty Streamlit page.

    python -m tests.bench.bench_peers

A re-run is the page as somebody looks at it again; other peers and another month were looked at before too, as standings are kept.
"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path

import psutil

from dashboards.visit import visit
from tests.bench.bench_pages import beside, empty_page
from tests.bench.figure import Figure, in_turns, table
from tests.browser.panel import demo_home, served

WARM_UP = 10
PEERS = "peers"
VIEWS = ("", "peers=size", "peers=all", "month=2026-06")
ONE = "indicator=bus_punctuality"


def measure() -> list[Figure]:
    """Ratios of one run: our page and the empty one in turns, so that a busy machine slows both."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_until_end:
        ours = open_until_end.enter_context(served(demo_home(Path(folder) / "home")))
        empty = open_until_end.enter_context(empty_page(Path(folder)))
        return list(_figures(ours, empty))


def _figures(ours: tuple[str, int], empty: tuple[str, int]) -> Iterator[Figure]:
    processes = [psutil.Process(ours[1]), psutil.Process(empty[1])]
    with visit(ours[0]) as panel, visit(empty[0]) as floor:

        def again() -> object:
            return panel.run(page=PEERS)

        in_turns(again, floor.run, runs=WARM_UP)
        yield from beside("Peers, every indicator beside fifteen cities", again, floor.run, processes, 5.0)
        views = cycle(VIEWS)

        def other() -> object:
            return panel.run(page=PEERS, query=next(views))

        in_turns(other, floor.run, runs=WARM_UP)
        yield from beside("the same, other peers or another month", other, floor.run, processes, 5.0)

        def one() -> object:
            return panel.run(page=PEERS, query=ONE)

        in_turns(one, floor.run, runs=WARM_UP)
        yield from beside("one indicator large", one, floor.run, processes, 5.0)


if __name__ == "__main__":
    print(table(measure()))
