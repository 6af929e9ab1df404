"""What is shown to whoever tapped a button, and to nobody else."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from telegram import CallbackQuery
from telegram.error import BadRequest, TelegramError

from bot.adapters.chats.telegram.sending.faults import says
from bot.adapters.chats.telegram.sending.sender import plain
from bot.adapters.rendering.payload import Payload
from bot.adapters.rendering.plain_text import units

log = logging.getLogger(__name__)
MAX_TOAST, MAX_FLEETING = 200, 60
"""UTF-16 units of a toast; a longer one than the second stays until it is closed by hand."""


def words(payloads: Sequence[Payload]) -> str:
    """Return what a toast would say of a reply: its first message as plain text."""
    return plain(payloads[0].text) if payloads else ""


def says_all(payloads: Sequence[Payload]) -> bool:
    """Tell whether a toast holds a whole reply."""
    is_text = len(payloads) <= 1 and not any(payload.images or payload.file for payload in payloads)
    return is_text and units(words(payloads)) <= MAX_TOAST


def shortened(text: str) -> str:
    """Return as many whole lines as a toast holds, or as much of the first one."""
    while units(text) > MAX_TOAST and "\n" in text:
        text = text.rpartition("\n")[0].rstrip()
    while units(text) > MAX_TOAST:
        text = text[: -max(1, (units(text) - MAX_TOAST) // 2)]
    return text


async def close(query: CallbackQuery, toast: str) -> None:
    """Answer a tap, so that its button stops turning; one that has expired, or was answered, is let be."""
    try:
        await query.answer(toast or None, show_alert=len(toast) > MAX_FLEETING)
    except BadRequest as error:
        if not says(error, "query is too old"):
            log.warning("a tap could not be answered: %s", error.message)
    except TelegramError as error:
        log.info("a tap could not be answered: %s", error.message)
