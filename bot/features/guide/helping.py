"""How to use the tutor, and what there is to learn."""

from bot.core.chat.messages import Replies, Reply
from bot.core.content.document import Heading, Listing, listing, paragraph, spans
from bot.features.guide import views
from bot.features.turn import Turn


def help_(turn: Turn) -> Replies:
    """Say how to talk to the tutor, and list the commands."""
    words = turn.words
    lines = (
        f"/{c.name} {c.usage.in_(words.language)}".rstrip() + f" — {c.does.in_(words.language)}" for c in turn.commands
    )
    blocks = (
        paragraph(words("welcome")),
        Heading(spans(words("help.title"))),
        Listing(tuple((paragraph(words(key)),) for key in ("help.ask", "help.answer", "help.pick"))),
        listing(lines),
    )
    return turn.save((Reply(blocks),))


def topics(turn: Turn) -> Replies:
    """List the topics of the pack."""
    words = turn.words
    found = views.topics(turn.knowledge.library, words.language)
    lines = (words("topics.line", topic=topic.title, count=topic.concepts) for topic in found)
    blocks = (Heading(spans(words("topics.title"))), listing(lines))
    return turn.save((Reply(blocks),))
