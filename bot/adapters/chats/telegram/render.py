"""Reply -> Telegram's HTML."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

from bot.adapters.rendering.dialect import visible
from bot.adapters.rendering.packing import MARK, payloads
from bot.adapters.rendering.payload import Payload
from bot.adapters.rendering.plain_text import units
from bot.core.chat.messages import Reply
from bot.core.content.document import Text
from bot.ports import Typesetter

LIMIT: Final = 4096
"""UTF-16 units of a message, after its markup is read."""
CAPTION_LIMIT: Final = 1024
MAX_ENTITIES: Final = 100

_LINK = re.compile(r"https?://[^\s<>\"]{1,1000}$")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#-]{1,20}$")


def render(reply: Reply, typesetter: Typesetter | None) -> tuple[Payload, ...]:
    """Write a reply as messages of Telegram's HTML; a text belongs above its images.

    Args:
        typesetter: makes pictures of formulas, figures and cards, and may block for a second each;
            without it they are text.
    """
    return payloads(reply, _Html(), typesetter)


class _Html:
    """Telegram's HTML. Code cannot stand within other markup there, nor quotations in quotations."""

    limit = LIMIT - MARK
    caption_limit = CAPTION_LIMIT
    max_entities = MAX_ENTITIES
    bullet = "• "
    indent = "\u2003"
    has_alt = False

    def size(self, markup: str) -> int:
        """Count UTF-16 units of what is left when tags are gone."""
        return units(unescape(re.sub(r"<[^>]*>", "", markup)))

    def entities(self, markup: str) -> int:
        """Count closing tags."""
        return markup.count("</")

    def literal(self, text: str) -> str:
        """Escape what HTML reads."""
        return escape(visible(text), quote=False)

    def guarded(self, markup: str) -> str:
        """Return it as it is: no line is markup by its beginning."""
        return markup

    def styled(self, span: Text) -> str:
        """Wrap a run in its tags; code takes no others."""
        text = self.literal(span.text)
        if not span.text.strip():
            return text
        if span.code:
            return f"<code>{text}</code>"
        text = f"<i>{text}</i>" if span.italic else text
        text = f"<b>{text}</b>" if span.bold else text
        if span.href and _LINK.match(span.href):
            return f'<a href="{escape(span.href)}">{text}</a>'
        return text

    def heading(self, markup: str, level: int) -> str:
        """Write bold; a main heading is underlined by nothing but its place."""
        return f"<b>{markup}</b>" if level <= 2 or not markup else f"<b><i>{markup}</i></b>"

    def small(self, markup: str) -> str:
        """Write italic."""
        return f"<i>{markup}</i>" if markup else ""

    def code(self, text: str, language: str = "") -> str:
        """Write a block of code, coloured where the language is named."""
        inner = self.literal(text)
        if _LANGUAGE.match(language):
            return f'<pre><code class="language-{language}">{inner}</code></pre>'
        return f"<pre>{inner}</pre>"

    def quote(self, markup: str, *, is_folded: bool = False) -> str:
        """Write a quotation."""
        return f"<blockquote{' expandable' if is_folded else ''}>{markup}</blockquote>"

    def spoiler(self, markup: str) -> str:
        """Cover the text."""
        return f"<tg-spoiler>{markup}</tg-spoiler>"
