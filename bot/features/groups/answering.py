"""A member answers the question of a group: alone or before all, and hears the mark alone."""

from dataclasses import replace

from bot.core.chat.messages import Address, Audience, Choice, Message, Mode, Ref, Replies, Reply, Role
from bot.core.content.document import paragraph
from bot.core.content.library import Question
from bot.core.grading import Grade
from bot.core.groups.group import Award
from bot.core.groups.reveal import QUOTED_FROM
from bot.core.records.records import Delivery, OwnerKind
from bot.features.groups import awarding, daily_question
from bot.features.groups.buttons import MayQuote
from bot.features.groups.leaderboards import said, title_of
from bot.features.studying import feedback
from bot.features.turn import Turn, choice, number
from bot.ports import Transaction

WHOLE, PASSED, NOT_YET = "💯", "👍", "🤔"
"""The mark as everybody may see it."""


def is_groups(delivery: Delivery) -> bool:
    """Tell whether a delivery belongs to a group."""
    return delivery.owner.kind is OwnerKind.GROUP


def may_act(turn: Turn, delivery: Delivery) -> bool:
    """Tell whether the sender may have help with a delivery, and pass or show it: their own, or their group's."""
    if not is_groups(delivery):
        return delivery.owner == turn.owner
    is_alone = turn.message.is_direct or turn.message.is_unseen
    member = turn.tx.member(delivery.owner.id, turn.learner.id)
    return is_alone and member is not None


def joined(turn: Turn, delivery: Delivery) -> None:
    """Whoever has something to say to a group's question is a member of it."""
    group = awarding.group_of(turn.tx, delivery)
    if group:
        awarding.join(turn, group)


def open_alone(turn: Turn, target: str) -> Replies:
    """Put a group's question to one of its members in the private chat: the link under it was followed."""
    number_text, _, seal = target.partition("_")
    delivery = turn.tx.delivery(number(number_text))
    group = awarding.group_of(turn.tx, delivery) if delivery else None
    asked = turn.knowledge.library.questions.get(delivery.question_id) if delivery else None
    if delivery is None or group is None or asked is None or seal != turn.tx.seal(f"q {delivery.id}"):
        return turn.say("stale")
    if not turn.message.is_direct:
        return turn.say("group.answer-alone", command=f"/start q_{target}")
    awarding.join(turn, group)
    reply = feedback.question(turn.words, turn.knowledge.library, asked, delivery)
    standing = turn.words(_standing(turn, delivery), group=title_of(group, turn.words))
    blocks = (*reply.blocks, said(standing))
    choices = feedback.help_choices(turn.words, delivery.id, has_hint=bool(asked.hint))
    reply = replace(reply, blocks=blocks, choices=choices)
    return turn.save((reply,), delivery_id=delivery.id, concept_id="", aids=frozenset())


def _standing(turn: Turn, delivery: Delivery) -> str:
    """Return the key of the sentence that says what an answer would be worth now."""
    if turn.tx.award_for(delivery.id, turn.learner.id):
        return "group.answered-before"
    is_late = awarding.is_revealed(turn.tx, delivery)
    return "group.too-late" if is_late else "group.counts"


def ask_alone(turn: Turn, delivery_id: int) -> Replies:
    """Say how to answer alone where a tap could not open the private chat."""
    delivery = turn.tx.delivery(delivery_id)
    if delivery is None or not is_groups(delivery):
        return turn.say("stale")
    link = daily_question.answer_choice(turn.tx, turn.words, delivery).opens
    reply = turn.sentence("group.answer-alone", command=f"/start {link}")
    return turn.save((replace(reply, audience=Audience.WHISPER),))


def told(turn: Turn, delivery: Delivery, grade: Grade | None, replies: Replies) -> Replies:
    """Say a mark to its reader alone; the others see no more than how it went, where they saw the answer.

    A vote in a group's poll comes as from the voter's private chat, and is told alone too.

    Args:
        grade: None where nothing was marked.
    """
    if not is_groups(delivery) or (turn.message.is_direct and not turn.message.is_unseen):
        return replies
    ref = Ref(delivery.id, Role.FEEDBACK)
    if grade and _came_late(turn, delivery):
        first, *others = replies
        note = paragraph(turn.words("group.came-late"))
        replies = (replace(first, blocks=(*first.blocks, note)), *others)
    alone = tuple(replace(reply, audience=Audience.WHISPER, ref=ref) for reply in replies)
    if turn.message.is_unseen:
        return alone
    sign = emoji(grade.fraction) if grade else NOT_YET
    return (Reply((paragraph(sign),), mode=Mode.REACTION), *alone)


def _came_late(turn: Turn, delivery: Delivery) -> bool:
    """Tell whether the answer was revealed before the sender had any."""
    return awarding.is_revealed(turn.tx, delivery) and not turn.tx.award_for(delivery.id, turn.learner.id)


def emoji(fraction: float) -> str:
    """Return the mark as everybody may see it."""
    return WHOLE if fraction >= 1 else PASSED if Grade(fraction, ()).has_passed else NOT_YET


def quoting(turn: Turn, asked: Question, award: Award | None, grade: Grade) -> tuple[Choice, ...]:
    """Ask for the leave to show a good wording to the group."""
    if award is None or award.group_id is None or not asked.has_wording or grade.fraction < QUOTED_FROM:
        return ()
    return (choice(turn.words, "quote", MayQuote(award.attempt_id)),)


def may_quote(turn: Turn, attempt_id: int) -> Replies:
    """Take the leave to show an answer to the group when its question is revealed."""
    award = turn.tx.award(attempt_id)
    if award is None or award.learner_id != turn.learner.id or award.group_id is None:
        return turn.toast("stale")
    turn.tx.save_award(replace(award, is_quotable=True))
    return turn.toast("group.may-quote")


# --- what the platforms tell -----------------------------------------------------------------------


def unheard(tx: Transaction, message: Message, ref: Ref) -> None:
    """Note that a mark could not be said to its reader alone: the group is told the bare mark in a while."""
    delivery = tx.delivery(ref.delivery_id)
    account = tx.account(message.address.platform, message.sender.user_id)
    if delivery and account and is_groups(delivery) and tx.award_for(delivery.id, account.learner_id):
        tx.add_unheard(delivery.owner.id, account.learner_id, delivery.id, message.sent_at)


def left(tx: Transaction, platform: str, chat: str, user_id: str) -> None:
    """Note that somebody is no longer in a chat."""
    account = tx.account(platform, user_id)
    for group in tx.groups_in(platform, chat):
        member = tx.member(group.id, account.learner_id) if account else None
        if member:
            tx.save_member(replace(member, has_left=True))


def addresses_in(tx: Transaction, address: Address) -> tuple[Address, ...]:
    """Return an address with those of all groups in its chat: what closes a chat closes its topics too."""
    groups = tx.groups_in(address.platform, address.chat) if not address.thread else ()
    return tuple(dict.fromkeys((address, *(group.address for group in groups))))
