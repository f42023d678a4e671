"""What is wrong, as the pages say it."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    from dashboards import layout
    from dashboards.words import translator
    from data.problems import Problem

    layout.problems([Problem("it cannot be kept", "write it by hand"), Problem("not known", "leave it out", "a.yaml", 3)], translator("en"))


def test_a_problem_without_a_place_stands_without_one():
    said = [each.value for each in AppTest.from_function(_page).run(timeout=30).markdown]
    assert said[0] == "- it cannot be kept; write it by hand" and said[1].endswith("line 3**: not known; leave it out")
