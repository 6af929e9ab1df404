"""What a platform tells the tutor beside messages: what became of chats, of members and of replies. A closed union."""

from dataclasses import dataclass

from bot.core.chat.messages import Address, Message, Ref, Sent


@dataclass(frozen=True, slots=True)
class ReplySent:
    """A reply that belongs to a delivery was sent there."""

    address: Address
    ref: Ref
    sent: Sent


@dataclass(frozen=True, slots=True)
class WhisperLost:
    """What was whispered in answer to a message that others saw could not be said to its reader."""

    message: Message
    ref: Ref


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """A chat of a platform has a new id."""

    platform: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChatsClosed:
    """Chats are closed to the bot: nothing is pushed there until somebody opens them again.

    Attributes:
        reason: the platform's word for it, kept with what is paused.
    """

    addresses: tuple[Address, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ChatsOpened:
    """The bot is let into chats of a platform, for the first time or again."""

    platform: str
    chats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """Somebody is no longer in a chat."""

    platform: str
    chat: str
    user_id: str


ChatEvent = ReplySent | WhisperLost | ChatMoved | ChatsClosed | ChatsOpened | MemberLeft
