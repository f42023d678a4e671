"""Every word people read: English sentences in the code, their translations in `dashboards/locales/`.

    _ = translator("es_MX")
    _("Goals")                                              "Metas"
    _("{n} days old", n=3)                                  "3 días de antigüedad"
    _.ngettext("{n} goal", "{n} goals", 3, n=3)             "3 metas"

A catalogue is read once, straight from its .po file. es_MX says what Mexico says otherwise, then es, then English.
"""

import gettext
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from data.problems import N_, NotPossibleNow, Problem

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = {"es": "Español", "en": "English"}
"""The languages a reader may choose, each by its own name."""


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Marks a sentence that is said of one thing or of many."""
    return one, many


OUR_WORDS: dict[str, tuple[str, ...]] = {
    "what": (
        *(N_("place"), N_("indicator"), N_("theme"), N_("area"), N_("axis"), N_("KPI"), N_("criterion"), N_("option")),
        *(N_("trait"), N_("category")),
    ),
    "frequency": (N_("day"), N_("week"), N_("month"), N_("quarter"), N_("half"), N_("year")),
    "review": (N_("day"), N_("week"), N_("month"), N_("quarter"), N_("half"), N_("year")),
    "found": (N_("an empty value"),),
    "known": (N_("the keys in the documentation"),),
    "near": (N_("one that is defined"), N_("a known id")),
    "ending": (N_("nameless"),),
}
"""What a value of a problem may say in words of ours, to be translated too; all else in it is the city's own."""
OF_THE_SYSTEM = (
    N_("No space left on device"),
    N_("Permission denied"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("database or disk is full"),
    N_("attempt to write a readonly database"),
    N_("unable to open database file"),
    N_("disk I/O error"),
)
"""What a system or SQLite says most often of a disk; what it says of anything else stands as it says it."""


class Words:
    """Says English sentences in one language, with the values in them."""

    def __init__(self, translations: gettext.NullTranslations, locale: str) -> None:
        self._translations, self._locale = translations, locale

    def __call__(self, text: str, /, **values: object) -> str:
        said = self._translations.gettext(text) if text else ""
        return said.format(**values) if values else said

    def ngettext(self, one: str, many: str, number: int, /, **values: object) -> str:
        """The sentence for one thing or for many. A whole number among the values, such as the number itself, is written as a count."""
        said = {name: self.count(value) if isinstance(value, int) else value for name, value in values.items()}
        return self._translations.ngettext(one, many, number).format(**said)

    def count(self, number: int) -> str:
        """How many: 12,000 or 12.000, as the reader's country writes it."""
        return str(number) if -1000 < number < 1000 else format_decimal(number, "#,##0", locale=self._locale or "en")

    def problem(self, problem: Problem) -> str:
        """What is wrong and what to do, in this language."""
        values = {name: self(str(value)) if value in OUR_WORDS.get(name, ()) else value for name, value in problem.values.items()}
        said = [self(problem.message, **values), self(problem.hint, **values)]
        return "; ".join(part for part in said if part)

    def not_now(self, reason: NotPossibleNow) -> str:
        """What stands in the way, in this language; a `why` is ours or the system's, everything else a name or an amount."""
        return self(reason.sentence, **{name: self._part(name, value) for name, value in reason.values.items()})

    def _part(self, name: str, value: str | int) -> str:
        if isinstance(value, int):
            return self.count(value)
        return self(value) if name == "why" else value


@cache
def translator(locale: str) -> Words:
    """The words of a language (`es`) or of a country's (`es_MX`)."""
    return Words(_catalogue(locale), locale)


@cache
def _catalogue(locale: str) -> gettext.NullTranslations:
    if not locale:
        return gettext.NullTranslations()
    parent = _catalogue(locale.rpartition("_")[0])
    file = LOCALES / locale / "LC_MESSAGES" / "mandato.po"
    if not file.exists():
        return parent
    compiled = BytesIO()
    with file.open("rb") as text:
        write_mo(compiled, read_po(text, locale))
    compiled.seek(0)
    found = gettext.GNUTranslations(compiled)
    found.add_fallback(parent)
    return found
