"""The words of the subject that is taught, as far as they are more than language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What matcher and grader know of a field: they know languages, the pack knows its subject.

    Attributes:
        synonyms: groups of interchangeable words.
        antonyms: pairs of words of opposite meaning.
        neighbours: terms of the same field that the pack does not teach, and must not be taken for its own.
        look_alikes: groups of characters that are taken for one another by eye or finger.
        asked_as: groups of the name of a facet and further words that ask for it.
        everyday: words that the field says all the time, so that they are nobody's slip for a term.
        affirming: words that begin with a negator and deny nothing ("无监督").
        verbs: what is done in the field.
        problems: what goes wrong in it: to say that it happens and that it is gone speaks of the same point.
        nouns: things whose name holds the character of a verb ("归一化").
        qualifiers: words that make something else of an acronym behind them ("fast" RCNN).
        counted: what is counted in its problems, so that "3 红" is no result.
        quantities: what a result may be said to be ("概率").
    """

    synonyms: tuple[tuple[str, ...], ...] = ()
    antonyms: tuple[tuple[str, str], ...] = ()
    neighbours: tuple[str, ...] = ()
    look_alikes: tuple[tuple[str, ...], ...] = ()
    asked_as: tuple[tuple[str, ...], ...] = ()
    everyday: tuple[str, ...] = ()
    affirming: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
