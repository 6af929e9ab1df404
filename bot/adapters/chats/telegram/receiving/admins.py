"""Who may administer a group, asked of Telegram each time and never remembered."""

from __future__ import annotations

from telegram import Bot, ChatMember
from telegram.error import BadRequest, TelegramError

_ADMINS = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)


async def is_admin(bot: Bot, chat_id: int, user_id: int) -> bool:
    """Tell whether a user administers a group; False where Telegram does not say."""
    try:
        return (await bot.get_chat_member(chat_id, user_id)).status in _ADMINS
    except BadRequest:  # a group may hide its members from bots, but not who leads it
        return await _is_listed(bot, chat_id, user_id)
    except TelegramError:
        return False


async def _is_listed(bot: Bot, chat_id: int, user_id: int) -> bool:
    try:
        return any(member.user.id == user_id for member in await bot.get_chat_administrators(chat_id))
    except TelegramError:
        return False
