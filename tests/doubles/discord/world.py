"""What the double's Discord consists of: people, channels, servers, messages, and the ids that carry their time."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
EPOCH_MS = 1_420_070_400_000
EPHEMERAL = 64
DM, TEXT = 1, 0


@dataclass
class World:
    """Everything there is; its clock begins at `start` (seconds since 1970) and runs on.

    Attributes:
        is_frozen: its clock stands still.
        messages: by id, deleted ones too.
        deleted: ids of messages that were deleted.
        dms: channel id by user id.
    """

    start: float = field(default_factory=time.time)
    is_frozen: bool = False
    users: dict[str, Json] = field(default_factory=dict)
    channels: dict[str, Json] = field(default_factory=dict)
    guilds: dict[str, Json] = field(default_factory=dict)
    messages: dict[str, Json] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    dms: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._begun = time.monotonic()
        self._serial = itertools.count(1)
        self.me = self.user("tutor", is_bot=True)

    def now(self) -> float:
        """Return the moment, in seconds since 1970."""
        return self.start if self.is_frozen else self.start + time.monotonic() - self._begun

    def snowflake(self) -> str:
        """Return an id made now."""
        return str((int(self.now() * 1000) - EPOCH_MS) << 22 | next(self._serial) & 0x3FFFFF)

    def stamp(self) -> str:
        """Return the moment as Discord writes it."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat()

    def user(self, name: str, *, is_bot: bool = False) -> Json:
        """Add somebody."""
        made: Json = {
            "id": self.snowflake(),
            "username": name,
            "global_name": name,
            "discriminator": "0",
            "avatar": None,
        }
        self.users[made["id"]] = {**made, "bot": is_bot}
        return self.users[made["id"]]

    def application(self) -> Json:
        """Return what the bot's application is."""
        return {
            "id": self.me["id"], "name": "tutor", "description": "", "icon": None, "owner": self.me, "flags": 0,
            "bot_public": True, "bot_require_code_grant": False, "verify_key": "",
        }  # fmt: skip

    def command(self, application_id: str, given: Json) -> Json:
        """Return a command as it is known from now on."""
        known = {"id": self.snowflake(), "application_id": application_id, "version": "1"}
        return {"description": "", **given, **known}

    def dm(self, user_id: str) -> Json:
        """Return the private channel of somebody with the bot."""
        if user_id not in self.dms:
            made: Json = {
                "id": self.snowflake(),
                "type": DM,
                "recipients": [self.users[user_id]],
                "last_message_id": None,
            }
            self.channels[made["id"]] = made
            self.dms[user_id] = made["id"]
        return self.channels[self.dms[user_id]]

    def guild(self, name: str) -> Json:
        """Add a server with one channel, where everybody may write."""
        guild_id, channel_id = self.snowflake(), self.snowflake()
        channel = {
            "id": channel_id, "type": TEXT, "name": "general", "guild_id": guild_id, "position": 0,
            "permission_overwrites": [], "nsfw": False, "parent_id": None, "topic": None,
        }  # fmt: skip
        everyone = {
            "id": guild_id, "name": "@everyone", "permissions": str((1 << 50) - 1), "position": 0, "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False, "managed": False, "mentionable": False, "flags": 0,
        }  # fmt: skip
        guild = {
            "id": guild_id, "name": name, "owner_id": "1", "roles": [everyone], "emojis": [], "stickers": [],
            "features": [], "channels": [channel], "threads": [], "members": [self.member(self.me)],
            "voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": [],
            "soundboard_sounds": [], "member_count": 2, "large": False, "preferred_locale": "zh-CN",
            "system_channel_id": channel_id, "system_channel_flags": 0, "verification_level": 0,
            "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0,
            "premium_tier": 0, "premium_progress_bar_enabled": False, "afk_timeout": 300, "joined_at": self.stamp(),
        }  # fmt: skip
        self.guilds[guild_id], self.channels[channel_id] = guild, channel
        return guild

    def member(self, user: Json) -> Json:
        """Return somebody as a member of a server."""
        return {
            "user": user, "roles": [], "nick": None, "joined_at": self.stamp(), "deaf": False, "mute": False,
            "flags": 0, "permissions": str((1 << 11) | (1 << 10)),
        }  # fmt: skip

    def post(self, channel_id: str, author: Json, given: Json) -> Json:
        """Keep a new message and return it."""
        made = {
            "id": self.snowflake(), "channel_id": channel_id, "author": author, "content": given.get("content") or "",
            "timestamp": self.stamp(), "edited_timestamp": None, "tts": False, "mention_everyone": False,
            "mentions": [], "mention_roles": [], "attachments": given.get("attachments", []), "pinned": False,
            "embeds": given.get("embeds", []), "components": given.get("components", []), "type": 0,
            "flags": given.get("flags", 0),
        }  # fmt: skip
        guild_id = self.channels[channel_id].get("guild_id")
        if guild_id:
            made["guild_id"] = guild_id
        if "nonce" in given:
            made["nonce"] = given["nonce"]
        answered = (given.get("message_reference") or {}).get("message_id")
        if str(answered) in self.messages:
            made |= {"type": 19, "message_reference": {"message_id": answered, "channel_id": channel_id, "type": 0}}
        self.messages[made["id"]] = made
        return made


def said(message: Json) -> str:
    """Return everything that a message says; buttons in brackets, files in braces."""
    embeds = (embed.get("description", "") for embed in message["embeds"])
    files = ("{" + attachment["filename"] + "}" for attachment in message["attachments"])
    parts = (message["content"], *embeds, *(_text(part) for part in message["components"]), *files)
    return "\n".join(part for part in parts if part)


def _text(component: Json) -> str:
    if component["type"] == 2:
        return f"[{component['label']}]"
    between = " " if component["type"] == 1 else "\n"
    inner = between.join(_text(part) for part in component.get("components", ()))
    return f"{component.get('content', '')}{inner}"


def buttons(message: Json) -> dict[str, str]:
    """Return the custom ids of a message's buttons by their labels."""
    found: dict[str, str] = {}
    parts = list(message["components"])
    while parts:
        part = parts.pop()
        parts += part.get("components", ())
        if part["type"] == 2:
            found[part["label"]] = part["custom_id"]
    return found
