"""Telegram's own parser, out of TDLib: what it takes for HTML, and the entities it finds in plain text."""

from __future__ import annotations

import json
import re
from typing import Any

import tdjson

from tests.doubles.telegram.errors import BadRequest

Entity = dict[str, Any]

_SIMPLE = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "BotCommand": "bot_command",
    "Mention": "mention",
    "Hashtag": "hashtag",
    "Cashtag": "cashtag",
    "Url": "url",
    "EmailAddress": "email",
    "PhoneNumber": "phone_number",
}
_NOT_FOR_BOTS = ("MediaTimestamp", "BankCardNumber")


def _execute(kind: str, **given: object) -> dict[str, Any]:
    answer = tdjson.td_execute(json.dumps({"@type": kind, **given}).encode())
    assert answer is not None
    result: dict[str, Any] = json.loads(answer)
    return result


_execute("setLogVerbosityLevel", new_verbosity_level=0)


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Return text and entities, or fail with Telegram's own words."""
    mode = {"@type": "textParseModeHTML"}
    parsed = _execute("parseTextEntities", text=text, parse_mode=mode)
    if parsed["@type"] == "error":
        words = parsed["message"]
        raise BadRequest(words[0].lower() + words[1:])
    return _trimmed(parsed["text"], [_entity(found) for found in parsed["entities"]])


def find_entities(text: str) -> list[Entity]:
    """Return what Telegram marks in plain text: commands, mentions, addresses."""
    found = _execute("getTextEntities", text=text)["entities"]
    return [_entity(one) for one in found if not one["type"]["@type"].endswith(_NOT_FOR_BOTS)]


def units(text: str) -> int:
    """Return the length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def _entity(found: dict[str, Any]) -> Entity:
    kind = found["type"]["@type"].removeprefix("textEntityType")
    made = {"offset": found["offset"], "length": found["length"]}
    match kind:
        case "TextUrl":
            return made | {"type": "text_link", "url": found["type"]["url"]}
        case "PreCode":
            return made | {"type": "pre", "language": found["type"]["language"]}
        case _:
            return made | {"type": _SIMPLE[kind]}


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Take white space off both ends, as Telegram does before it stores a text."""
    lead = units(text) - units(text.lstrip())
    kept = re.sub(r"\s+$", "", text.lstrip())
    end = units(kept)
    moved = ({**e, "offset": max(0, e["offset"] - lead)} for e in entities)
    return kept, [{**e, "length": min(e["length"], end - e["offset"])} for e in moved if e["offset"] < end]
