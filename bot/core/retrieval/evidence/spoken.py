"""What speaks for a concept: what it is called and asked, and the sentences that explain it."""

from collections.abc import Iterator

from bot.core.content.library import Concept, Facet
from bot.core.retrieval.query.normalise import tidy_long


def identity(concept: Concept) -> Iterator[str]:
    """Yield what a concept is called and what is asked about it."""
    texts = (concept.title, concept.title_en, concept.origin, *concept.names, *concept.cues)
    yield from (tidy_long(text) for text in texts if text)
    yield from (tidy_long(question.prompt) for question in concept.questions)


def body(concept: Concept) -> Iterator[str]:
    """Yield the sentences that explain a concept; what the source says wrongly explains nothing."""
    for passage in concept.passages:
        if passage.facet is not Facet.ERRATUM:
            yield passage.title
            yield from sentences(tidy_long(passage.text))
    for question in concept.questions:
        yield from (point.says for point in question.points)
        yield from question.model


def sentences(text: str) -> Iterator[str]:
    """Cut an explanation into sentences.

    >>> list(sentences("先排序。再删除。"))
    ['先排序。', '再删除。', '']
    """
    start = 0
    for at, char in enumerate(text):
        if char in "。！？；\n" or (char in ".;?!" and text[at + 1 : at + 2].isspace()):
            yield text[start : at + 1]
            start = at + 1
    yield text[start:]
