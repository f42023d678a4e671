"""Places in an order, as people say them."""

import pytest

from dashboards.ordinals import ordinal


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"), (112, "112th")],
)
def test_in_english_each_has_its_ending(number, said):
    assert ordinal(number, "en_GB") == said


def test_in_spanish_it_is_a_place_and_a_country_writes_its_thousands():
    assert ordinal(4, "es_ES") == "4.º"
    assert ordinal(1234, "es_ES") == "1.234.º"
