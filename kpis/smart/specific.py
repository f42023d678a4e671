"""S, specific: one thing, of one place, that one area answers for, said in words that can be checked."""

from collections.abc import Callable, Iterator

from data.problems import N_
from kpis.score import Said
from kpis.smart import titles
from kpis.smart.candidate import Candidate
from kpis.smart.outcome import PASSED, Answer, failed, unchecked

EXAMPLES = {"en": "Reduce street robberies", "es": "Reducir los robos en la calle"}
"""A title that begins with a verb, for a reader of each language."""


def has_an_id(goal: Candidate) -> Answer:
    if goal.kpi.id:
        return PASSED
    return failed(N_("the goal has no id"), N_("add `id:`"))


def has_one_owner(goal: Candidate) -> Answer:
    if goal.kpi.owner in goal.definitions.area:
        return PASSED
    return failed(N_("no area answers for it"), N_("write the id of one area as `owner:`"))


def measures_one_thing(goal: Candidate) -> Answer:
    if goal.kpi.measure == goal.indicator.id:
        return PASSED
    return failed(N_("no indicator measures it"), N_("write the id of one indicator as `indicator:`, or of one metric as `metric:`"))


def is_for_one_place(goal: Candidate) -> Answer:
    if goal.place in goal.definitions.place:
        return PASSED
    return failed(N_("it is for no place that is defined"), N_("write its target in the file of one place"))


def has_one_target(goal: Candidate) -> Answer:
    if goal.aim.target:
        return PASSED
    return failed(N_("it has no target"), N_("add `target:` with `value` and `date`, or watch it without publishing it as a goal"))


def says_what_is_done_to_what(goal: Candidate) -> Answer:
    sentence = N_("the title '{title}' does not begin with a verb that says what is done")
    cure = N_("write one that does as `statement:`, for example '{example}'")
    wrong = {
        language: title
        for language, title in titles.titles(goal.kpi).items()
        if titles.is_known(language) and not titles.begins_with_a_verb(titles.words_of(title), language)
    }
    if not wrong:
        return _checked(goal)
    return failed(sentence, cure, title=Said(wrong.get("", wrong)), example=Said(EXAMPLES))


def uses_no_vague_word(goal: Candidate) -> Answer:
    sentence, cure = N_("the word {word!r} says neither what nor how much"), N_("say what changes, or add the amount")
    return _words(goal, titles.vague, sentence, cure)


def does_one_thing(goal: Candidate) -> Answer:
    sentence, cure = N_("two things are to be done, {word!r} being the second"), N_("make two goals of it")
    return _words(goal, titles.second_verb, sentence, cure)


def is_said_in_few_words(goal: Candidate) -> Answer:
    longest = max(len(titles.words_of(title)) for title in titles.titles(goal.kpi).values())
    if longest <= titles.LONGEST:
        return PASSED
    return failed(
        N_("its title has {words} words, and {most} are as many as are read"), N_("shorten it"), words=longest, most=titles.LONGEST
    )


def _words(goal: Candidate, find: Callable[[list[str], str], str | None], sentence: str, cure: str) -> Answer:
    for word in _found(goal, find):
        return failed(sentence, cure, word=word)
    return _checked(goal)


def _found(goal: Candidate, find: Callable[[list[str], str], str | None]) -> Iterator[str]:
    for language, title in titles.titles(goal.kpi).items():
        word = find(titles.words_of(title), language) if titles.is_known(language) else None
        if word:
            yield word


def _checked(goal: Candidate) -> Answer:
    """Passed in each language whose words we have; where there is none, nobody has looked."""
    if any(map(titles.is_known, titles.titles(goal.kpi))):
        return PASSED
    return unchecked(N_("its title is in a language whose words are not known here"), N_("write it in Spanish or English too"))
