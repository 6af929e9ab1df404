"""What the use cases need from the world; adapters carry these names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.board import Score, TeamDay
from bot.core.cards import Card, Rating
from bot.core.document import AnswerCard, Picture
from bot.core.grading.mark import Grade
from bot.core.groups import Answered, Award, Member, Memory, StudyGroup, UnheardMark
from bot.core.live import LiveAnswer, LiveQuiz
from bot.core.messages import Address, Message, Ref, Replies, Reply, Role, Sent, Suggestion
from bot.core.records import (
    Account,
    Aid,
    Attempt,
    Cause,
    Claim,
    Contest,
    ContestKind,
    ContestState,
    Conversation,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Due,
    Grading,
    Learner,
    Miss,
    Notice,
    Owner,
    Subscription,
)
from bot.core.scheduling import Schedule

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
Suggest = Callable[[str, str], Awaitable[Sequence[Suggestion]]]
"""Offers what begins so, or answers it: (what was typed, language)."""


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


class Transaction(Protocol):
    """One atomic piece of work on the store. Every method reads or writes within it."""

    # --- replays -------------------------------------------------------------------------------
    def replies_to(self, address: Address, wire_id: str) -> Replies | None:
        """Return what a message of this id was answered with before, or None."""
        ...

    def remember_replies(
        self, address: Address, wire_id: str, replies: Replies, at: datetime, learner_id: int | None = None
    ) -> None:
        """Keep the replies to a message, so that its replay says the same and changes nothing."""
        ...

    # --- people --------------------------------------------------------------------------------
    def account(self, platform: str, user_id: str) -> Account | None:
        """Return the account of a platform's user."""
        ...

    def add_learner(
        self, platform: str, user_id: str, name: str, language: str, timezone: str, at: datetime
    ) -> tuple[Learner, Account]:
        """Create a learner with their first account."""
        ...

    def learner(self, learner_id: int) -> Learner:
        """Return a learner. Raises NotFoundError."""
        ...

    def save_learner(self, learner: Learner) -> None:
        """Write a learner's settings."""
        ...

    def rename(self, account_id: int, name: str) -> None:
        """Write the name that an account goes by now."""
        ...

    def accounts_of(self, learner_id: int) -> Sequence[Account]:
        """Return a learner's accounts, oldest first."""
        ...

    def issue_code(self, account_id: int, until: datetime) -> str:
        """Make a code that another account may redeem until then; the account's earlier one is void."""
        ...

    def account_of_code(self, code: str, now: datetime) -> Account | None:
        """Return whose code it is; None where it is nobody's, or too old."""
        ...

    def drop_code(self, account_id: int) -> None:
        """Make an account's code void."""
        ...

    def add_wrong_code(self, account_id: int, at: datetime) -> None:
        """Note that an account tried a code that is none."""
        ...

    def wrong_codes(self, account_id: int, since: datetime) -> int:
        """Return how many wrong codes an account tried since then."""
        ...

    def join(self, source: int, target: int) -> None:
        """Make all that is one learner's another's, but for subscription and cards; the first is no more."""
        ...

    def part(self, account: Account, learner: Learner, at: datetime) -> Learner:
        """Make a new learner of one account: its answers, and what was said on its platform; no cards."""
        ...

    # --- subscriptions -------------------------------------------------------------------------
    def subscription(self, owner: Owner) -> Subscription | None:
        """Return an owner's subscription."""
        ...

    def subscribe(self, owner: Owner, address: Address, schedule: Schedule, next_at: datetime) -> Subscription:
        """Create an owner's subscription, or replace it."""
        ...

    def save_subscription(self, subscription: Subscription) -> None:
        """Write a subscription."""
        ...

    def unsubscribe(self, owner: Owner) -> bool:
        """Remove an owner's subscription; tell whether there was one."""
        ...

    def subscriptions_at(self, address: Address) -> Sequence[Subscription]:
        """Return the subscriptions that push to an address."""
        ...

    def subscribed(self) -> Sequence[Address]:
        """Return every address that somebody's unpaused subscription pushes to, once."""
        ...

    def census(self) -> Mapping[str, int]:
        """Count "learners", "subscribed", "paused", "notices", and the deliveries of each state by its name."""
        ...

    def due(self, now: datetime, limit: int) -> Sequence[Due]:
        """Return the unpaused subscriptions with `next_at <= now`, earliest first."""
        ...

    def claim(self, claims: Sequence[Claim], now: datetime) -> None:
        """Write the deliveries of due subscriptions, where they have none yet, and move them on."""
        ...

    def move_address(self, platform: str, old: str, new: str) -> None:
        """Follow a chat that has a new id; what is under way there goes on."""
        ...

    # --- deliveries ----------------------------------------------------------------------------
    def add_delivery(
        self,
        owner: Owner,
        kind: DeliveryKind,
        local_date: date,
        ordinal: int,
        address: Address,
        at: datetime,
        *,
        question_id: str = "",
        reason: str = "",
        state: DeliveryState = DeliveryState.PENDING,
    ) -> Delivery | None:
        """Create a delivery; None where this owner, kind, date and ordinal already has one."""
        ...

    def delivery(self, delivery_id: int) -> Delivery | None:
        """Return a delivery."""
        ...

    def deliveries(self, owner: Owner, kind: DeliveryKind, local_date: date) -> Sequence[Delivery]:
        """Return an owner's deliveries of one date by ordinal."""
        ...

    def deliveries_on(self, owner: Owner, days: Collection[date]) -> Sequence[Delivery]:
        """Return an owner's deliveries of some dates, of every kind, in the order they were made."""
        ...

    def waiting(self, platforms: Sequence[str], now: datetime, limit: int) -> Sequence[Delivery]:
        """Return the pending deliveries of these platforms with `due_at <= now`, the latest due first."""
        ...

    def deliveries_in(self, state: DeliveryState, until: datetime, limit: int) -> Sequence[Delivery]:
        """Return deliveries that entered a state at or before a moment, and are in it still, oldest first."""
        ...

    def choose_question(self, delivery_id: int, question_id: str, reason: str) -> None:
        """Write which question a delivery asks."""
        ...

    def move_delivery(
        self,
        delivery_id: int,
        expected: DeliveryState,
        to: DeliveryState,
        at: datetime,
        *,
        due_at: datetime | None = None,
        is_repeat: bool | None = None,
        tries: int | None = None,
    ) -> bool:
        """Compare and set a delivery's state; False where it was in another. Entering SENDING counts a try.

        Args:
            due_at: not to be sent before; None leaves it.
            is_repeat: an earlier copy may have arrived; None leaves it.
            tries: how often it was tried, where that is to be another number than the states count.
        """
        ...

    def add_posts(self, address: Address, delivery_id: int, role: Role, sent: Sent) -> None:
        """Tie platform messages (and a poll) to a delivery; the same post twice is one, tied to the last."""
        ...

    def delivery_of_post(self, address: Address, message_id: str) -> Delivery | None:
        """Return the delivery that a platform message belongs to."""
        ...

    def delivery_of_poll(self, platform: str, poll_id: str) -> Delivery | None:
        """Return the delivery that a poll belongs to."""
        ...

    # --- the log -------------------------------------------------------------------------------
    def add_attempt(
        self,
        learner_id: int,
        account_id: int,
        delivery_id: int,
        question_id: str,
        text: str,
        sent_at: datetime,
        study_day: date,
        aids: frozenset[Aid],
    ) -> Attempt:
        """Append an attempt."""
        ...

    def add_grading(
        self,
        attempt_id: int,
        rubric_hash: str,
        rubric_json: str,
        grader_version: str,
        grade: Grade,
        cause: Cause,
        rating: Rating | None,
        at: datetime,
    ) -> Grading:
        """Append a grading, keeping its rubric's text."""
        ...

    def active_days(self, learner_id: int) -> Sequence[date]:
        """Return the study days on which a learner answered something, ascending; answers taken back do not count."""
        ...

    def failed_questions(self, learner_id: int) -> Sequence[str]:
        """Return the questions whose last mark is below the pass mark, the longest ago first."""
        ...

    def attempts(self, learner_id: int, delivery_id: int | None = None) -> Sequence[Attempt]:
        """Return a learner's attempts, oldest first."""
        ...

    def gradings(self, learner_id: int, question_id: str | None = None) -> Sequence[tuple[Attempt, Grading]]:
        """Return a learner's gradings with their attempts, in the order they were made."""
        ...

    def rubric(self, rubric_hash: str) -> str | None:
        """Return the JSON of a rubric that a grading was made by."""
        ...

    # --- cards ---------------------------------------------------------------------------------
    def card(self, learner_id: int, question_id: str) -> Card | None:
        """Return a learner's card of a question."""
        ...

    def cards(self, learner_id: int) -> Sequence[Card]:
        """Return all cards of a learner."""
        ...

    def save_card(self, learner_id: int, card: Card) -> None:
        """Write a card."""
        ...

    def drop_card(self, learner_id: int, question_id: str) -> None:
        """Remove a card: nothing of it is rated any more."""
        ...

    # --- conversation and misses ---------------------------------------------------------------
    def conversation(self, address: Address, learner_id: int) -> Conversation | None:
        """Return what a learner and the tutor are in the middle of."""
        ...

    def save_conversation(self, conversation: Conversation) -> None:
        """Write a conversation."""
        ...

    def add_miss(self, text: str, decision: str, concept_id: str, at: datetime) -> None:
        """Note a question that found nothing sure, without who asked."""
        ...

    # --- what was looked up, days that count, their own data ------------------------------------
    def look_up(self, learner_id: int, concept_id: str, at: datetime) -> None:
        """Note that a learner asked about a concept."""
        ...

    def looked_up(self, learner_id: int, limit: int) -> Sequence[str]:
        """Return the concepts that a learner asked about, the latest first."""
        ...

    def excuse(self, learner_id: int, days: Sequence[date]) -> None:
        """Note study days that break no streak."""
        ...

    def drop_excuses(self, learner_id: int, after: date) -> None:
        """Take back the excused days after a date."""
        ...

    def excused(self, learner_id: int) -> Sequence[date]:
        """Return the study days that break no streak."""
        ...

    def everything(self, learner_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return every row that is stored about a learner, by table."""
        ...

    def forget(self, learner_id: int, at: datetime) -> None:
        """Erase everything about a learner, and keep a keyed hash of their accounts so that nothing comes back."""
        ...

    def forget_again(self) -> int:
        """Erase whoever asked to be forgotten and is back without having written, as out of an old backup.

        Returns:
            How many that were.
        """
        ...

    def is_forgotten(self, platform: str, user_id: str) -> bool:
        """Tell whether somebody asked to be forgotten and has not written since."""
        ...

    # --- study groups --------------------------------------------------------------------------
    def group(self, group_id: int) -> StudyGroup | None:
        """Return a group."""
        ...

    def group_at(self, address: Address) -> StudyGroup | None:
        """Return the group of an address."""
        ...

    def groups_in(self, platform: str, chat: str) -> Sequence[StudyGroup]:
        """Return the groups of a chat: one for each topic that has one."""
        ...

    def groups_of(self, learner_id: int) -> Sequence[StudyGroup]:
        """Return the groups that a learner is in, oldest first."""
        ...

    def add_group(self, address: Address, title: str, language: str, at: datetime) -> StudyGroup:
        """Make the group of an address, with the usual wishes; the one that is there stays."""
        ...

    def save_group(self, group: StudyGroup) -> None:
        """Write a group's settings."""
        ...

    def member(self, group_id: int, learner_id: int) -> Member | None:
        """Return a learner's place in a group."""
        ...

    def save_member(self, member: Member) -> None:
        """Write a member, new or known."""
        ...

    def active_members(self, group_id: int, since: date) -> int:
        """Count the members whose answers counted on that day or later."""
        ...

    def group_memory(self, group_id: int, day: date, since: date) -> Mapping[str, Memory]:
        """Return what the members active since a day remember, by question."""
        ...

    def group_asked(self, group_id: int) -> Mapping[str, date]:
        """Return when each question was last asked in a group, by question."""
        ...

    def add_award(self, award: Award) -> bool:
        """Write what an answer is worth; False where the learner's answer to this delivery counts already."""
        ...

    def save_award(self, award: Award) -> None:
        """Write what an answer is worth now, and whether it may be quoted."""
        ...

    def award(self, attempt_id: int) -> Award | None:
        """Return what an attempt is worth; None where it does not count."""
        ...

    def award_for(self, delivery_id: int, learner_id: int) -> Award | None:
        """Return what a learner's answer to a delivery is worth; None where none counts."""
        ...

    def recalled_on(self, learner_id: int, day: date) -> Sequence[int]:
        """Return the points that a learner has for what was recalled alone on a study day."""
        ...

    def answered(self, delivery_id: int) -> Sequence[Answered]:
        """Return the answers to a group's question that count, in the order they came, with the marks that hold.

        What was taken back is none.
        """
        ...

    def scores(self, group_id: int, first: date, last: date) -> Sequence[Score]:
        """Return what the members gathered between two days, without those who are hidden or have left."""
        ...

    def team_days(self, group_id: int, revealing: int | None = None) -> Sequence[TeamDay]:
        """Return how a group did at its questions whose answer has been revealed, ascending.

        Args:
            revealing: the delivery of the question whose answer is being revealed now; it counts already.
        """
        ...

    def post_of(self, delivery_id: int, role: Role) -> str:
        """Return the platform's id of the first post of a delivery in a role; "" for none."""
        ...

    def add_unheard(self, group_id: int, learner_id: int, delivery_id: int, at: datetime) -> None:
        """Note that a mark could not be said to its reader alone."""
        ...

    def unheard(self, until: datetime) -> Sequence[UnheardMark]:
        """Return all that waits to be told in the groups where something has waited since a moment or longer.

        Members who are hidden are not told of: all the others would hear it.
        """
        ...

    def drop_unheard(self, group_id: int) -> None:
        """Forget what waited to be told in a group."""
        ...

    def seal(self, text: str) -> str:
        """Return a short mark that only this store can make of a text, for links that cannot be guessed."""
        ...

    # --- live quizzes --------------------------------------------------------------------------
    def live(self, group_id: int) -> LiveQuiz | None:
        """Return the latest live quiz of a group, running or over."""
        ...

    def begin_live(self, quiz: LiveQuiz) -> bool:
        """Write a new quiz of a group; False where one runs there."""
        ...

    def save_live(self, before: LiveQuiz, after: LiveQuiz) -> bool:
        """Compare and set a quiz; False where its state or its round is no longer what it was before."""
        ...

    def lives_due(self, now: datetime, limit: int) -> Sequence[LiveQuiz]:
        """Return the quizzes with `wakes_at <= now`, earliest first."""
        ...

    def live_answers(self, group_id: int, delivery_ids: Sequence[int]) -> Sequence[LiveAnswer]:
        """Return the first answer of each member to each of these deliveries, in the order they came."""
        ...

    # --- the authors' desk ---------------------------------------------------------------------
    def add_contest(
        self, kind: ContestKind, learner_id: int, attempt_id: int | None, subject: str, text: str, at: datetime
    ) -> Contest | None:
        """Open a contest; None where this attempt has one already."""
        ...

    def contest(self, contest_id: int) -> Contest | None:
        """Return a contest."""
        ...

    def contests(self, state: ContestState, limit: int) -> Sequence[Contest]:
        """Return contests in a state, oldest first."""
        ...

    def settle_contest(self, contest_id: int, to: ContestState) -> bool:
        """Move an open contest to its end; False where it is not open."""
        ...

    def add_phrase(self, question_id: str, point_id: str, phrase: str, at: datetime) -> None:
        """Accept a further phrase for a key point; the same phrase twice is one."""
        ...

    def phrases(self, question_id: str | None = None) -> Sequence[tuple[str, str, str]]:
        """Return (question id, point id, phrase) of what was accepted beside the pack, oldest first."""
        ...

    def attempt(self, attempt_id: int) -> Attempt | None:
        """Return an attempt."""
        ...

    def attempts_at(self, question_id: str) -> Sequence[Attempt]:
        """Return everybody's attempts at a question, oldest first."""
        ...

    def add_notice(self, address: Address, reply: Reply, at: datetime, learner_id: int | None = None) -> None:
        """Put a message into the outbox."""
        ...

    def notices(self, platforms: Sequence[str], limit: int) -> Sequence[Notice]:
        """Return what waits in the outbox for these platforms, oldest first."""
        ...

    def drop_notice(self, notice_id: int) -> bool:
        """Take a notice out of the outbox; False where it is gone already."""
        ...

    def misses(self, limit: int) -> Sequence[Miss]:
        """Return the newest misses."""
        ...


class Store(Protocol):
    """Where everything is kept."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin a transaction that commits when the block ends and rolls back when it raises."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...
