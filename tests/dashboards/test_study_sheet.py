"""A study on one page of paper: the figures of its page, in both languages, whatever was found."""

from collections.abc import Callable
from io import BytesIO

import pypdf
import pytest

from dashboards.reports import pdf, study_sheet
from dashboards.reports.document import Document
from dashboards.study import comparison, known, method, saying
from dashboards.study.shown import Shown
from data.problems import NotPossibleNow
from kpis.score import Reason
from tests.dashboards.conftest import session_of
from tests.made_studies import effect, refused, series, shown
from tests.small_city import LAST

Make = Callable[[Shown], Document]


@pytest.fixture
def made(monkeypatch) -> Make:
    """The sheet of a finding."""

    def build(found: Shown) -> Document:
        monkeypatch.setattr(known, "study", lambda _session, _name: found.study)
        monkeypatch.setattr(known, "shown", lambda _session, _study: found)
        return study_sheet.document(found.session, found.study.study)

    return build


def said(document: Document) -> tuple[str, int]:
    file, pages = pdf.of_document(document)
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages).split()).replace("\xa0", " "), pages


@pytest.mark.parametrize("locale", ["es_ES", "en_GB"])
def test_the_sheet_is_one_page_with_the_figures_of_the_page(city, made, locale):
    found = shown(session_of(city, "aurora", LAST, locale), question={"es": "¿Sirvió?", "en": "Did it serve?"})
    text, pages = said(made(found))
    told = [
        saying.headline(found), *saying.reasons(found), *saying.doubts(found), *(value for _name, value in method.rows(found)),
        *(name for name, _weight in comparison.weighed(found)), found.session.say(found.study.question or ""),
    ]  # fmt: skip
    assert pages == 1
    together = text.replace(" ", "").replace("-", "")
    assert [each for each in told if each.replace("\xa0", "").replace(" ", "").replace("-", "") not in together] == []


def test_the_chart_has_the_values_of_the_page_and_says_since_when(session, made):
    document = made(shown(session))
    (chart,) = [chart for section in document.sections for chart in section.charts]
    frame = comparison.frame(shown(session))
    lines = {line.brand: line for line in chart.series}
    assert list(lines[True].values) == frame["Measured"].to_list()
    assert list(lines[False].values) == frame["Without the policy"].to_list() and lines[False].dashed
    assert "The policy began in July 2025: 6 periods since then." in said(document)[0]


def test_a_long_study_is_one_page_too(session, made):
    many = {f"donor_{number}": 1 / 40 for number in range(40)}
    years = [str(year) for year in range(1900, 2025)]
    document = made(shown(session, effect(weights=many, series=series(years, before=90), before=90)))
    text, pages = said(document)
    assert pages == 1 and "and 34 more" in text
    (chart,) = [chart for section in document.sections for chart in section.charts]
    assert len(chart.labels) == study_sheet.LONGEST


def test_the_sheet_of_a_refused_study_says_why(session, made):
    document = made(refused(session, Reason("too few periods; ask again when there are more")))
    text, pages = said(document)
    assert pages == 1 and "Too few periods; ask again when there are more." in text and "Not estimated" in text


def test_of_no_study_there_is_no_sheet(session):
    with pytest.raises(NotPossibleNow, match="no such study"):
        study_sheet.document(session, "gone")
