"""The Overview beside an empty Streamlit page with the same settings and the same server.

    python -m tests.bench.bench_pages

A re-run is measured over the websocket, as time and as the server's CPU; opening the page in a Chromium, until the last chart.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.proto.WidgetStates_pb2 import WidgetState

from dashboards.visit import Visit, visit
from tests.bench.figure import Figure, in_turns, table
from tests.browser.panel import chromium, demo_home, served, settle, visitor
from tests.conftest import ROOT

WARM_UP, RUNS, LOADS = 10, 60, 7
EMPTY = """
import sys; sys.path.insert(0, sys.argv[1])
from pathlib import Path
import streamlit as st
from dashboards.server import listen, serve
listener = listen(8601)
serve(st.App(Path(sys.argv[2])), listener, lambda: print("empty at http://127.0.0.1:%d" % listener.getsockname()[1], flush=True))
"""
EMPTY_PAGE = 'import streamlit as st\nst.set_page_config(layout="wide")\nst.title("Empty")\n'
PICTURES = """() => {
    const all = root => [...root.querySelectorAll('*')].flatMap(e => e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e]);
    return all(document).filter(e => ['svg', 'canvas'].includes(e.tagName.toLowerCase())).length;
}"""
DRAWN = f"wanted => !!document.querySelector('h1') && ({PICTURES})() >= wanted"


def measure() -> list[Figure]:
    """Ratios of one run: our page and the empty one in turns, so that a busy machine slows both."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as open_until_end:
        ours = open_until_end.enter_context(served(demo_home(Path(folder) / "home")))
        empty = open_until_end.enter_context(empty_page(Path(folder)))
        return [*_reruns(ours, empty), *_navigation(ours[0], empty[0])]


@contextmanager
def empty_page(folder: Path) -> Iterator[tuple[str, int]]:
    """Address and process of an empty page, served as the panel is, with the settings of the panel."""
    page = folder / "empty.py"
    page.write_text(EMPTY_PAGE, encoding="utf-8")
    told = [sys.executable, "-c", EMPTY, str(ROOT), str(page)]
    with subprocess.Popen(told, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split(" at ")[1].strip(), process.pid
        finally:
            process.terminate()


def _reruns(ours: tuple[str, int], empty: tuple[str, int]) -> Iterator[Figure]:
    processes = [psutil.Process(ours[1]), psutil.Process(empty[1])]
    with visit(ours[0]) as panel, visit(empty[0]) as floor:
        months = cycle(_months(panel))
        in_turns(panel.run, floor.run, runs=WARM_UP)
        yield from beside("re-run of the Overview", panel.run, floor.run, processes, 4.0)
        yield from beside("Overview of another month", lambda: panel.run(widgets=(next(months),)), floor.run, processes)


def beside(
    name: str, ours: Callable[[], object], floor: Callable[[], object], processes: list[psutil.Process], aim: float | None = None
) -> list[Figure]:
    """Time of a run from request to last message, and the CPU that each server used for it."""
    before = [_cpu(process) for process in processes]
    times = in_turns(ours, floor, runs=RUNS, warm_up=0)
    used = [1000 * (_cpu(process) - start) / RUNS for process, start in zip(processes, before, strict=True)]
    return [Figure(f"{name}, beside an empty page", times[0], times[1], aim), Figure(f"{name}, CPU", used[0], used[1])]


def _cpu(process: psutil.Process) -> float:
    return process.cpu_times().user + process.cpu_times().system


def _months(panel: Visit) -> list[WidgetState]:
    """The choices of the month's control, as the browser sends them."""
    boxes = [message.delta.new_element.selectbox for message in panel.run() if message.delta.new_element.WhichOneof("type") == "selectbox"]
    month = next(box for box in boxes if box.id.endswith("-month"))
    return [WidgetState(id=month.id, string_value=option) for option in month.options[:12]]


def _navigation(ours: str, empty: str) -> list[Figure]:
    """From the address to the last chart of the Overview, and to the title of the empty page."""
    with sync_playwright() as playwright, chromium(playwright) as browser:
        pictures = _pictures(browser, ours)
        loads = [(_load(browser, ours, pictures), _load(browser, empty, 0)) for _ in range(LOADS)]
    first, second = ([statistics.median(load[which][turn] for load in loads) for which in (0, 1)] for turn in (0, 1))
    name = "opening the Overview to its last chart, beside an empty page"
    return [Figure(f"{name}, new browser", first[0], first[1], 1.5), Figure(f"{name}, again", second[0], second[1], 1.5)]


def _pictures(browser: Browser, address: str) -> int:
    """How many drawings the finished page has."""
    with visitor(browser) as page:
        page.goto(address)
        settle(page)
        return page.evaluate(PICTURES)


def _load(browser: Browser, address: str, wanted: int) -> tuple[float, float]:
    """Milliseconds of the first visit of a new browser, and of a second, which has the files."""
    with visitor(browser) as page:
        return _open(page, address, wanted), _open(page, address, wanted)


def _open(page: Page, address: str, wanted: int) -> float:
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(DRAWN, arg=wanted)
    taken = 1000 * (time.perf_counter() - began)
    settle(page)
    return taken


if __name__ == "__main__":
    print(table(measure()))
