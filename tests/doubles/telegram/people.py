"""What tests control: people who write, reply, tap, follow links, vote, edit, ask inline and block; what they see."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.members import changed
from tests.doubles.telegram.parser import find_entities
from tests.doubles.telegram.rules import start_of
from tests.doubles.telegram.server import Server
from tests.doubles.telegram.world import ANONYMOUS, BOT_ID, INSIDE, Chat, Query, User

Json = dict[str, Any]
_COMMAND = re.compile(r"/[a-zA-Z_\u4e00-\u9fff]+(@tutor_bot)?(?=\s|$)")


def shown(message: Json) -> str:
    """Return a message as a person reads it, its buttons in brackets."""
    text = _body(message)
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return "\n".join((text, *(" ".join(f"[{button['text']}]" for button in row) for row in rows)))


def _body(message: Json) -> str:
    poll = message.get("poll")
    if poll:
        return "\n".join((f"📊 {poll['question']}", *(f"( ) {option['text']}" for option in poll["options"])))
    picture = "🖼 " if "photo" in message else "📄 " if "document" in message else ""
    return f"{picture}{message.get('text', message.get('caption', ''))}"


class Telegram(Server):
    """The double with its controls."""

    def person(self, name: str, language: str = "zh-hans") -> Person:
        """Let somebody exist."""
        user = User(1000 + self.world.next_id(), name, name.lower(), language)
        self.world.users[user.id] = user
        self.world.chats[user.id] = Chat(user.id, "private", user=user)
        return Person(self, user)

    def people(self, *names: str) -> tuple[Person, ...]:
        """Let several people exist."""
        return tuple(self.person(name) for name in names)

    def reaction(self, message: Json) -> str:
        """Return the emoji that the bot put on a message; "" for none."""
        given = self.world.reactions.get((message["chat"]["id"], message["message_id"]), [])
        return str(given[0]["emoji"]) if given else ""

    def group(self, title: str, *members: Person, forum: bool = False, kind: str = "supergroup") -> Group:
        """Make a group with the bot in it; the first member is its creator."""
        number = self.world.next_id()
        chat = Chat(-(1_000_000_000_000 + number) if kind == "supergroup" else -number, kind, title, is_forum=forum)
        self.world.chats[chat.id] = chat
        chat.members = dict.fromkeys((m.user.id for m in members), "member")
        chat.members[members[0].user.id] = "creator"
        group = Group(self, chat)
        group.adds_bot(members[0])
        return group

    async def waits_for(self, text: str, chat: Chat | None = None, after: int = 0, within_s: float = 20.0) -> Json:
        """Return the first of the bot's messages after an id that shows a text."""
        found: Json = await self.until(
            lambda: self._find(text, chat, after), lambda: f"{text!r} in {self.transcript()}", within_s
        )
        return found

    def _find(self, text: str, chat: Chat | None, after: int) -> Json | None:
        chats = [chat] if chat else list(self.world.chats.values())
        messages = (m for one in chats for m in list(one.messages.values()) if m["message_id"] > after)
        return next((m for m in messages if m["from"]["id"] == BOT_ID and text in shown(m)), None)

    async def until(self, found: Callable[[], Any], what: str | Callable[[], str] = "", within_s: float = 20.0) -> Any:
        """Wait until something is there, and return it."""
        end = time.monotonic() + within_s
        while not (value := found()):
            assert time.monotonic() < end, f"never came: {what if isinstance(what, str) else what()}"
            await asyncio.sleep(0.01)
        return value

    def transcript(self, chat: Chat | None = None) -> str:
        """Return everything that is visible, as people see it."""
        chats = [chat] if chat else list(self.world.chats.values())
        lines = (
            f"{m['from']['first_name']}: {shown(m)}" for one in chats for m in one.messages.values() if "from" in m
        )
        return "\n".join(lines)


@dataclass
class Person:
    """Somebody with a telephone."""

    telegram: Telegram
    user: User

    @property
    def chat(self) -> Chat:
        """Their private chat with the bot."""
        return self.telegram.world.chats[self.user.id]

    def says(
        self, text: str, *, to: Group | None = None, topic: int | None = None, reply_to: Json | None = None, **more: Any
    ) -> Json:
        """Write a message; the bot gets it where privacy mode lets it."""
        chat = to.chat if to else self.chat
        if to is None:
            self.user.started, self.user.blocked = True, False
        opened = chat.messages.get(topic) if topic else None  # what Telegram quotes in a topic
        quoted = reply_to or opened
        content: Json = {"text": text, "entities": _marked(text)} if text else {}
        content |= {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        content |= {"reply_to_message": quoted} if quoted else {}
        return self._writes(chat, content | more)

    def replies(self, text: str, to: Json, **more: Any) -> Json:
        """Write an answer to a message, where that stands."""
        where = {key: to[key] for key in ("message_thread_id", "is_topic_message") if key in to}
        content = {"text": text, "entities": _marked(text), "reply_to_message": to}
        return self._writes(self.telegram.world.chats[to["chat"]["id"]], content | where | more)

    def says_anonymously(self, text: str, to: Group, **more: Any) -> Json:
        """Write in the name of a group, as its anonymous administrators do."""
        assert to.chat.members.get(self.user.id) in ("administrator", "creator"), f"{self.user.first_name} is no admin"
        content = {"text": text, "entities": _marked(text), "sender_chat": to.chat.json()}
        return self._writes(to.chat, content | more, ANONYMOUS)

    def _writes(self, chat: Chat, content: Json, sender: User | None = None) -> Json:
        world, is_group = self.telegram.world, chat.user is None
        assert not chat.moved_to, "the group is a supergroup now"
        assert not is_group or chat.members.get(self.user.id) in INSIDE, f"{self.user.first_name} is not in the group"
        message = world.post(chat, sender or self.user, {key: value for key, value in content.items() if value != []})
        if not is_group or (chat.members.get(BOT_ID) in INSIDE and self._is_for_bot(message)):
            world.emit("message", message)
        return message

    def _is_for_bot(self, message: Json) -> bool:
        if not self.telegram.world.privacy:
            return True
        answers = message.get("reply_to_message", {}).get("from", {}).get("id") == BOT_ID
        return answers or bool(_COMMAND.match(message.get("text", "")))

    async def asks(self, text: str, **where: Any) -> Json:
        """Write something and return the bot's next message there."""
        written = self.says(text, **where)
        to = where.get("to")
        return await self.telegram.waits_for("", to.chat if to else self.chat, after=written["message_id"])

    def edits(self, message: Json, text: str) -> None:
        """Change what was written."""
        message |= {"text": text, "edit_date": int(self.telegram.world.now())}
        self.telegram.world.emit("edited_message", message)

    def presses(self, label: str, on: Json | None = None, chat: Chat | None = None) -> Query:
        """Tap a button, by default the newest that is labelled so."""
        message = on or self._with_button(label, chat or self.chat)
        buttons = [b for row in message["reply_markup"]["inline_keyboard"] for b in row]
        found = [button for button in buttons if label in button["text"]]
        assert found, f"no button {label!r} in {shown(message)}"
        assert "callback_data" in found[0], f"{label!r} is a link: it opens"
        return self.taps(found[0]["callback_data"], message)

    async def picks(self, label: str, on: Json) -> str:
        """Tap a button and return what is shown over it to nobody else."""
        query = self.presses(label, on)
        await asyncio.wait_for(query.answered.wait(), 10)
        assert query.answer is not None
        return str(query.answer["text"])

    def opens(self, label: str, on: Json) -> Json:
        """Follow a button that is a link into the private chat with the bot, and press START there."""
        rows = on["reply_markup"]["inline_keyboard"]
        url = next(str(b.get("url", "")) for row in rows for b in row if label in b["text"])
        name, payload = self.telegram.world.bot.username, start_of(url)
        assert url.startswith(f"https://t.me/{name}?"), f"{url!r} does not lead to the bot"
        return self.says(f"/start {payload}".strip())

    async def hears(self, text: str, after: int = 0) -> Json:
        """Return the bot's first message that shows a text in their private chat."""
        return await self.telegram.waits_for(text, self.chat, after=after)

    def taps(self, data: str, message: Json) -> Query:
        """Send a callback query."""
        world = self.telegram.world
        query = Query(f"cb{world.next_id()}", self.user, world.now())
        world.queries[query.id] = query
        world.emit(
            "callback_query",
            {"id": query.id, "from": self.user.json(), "message": message, "chat_instance": "1", "data": data},
        )
        return query

    def _with_button(self, label: str, chat: Chat) -> Json:
        for message in reversed(chat.messages.values()):
            rows = message.get("reply_markup", {}).get("inline_keyboard", [])
            if any(label in button["text"] for row in rows for button in row):
                return message
        raise AssertionError(f"no button {label!r} in {self.telegram.transcript(chat)}")

    def votes(self, message: Json, index: int) -> None:
        """Answer a poll: once, and in a group that they are in."""
        poll, world = message["poll"], self.telegram.world
        chat = world.chats[message["chat"]["id"]]
        voters = world.voters.setdefault(poll["id"], {})
        assert not poll["is_closed"], "the poll is closed"
        assert self.user.id not in voters, "a quiz takes no second vote"
        assert chat.user or chat.members.get(self.user.id) in INSIDE, f"{self.user.first_name} is not in the group"
        voters[self.user.id] = index
        poll["options"][index]["voter_count"] += 1
        poll["total_voter_count"] += 1
        answer = {"poll_id": poll["id"], "user": self.user.json(), "option_ids": [index]}
        if not poll["is_anonymous"]:
            world.emit("poll_answer", answer | {"option_persistent_ids": [f"o{index}"]})

    async def inline(self, text: str) -> list[Json]:
        """Type `@tutor_bot text` somewhere and return the offered results."""
        world = self.telegram.world
        query = Query(f"in{world.next_id()}", self.user, world.now())
        world.queries[query.id] = query
        world.emit("inline_query", {"id": query.id, "from": self.user.json(), "query": text, "offset": ""})
        await asyncio.wait_for(query.answered.wait(), 10)
        assert query.answer is not None
        results: list[Json] = query.answer["results"]
        return results

    def joins(self, group: Group) -> None:
        """Come into a group."""
        group.lets_in(self)

    def leaves(self, group: Group) -> None:
        """Go out of a group."""
        group.lets_go(self)

    def blocks(self) -> None:
        """Stop the bot."""
        self.user.blocked = True
        self._membership("member", "kicked")

    def unblocks(self) -> None:
        """Restart the bot."""
        self.user.blocked = False
        self._membership("kicked", "member")

    def _membership(self, old: str, new: str) -> None:
        world = self.telegram.world
        world.emit("my_chat_member", changed(self.chat, self.user, world.bot, (old, new), int(world.now())))


def _marked(text: str) -> list[Json]:
    """Return the entities of a typed text; Telegram marks commands of ASCII letters only."""
    return find_entities(text) if text else []
