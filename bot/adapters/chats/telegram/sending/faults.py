"""What the Bot API refuses with -> the errors that the app knows."""

from __future__ import annotations

from http import HTTPStatus

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError

from bot.adapters.chats.telegram.sending.refusals import CLOSED, named
from bot.adapters.chats.telegram.sending.transport import NotSentError, TooManyRequestsError
from bot.errors import DeliveryError, GoneError, MovedError, RateLimitError, UncertainError


def says(error: BadRequest, *words: str) -> bool:
    """Tell whether Telegram's sentence has one of these words."""
    said = error.message.lower()
    return any(word in said for word in words)


def translate(error: TelegramError) -> DeliveryError:
    """Return the error that the app knows for one of the library's."""
    match error:
        case TooManyRequestsError():
            return RateLimitError(f"Telegram asks to wait: {error.message}", error.retry_after_s)
        case ChatMigrated():
            return MovedError("the group became a supergroup", str(error.new_chat_id))
        case Forbidden():
            return GoneError(error.message, named(HTTPStatus.FORBIDDEN, error.message))
        case BadRequest():
            return _refused(error)
        case NetworkError() if not isinstance(error, NotSentError):
            return UncertainError(f"Telegram did not answer: {error.message}")
        case _:
            return DeliveryError(f"Telegram could not be reached: {error.message}")


def _refused(error: BadRequest) -> DeliveryError:
    incident = named(HTTPStatus.BAD_REQUEST, error.message)
    if incident in CLOSED:
        return GoneError(error.message, incident)
    return DeliveryError(f"Telegram refused it: {error.message}")
