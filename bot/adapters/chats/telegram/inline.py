"""Inline mode: what the tutor suggests for a few typed words -> results that anybody can send into any chat."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedPhoto,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.adapters.chats.telegram.keyboard import link_to
from bot.adapters.chats.telegram.sending.faults import says
from bot.adapters.chats.telegram.sending.sender import Sender
from bot.core.chat.messages import Suggestion
from bot.core.language.wording import Wording

log = logging.getLogger(__name__)
CACHE_S = 300
MAX_RESULTS = 20
_DEEP = re.compile(r"[A-Za-z0-9_-]{1,62}")


async def results(
    suggestions: Iterable[Suggestion], sender: Sender, username: str, words: Wording, *, has_pictures: bool = True
) -> list[InlineQueryResult]:
    """Make results of suggestions, with their figure where Telegram has it; each can be followed into the bot."""
    made: list[InlineQueryResult] = []
    for suggestion in suggestions:
        text, file_id = await sender.offered(suggestion.reply)
        follow = _follow(suggestion.concept_id, username, words)
        if text:
            shown = file_id if has_pictures else ""
            made.append(_result(f"{len(made)}-{suggestion.concept_id}"[:64], suggestion, text, shown, follow))
    return made


def _result(
    result_id: str, suggestion: Suggestion, text: str, file_id: str, follow: InlineKeyboardMarkup | None
) -> InlineQueryResult:
    if file_id:
        return InlineQueryResultCachedPhoto(
            result_id,
            file_id,
            title=suggestion.title,
            description=suggestion.description,
            caption=text,
            parse_mode=ParseMode.HTML,
            show_caption_above_media=True,
            reply_markup=follow,
        )
    content = InputTextMessageContent(
        text, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(
        result_id, suggestion.title, content, description=suggestion.description, reply_markup=follow
    )


def _follow(concept_id: str, username: str, words: Wording) -> InlineKeyboardMarkup | None:
    if not _DEEP.fullmatch(concept_id):
        return None
    url = link_to(username, f"c_{concept_id}")
    return InlineKeyboardMarkup([[InlineKeyboardButton(words("do.follow"), url=url)]])


async def answer(query: InlineQuery, offered: Sequence[InlineQueryResult]) -> bool:
    """Answer a query; one that expired while its author typed on is no fault.

    Returns:
        False where Telegram does not know a picture any more: then the words alone are to be offered.
    """
    try:
        await query.answer(offered[:MAX_RESULTS], cache_time=CACHE_S, is_personal=True)
    except BadRequest as error:
        log.info("an inline query was not answered: %s", error.message)
        return not says(error, "document_invalid", "file")
    except TelegramError as error:
        log.info("an inline query was not answered: %s", error.message)
    return True
