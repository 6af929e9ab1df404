"""What there is to learn, as plain data for texts, pages and pictures."""

from dataclasses import dataclass

from bot.core.content.library import Library


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic of the pack.

    Attributes:
        title: in the language that was asked for.
        concepts: how many it has.
        questions: how many there are on them.
    """

    id: str
    title: str
    concepts: int
    questions: int


def topics(library: Library, language: str) -> tuple[TopicView, ...]:
    """Return the topics in their order."""
    return tuple(_topic(library, topic.id, topic.titled(language)) for topic in library.topics)


def _topic(library: Library, topic_id: str, title: str) -> TopicView:
    concepts = list(library.of_topic(topic_id))
    return TopicView(topic_id, title, len(concepts), sum(len(concept.questions) for concept in concepts))
