"""Every goal of the demo city on one page of paper, in Spanish and English, with its chart, its reasons and what it measures whole."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from dashboards import outlooks, scores
from dashboards.reports import goal_sheet, pdf
from dashboards.reports.reader import reader
from data.home import Home
from data.periods import Month
from tests.browser.test_reports import squeezed

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.mark.parametrize("language", ["es", "en"])
def test_each_goals_sheet_is_one_page_with_its_chart_and_all_that_may_not_be_left_out(demo: Path, language):
    session = reader(Home(demo), "villa_quimera", Month(2026, 10), language)
    outlooks.settle(session)
    missing = []
    for score in scores.judged(session):
        document = goal_sheet.document(session, score.kpi.id)
        file, pages = pdf.of_document(document)
        assert pages == 1, score.kpi.id
        assert file.count(b"/S/Figure") == sum(len(section.charts) for section in document.sections), score.kpi.id
        said = squeezed(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(file)).pages))
        whole = [table for section in document.sections for table in section.tables if table.whole]
        assert len(whole) == 2
        told = [cell.text for table in whole for row in table.rows for cell in row] + [section.title for section in document.sections]
        missing += [(score.kpi.id, text) for text in told if squeezed(text) not in said]
    assert missing == []
