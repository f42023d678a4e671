"""The page Index of the demo city, 24 cities by twelve indicators, beside an empty Streamlit page.

    python -m tests.bench.bench_index_page

A re-run is the page as somebody looks at it again: its draws were made when the index was first looked at, and are kept.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil

from dashboards.visit import Visit, visit
from tests.bench.bench_pages import beside, empty_page
from tests.bench.figure import Figure, in_turns, table
from tests.browser.panel import demo_home, served

WARM_UP = 10
PATIENCE = 60
"""Seconds until the draws of a new home are there."""
PAGE = "index"
VIEWS = {
    "": "Index: tiers, drivers, dots and parts",
    "show=map": "the same with its map",
    "show=what_if": "the same with its sliders",
    "show=sure": "the same with how sure it is",
    "show=method": "the same with its method sheet",
}


def measure() -> list[Figure]:
    """Ratios of one run: our page and the empty one in turns, so that a busy machine slows both."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_until_end:
        ours = open_until_end.enter_context(served(demo_home(Path(folder) / "home")))
        empty = open_until_end.enter_context(empty_page(Path(folder)))
        return list(_figures(ours, empty))


def _figures(ours: tuple[str, int], empty: tuple[str, int]) -> Iterator[Figure]:
    processes = [psutil.Process(ours[1]), psutil.Process(empty[1])]
    with visit(ours[0]) as panel, visit(empty[0]) as floor:
        _wait(panel)
        for query, name in VIEWS.items():

            def again(query: str = query) -> object:
                return panel.run(page=PAGE, query=query)

            in_turns(again, floor.run, runs=WARM_UP)
            yield from beside(name, again, floor.run, processes, 5.0)


def _wait(panel: Visit) -> None:
    """Until the index stands there, and is not only being reckoned."""
    until = time.monotonic() + PATIENCE
    while not any(b"headline" in message.delta.new_element.bidi_component.bytes for message in panel.run(page=PAGE)):
        if time.monotonic() > until:
            raise TimeoutError("the index was never reckoned")
        time.sleep(0.5)


if __name__ == "__main__":
    print(table(measure()))
