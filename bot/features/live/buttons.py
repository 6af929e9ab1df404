"""What can be tapped to lead a live quiz."""

from dataclasses import dataclass

from bot.core.chat.button import Button
from bot.core.chat.command import Who
from bot.core.groups.live_words import LiveVerb


@dataclass(frozen=True, slots=True)
class LeadQuiz(Button):
    """Pause, resume or stop the quiz of this number."""

    verb: LiveVerb
    number: int
    formerly = ("lv",)
    who = Who.CHAT_ADMIN
