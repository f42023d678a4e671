"""Pictures of every page, width, theme and language, with data, empty and in error, for the eye: `make screenshots [ONLY=goal]`."""

import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import loading, writing
from tests.browser.panel import DESK, PAGES, PHONE, chromium, command, demo_home, go, served, visitor
from tests.conftest import ROOT

FOLDER = ROOT / "screenshots"
WIDTHS = {"1440": DESK, "390": PHONE}
WAYS = tuple(product(WIDTHS, ("light", "dark"), ("es", "en")))
README = {"overview-1440-light-es": "overview.png", "overview-390-light-es": "overview-phone.png", "progress-1440-light-es": "progress.png"}
"""Those whose first screen the README shows."""


def main(only: str = "") -> None:
    """Build the demo city in a folder of its own and look at it in every way; then a home without data, and one that cannot be read."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright, chromium(playwright) as browser:
        folder = Path(name)
        for state, home in _homes(folder).items():
            with served(home) as (address, _):
                _pages_looked_at(browser, address, state, only)
        for width, theme, language in WAYS:
            if only in "load":
                with visitor(browser, WIDTHS[width], language, theme) as page:
                    loading_looked_at(page, folder, WIDTHS[width], f"{width}-{theme}-{language}")
                sys.stderr.write(".")
            if only in "workshop":
                with visitor(browser, WIDTHS[width], language, theme) as page:
                    writing_looked_at(page, folder, WIDTHS[width], f"{width}-{theme}-{language}")
                sys.stderr.write(".")


def _homes(folder: Path) -> dict[str, Path]:
    """The demo city; a home that was just made; the demo city with a mistake in a file of goals."""
    held = demo_home(folder / "home")
    empty, error = folder / "empty", folder / "error"
    command(folder, "data", "new", str(empty))
    shutil.copytree(held, error)
    broken = error / "kpis" / "definitions" / "safe_city.yaml"
    broken.write_text(broken.read_text(encoding="utf-8").replace("polarity: lower", "polarity: lowest", 1), encoding="utf-8")
    return {"": held, "empty": empty, "error": error}


def _pages_looked_at(browser: Browser, address: str, state: str, only: str) -> None:
    for name, (width, theme, language) in product((page for page in PAGES if only in page), WAYS):
        picture = "-".join([*name.split(), *([state] if state else []), width, theme, language])
        with visitor(browser, WIDTHS[width], language, theme) as page:
            go(page, f"{address}/{PAGES[name]}")
            if picture in README:
                page.screenshot(path=ROOT / "docs" / "images" / README[picture])
            whole(page, WIDTHS[width])
            page.screenshot(path=FOLDER / f"{picture}.png")
        sys.stderr.write(".")


def loading_looked_at(page: Page, folder: Path, size: tuple[int, int], ending: str) -> None:
    """The page that loads, in each of its states; it changes the home, so each look has one of its own."""
    home = folder / ending
    shutil.copytree(folder / "home", home)
    with served(home) as (address, _):
        for name in loading.views(page, address, folder):
            whole(page, size)
            page.screenshot(path=FOLDER / f"{name.replace(' ', '-')}-{ending}.png")
            page.set_viewport_size({"width": size[0], "height": size[1]})


def writing_looked_at(page: Page, folder: Path, size: tuple[int, int], ending: str) -> None:
    """The workshop in each of its states, in a home of its own, which is changed by it."""
    home = folder / f"workshop-{ending}"
    shutil.copytree(folder / "home", home)
    with served(home) as (address, _):
        for name in writing.views(page, address):
            whole(page, size)
            page.screenshot(path=FOLDER / f"{name.replace(' ', '-')}-{ending}.png")
            page.set_viewport_size({"width": size[0], "height": size[1]})


def whole(page: Page, size: tuple[int, int]) -> None:
    """Make the window as high as the page: it scrolls inside, where a full-page picture does not look."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": size[0], "height": max(size[1], min(height, 6000))})
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main(*sys.argv[1:])
