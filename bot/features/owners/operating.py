"""What the owners of a bot can do about the whole of it: see how it is, and write to everybody who is subscribed."""

from __future__ import annotations

import hashlib

from bot.core.chat.incidents import Counts, most_frequent
from bot.core.chat.messages import Choice, Replies, Reply
from bot.core.content.document import Heading, Listing, Paragraph, Quote, Text, paragraph, source_text, spans
from bot.core.language.wording import Wording
from bot.errors import ContentError
from bot.features.turn import Visit, choice

MAX_BROADCAST = 1000
MAX_FAULTS = 5
MAX_WAITING = 1_000_000
PLATFORMS = ("console", "discord", "telegram")


def health(visit: Visit) -> Replies:
    """Say what is kept and what waits."""
    if not visit.is_owner:
        return visit.say("owner.only")
    counts = visit.tx.census()
    library = visit.knowledge.library
    lines = [
        visit.words("health.content", concepts=len(library.concepts), questions=len(library.questions)),
        visit.words("health.people", **{key: counts.get(key, 0) for key in ("learners", "subscribed", "paused")}),
        visit.words("health.waiting", **{key: counts.get(key, 0) for key in ("pending", "uncertain", "notices")}),
        visit.words("health.past", **{key: counts.get(key, 0) for key in ("sent", "failed", "gone")}),
        *(_happened(visit.words, platform, happened) for platform, happened in sorted(visit.counts.items())),
    ]
    blocks = (Heading(spans(visit.words("health.title"))), Listing(tuple((paragraph(line),) for line in lines)))
    return visit.save((Reply(blocks),))


def _happened(words: Wording, platform: str, counts: Counts) -> str:
    """Say what happened on a platform since the start, in a line."""
    shown = words.listed(words(f"incident.{incident}", count=count) for incident, count in most_frequent(counts))
    return words("health.happened", platform=platform.title(), counts=shown or words("health.nothing"))


def reload(visit: Visit) -> Replies:
    """Read the content anew; where it has a fault the old one stays, and the faults are named."""
    if not visit.is_owner or visit.reload is None:
        return visit.say("owner.only")
    try:
        library = visit.reload().library
    except ContentError as error:
        shown = tuple((Paragraph((Text(str(fault)),)),) for fault in error.faults[:MAX_FAULTS])
        return visit.save((Reply((paragraph(visit.words("reload.faults", count=len(error.faults))), Listing(shown))),))
    return visit.say("reload.done", concepts=len(library.concepts), questions=len(library.questions))


def broadcast(visit: Visit, text: str) -> Replies:
    """Show what would be sent, and to how many; nothing is sent before that is confirmed."""
    if not visit.is_owner:
        return visit.say("owner.only")
    if not text or len(text) > MAX_BROADCAST:
        return visit.say("broadcast.usage", limit=MAX_BROADCAST)
    asked = visit.words("broadcast.preview", count=len(visit.tx.subscribed()))
    choices = (choice(visit.words, "send", f"bs:{_mark(text)}"), choice(visit.words, "cancel", f"bx:{_mark(text)}"))
    reply = Reply((Quote(_letter(text).blocks), paragraph(asked)), choices)
    return visit.save((reply,), last_text=text)


def send(visit: Visit, mark: str) -> Replies:
    """Put the text that was shown last into everybody's outbox, once."""
    text = visit.conversation.last_text
    if not visit.is_owner or _mark(text) != mark:
        return visit.say("stale")
    addresses = visit.tx.subscribed()
    for address in addresses:
        visit.tx.add_notice(address, _letter(text), visit.now)
    stop = Choice(f"bx:{mark}", visit.words("do.stop"))
    reply = visit.sentence("broadcast.sending", stop, count=len(addresses))
    return visit.save((visit.in_place(reply),), last_text="")


def cancel(visit: Visit, mark: str) -> Replies:
    """Take what was not sent yet out of the outbox."""
    if not visit.is_owner:
        return visit.say("owner.only")
    waiting = visit.tx.notices(PLATFORMS, MAX_WAITING)
    mine = [notice for notice in waiting if _mark(source_text(notice.reply.blocks)) == mark]
    taken = sum(visit.tx.drop_notice(notice.id) for notice in mine)
    return visit.save((visit.in_place(visit.sentence("broadcast.cancelled", count=taken)),), last_text="")


def _letter(text: str) -> Reply:
    """Return the message that everybody gets: what was written, as it was written."""
    return Reply((Paragraph((Text(text),)),))


def _mark(text: str) -> str:
    """Return a short name of a text, so that a button acts on the text it was shown under and on no other."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
