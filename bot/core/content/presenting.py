"""A concept in full, as blocks to read or as a card to look at."""

from collections.abc import Iterator, Sequence

from bot.core.content.document import AnswerCard, Block, Heading, spans
from bot.core.content.library import Concept, Facet, Passage


def whole(concept: Concept) -> Iterator[Block]:
    """Yield everything there is on a concept, without its title."""
    for passage in concept.passages:
        if passage.title:
            yield Heading(spans(passage_title(passage)), level=2)
        yield from passage.blocks


def passage_title(passage: Passage) -> str:
    """Return the heading over a passage: its own, after the part it tells where that adds something."""
    is_named = passage.facet in (None, Facet.DEFINITION) or passage.title == passage.facet
    return passage.title if is_named else f"{passage.facet}：{passage.title}"


def card(concept: Concept, language: str = "zh", last: Sequence[Block] = (), *, is_dark: bool = False) -> AnswerCard:
    """Return a concept as a card.

    Args:
        last: blocks to stand at its end.
    """
    return AnswerCard(concept.titled(language), (*whole(concept), *last), is_dark)
