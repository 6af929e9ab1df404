"""What the owners of a bot can do about the whole of it: see how it is, and write to everybody who is subscribed."""

import hashlib
from collections.abc import Mapping

from bot.core.chat.incidents import Counts, most_frequent
from bot.core.chat.messages import Replies, Reply
from bot.core.content.document import Heading, Listing, Paragraph, Quote, Text, listing, paragraph, source_text, spans
from bot.core.content.library import Library
from bot.core.language.wording import Wording
from bot.errors import ContentError
from bot.features.owners.buttons import CancelBroadcast, SendBroadcast
from bot.features.turn import Turn, choice

MAX_BROADCAST = 1000
MAX_FAULTS = 5
MAX_WAITING = 1_000_000
PEOPLE = {"learners": "learners", "subscriptions": "subscribed"}
"""The phrases of the census, and its rows."""


def health(turn: Turn) -> Replies:
    """Say what is kept and what waits."""
    counts = turn.tx.census()
    people = {name: turn.words(f"count.{name}", count=counts.get(row, 0)) for name, row in PEOPLE.items()}
    lines = [
        turn.words("health.content", **_held(turn.words, turn.knowledge.library)),
        turn.words("health.people", paused=counts.get("paused", 0), **people),
        turn.words("health.waiting", **{key: counts.get(key, 0) for key in ("pending", "uncertain", "notices")}),
        turn.words("health.past", **{key: counts.get(key, 0) for key in ("sent", "failed", "gone")}),
        *(_happened(turn.words, platform, happened) for platform, happened in sorted(turn.counts.items())),
    ]
    blocks = (Heading(spans(turn.words("health.title"))), listing(lines))
    return turn.save((Reply(blocks),))


def _happened(words: Wording, platform: str, counts: Counts) -> str:
    """Say what happened on a platform since the start, in a line."""
    shown = words.listed(words(f"incident.{incident}", count=count) for incident, count in most_frequent(counts))
    return words("health.happened", platform=platform.title(), counts=shown or words("health.nothing"))


def _held(words: Wording, library: Library) -> Mapping[str, str]:
    """Say how much a library holds, as parts of a sentence."""
    held = {"concepts": library.concepts, "questions": library.questions}
    return {name: words(f"count.{name}", count=len(things)) for name, things in held.items()}


def reload(turn: Turn) -> Replies:
    """Read the content anew; where it has a fault the old one stays, and the faults are named."""
    if turn.reload is None:
        return turn.say("owner.only")
    try:
        library = turn.reload().library
    except ContentError as error:
        shown = tuple((Paragraph((Text(str(fault)),)),) for fault in error.faults[:MAX_FAULTS])
        return turn.save((Reply((paragraph(turn.words("reload.faults", count=len(error.faults))), Listing(shown))),))
    return turn.say("reload.done", **_held(turn.words, library))


def broadcast(turn: Turn, text: str) -> Replies:
    """Show what would be sent, and to how many; nothing is sent before that is confirmed."""
    if not text or len(text) > MAX_BROADCAST:
        return turn.say("broadcast.usage", limit=MAX_BROADCAST)
    asked = turn.words("broadcast.preview", count=len(turn.tx.subscribed()))
    choices = (
        choice(turn.words, "send", SendBroadcast(_mark(text))),
        choice(turn.words, "cancel", CancelBroadcast(_mark(text))),
    )
    reply = Reply((Quote(_letter(text).blocks), paragraph(asked)), choices)
    return turn.save((reply,), last_text=text)


def send(turn: Turn, mark: str) -> Replies:
    """Put the text that was shown last into everybody's outbox, once."""
    text = turn.conversation.last_text
    if _mark(text) != mark:
        return turn.say("stale")
    addresses = turn.tx.subscribed()
    for address in addresses:
        turn.tx.add_notice(address, _letter(text), turn.now)
    stop = choice(turn.words, "stop", CancelBroadcast(mark))
    reply = turn.sentence("broadcast.sending", stop, count=len(addresses))
    return turn.save((turn.in_place(reply),), last_text="")


def cancel(turn: Turn, mark: str) -> Replies:
    """Take what was not sent yet out of the outbox."""
    # Wherever somebody may be waiting for it: the platforms that run, and those that run elsewhere.
    elsewhere = (address.platform for address in turn.tx.subscribed())
    platforms = sorted({turn.message.address.platform, *turn.counts, *elsewhere})
    waiting = turn.tx.notices(platforms, MAX_WAITING)
    mine = [notice for notice in waiting if _mark(source_text(notice.reply.blocks)) == mark]
    taken = sum(turn.tx.drop_notice(notice.id) for notice in mine)
    return turn.save((turn.in_place(turn.sentence("broadcast.cancelled", count=taken)),), last_text="")


def _letter(text: str) -> Reply:
    """Return the message that everybody gets: what was written, as it was written."""
    return Reply((Paragraph((Text(text),)),))


def _mark(text: str) -> str:
    """Return a short name of a text, so that a button acts on the text it was shown under and on no other."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
