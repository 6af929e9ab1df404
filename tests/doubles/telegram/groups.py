"""Groups that change: topics, comings and goings, who leads them, what they allow, and a new id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.doubles.telegram.members import changed
from tests.doubles.telegram.world import BOT_ID, INSIDE, Chat, User, World

if TYPE_CHECKING:
    from tests.doubles.telegram.people import Person, Telegram

Json = dict[str, Any]


@dataclass
class Group:
    """A group chat."""

    telegram: Telegram
    chat: Chat

    @property
    def _world(self) -> World:
        return self.telegram.world

    # --- the bot ---------------------------------------------------------------------------------

    def adds_bot(self, by: Person) -> None:
        """Let the bot in."""
        self._bot_becomes("member", by)
        self._service(by.user, {"new_chat_members": [self._world.bot.json()]})

    def kicks_bot(self, by: Person) -> None:
        """Throw the bot out; only in a basic group it sees the line that says so."""
        if self.chat.type == "group":
            self._service(by.user, {"left_chat_member": self._world.bot.json()})
        self._bot_becomes("kicked", by)

    def mutes_bot(self, by: Person) -> None:
        """Take from the bot the right to write."""
        self._bot_becomes("restricted", by)

    def promotes_bot(self, by: Person) -> None:
        """Make the bot an administrator: it hears of every coming and going then."""
        self._bot_becomes("administrator", by)

    def unmutes_bot(self, by: Person) -> None:
        """Let the bot write again."""
        self._bot_becomes("member", by)

    def _bot_becomes(self, status: str, by: Person) -> None:
        old, self.chat.members[BOT_ID] = self.chat.members.get(BOT_ID, "left"), status
        bot, at = self._world.bot, int(self._world.now())
        self._world.emit("my_chat_member", changed(self.chat, by.user, bot, (old, status), at))

    # --- members ---------------------------------------------------------------------------------

    def lets_in(self, *people: Person) -> None:
        """Let people join, each by the link of the group."""
        for person in people:
            self._becomes(person.user, "member", person.user)
            self._service(person.user, {"new_chat_members": [person.user.json()]})

    def lets_go(self, person: Person) -> None:
        """Let somebody leave; who may not write there stays restricted for the day they come back."""
        self._service(person.user, {"left_chat_member": person.user.json()})
        is_muted = self.chat.members[person.user.id] == "restricted"
        self._becomes(person.user, "restricted, away" if is_muted else "left", person.user)

    def removes(self, person: Person, by: Person) -> None:
        """Throw somebody out."""
        self._service(by.user, {"left_chat_member": person.user.json()})
        self._becomes(person.user, "kicked", by.user)

    def mutes(self, person: Person) -> None:
        """Take from a member the right to write."""
        self._becomes(person.user, "restricted", self._creator)

    def promotes(self, person: Person) -> None:
        """Make somebody an administrator."""
        self._becomes(person.user, "administrator", self._creator)

    def demotes(self, person: Person) -> None:
        """Make an administrator a plain member."""
        self._becomes(person.user, "member", self._creator)

    @property
    def _creator(self) -> User:
        return next(self._world.users[number] for number, status in self.chat.members.items() if status == "creator")

    def _becomes(self, user: User, status: str, by: User) -> None:
        old, self.chat.members[user.id] = self.chat.members.get(user.id, "left"), status
        if self.chat.members.get(BOT_ID) == "administrator":
            at = int(self._world.now())
            self._world.emit("chat_member", changed(self.chat, by, user, (old, status), at))

    def _service(self, by: User, content: Json) -> Json:
        """Write a line of the platform's own; the bot gets it whatever its privacy mode, while it is there."""
        message = self._world.post(self.chat, by, content)
        if self.chat.members.get(BOT_ID) in INSIDE:
            self._world.emit("message", message)
        return message

    # --- what it is like -------------------------------------------------------------------------

    def allows_reactions(self, *emoji: str) -> None:
        """Allow these reactions and no others; none at all without any."""
        self.chat.reactions = frozenset(emoji)

    def hides_members(self) -> None:
        """Show its members to administrators only."""
        self.chat.hides_members = True

    def renames(self, title: str) -> None:
        """Take another title."""
        self.chat.title = title

    def topic(self, name: str) -> int:
        """Open a topic; its id is that of the line that says so."""
        opened = self._service(self._creator, {"forum_topic_created": {"name": name, "icon_color": 7322096}})
        number: int = opened["message_id"]
        self.chat.topics[number] = name
        return number

    def upgrades(self, by: Person) -> Group:
        """Become a supergroup, with another id and messages numbered anew, which the bot is told to have joined."""
        made = Chat(-(1_000_000_000_000 + self._world.next_id()), "supergroup", self.chat.title)
        made.members = {number: status for number, status in self.chat.members.items() if number != BOT_ID}
        self._world.chats[made.id] = made
        self.chat.moved_to = made.id
        upgraded = Group(self.telegram, made)
        upgraded._bot_becomes(self.chat.members[BOT_ID], by)
        self._service(by.user, {"migrate_to_chat_id": made.id})
        upgraded._service(by.user, {"migrate_from_chat_id": self.chat.id})
        return upgraded
