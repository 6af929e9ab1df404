"""What can be tapped to lead a live quiz."""

from bot.core.chat.button import Button
from bot.core.chat.command import Who
from bot.core.groups.live_words import LiveVerb


class LeadQuiz(Button, formerly=("lv",), who=Who.CHAT_ADMIN):
    """Pause, resume or stop the quiz of this number."""

    verb: LiveVerb
    number: int
