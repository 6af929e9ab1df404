"""What can be tapped in a study group."""

from bot.core.chat.button import Button
from bot.core.chat.command import Who
from bot.core.groups.leaderboard import Period


class AnswerAlone(Button, formerly=("gq",)):
    """Answer the question of a group in private."""

    delivery_id: int


class MayQuote(Button, formerly=("bw",)):
    """Let the group read an answer."""

    attempt_id: int


class GroupSetting(Button, formerly=("gs",), who=Who.CHAT_ADMIN):
    """Set a group up as these words wish."""

    words: str


class ShowBoard(Button, formerly=("lb",)):
    """Show the board of a group."""

    group_id: int
    period: Period
