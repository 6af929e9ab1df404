"""A bot whose clock is moved by starting it anew, and what it did on Telegram as people see it."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.adapters.store import open_store
from bot.adapters.store.migrating import upgrade
from bot.core.chat.messages import Address
from bot.core.records.records import DeliveryKind, DeliveryState, NewDelivery, Owner, OwnerKind
from tests.doubles.telegram.groups import Group
from tests.doubles.telegram.people import Person, Telegram, shown
from tests.doubles.telegram.process import BotProcess
from tests.doubles.telegram.server import TOKEN, Entry, Json
from tests.doubles.telegram.world import BOT_ID, Chat
from tests.flows.transcripts import TUTOR, Transcript

CROWD = 50
"""So many members of the largest group."""
NEVER_STARTED = "403 Forbidden: bot can't initiate conversation with a user"
_UNSEEN = frozenset({"getMe", "getUpdates", "getChatMember", "sendChatAction", "setMyCommands", "deleteWebhook"})


@asynccontextmanager
async def running(
    telegram: Telegram,
    folder: Path,
    moment: str,
    *,
    by: signal.Signals = signal.SIGTERM,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[BotProcess]:
    """Let the bot run from a moment on, on the database of that folder, and end by a signal.

    Args:
        moment: "2026-11-24T09:00:00+08:00"; the world's clock shows it too.
    """
    world = telegram.world
    world.advance(datetime.fromisoformat(moment).timestamp() - world.now())
    async with BotProcess(telegram, folder, "--now", moment, **(settings or {})) as bot:
        yield bot
        code = await bot.ends(by)
        assert code == (0 if by is signal.SIGTERM else -by)
        assert "ERROR" not in bot.log
        assert TOKEN.partition(":")[2] not in bot.log


def had_before(folder: Path, group: Group, today: str, questions: Sequence[str]) -> None:
    """Let a group have had questions on the days before; the bot is not running yet."""
    url = f"sqlite:///{folder / 'tutor.sqlite3'}"
    upgrade(url)
    store, address = open_store(url), Address("telegram", str(group.chat.id))
    at = datetime.fromisoformat(f"{today}T00:00:00+00:00") - timedelta(days=len(questions))
    with store.transaction() as tx:
        owner = Owner(OwnerKind.GROUP, tx.add_group(address, group.chat.title, "zh", at).id)
        for number, question in enumerate(questions):
            day = at + timedelta(days=number)
            state = DeliveryState.SENT
            tx.add_delivery(
                NewDelivery(owner, DeliveryKind.DAILY, day.date(), 0, address, day, question_id=question, state=state)
            )
    store.close()


def posts(group: Group) -> list[Json]:
    """Return what the bot has posted in a group, in order."""
    return [message for message in group.chat.messages.values() if message["from"]["id"] == BOT_ID]


async def refusal_of(telegram: Telegram, person: Person) -> Entry:
    """Wait until the bot has tried to write to somebody alone, and could not."""
    found: Entry = await telegram.until(
        lambda: next((e for e in telegram.refused if e.call.get("chat_id") == str(person.user.id)), None),
        "a refusal",
    )
    return found


@dataclass
class Day:
    """The groups of a day and their people; Ann leads them all.

    Attributes:
        room: a basic group, which becomes a supergroup; its members answer in both ways.
        berlin: a forum whose question comes in one of its topics, at nine in Berlin.
        letters: gets a choice question, with letters to tap.
        votes: answers by open polls.
        crowd: so many members that all answer at once.
        left_out: throws the bot out in the morning and lets it in again.
        quiz: has a live quiz and no question of the day.
    """

    telegram: Telegram
    people: dict[str, Person]
    crowd_people: tuple[Person, ...]

    def __post_init__(self) -> None:
        group, all_ = self.telegram.group, self.people.values()
        self.room = group("自习室", *all_, kind="group")
        self.berlin = group("柏林小组", *all_, forum=True)
        self.topic = self.berlin.topic("每日一题")
        self.letters = group("视觉组", *all_)
        self.votes = group("投票组", *all_)
        self.crowd = group("大班", self["Ann"], *self.crowd_people)
        self.left_out = group("出出进进", *all_)
        self.quiz = group("随堂组", *all_)

    @classmethod
    def begins(cls, telegram: Telegram) -> Day:
        """Make the groups; all have opened a chat with the bot but Fay and every fifth of the crowd."""
        people = {name: telegram.person(name) for name in ("Ann", "Bob", "Cat", "Dan", "Eve", "Fay", "Gus")}
        crowd = telegram.people(*(f"M{number}" for number in range(CROWD)))
        for person in (*people.values(), *crowd):
            person.user.started = person is not people["Fay"] and person not in crowd[::5]
        return cls(telegram, people, crowd)

    def __getitem__(self, name: str) -> Person:
        """Return somebody."""
        return self.people[name]

    def question(self, group: Group) -> Json:
        """Return the question that stands in a group."""
        return next(post for post in posts(group) if "今日一题" in shown(post) or "poll" in post)

    async def is_told(self, text: str, group: Group) -> Json:
        """Wait until the bot says something in a group."""
        return await self.telegram.waits_for(text, group.chat)


@dataclass
class Scribe:
    """Writes what the bot did into a transcript, from the journal of the double."""

    telegram: Telegram
    transcript: Transcript
    read: int = 0

    def writes(self) -> None:
        """Write down what the bot has done since it was last asked."""
        entries = self.telegram.journal[self.read :]
        self.read += len(entries)
        for entry in entries:
            if entry.call.method not in _UNSEEN:
                self._entry(entry)

    def skips(self) -> None:
        """Leave out what the bot has done since it was last asked."""
        self.read = len(self.telegram.journal)

    def _entry(self, entry: Entry) -> None:
        call = entry.call
        if entry.error:
            to = self._name(self.telegram.world.chats[int(call.get("chat_id"))])
            self.transcript.does(TUTOR, f"{to}: cannot be said ({entry.error.partition(': ')[2]})")
        elif call.method == "setMessageReaction":
            chat = self.telegram.world.chats[int(call.get("chat_id"))]
            message = chat.messages[int(call.get("message_id"))]
            (emoji,) = call.json("reaction")
            self.transcript.does(TUTOR, f"reacts to {message['from']['first_name']}'s message: {emoji['emoji']}")
        elif call.method == "answerCallbackQuery":
            asker = self.telegram.world.queries[call.get("callback_query_id")].user
            if call.get("text"):
                self.transcript.says(TUTOR, f"{asker.first_name} alone, over the button", call.get("text"))
        else:
            self._message(entry.result)

    def _message(self, message: Json) -> None:
        where = self._name(self.telegram.world.chats[message["chat"]["id"]])
        quoted = message.get("reply_to_message")
        if quoted:
            author = quoted["from"]
            where += f", answering {'the question' if author['id'] == BOT_ID else author['first_name']}"
        self.transcript.says(TUTOR, where, shown(message))

    @staticmethod
    def _name(chat: Chat) -> str:
        return f"{chat.user.first_name} alone" if chat.user else chat.title
