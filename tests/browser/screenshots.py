"""Pictures of every page, width, theme and language, for the eye: `make screenshots`."""

import shutil
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import loading
from tests.browser.panel import DESK, PAGES, PHONE, chromium, demo_home, go, served, visitor
from tests.conftest import ROOT

FOLDER = ROOT / "screenshots"
WIDTHS = {"1440": DESK, "390": PHONE}
README = {"overview-1440-light-es": "overview.png", "overview-390-light-es": "overview-phone.png"}
"""The two whose first screen the README shows."""


def main() -> None:
    """Build the demo city in a folder of its own and look at it in every way."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        served(demo_home(Path(folder) / "home")) as (address, _),
        sync_playwright() as playwright,
        chromium(playwright) as browser,
    ):
        for name, width, theme, language in product(PAGES, WIDTHS, ("light", "dark"), ("es", "en")):
            picture = f"{name.replace(' ', '-')}-{width}-{theme}-{language}"
            with visitor(browser, WIDTHS[width], language, theme) as page:
                go(page, f"{address}/{PAGES[name]}")
                if picture in README:
                    page.screenshot(path=ROOT / "docs" / "images" / README[picture])
                whole(page, WIDTHS[width])
                page.screenshot(path=FOLDER / f"{picture}.png")
            sys.stderr.write(".")
        for width, theme, language in product(WIDTHS, ("light", "dark"), ("es", "en")):
            with visitor(browser, WIDTHS[width], language, theme) as page:
                loading_looked_at(page, Path(folder), WIDTHS[width], f"{width}-{theme}-{language}")
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


def whole(page: Page, size: tuple[int, int]) -> None:
    """Make the window as high as the page: it scrolls inside, where a full-page picture does not look."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": size[0], "height": max(size[1], min(height, 6000))})
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main()
