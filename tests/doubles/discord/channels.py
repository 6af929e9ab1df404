"""What the bot does in the double's channels: messages, replies, polls, marks under messages, threads, looking back."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from tests.doubles.discord.gateway import Gateway
from tests.doubles.discord.rules import ApiError, check_mark, check_message, check_thread
from tests.doubles.discord.world import (
    ADD_REACTIONS,
    DM,
    HISTORY,
    OPEN_THREADS,
    SEND,
    SEND_IN_THREADS,
    SEND_POLLS,
    TEXT,
    THREAD,
    Json,
    World,
)

REPLY = 19


class Channels:
    """The routes of channels."""

    def __init__(self, world: World, gateway: Gateway) -> None:
        self._world = world
        self._gateway = gateway
        self._nonces: dict[tuple[str, str], Json] = {}

    async def carry_out(self, method: str, path: tuple[str, ...], body: Any, files: list[str]) -> Any:
        """Carry out a request below /channels."""
        match (method, *path):
            case ("POST", _, "typing"):
                return None
            case ("POST", channel_id, "messages"):
                return await self._post(channel_id, body, files)
            case ("GET", channel_id, "messages"):
                return self._look_back(channel_id, int(body.get("limit", 50)))
            case ("POST", channel_id, "messages", message_id, "threads"):
                return await self._thread(channel_id, message_id, body)
            case ("PUT", channel_id, "messages", message_id, "reactions", emoji, "@me"):
                return await self._mark(channel_id, message_id, unquote(emoji))
        raise ApiError(404, 0, "404: Not Found")

    async def _post(self, channel_id: str, body: Json, files: list[str]) -> Json:
        if channel_id in self._world.closed:
            raise ApiError(403, 50007, "Cannot send messages to this user")
        channel = self._open(channel_id, SEND_IN_THREADS if self._is_thread(channel_id) else SEND)
        check_message(body, files)
        if body.get("poll"):
            self._open(channel_id, SEND_POLLS)
        known = self._nonces.get((channel_id, str(body.get("nonce"))))
        if known and body.get("enforce_nonce"):
            return known
        made = self._world.post(channel_id, self._world.me, with_files(body, files))
        made |= self._reply(channel, body.get("message_reference"))
        if body.get("enforce_nonce"):
            self._nonces[channel_id, str(body["nonce"])] = made
        await self._gateway.emit("MESSAGE_CREATE", made)
        return made

    def _reply(self, channel: Json, reference: Json | None) -> Json:
        """Return what makes a message a reply; to one that is gone it is none, or refused."""
        if not reference:
            return {}
        if not self._world.may(channel, HISTORY):
            raise ApiError(403, 160002, "Cannot reply without permission to read message history")
        answered = self._world.messages.get(str(reference["message_id"]))
        if answered is None or answered["id"] in self._world.deleted or answered["channel_id"] != channel["id"]:
            if reference.get("fail_if_not_exists", True):
                raise ApiError(400, 50035, "message_reference: Unknown message")
            return {}
        place = {"message_id": answered["id"], "channel_id": channel["id"], "type": 0}
        return {"type": REPLY, "message_reference": place, "referenced_message": answered}

    def _look_back(self, channel_id: str, limit: int) -> list[Json]:
        """Return the latest messages, newest first; none where the history is not the bot's to read."""
        if not self._world.may(self._open(channel_id), HISTORY):
            return []
        here = [m for m in self._world.messages.values() if m["channel_id"] == channel_id]
        return [m for m in reversed(here) if m["id"] not in self._world.deleted][:limit]

    async def _thread(self, channel_id: str, message_id: str, body: Json) -> Json:
        if self._open(channel_id)["type"] != TEXT:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        self._open(channel_id, OPEN_THREADS)
        message = self._message(channel_id, message_id)
        check_thread(body["name"])
        if message_id in self._world.channels:
            raise ApiError(400, 160004, "A thread has already been created for this message")
        made = self._world.thread(message, body["name"])
        await self._gateway.emit("THREAD_CREATE", {**made, "newly_created": True})
        return made

    async def _mark(self, channel_id: str, message_id: str, emoji: str) -> None:
        self._open(channel_id, HISTORY)
        marks = self._world.marks.setdefault(self._message(channel_id, message_id)["id"], [])
        check_mark(emoji)
        if emoji not in [mark for mark, _ in marks]:
            self._open(channel_id, ADD_REACTIONS)
        if (emoji, self._world.me["id"]) not in marks:
            marks.append((emoji, self._world.me["id"]))

    def _open(self, channel_id: str, right: int = 0) -> Json:
        """Return a channel, where the bot may do what it is about to."""
        channel = self._world.channels.get(channel_id)
        if channel is None:
            raise ApiError(404, 10003, "Unknown Channel")
        if channel.get("guild_id") in self._world.outside:
            raise ApiError(403, 50001, "Missing Access")
        if channel["type"] == THREAD and channel["thread_metadata"]["locked"]:
            raise ApiError(400, 50083, "Thread is archived")
        if channel["type"] != DM and not self._world.may(channel, right):
            raise ApiError(403, 50013, "Missing Permissions")
        return channel

    def _is_thread(self, channel_id: str) -> bool:
        return self._world.channels.get(channel_id, {}).get("type") == THREAD

    def _message(self, channel_id: str, message_id: str) -> Json:
        message = self._world.messages.get(message_id)
        if message is None or message["channel_id"] != channel_id or message_id in self._world.deleted:
            raise ApiError(404, 10008, "Unknown Message")
        return message


def with_files(given: Json, files: list[str]) -> Json:
    """Return a message with the files that came with it."""
    attachments = [
        {"id": str(number), "filename": name, "size": 1, "url": f"https://cdn.invalid/{name}", "proxy_url": ""}
        for number, name in enumerate(files)
    ]
    return {**given, "attachments": attachments}
