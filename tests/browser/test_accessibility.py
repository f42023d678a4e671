"""axe finds nothing serious in what we draw, on any page, in either theme."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.panel import DESK, PAGES, PHONE, go, visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "theme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone, dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(browser, address, name, size, theme):
    with visitor(browser, size, theme=theme) as page:
        go(page, f"{address}/{PAGES[name]}")
        found = Axe().run(page).response["violations"]
    assert [said for violation in found for said in _serious(violation)] == []


def _serious(violation: dict) -> list[str]:
    if violation["impact"] not in ("serious", "critical"):
        return []
    return [f"{violation['id']}: {node['target']}: {node['html'][:200]}: {node['failureSummary'][:300]}" for node in violation["nodes"]]
