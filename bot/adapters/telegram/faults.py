"""What the Bot API refuses with -> the errors that the app knows."""

from __future__ import annotations

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError

from bot.adapters.telegram.transport import NotSentError, TooFastError
from bot.errors import DeliveryError, FloodError, GoneError, MovedError, UncertainError

_CLOSED = {
    "chat not found": "chat not found",
    "not enough rights": "no rights",
    "have no rights": "no rights",
    "chat_write_forbidden": "no rights",
    "user is deactivated": "deactivated",
    "topic_closed": "topic closed",
}
_REASONS = {"blocked": "blocked", "kicked": "kicked", "deactivated": "deactivated", "initiate": "never started"}


def says(error: BadRequest, *words: str) -> bool:
    """Tell whether Telegram's sentence has one of these words."""
    said = error.message.lower()
    return any(word in said for word in words)


def translate(error: TelegramError) -> DeliveryError:
    """Return the error that the app knows for one of the library's."""
    match error:
        case TooFastError():
            return FloodError(f"Telegram asks to wait: {error.message}", error.retry_after_s)
        case ChatMigrated():
            return MovedError("the group became a supergroup", str(error.new_chat_id))
        case Forbidden():
            return GoneError(error.message, _reason(error.message))
        case BadRequest():
            return _refused(error)
        case NetworkError() if not isinstance(error, NotSentError):
            return UncertainError(f"Telegram did not answer: {error.message}")
        case _:
            return DeliveryError(f"Telegram could not be reached: {error.message}")


def _refused(error: BadRequest) -> DeliveryError:
    reason = next((reason for words, reason in _CLOSED.items() if says(error, words)), "")
    return GoneError(error.message, reason) if reason else DeliveryError(f"Telegram refused it: {error.message}")


def _reason(message: str) -> str:
    return next((reason for word, reason in _REASONS.items() if word in message.lower()), "forbidden")
