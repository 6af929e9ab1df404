"""What the use cases need of the platforms, and the platforms of them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.chat.events import ChatEvent
from bot.core.chat.incidents import Counts
from bot.core.chat.messages import Address, Message, Replies, Reply, Sent, Suggestion
from bot.core.chat.option import Offered
from bot.core.content.document import AnswerCard, Formula, Picture

Handle = Callable[[Message], Awaitable[Replies]]
"""Answers one message."""
Suggest = Callable[[str, str, Offered], Awaitable[Sequence[Suggestion]]]
"""Offers what begins so, or answers it: (what was typed, language, what it is to be)."""
Note = Callable[[ChatEvent], Awaitable[None]]
"""Takes note of what became of chats, of members and of replies."""


class Clock(Protocol):
    """The one reader of time."""

    def now(self) -> datetime:
        """Return the present moment, aware UTC."""


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

    def formula(self, latex: str, /) -> Image | None:
        """Typeset display mathematics, dark on a padded white canvas."""

    def figure(self, picture: Picture) -> Image | None:
        """Read a figure of the content folder; never anything outside of it."""

    def is_ready(self, part: Formula | Picture | AnswerCard) -> bool:
        """Tell whether the picture of a part can be had at once; this alone never blocks."""

    def card(self, card: AnswerCard) -> tuple[Image, ...] | None:
        """Typeset a whole answer on pages of 833 x 1280 pixels."""


@dataclass(frozen=True, slots=True)
class Services:
    """What every platform is given.

    Attributes:
        typesetter: None where no picture can be made.
        counts: how often each thing happens on this platform; the platform counts.
    """

    handle: Handle
    suggest: Suggest
    note: Note
    clock: Clock
    typesetter: Typesetter | None = None
    counts: Counts = field(default_factory=Counts)


class Chat(Protocol):
    """A platform that carries messages."""

    platform: str

    async def run(self) -> None:
        """Receive, and have what comes handled, until stopped or until the input ends."""

    async def send(self, address: Address, reply: Reply) -> Sent:
        """Send one reply, unasked.

        Raises:
            UncertainError: no answer came back.
            RateLimitError: the chat must wait.
            GoneError: the chat is closed to the bot.
            MovedError: the chat has another id now.
            DeliveryError: it did not arrive for another reason.
        """

    async def stop(self) -> None:
        """Stop receiving and let what is under way finish."""
