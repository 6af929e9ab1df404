"""Words that mean the same, or the opposite, in the subject that is taught."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that matcher and grader share.

    Attributes:
        synonyms: groups of interchangeable words.
        antonyms: pairs of words of opposite meaning.
        neighbours: terms of the same field that the pack does not teach, and must not be taken for its own.
    """

    synonyms: tuple[tuple[str, ...], ...] = ()
    antonyms: tuple[tuple[str, str], ...] = ()
    neighbours: tuple[str, ...] = ()
