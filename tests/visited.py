"""A visit to a page of a home without a browser: as somebody, by a link; what it draws, what is typed into its forms, what it says."""

from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.markdown import plain
from data.access import Actor
from data.home import Home
from tests.conftest import ROOT
from tests.given import given


def visited(home: Home, monkeypatch: pytest.MonkeyPatch, page: str, who: Actor | None = None, **asked: str) -> AppTest:
    """The page by its link, in English unless it asks for another language; without `who` it is only read."""
    monkeypatch.setenv("MANDATO_HOME", str(home.folder))
    monkeypatch.setattr("dashboards.acting.choose", lambda *_: who)
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)
    app.run()
    for key, value in {"language": "en", **asked}.items():
        app.query_params[key] = value
    app.switch_page(page).run()
    assert not app.exception
    return app


def drawn(app: AppTest) -> ElementTree.Element:
    """The HTML of the page, parsed: that it parses says that no text broke out of it."""
    return ElementTree.fromstring(f"<div>{''.join(given(panel) for panel in app.main.get('bidi_component'))}</div>")


def fill(app: AppTest, form: str, **values: object) -> None:
    """What a form's fields are to hold, by their names."""
    widgets = [*app.text_input, *app.text_area, *app.selectbox, *app.date_input, *app.pills]
    for name, value in values.items():
        next(each for each in widgets if form in (each.key or "") and each.key.endswith(f"#{name}")).set_value(value)


def press(app: AppTest, label: str) -> str:
    """What the page says after a button."""
    next(button for button in app.button if button.label in (label, plain(label))).click()
    app.run()
    assert not app.exception
    return " ".join(box.value.replace("\\", "") for box in [*app.success, *app.error])
