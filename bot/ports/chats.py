"""What the use cases need of the platforms, and the platforms of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.chat.messages import Address, Message, Ref, Replies, Reply, Sent, Suggestion
from bot.core.chat.option import Offered
from bot.core.content.document import AnswerCard, Formula, Picture

Handle = Callable[[Message], Awaitable[Replies]]
"""Answers one message; given to every chat."""
Confirm = Callable[[Address, Ref, Sent], Awaitable[None]]
"""Takes note of what was sent, where a reply belongs to a delivery."""
Closed = Callable[[Sequence[Address], str], Awaitable[None]]
"""Takes note that chats are closed to the bot, and why: nothing is pushed there until somebody opens them again."""
Moved = Callable[[str, str, str], Awaitable[None]]
"""Takes note that a chat of a platform has a new id: platform, old id, new id."""
Opened = Callable[[str, Sequence[str]], Awaitable[None]]
"""Takes note that the bot is let into chats of a platform (again): platform, chat ids."""
Left = Callable[[str, str, str], Awaitable[None]]
"""Takes note that somebody has left a chat: platform, chat, user id."""
Unheard = Callable[[Message, Ref], Awaitable[None]]
"""Takes note that a whispered reply to a message could not be said to its reader."""
Suggest = Callable[[str, str, Offered], Awaitable[Sequence[Suggestion]]]
"""Offers what begins so, or answers it: (what was typed, language, what it is to be)."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who takes note of what becomes of chats and of whispers; None for nobody."""

    moved: Moved | None = None
    closed: Closed | None = None
    opened: Opened | None = None
    left: Left | None = None
    unheard: Unheard | None = None


UNWATCHED = Watch()


class Clock(Protocol):
    """The one reader of time."""

    def now(self) -> datetime:
        """Return the present moment, aware UTC."""
        ...


@dataclass(frozen=True, slots=True)
class Image:
    """A picture ready to send.

    Attributes:
        key: hash of its content; a platform's id of the uploaded file is kept under it.
        png: the file's bytes.
        alt: what it shows, as text.
        path: where it lies on this machine; "" where it was not written.
    """

    key: str
    png: bytes
    alt: str
    path: str = ""


class Typesetter(Protocol):
    """Makes pictures. Every method may take a second and blocks; None says that it could not, never an error."""

    @property
    def has_cards(self) -> bool:
        """Tell whether whole answers can be typeset: that takes a font with Chinese characters."""
        ...

    def formula(self, latex: str, /) -> Image | None:
        """Typeset display mathematics, dark on a padded white canvas."""
        ...

    def figure(self, picture: Picture) -> Image | None:
        """Read a figure of the content folder; never anything outside of it."""
        ...

    def is_at_hand(self, part: Formula | Picture | AnswerCard) -> bool:
        """Tell whether the picture of a part can be had at once; this alone never blocks."""
        ...

    def card(self, card: AnswerCard) -> tuple[Image, ...] | None:
        """Typeset a whole answer on pages of 833 x 1280 pixels."""
        ...


class Chat(Protocol):
    """A platform that carries messages."""

    platform: str

    async def run(self) -> None:
        """Receive, and answer through the handler given at construction, until stopped or until the input ends."""
        ...

    async def send(self, address: Address, reply: Reply) -> Sent:
        """Send one reply, unasked.

        Raises:
            UncertainError: no answer came back.
            FloodError: the chat must wait.
            GoneError: the chat is closed to the bot.
            MovedError: the chat has another id now.
            DeliveryError: it did not arrive for another reason.
        """
        ...

    async def stop(self) -> None:
        """Stop receiving and let what is under way finish."""
        ...
