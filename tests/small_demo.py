"""The definitions of a demo that is quickly built."""

import re
from pathlib import Path

from data.home import REPOSITORY, Home


def small_demo(folder: Path) -> Home:
    """A demo of three indicators: the recipes of indicators that are not defined are left out, and so are their values in the reviews."""
    home = Home(folder)
    home.city.parent.mkdir(parents=True)
    city = (REPOSITORY / "data" / "city.yaml").read_text(encoding="utf-8")
    home.city.write_text(re.sub(r"^events:\n(  .*\n)+", "", city, flags=re.MULTILINE), encoding="utf-8")
    home.places.write_bytes((REPOSITORY / "data" / "places.yaml").read_bytes())
    whole = (REPOSITORY / "data" / "indicators.yaml").read_text(encoding="utf-8")
    home.indicators.write_text(whole[: whole.index("  - id: road_deaths")], encoding="utf-8")
    return home
