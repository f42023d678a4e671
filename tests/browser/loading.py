"""Loading a file through the page, click by click, as somebody new to it would."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.panel import go, settle

MEASURED = {"Share of dwellings with running water": "%", "Books lent": "books per resident", "Minutes to the next park": "minutes"}
TOWNS = {"Alta Mar": (97.5, 3.25, 12), "Peña Clara": (91.25, 2.5, 7), "Río Hondo": (88, None, 22.5)}

ASKING = """Distrito;Mes;Solicitudes recibidas
Centro Viejo;2026-11;1.234
Ensanche;2026-11;2.310
Ribera;2026-11;987
Otro barrio;2026-11;1.002
"""
"""Numbers that could be thousands or decimals, a district that is written otherwise, and one that nobody knows."""
REVISING = "lugar;indicador;mes;valor;numerador;denominador\n" + "".join(
    f"villa_quimera;requests_on_time;2026-{month:02};{value};;\n"
    for month, value in {6: "75,9", 7: "76,4", 8: "78,2", 9: "79,0", 10: "80,5", 11: "81,7", 12: "doce"}.items()
)
"""For the demo city: values that are revised, a new month, and a line that is refused."""


def workbook(path: Path, place: str = "Town") -> Path:
    """A sheet as offices send it: a title above the header, a line of units below it, a rank, a sheet of words before it.

    `place` is what the column of towns is called.
    """
    book = Workbook()
    words = book.active
    assert words is not None
    words.title = "Read me"
    words.append(["Three invented towns, measured once"])
    words.append(["Nothing here is true"])
    data = book.create_sheet("Figures")
    data.append(["FIGURES OF 2024"])
    data.append(["Rank", place, *MEASURED])
    data.append([None, None, *MEASURED.values()])
    for rank, (town, values) in enumerate(TOWNS.items(), start=1):
        data.append([rank, town, *values])
    book.save(path)
    return path


def arrive(page: Page, address: str, path: Path) -> None:
    """Open the page by its menu and bring the file."""
    go(page, address)
    page.get_by_test_id("stSidebar").get_by_role("link", name=re.compile("Load data|Cargar datos")).click()
    settle(page)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("heading", name=re.compile("What is in the file|Qué hay en el archivo|can be loaded|se pueden cargar")).wait_for()
    settle(page)


def press(page: Page, name: str) -> None:
    """Press a button and wait for what it does."""
    page.get_by_role("button", name=re.compile(name)).first.click()
    settle(page)


def pick(page: Page, name: str) -> None:
    """Choose an answer."""
    page.get_by_test_id("stRadio").locator("label").filter(has_text=re.compile(name)).first.click()
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list; a run that ends just then may close it, and it is opened again."""
    wanted = page.get_by_role("option", name=option, exact=True)
    for _ in range(5):
        page.get_by_role("combobox", name=label).first.click()
        with suppress(TooLate):
            wanted.click(timeout=4_000)
            break
    settle(page)


def views(page: Page, address: str, folder: Path) -> Iterator[str]:
    """The page in each of its states, in a home of the demo city, which is changed by it."""
    asking, revising = folder / "solicitudes.csv", folder / "informe_noviembre.csv"
    asking.write_text(ASKING, encoding="utf-8")
    revising.write_text(REVISING, encoding="utf-8")
    _bring(page, address, asking)
    yield "load question"
    _bring(page, address, workbook(folder / "towns.xlsx", "City"))
    pick(page, "Figures")
    pick(page, "2024")
    for kind in ("places", "indicators"):
        page.locator(f".st-key-load_add_{kind} button").click()
        settle(page)
    yield "load map"
    _bring(page, address, revising)
    yield "load check"
    page.locator(".st-key-load_partial label").click()
    settle(page)
    page.locator(".st-key-load_commit button").click()
    page.locator(".st-key-load_next").wait_for()
    settle(page)
    yield "load done"


def _bring(page: Page, address: str, file: Path) -> None:
    """A new visit, with a file."""
    go(page, f"{address}/load")
    page.locator("input[type=file]").set_input_files(file)
    page.locator(".st-key-load_another").wait_for()
    settle(page)
