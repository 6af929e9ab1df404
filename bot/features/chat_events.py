"""What platforms tell beside messages is taken note of."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from bot.core.chat.events import ChatEvent, ChatMoved, ChatsClosed, ChatsOpened, MemberLeft, ReplySent, WhisperLost
from bot.core.chat.messages import Address, Ref, Sent
from bot.features.daily.outcomes import pause_at
from bot.features.groups import answering, settings
from bot.ports import Transaction


def note(tx: Transaction, event: ChatEvent, now: datetime) -> None:
    """Take note of an event of that moment."""
    match event:
        case ReplySent(address, ref, sent):
            _tie(tx, address, ref, sent)
        case WhisperLost(message, ref):
            answering.unheard(tx, message, ref)
        case ChatMoved(platform, old, new):
            tx.move_address(platform, old, new)
        case ChatsClosed(addresses, reason):
            _pause(tx, addresses, reason)
        case ChatsOpened(platform, chats):
            settings.reopen(tx, platform, frozenset(chats), now)
        case MemberLeft(platform, chat, user_id):
            answering.left(tx, platform, chat, user_id)
        case _:
            assert_never(event)


def _tie(tx: Transaction, address: Address, ref: Ref, sent: Sent) -> None:
    """Tie what was sent to its delivery, so that replies to it find their way back."""
    if tx.delivery(ref.delivery_id):  # whoever it was for may have asked to be forgotten since
        tx.add_posts(address, ref.delivery_id, ref.role, sent)


def _pause(tx: Transaction, addresses: Sequence[Address], reason: str) -> None:
    """Pause what is pushed to chats that are closed to the tutor now."""
    for address in addresses:
        for place in answering.addresses_in(tx, address):
            pause_at(tx, place, reason)
