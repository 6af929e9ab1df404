"""What Discord refuses in a message: limits that the library leaves to the server, and some that it checks too."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tests.doubles.discord.world import Json

V2 = 1 << 15
CONTAINER, ROW, BUTTON, TEXT, GALLERY, FILE = 17, 1, 2, 10, 12, 13


class ApiError(Exception):
    """A refusal, with Discord's code."""

    def __init__(self, status: int, code: int, message: str) -> None:
        self.status, self.code = status, code
        super().__init__(message)


def check_message(given: Json, filenames: list[str]) -> None:
    """Refuse a message that Discord would not take."""
    faults = [*_plain(given, filenames), *_layout(given, filenames), *_buttons(given), *_poll(given, filenames)]
    if faults:
        raise ApiError(400, 50035, "Invalid Form Body: " + "; ".join(faults))


def _walk(components: list[Json]) -> Iterator[Json]:
    for component in components:
        yield component
        yield from _walk(component.get("components", []))


def _plain(given: Json, filenames: list[str]) -> Iterator[str]:
    is_v2 = bool(given.get("flags", 0) & V2)
    if is_v2 and (given.get("content") or given.get("embeds")):
        yield "content and embeds cannot stand beside a layout"
    is_empty = not any(given.get(part) for part in ("content", "embeds", "components", "poll")) and not filenames
    if not is_v2 and is_empty:
        yield "Cannot send an empty message"
    if len(given.get("content") or "") > 2000:
        yield "content: Must be 2000 or fewer in length"
    if sum(len(embed.get("description", "")) for embed in given.get("embeds", ())) > 6000:
        yield "embeds: more than 6000 in all"
    if len(str(given.get("nonce") or "")) > 25:
        yield "nonce: Must be 25 or fewer in length"
    if given.get("allowed_mentions", {}).get("parse"):
        yield "this bot mentions nobody"  # a rule of ours


def _layout(given: Json, filenames: list[str]) -> Iterator[str]:
    if not given.get("flags", 0) & V2:
        return
    parts = list(_walk(given.get("components", [])))
    if not parts or len(parts) > 40:
        yield f"components: {len(parts)} of at most 40"
    if sum(len(part.get("content", "")) for part in parts) > 4000:
        yield "components: more than 4000 characters in all"
    if any(part["type"] == TEXT and not part["content"] for part in parts):
        yield "components: an empty text"
    used = {name for part in parts for name in _attached(part)}
    if used != set(filenames):
        yield f"attachments {filenames} are shown as {sorted(used)}"


def _attached(part: Json) -> Iterator[str]:
    media = [item["media"] for item in part.get("items", ())] if part["type"] == GALLERY else []
    media += [part["file"]] if part["type"] == FILE else []
    for each in media:
        yield each["url"].removeprefix("attachment://")


def _buttons(given: Json) -> Iterator[str]:
    parts = list(_walk(given.get("components", [])))
    taps = [part for part in parts if part["type"] == BUTTON]
    if any(not 1 <= len(tap["label"]) <= 80 or not 1 <= len(tap["custom_id"]) <= 100 for tap in taps):
        yield "a label of 1 to 80, a custom id of 1 to 100"
    if len({tap["custom_id"] for tap in taps}) != len(taps):
        yield "Component custom id cannot be duplicated"
    if any(not 1 <= len(part["components"]) <= 5 for part in parts if part["type"] == ROW):
        yield "a row of 1 to 5"


def _poll(given: Json, filenames: list[str]) -> Iterator[str]:
    poll = given.get("poll")
    if not poll:
        return
    if given.get("flags", 0) & V2 or filenames:
        yield "a poll cannot stand beside a layout or files"
    answers = [answer["poll_media"]["text"] for answer in poll["answers"]]
    if not 1 <= len(poll["question"]["text"]) <= 300 or not 1 <= len(answers) <= 10:
        yield "poll: a question of 1 to 300, 1 to 10 answers"
    if any(not 1 <= len(answer) <= 55 for answer in answers):
        yield "poll.answers: Must be between 1 and 55 in length"
    if poll["duration"] != int(poll["duration"]) or not 1 <= poll["duration"] <= 768:
        yield "poll.duration: whole hours, 1 to 768"


def check_thread(name: str) -> None:
    """Refuse a thread that Discord would not open."""
    if not 1 <= len(name) <= 100:
        raise ApiError(400, 50035, "name: Must be between 1 and 100 in length")


def check_mark(emoji: str) -> None:
    """Refuse what is not an emoji."""
    if not emoji or len(emoji) > 8 or any(unicodedata.category(sign)[0] in "LNPZ" for sign in emoji):
        raise ApiError(400, 10014, "Unknown Emoji")


def check_modal(data: Json) -> None:
    """Refuse a form that Discord would not take."""
    fields = [part["component"] for part in data["components"]]
    if not 1 <= len(data["title"]) <= 45 or not 1 <= len(data["custom_id"]) <= 100 or not 1 <= len(fields) <= 5:
        raise ApiError(400, 50035, "a title of 1 to 45, a custom id of 1 to 100, 1 to 5 fields")
    if any(field["max_length"] > 4000 or len(field.get("placeholder", "")) > 100 for field in fields):
        raise ApiError(400, 50035, "a field of at most 4000, a placeholder of at most 100")


def check_commands(commands: list[Json]) -> None:
    """Refuse commands that Discord would not take."""
    names = [(command.get("type", 1), command["name"]) for command in commands]
    if len(set(names)) != len(names) or len([1 for kind, _ in names if kind == 1]) > 100:
        raise ApiError(400, 50035, "at most 100 commands, each of a name of its own")
    for command in commands:
        texts = (command.get("description", ""), *command.get("description_localizations", {}).values())
        if any(len(text) > 100 for text in texts) or not 1 <= len(command["name"]) <= 32:
            raise ApiError(400, 50035, f"{command['name']}: a name of 1 to 32, a description of at most 100")
