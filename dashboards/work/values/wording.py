"""The words of the values that areas owe: their states, and the sheet in which they are typed away from the panel."""

from functools import cache

from dashboards.words import LANGUAGES, N_, translator
from data.plans.sheet import Wording
from data.reviews.parts import PARTS

STATES = {
    "owed": N_("owed"),
    "draft": N_("draft"),
    "returned": N_("sent back"),
    "sent": N_("sent"),
    "validated": N_("validated"),
    "published": N_("published"),
    "known": N_("already known"),
}
TITLES = {
    "key": N_("Key"),
    "indicator": N_("Indicator"),
    "where": N_("Where and of whom"),
    "unit": N_("Unit"),
    "period": N_("Period"),
    "last": N_("Value before"),
    "value": N_("Value"),
    "numerator": N_("Numerator"),
    "denominator": N_("Denominator"),
    "said": N_("Note, or why there is no value"),
    "question": N_("Question of the data office"),
    "state": N_("State"),
    "version": N_("Version"),
}
INSTRUCTIONS = (
    N_("Fill in the white cells of the sheet of values, save it, and send it back on the page My work."),
    N_("Value: the number alone, in the unit that stands beside it."),
    N_("Where a value has a numerator and a denominator, write both and leave the value empty: it is computed from them."),
    N_("Where there is no value to be had, leave its cell empty and write why in the note."),
    N_("A row that you do not touch changes nothing, also where a colleague types the same value meanwhile."),
    N_("Leave the grey cells as they are: they say which value a row is about, and what is known already."),
    N_("Before anything is saved, the page shows you every cell that would change."),
)


@cache
def of(locale: str) -> Wording:
    """In one language."""
    _ = translator(locale)
    titles = {name: _(title) for name, title in TITLES.items()}
    return Wording(_("Values"), titles, {}, tuple(_(sentence) for sentence in INSTRUCTIONS), _("Instructions"), PARTS)


def known(locale: str) -> list[Wording]:
    """In the reader's language, and in every other in which a sheet may have gone out."""
    return [of(locale), *(of(language) for language in LANGUAGES)]


def state(name: str, locale: str) -> str:
    return translator(locale)(STATES[name])
