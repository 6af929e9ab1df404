"""One learner on two platforms: a code from one side redeemed on the other joins them, `/unlink` parts them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from bot.core.chat.messages import Audience, Replies
from bot.core.records.records import Account, Conversation, Learner, Owner, OwnerKind
from bot.features.studying.recording import refold
from bot.features.turn import Visit
from bot.ports import Transaction

CODE_LASTS = timedelta(minutes=10)
MAX_WRONG = 5
WRONG_LASTS = timedelta(hours=1)


def link(visit: Visit, argument: str) -> Replies:
    """Give a code, or redeem the other side's."""
    code = "".join(argument.split()).replace("-", "").upper()
    if not code:
        made = visit.tx.issue_code(visit.account.id, visit.now + CODE_LASTS)
        return _privately(visit, "link.code", code=made)
    if visit.tx.wrong_codes(visit.account.id, visit.now - WRONG_LASTS) >= MAX_WRONG:
        return _privately(visit, "link.too-many")
    other = visit.tx.account_of_code(code, visit.now)
    if other is None:
        visit.tx.add_wrong_code(visit.account.id, visit.now)
        return _privately(visit, "link.wrong")
    return _redeem(visit, other)


def unlink(visit: Visit, _: str) -> Replies:
    """Make a learner of their own of the account that asks."""
    if len(visit.tx.accounts_of(visit.learner.id)) < 2:
        return _privately(visit, "unlink.none")
    before = visit.learner
    alone = visit.tx.part(visit.account, before, visit.now)
    subscription = visit.tx.subscription(visit.owner)
    if subscription and subscription.address.platform == visit.account.platform:
        _hand_subscription(visit.tx, before, alone)
    for question_id in _questions(visit.tx, alone):
        refold(visit.tx, before.id, question_id)
        refold(visit.tx, alone.id, question_id)
    return _privately(_as(visit, alone), "unlink.done")


def _redeem(visit: Visit, other: Account) -> Replies:
    if other.id == visit.account.id:
        return _privately(visit, "link.own")
    if other.learner_id == visit.learner.id:
        return _privately(visit, "link.already")
    platforms = {account.platform for account in visit.tx.accounts_of(visit.learner.id)}
    if platforms & {account.platform for account in visit.tx.accounts_of(other.learner_id)}:
        return _privately(visit, "link.same-platform")
    visit.tx.drop_code(other.id)
    kept = visit.tx.learner(other.learner_id)
    _join(visit.tx, visit.learner, kept)
    subscription = visit.tx.subscription(Owner(OwnerKind.LEARNER, kept.id))
    key = "link.done.daily" if subscription else "link.done"
    place = subscription.address.platform.title() if subscription else ""
    return _privately(_as(visit, kept), key, platform=place)


def _join(tx: Transaction, source: Learner, target: Learner) -> None:
    """Make one learner of two; the subscription of the side that gave the code holds, if it has one."""
    if tx.subscription(Owner(OwnerKind.LEARNER, target.id)):
        tx.unsubscribe(Owner(OwnerKind.LEARNER, source.id))
    else:
        _hand_subscription(tx, source, target)
    tx.join(source.id, target.id)
    for question_id in _questions(tx, target):
        refold(tx, target.id, question_id)


def _hand_subscription(tx: Transaction, source: Learner, target: Learner) -> None:
    given = Owner(OwnerKind.LEARNER, source.id)
    found = tx.subscription(given)
    if found is None:
        return
    tx.unsubscribe(given)
    made = tx.subscribe(Owner(OwnerKind.LEARNER, target.id), found.address, found.schedule, found.next_at)
    tx.save_subscription(replace(found, id=made.id, owner=made.owner))


def _questions(tx: Transaction, learner: Learner) -> list[str]:
    """Return what a learner has ever answered, each once."""
    answered = defaultdict(list)
    for made in tx.attempts(learner.id):
        answered[made.question_id].append(made.id)
    return list(answered)


def _as(visit: Visit, learner: Learner) -> Visit:
    """Return the visit as another learner's: of the one that the account belongs to now."""
    known = visit.tx.conversation(visit.message.address, learner.id)
    conversation = known or Conversation(visit.message.address, learner.id, visit.now)
    account = replace(visit.account, learner_id=learner.id)
    return replace(visit, learner=learner, account=account, conversation=conversation)


def _privately(visit: Visit, key: str, **values: object) -> Replies:
    return visit.save((replace(visit.sentence(key, **values), audience=Audience.PRIVATE),))
