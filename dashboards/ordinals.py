"""Places in an order, as people say them: 4th, 4.º."""

from dashboards.words import translator

TEENS = (11, 12, 13)
ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def ordinal(number: int, locale: str) -> str:
    """1st, 2nd, 3rd, 11th; 1.º in Spanish, of a place (lugar). Other languages write what their catalogue says of {n}th."""
    _ = translator(locale)
    said = _.count(number)
    if not locale.startswith("en"):
        return _("{n}th", n=said)
    return f"{said}{'th' if number % 100 in TEENS else ENDINGS.get(number % 10, 'th')}"
