"""Where this machine keeps a Chromium for the journeys; run alone, it installs one where there is none.

python tests/chromium.py      prints the path, or says in one line what to do
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = ("/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
FLAGS = (
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-gpu-compositing",
    "--disable-gpu-rasterization",
    "--disable-background-networking",
)
"""Maps need WebGL, which a machine without a screen only has in software; everything else is drawn faster without it."""


def flags() -> list[str]:
    """What Chromium is started with; root may not use its sandbox."""
    return [*FLAGS, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]


def find(playwright: Playwright) -> str | None:
    """The first Chromium of this machine that starts: MANDATO_CHROMIUM, one on the PATH, an app of macOS, Playwright's own."""
    named = [os.environ.get("MANDATO_CHROMIUM"), *map(shutil.which, NAMES), *MAC, playwright.chromium.executable_path]
    return next((path for path in named if path and Path(path).is_file() and _starts(path)), None)


def _starts(path: str) -> bool:
    """Not one that lacks its libraries, nor Ubuntu's stand-in, which only says what to install."""
    return os.name == "nt" or subprocess.run([path, "--version"], capture_output=True).returncode == 0


def _installed(playwright: Playwright) -> str | None:
    for command in _ways_to_install():
        subprocess.run(command, stdout=sys.stderr)
        if found := find(playwright):
            return found
    return None


def _ways_to_install() -> Iterator[list[str]]:
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], stdout=sys.stderr)
        yield ["apt-get", "install", "-y", "-qq", "chromium"]
        yield [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
    yield [sys.executable, "-m", "playwright", "install", "chromium"]


def main() -> int:
    """Find or install; returns the exit code."""
    with sync_playwright() as playwright:
        found = find(playwright) or _installed(playwright)
    if found is None:
        print("No Chromium was found and none could be installed: install one, or name one in MANDATO_CHROMIUM.", file=sys.stderr)
        return 1
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
