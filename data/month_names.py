"""The months as people write them, in Spanish and English: agosto, Ago, aug., set."""

import re

NAMES: dict[int, str] = {
    1: "enero ene january jan",
    2: "febrero feb february",
    3: "marzo mar march",
    4: "abril abr april apr",
    5: "mayo may",
    6: "junio jun june",
    7: "julio jul july",
    8: "agosto ago august aug",
    9: "septiembre setiembre sept sep set september",
    10: "octubre oct october",
    11: "noviembre nov november",
    12: "diciembre dic december dec",
}
_NUMBERS = {name: number for number, names in NAMES.items() for name in names.split()}
_WORD = re.compile(r"[^\W\d_]+\.?")


def month_number(name: str) -> int | None:
    """8 for Agosto, AGO, aug or ago.; None for what is no month."""
    return _NUMBERS.get(name.casefold().removesuffix("."))


def numbered(text: str) -> str:
    """The text with the first name of a month in it written as two digits: `15 de ago. de 2024` is `15 de 08 de 2024`."""
    for word in _WORD.finditer(text):
        if number := month_number(word[0]):
            return f"{text[: word.start()]}{number:02}{text[word.end() :]}"
    return text
