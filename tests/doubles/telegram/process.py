"""The bot process, pointed at the double."""

from __future__ import annotations

from pathlib import Path

from tests.doubles.process import Process
from tests.doubles.telegram.people import Telegram
from tests.doubles.telegram.server import TOKEN


class BotProcess(Process):
    """The bot on Telegram; settings of a test's own win."""

    def __init__(self, telegram: Telegram, folder: Path, *arguments: str, **settings: str) -> None:
        self.telegram = telegram
        there = {"TUTOR_TELEGRAM_TOKEN": TOKEN, "TUTOR_TELEGRAM_BASE_URL": telegram.base_url}
        super().__init__(folder, *arguments, **(there | settings))
