"""The Bot API's words for a refusal -> what happened."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Final

from bot.core.chat.incidents import Incident

_WORDS: Final = {
    "bot was blocked": Incident.BLOCKED,
    "initiate conversation": Incident.DMS_CLOSED,
    "deactivated": Incident.NO_SUCH_USER,
    "kicked": Incident.KICKED,
    "bot is not a member": Incident.KICKED,
    "upgraded to a supergroup": Incident.MIGRATED,
    "group chat was deleted": Incident.CHAT_NOT_FOUND,
    "chat not found": Incident.CHAT_NOT_FOUND,
    "not enough rights": Incident.MISSING_PERMISSIONS,
    "have no rights": Incident.MISSING_PERMISSIONS,
    "chat_write_forbidden": Incident.MISSING_PERMISSIONS,
    "thread not found": Incident.TOPIC_GONE,
    "topic_closed": Incident.THREAD_CLOSED,
    "to be replied not found": Incident.REPLY_NOT_FOUND,
    "reply message not found": Incident.REPLY_NOT_FOUND,
    "not modified": Incident.NOT_MODIFIED,
    "query is too old": Incident.TAP_EXPIRED,
    "can't parse entities": Incident.FALLBACK,
}
_STATUS: Final[dict[int, Incident]] = {
    HTTPStatus.FORBIDDEN: Incident.FORBIDDEN,
    HTTPStatus.CONFLICT: Incident.CONFLICT,
    HTTPStatus.TOO_MANY_REQUESTS: Incident.FLOOD,
}
CLOSED: Final = frozenset(
    {Incident.CHAT_NOT_FOUND, Incident.MISSING_PERMISSIONS, Incident.NO_SUCH_USER, Incident.THREAD_CLOSED}
)
"""Bad requests after which a chat is closed to the bot."""


def named(status: int, words: str) -> Incident:
    """Return what a refusal is, by Telegram's own sentence or else by its status."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Incident.SERVER_ERROR
    said = words.lower()
    by_words = (incident for known, incident in _WORDS.items() if known in said)
    return next(by_words, _STATUS.get(status, Incident.REFUSED))


def read(status: int, body: bytes) -> Incident:
    """Return what a refused request says it is."""
    try:
        answer = json.loads(body)
        is_moved = "migrate_to_chat_id" in (answer.get("parameters") or {})
        return Incident.MIGRATED if is_moved else named(status, str(answer.get("description", "")))
    except (ValueError, AttributeError, TypeError):  # a gateway in between speaks HTML
        return named(status, "")
