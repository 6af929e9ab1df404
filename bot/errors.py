"""Every error the program raises on purpose.

TutorError
├── SettingsError        a TUTOR_ variable is wrong; the operator mends it
├── ContentError         one or more faults in the content; the author mends them
├── StoreError           the database cannot be opened, or is of another version
├── DeliveryError        a platform did not take a message; trying again later may help
│   ├── UncertainError   no answer came back: it may have arrived
│   ├── RateLimitError   the platform asks this chat to wait
│   ├── GoneError        the chat is closed to the bot: blocked, kicked, deleted
│   └── MovedError       the chat lives on under another id
└── NotFoundError        an id that nothing carries
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TutorError(Exception):
    """The root: its message states the fact, the place and the next step."""


class SettingsError(TutorError):
    """A setting is missing, unknown or has a value that is not allowed."""


class StoreError(TutorError):
    """The database cannot be used as it is."""


class DeliveryError(TutorError):
    """A platform did not take a message; trying again later may help."""


class UncertainError(DeliveryError):
    """No answer came back: the message may have arrived, so that sending it again may double it."""


class RateLimitError(DeliveryError):
    """The platform asks this chat to wait.

    Attributes:
        retry_after_s: how long, in seconds, as the platform says.
    """

    def __init__(self, message: str, retry_after_s: float) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(message)


class GoneError(DeliveryError):
    """The chat is closed to the bot until somebody opens it again: blocked, kicked, deleted, direct messages off.

    Attributes:
        reason: the platform's word for it, kept with the paused subscription.
    """

    def __init__(self, message: str, reason: str) -> None:
        self.reason = reason
        super().__init__(message)


class MovedError(DeliveryError):
    """The chat lives on under another id: a Telegram group became a supergroup.

    Attributes:
        chat: the new id.
    """

    def __init__(self, message: str, chat: str) -> None:
        self.chat = chat
        super().__init__(message)


class NotFoundError(TutorError):
    """An id names nothing."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong in a content file.

    Attributes:
        path: file, relative to the content folder where possible.
        line: 1-based line; 1 where the whole file is meant.
        what: the fact.
        mend: what the author should do about it.
        is_warning: a warning is printed and counted, yet the pack loads.
    """

    path: str
    line: int
    what: str
    mend: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}: {self.mend}"


class ContentError(TutorError):
    """The content does not load; carries every fault, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(str(fault) for fault in self.faults))
