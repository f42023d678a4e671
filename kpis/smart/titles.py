"""How a goal's title is said, in Spanish and English: verbs, vague words, and how long it is.

The words stand in titles.yaml. A list of words is no grammar: it finds what titles of goals are made of, and nothing in other
languages.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from data.model import Model, Text, read_model
from data.yaml_file import read_yaml
from kpis.definition import Kpi

LONGEST = 25
"""Words of a title that is still read to its end."""
LANGUAGES = ("es", "en")
INFINITIVE = re.compile(r"[a-záéíóúüñ]+[aeií]r(se|lo|la|los|las|le|les)?")


class Vocabulary(Model):
    """The lists of titles.yaml."""

    spanish_nouns_like_verbs: list[str]
    english_verbs: list[str]
    vague: dict[str, list[str]]
    amounts: dict[str, list[str]]
    joins: dict[str, list[str]]
    small: list[str]


@cache
def vocabulary() -> Vocabulary:
    """Read once."""
    return read_model(Vocabulary, read_yaml(Path(__file__).with_suffix(".yaml")))


def titles(kpi: Kpi) -> dict[str, str]:
    """The goal's title by language: its statement, or its name. A text for every language is under ""."""
    title: Text = kpi.statement or kpi.name
    texts = {"": title} if isinstance(title, str) else title
    return {language[:2]: text for language, text in texts.items()}


def words_of(text: str) -> list[str]:
    """Its words in small letters: 8, 65%, on-time."""
    return re.findall(r"[^\W_]+(?:[-'’.,][^\W_]+)*%?", text.lower())


def begins_with_a_verb(words: list[str], language: str) -> bool:
    """A verb, and what it is done to."""
    verb = bool(words) and any(is_verb(words[0], known) for known in languages(language))
    return verb and any(word not in vocabulary().small for word in words[1:])


def vague(words: list[str], language: str) -> str | None:
    """The first vague word, where nothing in the title says how much."""
    amounts = [amount for known in languages(language) for amount in vocabulary().amounts[known]]
    if any(word in amounts or any(letter.isdigit() for letter in word) for word in words):
        return None
    return next((word for word in words for known in languages(language) if word in vocabulary().vague[known]), None)


def second_verb(words: list[str], language: str) -> str | None:
    """The verb that an "and" joins to one before it: two goals in one."""
    for known in languages(language):
        verbs = [index for index, word in enumerate(words) if is_verb(word, known)]
        for index in verbs[1:]:
            if words[index - 1] in vocabulary().joins[known]:
                return words[index]
    return None


def is_verb(word: str, language: str) -> bool:
    """An infinitive in Spanish; one of the verbs of goals in English."""
    if language == "en":
        return word in vocabulary().english_verbs or word in vocabulary().vague["en"]
    return bool(INFINITIVE.fullmatch(word)) and word not in vocabulary().spanish_nouns_like_verbs


def languages(language: str) -> Iterator[str]:
    """The languages whose words a title may be made of; a text without a language may be in either."""
    return iter((language,) if language else LANGUAGES)


def is_known(language: str) -> bool:
    """Whether we have the words of this language."""
    return language in ("", *LANGUAGES)
