"""The page of everything the source document has wrong, collected from the concepts that correct it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.content.library import Concept, Library

HEAD = """\
# 勘误

原文档里的错误，和这里所教的正确说法。由 `tutor check --errata` 从各知识点的「勘误」部分汇总而成，请勿手改。
"""


def page(library: Library) -> str:
    """Return the page as Markdown, topic by topic in the order of study."""
    return "\n".join((HEAD, *_topics(library)))


def _topics(library: Library) -> Iterator[str]:
    for topic in library.topics:
        corrected = [concept for concept in library.of_topic(topic.id) if concept.erratum]
        if corrected:
            yield f"## {topic.title}\n"
            yield from (_entry(concept) for concept in corrected)


def _entry(concept: Concept) -> str:
    passage = concept.erratum
    lines = passage.text.split("\n") if passage else []
    title = f"### {concept.title}：{passage.title}\n" if passage else ""
    return "\n\n".join((title.rstrip("\n"), *(line.replace("$$", "$") for line in lines if line.strip()))) + "\n"
