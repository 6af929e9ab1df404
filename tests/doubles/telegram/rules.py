"""The limits of the Bot API, judged as strictly as Telegram does or a little more so."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.doubles.telegram.errors import BadRequest
from tests.doubles.telegram.parser import Entity, find_entities, parse_html, units

MAX_TEXT, MAX_CAPTION, MAX_ENTITIES = 4096, 1024, 100
MAX_PHOTO = 10 * 1024 * 1024
_EMOJI = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 "
    "🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡"
)
REACTIONS = frozenset(_EMOJI.split())
"""What anybody may react with; a chat may allow less."""
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
Json = dict[str, Any]


def read_text(text: str, parse_mode: str | None, limit: int) -> tuple[str, list[Entity]]:
    """Return a text as it is shown, with its entities, within a limit."""
    if parse_mode not in (None, "HTML"):
        raise BadRequest("unsupported parse_mode")
    shown, entities = parse_html(text) if parse_mode else (text.strip(), find_entities(text.strip()))
    if units(shown) > limit:
        raise BadRequest("message is too long" if limit == MAX_TEXT else "message caption is too long")
    if len(entities) > MAX_ENTITIES:
        raise BadRequest(f"more than {MAX_ENTITIES} entities: Telegram would drop the rest without a word")
    return shown, entities


def read_message_text(params: Json, key: str = "text") -> tuple[str, list[Entity]]:
    """Return the text of a message, which must not be empty."""
    shown, entities = read_text(str(params.get(key, "")), params.get("parse_mode"), MAX_TEXT)
    if not shown:
        raise BadRequest("message text is empty")
    return shown, entities


def read_keyboard(markup: str | None) -> Json | None:
    """Return an inline keyboard (or the taking away of one)."""
    if not markup:
        return None
    keyboard: Json = json.loads(markup)
    if set(keyboard) != {"inline_keyboard"}:
        raise BadRequest("object expected as reply markup: only inline keyboards are known here")
    rows = keyboard["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    if len(buttons) > 100 or any(not 1 <= len(row) <= 8 for row in rows):
        raise BadRequest("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return keyboard if buttons else None


def _check_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise BadRequest("text buttons are unallowed in the inline keyboard: a button needs a text")
    actions = set(button) - {"text", "style"}
    if len(actions) != 1 or not actions <= {"callback_data", "url", "switch_inline_query_current_chat"}:
        raise BadRequest("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise BadRequest("BUTTON_DATA_INVALID")
    if "url" in button:
        _check_link(button["url"])


def _check_link(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https", "tg") or not parts.netloc:
        raise BadRequest("BUTTON_URL_INVALID")
    payload = start_of(url)
    if parts.netloc == "t.me" and payload and not _PAYLOAD.fullmatch(payload):
        raise BadRequest("BUTTON_URL_INVALID: Telegram would open the chat without this start parameter")


def start_of(url: str) -> str:
    """Return what a link into a bot's private chat says after /start; "" for nothing."""
    return parse_qs(urlsplit(url).query).get("start", [""])[0]


def check_reaction(reaction: list[Json], allowed: frozenset[str] | None) -> None:
    """Check a bot's reaction: one emoji of Telegram's list, which the chat allows too."""
    if len(reaction) > 1:
        raise BadRequest("REACTIONS_TOO_MANY")
    for one in reaction:
        emoji = one.get("emoji")
        if one.get("type") != "emoji" or emoji not in REACTIONS or (allowed is not None and emoji not in allowed):
            raise BadRequest("REACTION_INVALID")


def read_poll(params: Json) -> Json:
    """Return a poll as it is shown."""
    question = str(params["question"])
    options = [option if isinstance(option, dict) else {"text": option} for option in json.loads(params["options"])]
    explanation = str(params.get("explanation", ""))
    if not 1 <= units(question) <= 300:
        raise BadRequest("poll question length must not exceed 300")
    if not 2 <= len(options) <= 12:
        raise BadRequest("poll must have at least 2 option" if len(options) < 2 else "poll can't have more options")
    if any(not 1 <= units(option["text"].strip()) <= 100 for option in options):
        raise BadRequest("poll options length must not exceed 100")
    if units(explanation) > 200 or explanation.count("\n") > 2:
        raise BadRequest("explanation is too long: at most 200 characters and 2 line feeds")
    return {
        "question": question,
        "options": [
            {"text": option["text"], "voter_count": 0, "persistent_id": f"o{number}"}
            for number, option in enumerate(options)
        ],
        "type": params.get("type", "regular"),
        "is_anonymous": params.get("is_anonymous", "true").lower() == "true",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
        "explanation": explanation,
        **_right(params, len(options)),
    }


def _right(params: Json, count: int) -> Json:
    if params.get("type") != "quiz":
        return {}
    written = params.get("correct_option_ids") or f"[{params['correct_option_id']}]"
    right = json.loads(written)
    if not right or any(not 0 <= index < count for index in right):
        raise BadRequest("wrong correct option ID specified")
    return {"correct_option_ids": right}


def check_commands(commands: list[Json]) -> None:
    """Check a menu."""
    if len(commands) > 100:
        raise BadRequest("too many commands")
    for command in commands:
        name = command["command"]
        if not (1 <= len(name) <= 32 and name.isascii() and name == name.lower() and name.replace("_", "a").isalnum()):
            raise BadRequest("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"]) <= 256:
            raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")


def check_photo(content: bytes) -> None:
    """Check an uploaded picture."""
    if len(content) > MAX_PHOTO:
        raise BadRequest("file is too big")
    if not content.startswith((b"\x89PNG", b"\xff\xd8")):
        raise BadRequest("IMAGE_PROCESS_FAILED")
    if content.startswith(b"\x89PNG"):
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        if width + height > 10_000 or max(width, height) > 20 * max(1, min(width, height)):
            raise BadRequest("PHOTO_INVALID_DIMENSIONS")
