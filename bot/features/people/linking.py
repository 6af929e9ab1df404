"""One learner on two platforms: a code from one side redeemed on the other joins them, `/unlink` parts them."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from bot.core.chat.messages import Audience, Replies
from bot.core.records.records import Account, Conversation, Learner
from bot.features.studying.recording import refold
from bot.features.turn import Turn
from bot.ports import Transaction

CODE_LASTS = timedelta(minutes=10)
MAX_WRONG = 5
WRONG_LASTS = timedelta(hours=1)


def link(turn: Turn, argument: str) -> Replies:
    """Give a code, or redeem the other side's."""
    code = "".join(argument.split()).replace("-", "").upper()
    if not code:
        made = turn.tx.issue_code(turn.account.id, turn.now + CODE_LASTS)
        return _privately(turn, "link.code", code=made)
    if turn.tx.wrong_codes(turn.account.id, turn.now - WRONG_LASTS) >= MAX_WRONG:
        return _privately(turn, "link.too-many")
    other = turn.tx.account_of_code(code, turn.now)
    if other is None:
        turn.tx.add_wrong_code(turn.account.id, turn.now)
        return _privately(turn, "link.wrong")
    return _redeem(turn, other)


def unlink(turn: Turn) -> Replies:
    """Make a learner of their own of the account that asks."""
    if len(turn.tx.accounts_of(turn.learner.id)) < 2:
        return _privately(turn, "unlink.none")
    before = turn.learner
    alone = turn.tx.part(turn.account, before, turn.now)
    subscription = turn.tx.subscription(turn.owner)
    if subscription and subscription.address.platform == turn.account.platform:
        _hand_subscription(turn.tx, before, alone)
    for question_id in _questions(turn.tx, alone):
        refold(turn.tx, before.id, question_id)
        refold(turn.tx, alone.id, question_id)
    return _privately(_as(turn, alone), "unlink.done")


def _redeem(turn: Turn, other: Account) -> Replies:
    if other.id == turn.account.id:
        return _privately(turn, "link.own")
    if other.learner_id == turn.learner.id:
        return _privately(turn, "link.already")
    platforms = {account.platform for account in turn.tx.accounts_of(turn.learner.id)}
    if platforms & {account.platform for account in turn.tx.accounts_of(other.learner_id)}:
        return _privately(turn, "link.same-platform")
    turn.tx.drop_code(other.id)
    kept = turn.tx.learner(other.learner_id)
    _join(turn.tx, turn.learner, kept)
    subscription = turn.tx.subscription(kept.owner)
    key = "link.done.daily" if subscription else "link.done"
    place = subscription.address.platform.title() if subscription else ""
    return _privately(_as(turn, kept), key, platform=place)


def _join(tx: Transaction, source: Learner, target: Learner) -> None:
    """Make one learner of two; the subscription of the side that gave the code holds, if it has one."""
    if tx.subscription(target.owner):
        tx.unsubscribe(source.owner)
    else:
        _hand_subscription(tx, source, target)
    tx.join(source.id, target.id)
    for question_id in _questions(tx, target):
        refold(tx, target.id, question_id)


def _hand_subscription(tx: Transaction, source: Learner, target: Learner) -> None:
    given = source.owner
    found = tx.subscription(given)
    if found is None:
        return
    tx.unsubscribe(given)
    made = tx.subscribe(target.owner, found.address, found.schedule, found.next_at)
    tx.save_subscription(replace(found, id=made.id, owner=made.owner))


def _questions(tx: Transaction, learner: Learner) -> list[str]:
    """Return what a learner has ever answered, each once."""
    answered = defaultdict(list)
    for made in tx.attempts(learner.id):
        answered[made.question_id].append(made.id)
    return list(answered)


def _as(turn: Turn, learner: Learner) -> Turn:
    """Return the turn as another learner's: of the one that the account belongs to now."""
    known = turn.tx.conversation(turn.message.address, learner.id)
    conversation = known or Conversation(turn.message.address, learner.id, turn.now)
    account = replace(turn.account, learner_id=learner.id)
    return replace(turn, learner=learner, account=account, conversation=conversation)


def _privately(turn: Turn, key: str, **values: object) -> Replies:
    return turn.save((replace(turn.sentence(key, **values), audience=Audience.PRIVATE),))
