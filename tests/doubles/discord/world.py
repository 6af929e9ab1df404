"""What the double's Discord consists of: people, channels, servers, messages, and the ids that carry their time."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]
EPOCH_MS = 1_420_070_400_000
EPHEMERAL = 64
DM, TEXT, THREAD = 1, 0, 11
MANAGE_CHANNELS, MANAGE_GUILD, ADD_REACTIONS, VIEW, SEND = 1 << 4, 1 << 5, 1 << 6, 1 << 10, 1 << 11
EMBED, ATTACH, HISTORY, COMMANDS = 1 << 14, 1 << 15, 1 << 16, 1 << 31
OPEN_THREADS, SEND_IN_THREADS, SEND_POLLS = 1 << 35, 1 << 38, 1 << 49
EVERYBODY = (
    ADD_REACTIONS | VIEW | SEND | EMBED | ATTACH | HISTORY | COMMANDS | OPEN_THREADS | SEND_IN_THREADS | SEND_POLLS
)
"""What everybody may do in a new server, the bot too."""


@dataclass
class World:
    """Everything there is; its clock begins at `start` (seconds since 1970) and runs on.

    Attributes:
        is_frozen: its clock stands still.
        messages: by id, deleted ones too.
        deleted: ids of messages that were deleted.
        dms: channel id by user id.
        closed: ids of direct channels whose person takes no messages of the bot.
        eyes: user id by the id of a message that only they see.
        members: user ids by server.
        admins: (server or channel, user id) of those who may manage it.
        outside: ids of servers that have thrown the bot out.
        marks: the emoji under a message, by its id, each with who put it there.
        votes: answer ids by message and user.
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
    eyes: dict[str, str] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=dict)
    admins: set[tuple[str, str]] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)
    marks: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    votes: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._begun = time.monotonic()
        self._serial = itertools.count(1)
        self.me = self.user("tutor", is_bot=True)

    def now(self) -> float:
        """Return the moment, in seconds since 1970."""
        return self.start if self.is_frozen else self.start + time.monotonic() - self._begun

    def turns_to(self, moment: datetime) -> None:
        """Let it be that moment now, and the clock run on from there."""
        self.start, self._begun = moment.timestamp(), time.monotonic()

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
        guild_id = self.snowflake()
        roles = [_role(guild_id, "@everyone", EVERYBODY), _role(self.snowflake(), "admins", EVERYBODY | MANAGE_GUILD)]
        guild: Json = {
            "id": guild_id, "name": name, "owner_id": "1", "roles": roles, "emojis": [], "stickers": [],
            "features": [], "channels": [], "threads": [], "members": [self.member(self.me)],
            "voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": [],
            "soundboard_sounds": [], "member_count": 2, "large": False, "preferred_locale": "zh-CN",
            "system_channel_flags": 0, "verification_level": 0,
            "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0,
            "premium_tier": 0, "premium_progress_bar_enabled": False, "afk_timeout": 300, "joined_at": self.stamp(),
        }  # fmt: skip
        self.guilds[guild_id] = guild
        self.members[guild_id] = set()
        guild["system_channel_id"] = self.channel(guild, "general")["id"]
        return guild

    def channel(self, guild: Json, name: str) -> Json:
        """Add a channel to a server, before the bot connects."""
        made: Json = {
            "id": self.snowflake(), "type": TEXT, "name": name, "guild_id": guild["id"],
            "position": len(guild["channels"]), "permission_overwrites": [], "nsfw": False, "parent_id": None,
            "topic": None,
        }  # fmt: skip
        guild["channels"].append(made)
        self.channels[made["id"]] = made
        return made

    def thread(self, message: Json, name: str) -> Json:
        """Open a thread under a message."""
        parent = self.channels[message["channel_id"]]
        state = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": self.stamp(), "locked": False}
        made: Json = {
            "id": message["id"], "type": THREAD, "name": name, "guild_id": parent["guild_id"],
            "parent_id": parent["id"], "owner_id": self.me["id"], "message_count": 0, "member_count": 1,
            "thread_metadata": state, "rate_limit_per_user": 0, "last_message_id": None, "flags": 0,
        }  # fmt: skip
        self.channels[made["id"]] = made
        return made

    def deny(self, channel: Json, rights: int) -> None:
        """Take rights in a channel from everybody, the bot too; once it is connected it is not told."""
        guild_id = channel["guild_id"]
        channel["permission_overwrites"] = [{"id": guild_id, "type": 0, "allow": "0", "deny": str(rights)}]

    def may(self, channel: Json, right: int) -> bool:
        """Tell whether the bot has a right in a channel; a thread has those of its channel."""
        parent = self.channels[channel["parent_id"]] if channel["type"] == THREAD else channel
        return not any(int(each["deny"]) & right for each in parent.get("permission_overwrites", ()))

    def member(self, user: Json, guild_id: str = "", channel_id: str = "") -> Json:
        """Return somebody as a member of a server, with what they may do in a channel."""
        is_admin = (guild_id, user["id"]) in self.admins
        roles = [self.guilds[guild_id]["roles"][1]["id"]] if is_admin else []
        rights = EVERYBODY | (MANAGE_GUILD if is_admin else 0)
        rights |= MANAGE_CHANNELS if (channel_id, user["id"]) in self.admins else 0
        return {
            "user": user, "roles": roles, "nick": None, "joined_at": self.stamp(), "deaf": False, "mute": False,
            "flags": 0, "permissions": str(rights),
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
        if given.get("poll"):
            made["poll"] = self._poll(given["poll"])
        self.messages[made["id"]] = made
        return made

    def _poll(self, given: Json) -> Json:
        ends = datetime.fromtimestamp(self.now(), UTC) + timedelta(hours=given["duration"])
        answers = [{"answer_id": number, **answer} for number, answer in enumerate(given["answers"], 1)]
        results = {"is_finalized": False, "answer_counts": []}
        return {**given, "answers": answers, "expiry": ends.isoformat(), "results": results}


def _role(role_id: str, name: str, rights: int) -> Json:
    return {
        "id": role_id, "name": name, "permissions": str(rights), "position": 0, "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False, "managed": False, "mentionable": False, "flags": 0,
    }  # fmt: skip


def said(message: Json) -> str:
    """Return everything that a message says; buttons in brackets, options of a poll in parentheses, files in braces."""
    embeds = (embed.get("description", "") for embed in message["embeds"])
    files = ("{" + attachment["filename"] + "}" for attachment in message["attachments"])
    poll = (message["poll"]["question"]["text"], *options(message)) if "poll" in message else ()
    shown = (text if number == 0 else f"({text})" for number, text in enumerate(poll))
    parts = (message["content"], *embeds, *shown, *(_text(part) for part in message["components"]), *files)
    return "\n".join(part for part in parts if part)


def _text(component: Json) -> str:
    if component["type"] == 2:
        return f"[{component['label']}]"
    between = " " if component["type"] == 1 else "\n"
    inner = between.join(_text(part) for part in component.get("components", ()))
    return f"{component.get('content', '')}{inner}"


def options(message: Json) -> dict[str, int]:
    """Return the answer ids of a message's poll by their texts."""
    return {answer["poll_media"]["text"]: answer["answer_id"] for answer in message["poll"]["answers"]}


def buttons(message: Json) -> dict[str, str]:
    """Return the custom ids of a message's buttons by their labels."""
    found: dict[str, str] = {}
    parts = list(message["components"])
    while parts:
        part = parts.pop(0)
        parts = [*part.get("components", ()), *parts]
        if part["type"] == 2:
            found[part["label"]] = part["custom_id"]
    return found
