"""What can be tapped in a study group."""

from dataclasses import dataclass

from bot.core.chat.button import Button
from bot.core.chat.command import Who
from bot.core.groups.leaderboard import Period


@dataclass(frozen=True, slots=True)
class AnswerAlone(Button):
    """Answer the question of a group in private."""

    delivery_id: int
    formerly = ("gq",)


@dataclass(frozen=True, slots=True)
class MayQuote(Button):
    """Let the group read an answer."""

    attempt_id: int
    formerly = ("bw",)


@dataclass(frozen=True, slots=True)
class GroupSetting(Button):
    """Set a group up as these words wish."""

    words: str
    formerly = ("gs",)
    who = Who.CHAT_ADMIN


@dataclass(frozen=True, slots=True)
class ShowBoard(Button):
    """Show the board of a group."""

    group_id: int
    period: Period
    formerly = ("lb",)
