"""Keeps a token out of every log line and every logged traceback."""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType

HIDDEN = "(hidden)"
_CHATTY = ("httpx", "httpcore", "telegram", "aiohttp.access")


class Redaction(logging.Filter):
    """Replaces a secret wherever a record would show it."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        # Libraries also show what follows the colon on its own, and the token percent-encoded.
        self._shapes = tuple(dict.fromkeys((secret, secret.replace(":", "%3A"), secret.partition(":")[2] or secret)))

    def clean(self, text: str) -> str:
        """Return a text without the secret."""
        for shape in self._shapes:
            text = text.replace(shape, HIDDEN)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean a record; it always passes."""
        record.msg, record.args = self.clean(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        return True


def hide(secret: str) -> None:
    """Keep a secret out of everything that is logged or printed from now on, and quiet libraries that log addresses."""
    redaction = Redaction(secret)
    for handler in logging.getLogger().handlers:
        handler.addFilter(redaction)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.stderr.write(redaction.clean("".join(traceback.format_exception(kind, error, trace))))

    sys.excepthook = hook
