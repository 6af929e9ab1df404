"""Reply -> Discord's Markdown."""

from __future__ import annotations

import re
from typing import Final

from bot.adapters.rendering.dialect import visible
from bot.adapters.rendering.packing import MARK, payloads
from bot.adapters.rendering.payload import Payload
from bot.adapters.rendering.plain_text import units
from bot.core.chat.messages import Reply
from bot.core.content.document import Text
from bot.ports import Typesetter

LIMIT: Final = 3500
"""Characters of a payload: a container of components takes 4,000, some of them for buttons and titles."""

_SPECIAL = re.compile(r"([\\`*_~|<>\[\]@])")
_LINE_START = re.compile(r"^([ \t]*)(#|-|\+|>|\d+(?=[.)]))(?=[\s.)#]|$)", re.MULTILINE)
_LINK = re.compile(r"https?://[^\s<>()\"\\]{1,1000}$")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#-]{1,20}$")


def render(reply: Reply, typesetter: Typesetter | None) -> tuple[Payload, ...]:
    """Write a reply as payloads of Discord's Markdown; a text belongs above its images.

    Args:
        typesetter: makes pictures of formulas, figures and cards, and may block for a second each;
            without it they are text.
    """
    return payloads(reply, _Markdown(), typesetter)


class _Markdown:
    """Discord's Markdown: every sign that it reads is escaped in what people wrote."""

    limit = LIMIT - MARK
    caption_limit = LIMIT - MARK
    max_entities = 10_000
    bullet = "- "
    indent = "  "
    has_alt = True

    def size(self, markup: str) -> int:
        """Count UTF-16 units, which are never fewer than what Discord counts."""
        return units(markup)

    def entities(self, markup: str) -> int:  # noqa: ARG002  Discord counts none
        """Return 0."""
        return 0

    def literal(self, text: str) -> str:
        """Put a backslash before every sign that Discord reads; `://` stays, links show themselves."""
        return _SPECIAL.sub(r"\\\1", visible(text))

    def guarded(self, markup: str) -> str:
        """Escape what would make a heading, a list or a quotation of a line."""
        return _LINE_START.sub(_guarded, markup)

    def styled(self, span: Text) -> str:
        """Write a run with its marks, which must touch the text on both sides."""
        core = span.text.strip()
        if not core:
            return self.literal(span.text)
        before, _, after = span.text.partition(core)
        return f"{before}{self._marked(span, core)}{after}"

    def _marked(self, span: Text, core: str) -> str:
        if span.code:
            return _code_span(core)
        text = self.literal(core)
        text = f"*{text}*" if span.italic else text
        text = f"**{text}**" if span.bold else text
        if span.href and _LINK.match(span.href):
            return f"[{text}](<{span.href}>)"
        return text

    def heading(self, markup: str, level: int) -> str:
        """Write the two largest sizes as bold headings of a modest size, the others bold."""
        if not markup:
            return ""
        return f"### {markup}" if level <= 1 else f"**{markup}**"

    def small(self, markup: str) -> str:
        """Write in small grey letters."""
        return f"-# {markup}" if markup else ""

    def code(self, text: str, language: str = "") -> str:
        """Write a block of code; a fence within it is parted by an invisible space."""
        inner = visible(text).replace("```", "`\u200b`\u200b`")
        named = language if _LANGUAGE.match(language) else ""
        return f"```{named}\n{inner}\n```"

    def quote(self, markup: str, *, is_folded: bool = False) -> str:
        """Put a bar before every line; what would be folded away elsewhere stands as it is."""
        return markup if is_folded else "\n".join(f"> {line}" for line in markup.split("\n"))

    def spoiler(self, markup: str) -> str:
        """Cover the text."""
        return f"||{markup}||"


def _guarded(match: re.Match[str]) -> str:
    space, sign = match.groups()
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"


def _code_span(text: str) -> str:
    """Write inline code; backticks in it want more backticks around it."""
    clean = visible(text).replace("``", "`\u200b`")
    fence = "``" if "`" in clean else "`"
    pad = " " if "`" in clean else ""
    return f"{fence}{pad}{clean}{pad}{fence}"
