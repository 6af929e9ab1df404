"""An interview tutor that lives in a chat and needs no language model."""

from bot import texts
from bot.core.language.wording import LANGUAGES

__version__ = "0.1.0"

LANGUAGES.come_from(texts.find)
