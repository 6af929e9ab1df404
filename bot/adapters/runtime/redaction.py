"""Keeps tokens out of every log line and every logged traceback."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from types import TracebackType

HIDDEN = "(hidden)"
_CHATTY = ("httpx", "httpcore", "telegram", "aiohttp.access", "discord.http", "discord.webhook")
_PASSING = re.compile(r"(/(?:interactions|webhooks)/\d+/)[\w.-]+")
"""What Discord gives for a quarter of an hour, within addresses."""


class Redaction(logging.Filter):
    """Replaces secrets wherever a record would show them."""

    def __init__(self, *secrets: str) -> None:
        super().__init__()
        self._shapes = tuple(dict.fromkeys(shape for secret in secrets if secret for shape in _shapes(secret)))

    def clean(self, text: str) -> str:
        """Return a text without the secrets."""
        for shape in self._shapes:
            text = text.replace(shape, HIDDEN)
        return _PASSING.sub(rf"\1{HIDDEN}", text)

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean a record; it always passes."""
        record.msg, record.args = self.clean(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        return True


def _shapes(secret: str) -> tuple[str, ...]:
    """Return what libraries show of a secret: all of it, percent-encoded, what follows the colon."""
    return secret, secret.replace(":", "%3A"), secret.partition(":")[2] or secret


def hide(*secrets: str) -> None:
    """Keep secrets out of everything that is logged or printed from now on; quiet libraries that log addresses."""
    redaction = Redaction(*secrets)
    for handler in logging.getLogger().handlers:
        handler.addFilter(redaction)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(redaction.clean("".join(traceback.format_exception(kind, error, trace))))

    sys.excepthook = hook
