"""The words of the table and of the sheet in which an area reports its actions."""

from functools import cache

from dashboards.plan import vocabulary
from dashboards.words import LANGUAGES, N_, translator
from data.plans.sheet import Wording

TITLES = {
    "id": N_("Id"),
    "key": N_("Number"),
    "name": N_("Action"),
    "declared": N_("Declared (%)"),
    "status": N_("Status"),
    "said": N_("What was done"),
    "reason": N_("Why it is stopped"),
    "version": N_("Version"),
}
INSTRUCTIONS = (
    N_("Fill in the white cells of the sheet of actions, save it, and send it back on the page of the area."),
    N_("Declared: how far the action is by the area's own word, a number from 0 to 100."),
    N_("Status: choose from the list. An action that is suspended or proposed for removal needs its reason; a decision alone cancels one."),
    N_("What was done since the last report: a sentence or two. Where nothing moved, write so: that is a report too."),
    N_("A row that you do not touch changes nothing, also where a colleague reports the same action meanwhile."),
    N_("Leave the grey columns as they are: they say which action a row is about."),
    N_("Before anything is saved, the page shows you every cell that would change."),
)


@cache
def of(locale: str) -> Wording:
    """In one language."""
    _ = translator(locale)
    titles = {name: _(title) for name, title in TITLES.items()}
    told = tuple(_(sentence) for sentence in INSTRUCTIONS)
    return Wording(_("Actions"), titles, vocabulary.options(vocabulary.STATUSES, locale), told, _("Instructions"))


def known(locale: str) -> list[Wording]:
    """In the reader's language, and in every other in which a sheet may have gone out."""
    return [of(locale), *(of(language) for language in LANGUAGES)]


def statuses(locale: str) -> dict[str, str]:
    """The status of each word, in any language, the reader's first: a table may have been filled in before the language was changed."""
    found: dict[str, str] = {}
    for wording in known(locale):
        for status, word in wording.statuses.items():
            found.setdefault(word, status)
    return found
