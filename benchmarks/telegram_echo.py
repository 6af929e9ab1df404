"""The least bot that python-telegram-bot makes: it says back what it hears, with the library's default transport."""

from __future__ import annotations

import os

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    if update.message and update.message.text:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll until told to stop."""
    made = Application.builder().token(os.environ["ECHO_TOKEN"]).base_url(os.environ["ECHO_BASE_URL"]).build()
    made.add_handler(MessageHandler(filters.TEXT, echo))
    made.run_polling(poll_interval=0.0, timeout=50)


if __name__ == "__main__":
    main()
