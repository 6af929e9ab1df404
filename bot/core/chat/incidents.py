"""What happens between the tutor and a platform, by the same words on every platform; counted for whoever runs it."""

from collections import Counter
from enum import StrEnum


class Incident(StrEnum):
    """One thing that happened, most of them refusals; the docs for operators explain each."""

    SENT = "sent"
    BLOCKED = "blocked"
    DMS_CLOSED = "dms-closed"
    NO_SUCH_USER = "no-such-user"
    KICKED = "kicked"
    FORBIDDEN = "forbidden"
    MISSING_PERMISSIONS = "missing-permissions"
    CHAT_NOT_FOUND = "chat-not-found"
    MIGRATED = "migrated"
    TOPIC_GONE = "topic-gone"
    THREAD_CLOSED = "thread-closed"
    REPLY_NOT_FOUND = "reply-not-found"
    NOT_MODIFIED = "not-modified"
    TAP_EXPIRED = "tap-expired"
    FALLBACK = "fallback"
    FLOOD = "flood"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    SERVER_ERROR = "server-error"
    UNREACHABLE = "unreachable"
    CONFLICT = "conflict"
    LINE_LOST = "line-lost"
    LINE_BACK = "line-back"
    TOO_FAST = "too-fast"
    FAULT = "fault"


Counts = Counter[Incident]
"""How often each thing happened on one platform since the start."""


def summed_up(counts: Counts) -> str:
    """Return the counts in one line for a log, the most frequent first."""
    return ", ".join(f"{incident} {count}" for incident, count in most_frequent(counts)) or "nothing happened"


def most_frequent(counts: Counts) -> list[tuple[Incident, int]]:
    """Return what happened at all: what was sent, and then the most frequent first.

    Another thread may count meanwhile: the copy is made in one step.
    """
    happened = [(incident, count) for incident, count in dict(counts).items() if count]
    return sorted(happened, key=lambda each: (each[0] is not Incident.SENT, -each[1], each[0]))
