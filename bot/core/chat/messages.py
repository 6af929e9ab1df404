"""What crosses the border between a chat and the core: `Message` in, `Reply` out, `Address` to store.

No platform object passes. Ids are strings, times are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.core.content.document import Block


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message can be sent.

    Attributes:
        platform: "console", "telegram" or "discord".
        chat: the platform's id of the chat, channel or direct conversation.
        thread: the id of the topic or thread within it; "" for none.
    """

    platform: str
    chat: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote: the platform's id of the user, and the name that others see."""

    user_id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a person did in a chat, with all that needed I/O already settled by the adapter.

    Attributes:
        wire_id: unique per address; a second message of the same id is a replay.
        text: what was written, mentions of the bot stripped; "" for a pressed button.
        sent_at: aware UTC.
        is_direct: a private conversation with the bot.
        is_to_me: addressed to the bot: direct, mentioned, or a command for it.
        is_admin: the sender may administer this chat.
        is_edit: an earlier message in its new wording.
        reply_to: platform id of the message answered to.
        pressed: the id of the choice that was tapped.
        language: what the platform knows of the sender's language, as a BCP 47 tag.
        poll_id: the poll that was answered; `text` is then the letter of the option.
        attachment: what came with it or instead of text: "photo", "voice", ...; "" for nothing.
        is_unseen: others in the chat do not see what was written: a form, a tapped letter.
        place: what the chat or channel is called; "" where it is direct or not known.
        within: the id of the channel that a thread was opened in; "" elsewhere.
    """

    wire_id: str
    address: Address
    sender: Sender
    text: str
    sent_at: datetime
    is_direct: bool = True
    is_to_me: bool = True
    is_admin: bool = False
    is_edit: bool = False
    reply_to: str | None = None
    pressed: str | None = None
    language: str | None = None
    poll_id: str | None = None
    attachment: str = ""
    is_unseen: bool = False
    place: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing the reader can tap, or type the number of.

    Attributes:
        id: what comes back in `Message.pressed`: ASCII, at most 64 bytes (Telegram's callback_data).
        label: what the reader sees.
        opens: what the private chat begins with where a tap opens it (`/start` and this): A-Z, a-z, 0-9, _ and -,
            at most 64; "" for a plain choice. A platform that cannot open a chat takes it as a plain choice.
    """

    id: str
    label: str
    opens: str = ""


class Audience(StrEnum):
    """Who sees a reply."""

    PUBLIC = "public"
    PRIVATE = "private"
    """Its reader alone where the platform can, else everybody."""
    WHISPER = "whisper"
    """Its reader alone, or nobody."""


class Mode(StrEnum):
    """How a reply appears: a new message, the tapped one rewritten, a short toast, a reaction."""

    NEW = "new"
    EDIT = "edit"
    TOAST = "toast"
    REACTION = "reaction"


class Role(StrEnum):
    """What a post is to its delivery."""

    QUESTION = "question"
    FEEDBACK = "feedback"
    HINT = "hint"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Ref:
    """Ties a reply to the delivery it belongs to, so that what was sent finds its way back."""

    delivery_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class Quiz:
    """A choice question, for platforms that have polls of their own.

    Attributes:
        options: in the order of their letters.
        right: index of the right option.
        explanation: shown to whoever has answered.
        is_open: wanted as a poll in a group too, where everybody sees how the others voted.
    """

    prompt: str
    options: tuple[str, ...]
    right: int
    explanation: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What the tutor says: a small document and the choices under it.

    Attributes:
        blocks: the document, top to bottom.
        choices: rows are the renderer's business; the order is the core's.
        audience: who sees it.
        mode: how it appears.
        ref: the delivery it belongs to.
        more: the rest of a long answer, shown on demand ("展开全文").
        quiz: the same question as a poll, which a platform may show instead.
        answers: platform id of the post that it answers; "" for none.
        thread: title of the discussion to open under it, where the platform has such; "" for none.
    """

    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()
    audience: Audience = Audience.PUBLIC
    mode: Mode = Mode.NEW
    ref: Ref | None = None
    more: tuple[Block, ...] = ()
    quiz: Quiz | None = None
    answers: str = ""
    thread: str = ""

    def with_choices(self, *choices: Choice) -> Reply:
        """Return the same reply with more choices under it."""
        return replace(self, choices=self.choices + choices)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a platform confirmed: the ids of the messages, and of the poll if there is one."""

    message_ids: tuple[str, ...]
    poll_id: str | None = None


Replies = tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing offered while somebody types: its name, a line about it, and what is sent if it is picked."""

    concept_id: str
    title: str
    description: str
    reply: Reply
