"""Interactions on the double's wire: acknowledged within three seconds, once, then followed up."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.discord.channels import with_files
from tests.doubles.discord.rules import ApiError, check_message, check_modal
from tests.doubles.discord.world import EPHEMERAL, Json, World

ACKNOWLEDGE_S = 3.0
SAID, ANNOUNCED, DEFERRED, WRITTEN_OVER, COMPLETED, FORM = 4, 5, 6, 7, 8, 9


@dataclass
class Tap:
    """An interaction on the wire.

    Attributes:
        user_id: who did it.
        source: id of the message whose button was tapped.
        kind: the type of the first response; 0 while there is none.
        taken_s: how long the first response took.
        modal: the form that was shown.
        choices: what was offered to an autocomplete.
        original: id of the first response's message.
        answers: ids of all messages that answer it.
    """

    token: str
    channel_id: str
    user_id: str
    source: str | None = None
    at: float = field(default_factory=time.monotonic)
    kind: int = 0
    flags: int = 0
    taken_s: float = 0.0
    modal: Json = field(default_factory=dict)
    choices: list[Json] = field(default_factory=list)
    original: str = ""
    answers: list[str] = field(default_factory=list)


class Interactions:
    """All interactions by id, and what the bot does to them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.by_id: dict[str, Tap] = {}

    def callback(self, interaction_id: str, token: str, body: Json, files: list[str]) -> Any:
        """Take the first response."""
        tap = self.by_id.get(interaction_id)
        taken_s = time.monotonic() - tap.at if tap else 0.0
        if tap is None or tap.token != token or taken_s > ACKNOWLEDGE_S:
            raise ApiError(404, 10062, "Unknown interaction")
        if tap.kind:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        data = body.get("data") or {}
        message = self._respond(tap, body["type"], data, files)
        tap.kind, tap.taken_s, tap.flags = body["type"], taken_s, data.get("flags", 0)
        resource = {"type": body["type"], **({"message": message} if message else {})}
        told = {"id": interaction_id, "type": 2, "response_message_id": tap.original}
        return {"interaction": told, "resource": resource}

    def follow_up(self, token: str, body: Json, files: list[str]) -> Json:
        """Take a further message; the first one after an announcement is seen by whom that was."""
        tap = self._known(token)
        check_message(body, files)
        flags = body.get("flags", 0)
        if tap.kind == ANNOUNCED and not tap.answers and tap.original not in self._world.deleted:
            self._world.deleted.add(tap.original)
            flags = flags & ~EPHEMERAL | tap.flags & EPHEMERAL
        return self._answer(tap, {**with_files(body, files), "flags": flags})

    def delete_original(self, token: str) -> None:
        """Take the first response back."""
        self._world.deleted.add(self._known(token).original)

    def _known(self, token: str) -> Tap:
        found = next((tap for tap in self.by_id.values() if tap.token == token), None)
        if found is None or not found.kind:
            raise ApiError(404, 10015, "Unknown Webhook")
        return found

    def _respond(self, tap: Tap, kind: int, data: Json, files: list[str]) -> Json | None:
        if kind in (SAID, WRITTEN_OVER):
            check_message(data, files)
        if kind == FORM:
            check_modal(data)
            tap.modal = data
        if kind == COMPLETED:
            tap.choices = data["choices"]
        if kind == SAID:
            return self._answer(tap, with_files(data, files))
        if kind == WRITTEN_OVER:
            message = self._world.messages[tap.source or ""]
            message |= {"components": data["components"], "edited_timestamp": self._world.stamp()}
            return message
        return self._announce(tap, data) if kind == ANNOUNCED else None

    def _announce(self, tap: Tap, data: Json) -> Json:
        made = self._answer(tap, {"flags": data.get("flags", 0)})
        tap.answers.clear()
        return made

    def _answer(self, tap: Tap, given: Json) -> Json:
        made = self._world.post(tap.channel_id, self._world.me, given)
        by = {"id": "1", "type": 2, "user": self._world.me, "authorizing_integration_owners": {}}
        made["interaction_metadata"] = by
        self._world.eyes[made["id"]] = tap.user_id
        tap.original = tap.original or made["id"]
        tap.answers.append(made["id"])
        return made
