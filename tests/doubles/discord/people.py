"""People at the double's Discord: they write, run commands, tap buttons, fill in forms and vote."""

from __future__ import annotations

import re
from typing import Any

from tests.doubles.discord.interactions import WRITTEN_OVER, Tap
from tests.doubles.discord.server import Server
from tests.doubles.discord.world import EPHEMERAL, Json, buttons, options, said

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5


class Person:
    """Somebody with an account. `channel` is where they are: their direct messages, unless told otherwise."""

    def __init__(self, discord: Server, name: str, locale: str = "zh-CN") -> None:
        self.discord = discord
        self.world = discord.world
        self.user = self.world.user(name)
        self.locale = locale
        self.channel: Json = self.world.dm(self.user["id"])

    # --- where they are, and what they may ---------------------------------------------------------

    def enters(self, guild: Json, channel: int = 0) -> None:
        """Join a server and go to one of its channels."""
        self.world.members[guild["id"]].add(self.user["id"])
        self.channel = guild["channels"][channel]

    def goes_to(self, channel: Json) -> None:
        """Go to a channel, a thread or, by `home`, the direct messages."""
        self.channel = channel

    @property
    def home(self) -> Json:
        """Their direct messages."""
        return self.world.dm(self.user["id"])

    def governs(self, place: Json) -> None:
        """Become an administrator of a server, or of one of its channels."""
        self.world.admins.add((place["id"], self.user["id"]))

    def steps_down(self, place: Json) -> None:
        """Be an administrator no more."""
        self.world.admins.discard((place["id"], self.user["id"]))

    def shuts_dms(self) -> None:
        """Take no direct messages of the bot any more."""
        self.world.closed.add(self.home["id"])

    def opens_dms(self) -> None:
        """Take direct messages again."""
        self.world.closed.discard(self.home["id"])

    # --- what they do ------------------------------------------------------------------------------

    async def says(self, text: str, reply_to: Json | None = None, *, pings: bool = True) -> Json:
        """Write a message; where the bot may not read it, it arrives empty."""
        made = self.world.post(self.channel["id"], self.user, {"content": text})
        me = self.world.me
        is_answer = reply_to is not None and reply_to["author"]["id"] == me["id"]
        named = f"<@{me['id']}>" in text or (is_answer and pings)
        made["mentions"] = [me] if named else []
        if reply_to:
            made |= {"type": 19, "referenced_message": reply_to}
            made["message_reference"] = {"message_id": reply_to["id"], "channel_id": self.channel["id"], "type": 0}
        hides = "guild_id" in made and not (f"<@{me['id']}>" in text or self._is_read(reply_to, pings=pings))
        shown = {**made, "content": "" if hides else text}
        if "guild_id" in made:
            shown["member"] = self.world.member(self.user, made["guild_id"])
        await self.discord.gateway.emit("MESSAGE_CREATE", shown)
        return made

    def _is_read(self, reply_to: Json | None, *, pings: bool) -> bool:
        """Tell whether a reply carries its text: it pings, and answers a message that answers no interaction."""
        return reply_to is not None and pings and "interaction_metadata" not in reply_to

    async def runs(self, name: str, *, text: str | None = None) -> Tap:
        """Run a command, as the bot published it."""
        command = next(c for c in self.discord.commands if c["name"] == name and c.get("type", 1) == 1)
        options = [{"name": command["options"][0]["name"], "type": 3, "value": text}] if text is not None else []
        return await self._interacts(COMMAND, {"id": command["id"], "name": name, "type": 1, "options": options})

    async def types(self, name: str, text: str) -> list[str]:
        """Type into a command's option; return what is offered."""
        command = next(c for c in self.discord.commands if c["name"] == name)
        option = {"name": command["options"][0]["name"], "type": 3, "value": text, "focused": True}
        tap = await self._interacts(AUTOCOMPLETE, {"id": command["id"], "name": name, "type": 1, "options": [option]})
        return [choice["value"] for choice in tap.choices]

    async def asks_about(self, message: Json) -> Tap:
        """Use the menu of a message."""
        command = next(c for c in self.discord.commands if c.get("type", 1) == 3)
        data = {"id": command["id"], "name": command["name"], "type": 3, "target_id": message["id"]}
        return await self._interacts(COMMAND, {**data, "resolved": {"messages": {message["id"]: message}}})

    async def taps(self, label: str, message: Json) -> Tap:
        """Tap a button."""
        custom_id = buttons(message)[label]
        return await self._interacts(COMPONENT, {"custom_id": custom_id, "component_type": 2}, message)

    async def fills_in(self, shown: Tap, text: str, message: Json | None = None) -> Tap:
        """Fill in a form and send it."""
        field = shown.modal["components"][0]["component"]
        filled = {"type": 4, "id": 2, "custom_id": field["custom_id"], "value": text}
        component = {"type": 18, "id": 1, "component": filled}
        data = {"custom_id": shown.modal["custom_id"], "components": [component]}
        return await self._interacts(MODAL, data, message)

    async def answers(self, question: Json, words: str) -> Json:
        """Answer a question by its form; return the mark, which they alone see."""
        label = next(label for label, custom_id in buttons(question).items() if custom_id == "write")
        return await self.answer(await self.fills_in(await self.taps(label, question), words, question))

    async def picks(self, letter: str, question: Json) -> Json:
        """Answer a choice question by a letter's button; return the mark, which they alone see."""
        return await self.answer(await self.taps(letter, question))

    async def votes(self, option: str, poll: Json) -> None:
        """Vote for an option of a poll by its text, or move an earlier vote to it."""
        await self.takes_back(poll)
        answer_id = options(poll)[option]
        self.world.votes.setdefault(poll["id"], {})[self.user["id"]] = answer_id
        await self.discord.gateway.emit("MESSAGE_POLL_VOTE_ADD", self._vote(poll, answer_id))

    async def takes_back(self, poll: Json) -> None:
        """Take back the vote, if there is one."""
        answer_id = self.world.votes.get(poll["id"], {}).pop(self.user["id"], None)
        if answer_id is not None:
            await self.discord.gateway.emit("MESSAGE_POLL_VOTE_REMOVE", self._vote(poll, answer_id))

    def _vote(self, poll: Json, answer_id: int) -> Json:
        place = {"guild_id": poll["guild_id"]} if "guild_id" in poll else {}
        where = {"channel_id": poll["channel_id"], "message_id": poll["id"], **place}
        return {**where, "user_id": self.user["id"], "answer_id": answer_id}

    async def _interacts(self, kind: int, data: Json, message: Json | None = None) -> Tap:
        interaction_id, token = self.world.snowflake(), f"aW50-{self.world.snowflake()}"
        tap = Tap(token, self.channel["id"], self.user["id"], message["id"] if message else None)
        self.discord.interactions.by_id[interaction_id] = tap
        guild_id = self.channel.get("guild_id")
        place = (self.channel.get("guild_id", ""), self.channel["id"])
        who: Json = {"member": self.world.member(self.user, *place)} if guild_id else {"user": self.user}
        payload: dict[str, Any] = {
            "id": interaction_id, "application_id": self.world.me["id"], "type": kind, "token": token, "version": 1,
            "data": data, "channel": self.channel, "channel_id": self.channel["id"], "locale": self.locale,
            "app_permissions": str((1 << 50) - 1), "entitlements": [], "context": 0 if guild_id else 1,
            "authorizing_integration_owners": {"0": guild_id or "0"}, **who,
        }  # fmt: skip
        payload["attachment_size_limit"] = 10_485_760
        payload |= {"guild_id": guild_id} if guild_id else {}
        payload |= {"message": message} if message else {}
        await self.discord.gateway.emit("INTERACTION_CREATE", payload)
        await self.discord.until(lambda: tap.kind, "an acknowledgement")
        return tap

    # --- what they see -----------------------------------------------------------------------------

    async def answer(self, tap: Tap) -> Json:
        """Return the first message that answers an interaction, once it is there."""
        await self.discord.until(lambda: tap.answers or tap.kind == WRITTEN_OVER, "an answer")
        return self.world.messages[tap.answers[0] if tap.answers else tap.source or ""]

    async def reads(self, words: str, *, after: Json | None = None, where: Json | None = None) -> Json:
        """Return the first message of the bot here, or elsewhere, that says these words, once it is there."""
        found: list[Json] = []

        def is_there() -> bool:
            later = (m for m in self.seen(where) if after is None or int(m["id"]) > int(after["id"]))
            found[:] = [m for m in later if words in said(m)]
            return bool(found)

        await self.discord.until(is_there, repr(words))
        return found[0]

    async def hears(self, words: str, *, after: Json | None = None) -> Json:
        """Return the first direct message of the bot that says these words, once it is there."""
        return await self.reads(words, after=after, where=self.home)

    def seen(self, where: Json | None = None) -> list[Json]:
        """Return the bot's messages here, or elsewhere, that they can see."""
        here = (m for m in self.world.messages.values() if m["channel_id"] == (where or self.channel)["id"])
        theirs = (m for m in here if not m["flags"] & EPHEMERAL or self.world.eyes.get(m["id"]) == self.user["id"])
        return [m for m in theirs if m["author"]["id"] == self.world.me["id"] and m["id"] not in self.world.deleted]


def members(discord: Server, guild: Json, *names: str) -> list[Person]:
    """Return people who are in a server's first channel."""
    found = [Person(discord, name) for name in names]
    for person in found:
        person.enters(guild)
    return found


async def marked(discord: Server, message: Json) -> list[str]:
    """Return the emoji under a message, once there is one."""
    await discord.until(lambda: discord.world.marks.get(message["id"]), "a mark")
    return [emoji for emoji, _ in discord.world.marks[message["id"]]]


async def discussion(discord: Server, message: Json) -> Json:
    """Return the thread under a message, once it is there."""
    await discord.until(lambda: message["id"] in discord.world.channels, "a thread")
    return discord.world.channels[message["id"]]


def transcript(discord: Server, channel: Json) -> str:
    """Return what was said in a channel, with what only one person sees, the marks and the threads."""
    world, lines = discord.world, []
    for message in world.messages.values():
        if message["channel_id"] == channel["id"] and message["id"] not in world.deleted:
            is_aside = message["flags"] & EPHEMERAL
            aside = f" (only {_name(world.users[world.eyes[message['id']]])} sees this)" if is_aside else ""
            words = plain(said(message)) if message["author"]["bot"] else said(message)
            under = "".join(f" {emoji}" for emoji, _ in world.marks.get(message["id"], ()))
            lines.append(f"{_name(message['author'])}{aside}: {words}{under}")
            if message["id"] in world.channels:
                lines.append(f"  # {world.channels[message['id']]['name']}")
    return "\n".join(lines)


def _name(user: Json) -> str:
    return str(user["global_name"])


def plain(markdown: str) -> str:
    """Return Discord's Markdown as it looks."""
    lines = re.sub(r"^(?:### |-# |> |```\w*$)", "", markdown, flags=re.MULTILINE)
    return re.sub(r"\\(.)|\*+|`", lambda sign: sign.group(1) or "", lines)
