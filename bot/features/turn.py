"""One message being handled: who wrote it, where, in what conversation, and what the tutor knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.chat.button import Button
from bot.core.chat.command import Command
from bot.core.chat.incidents import Counts
from bot.core.chat.messages import Choice, Message, Mode, Replies, Reply
from bot.core.content.document import paragraph
from bot.core.content.library import Concept, Library
from bot.core.grading import Grader
from bot.core.language.wording import Wording
from bot.core.records.records import Account, Conversation, Learner, Owner
from bot.core.retrieval import Index
from bot.core.scheduling.schedule import DEFAULT_TIME, Schedule, civil_day, study_day
from bot.ports import Transaction

TOPIC_LASTS = timedelta(minutes=15)
"""A follow-up ("公式呢") means the concept discussed within this time."""


def no_cards() -> bool:
    """Tell that whole answers cannot be shown as pictures."""
    return False


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the tutor knows: the pack, its question index and its grader.

    Attributes:
        cards: tells whether whole answers can be shown as pictures here; asked when it matters, since finding it out
            takes longer than a start should.
    """

    library: Library
    index: Index
    grader: Grader
    cards: Callable[[], bool] = no_cards

    @property
    def has_cards(self) -> bool:
        """Tell whether whole answers can be shown as pictures here."""
        return self.cards()


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything a use case needs about the message at hand.

    Attributes:
        conversation: as it was when the message came.
        is_owner: the sender runs this bot.
        reload: reads the content anew for all that follows; None where it cannot be. Raises ContentError.
        counts: how often what happened since the start, by platform.
        commands: all that there are, in the order of menus.
    """

    tx: Transaction
    message: Message
    learner: Learner
    account: Account
    conversation: Conversation
    knowledge: Knowledge
    is_owner: bool = False
    reload: Callable[[], Knowledge] | None = None
    counts: Mapping[str, Counts] = field(default_factory=dict)
    commands: Sequence[Command] = ()

    @property
    def now(self) -> datetime:
        """When the message was sent, aware UTC."""
        return self.message.sent_at

    @property
    def owner(self) -> Owner:
        """The learner, as the owner of deliveries."""
        return self.learner.owner

    @property
    def today(self) -> date:
        """The civil date at the learner's."""
        return civil_day(self.now, self.learner.timezone)

    @property
    def study_day(self) -> date:
        """The study day at the learner's."""
        return study_day(self.now, self.learner.timezone)

    @property
    def words(self) -> Wording:
        """The learner's language."""
        return Wording(self.learner.language)

    @property
    def schedule(self) -> Schedule:
        """What the learner wishes about pushes, or the default that holds until they do."""
        subscription = self.tx.subscription(self.owner)
        return subscription.schedule if subscription else Schedule((DEFAULT_TIME,), self.learner.timezone)

    @property
    def concept(self) -> Concept | None:
        """The concept just discussed, if that was not too long ago."""
        is_fresh = self.now - self.conversation.at <= TOPIC_LASTS
        return self.knowledge.library.by_id.get(self.conversation.concept_id) if is_fresh else None

    def save(self, replies: Replies, **changes: Any) -> Replies:  # noqa: ANN401  fields of Conversation
        """Write the conversation with these changes and the choices that the replies offer; return the replies."""
        offered = tuple(choice.id for reply in replies for choice in reply.choices)
        changed = replace(self.conversation, at=self.now, choices=offered, **changes)
        self.tx.save_conversation(changed)
        return replies

    def say(self, key: str, *choices: Choice, **values: object) -> Replies:
        """Answer with one sentence of the wording, and the choices under it."""
        return self.save((self.sentence(key, *choices, **values),))

    def in_place(self, reply: Reply) -> Reply:
        """Let a reply to a tap take the place of the message that was tapped; one to written words is a new message."""
        return replace(reply, mode=Mode.EDIT) if self.message.pressed else reply

    def toast(self, key: str) -> Replies:
        """Answer with a sentence that passes: a tap changes nothing that was said."""
        said = self.sentence(key)
        return self.save((replace(said, mode=Mode.TOAST) if self.message.pressed else said,))

    def sentence(self, key: str, *choices: Choice, **values: object) -> Reply:
        """Return one sentence of the wording as a reply."""
        return Reply((paragraph(self.words(key, **values)),), choices)


def number(text: str) -> int:
    """Read the id that a button or a link carries; 0, which no row has, where it is none."""
    return int(text) if text.isdecimal() and len(text) <= 18 else 0


def choice(words: Wording, key: str, button: Button) -> Choice:
    """Make a choice labelled in the learner's language."""
    return Choice(button.id, words(f"do.{key}"))
