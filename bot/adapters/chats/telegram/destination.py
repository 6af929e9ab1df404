"""Where a payload goes on Telegram: a chat, a topic of it, a message that it answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from telegram import ReplyParameters

from bot.adapters.chats.telegram.sending.transport import Json
from bot.core.chat.messages import Address


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a payload goes.

    Attributes:
        thread: a topic's id; None outside of topics.
        reply_to: the message it answers, shown as a quotation.
    """

    chat: int
    thread: int | None = None
    reply_to: ReplyParameters | None = None

    @classmethod
    def of(cls, address: Address, reply_to: int | None = None) -> Destination:
        """Return the place of an address."""
        place = cls(int(address.chat), int(address.thread) if address.thread else None)
        return place.answering(reply_to) if reply_to else place

    def parameters(self) -> Json:
        """Return the place as parameters of a call, but for the chat."""
        answered = self.reply_to.to_dict() if self.reply_to else None
        return {"message_thread_id": self.thread, "reply_parameters": answered}

    def answering(self, message_id: int) -> Destination:
        """Return the same place, under a message; where that is gone it is just the place."""
        return replace(self, reply_to=ReplyParameters(message_id, allow_sending_without_reply=True))
