"""A learner says which language the tutor speaks with them."""

from dataclasses import replace

from bot.core.chat.messages import Replies
from bot.core.language.wording import LANGUAGES
from bot.features.turn import Turn


def speak(turn: Turn, argument: str) -> Replies:
    """Take a language: "zh" or "en"."""
    language = argument.lower()
    if language not in LANGUAGES:
        choices = turn.words("either.join").join(f"/language {each}" for each in LANGUAGES)
        return turn.say("language.usage", choices=choices)
    learner = replace(turn.learner, language=language)
    turn.tx.save_learner(learner)
    return replace(turn, learner=learner).say("language.set")
