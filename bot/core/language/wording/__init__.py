"""Every sentence the tutor says, by key and language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.language.wording import en, en_groups, en_live, en_owners, zh, zh_groups, zh_live, zh_owners

_CHINESE: Final[Mapping[str, str]] = {**zh.TEXTS, **zh_groups.TEXTS, **zh_live.TEXTS, **zh_owners.TEXTS}
_ENGLISH: Final[Mapping[str, str]] = {**en.TEXTS, **en_groups.TEXTS, **en_live.TEXTS, **en_owners.TEXTS}
LANGUAGES: Final[Mapping[str, Mapping[str, str]]] = {"zh": _CHINESE, "en": _ENGLISH}


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language.

    Attributes:
        language: "zh" or "en"; anything else speaks Chinese.
    """

    language: str = "zh"

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence of a key with its values filled in.

        Raises:
            KeyError: no such key, or a value is missing; a programming fault.
        """
        return LANGUAGES.get(self.language, _CHINESE)[key].format(**values)

    def listed(self, items: Iterable[object]) -> str:
        """Return items in a row, joined as the language joins them."""
        return self("list.join").join(str(item) for item in items)

    def all_of(self, key: str) -> tuple[str, ...]:
        """Return the sentences key.1, key.2 and so on."""
        texts = LANGUAGES.get(self.language, _CHINESE)
        return tuple(text for name, text in texts.items() if re.fullmatch(rf"{re.escape(key)}\.\d+", name))

    def has(self, key: str) -> bool:
        """Tell whether a key has a sentence."""
        return key in _CHINESE
