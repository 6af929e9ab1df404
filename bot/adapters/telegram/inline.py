"""Inline mode: what the tutor suggests for a few typed words -> results that anybody can send into any chat."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.adapters.telegram.render import render
from bot.adapters.telegram.sending import NO_PREVIEW
from bot.core.messages import Suggestion
from bot.core.wording import Wording

log = logging.getLogger(__name__)
CACHE_S = 300
MAX_RESULTS = 20
_DEEP = re.compile(r"[A-Za-z0-9_-]{1,62}")


def results(suggestions: Iterable[Suggestion], username: str, words: Wording) -> Iterator[InlineQueryResultArticle]:
    """Make results of suggestions; each can be followed into the bot."""
    for number, suggestion in enumerate(suggestions):
        pieces = render(suggestion.reply, None)
        if not pieces or not pieces[0].text:
            continue
        yield InlineQueryResultArticle(
            id=f"{number}-{suggestion.concept_id}"[:64],
            title=suggestion.title,
            description=suggestion.description,
            input_message_content=InputTextMessageContent(
                pieces[0].text, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
            ),
            reply_markup=_follow(suggestion.concept_id, username, words),
        )


def _follow(concept_id: str, username: str, words: Wording) -> InlineKeyboardMarkup | None:
    if not _DEEP.fullmatch(concept_id):
        return None
    url = f"https://t.me/{username}?start=c_{concept_id}"
    return InlineKeyboardMarkup([[InlineKeyboardButton(words("do.follow"), url=url)]])


async def answer(query: InlineQuery, offered: Iterable[InlineQueryResultArticle]) -> None:
    """Answer a query; one that expired while its author typed on is no fault."""
    try:
        await query.answer(list(offered)[:MAX_RESULTS], cache_time=CACHE_S, is_personal=True)
    except TelegramError as error:
        log.info("an inline query was not answered: %s", error.message)
