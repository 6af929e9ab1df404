"""An interview tutor that lives in a chat and needs no language model."""

from bot import texts
from bot.core.language.wording import LANGUAGES, MENUS

__version__ = "0.1.0"

LANGUAGES.come_from(texts.find)
MENUS.come_from(texts.find_menus)
