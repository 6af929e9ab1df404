"""A room in the terminal: several people at one prompt, to try a study group without a platform.

`Ann: text` is said in the room and `Ann> text` to the tutor alone; `Ann: ^ text` answers the last question there,
and `Ann: /1` taps the first choice of the last post. Whatever is for one person's eyes says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rich.text import Text as Line

from bot.adapters.chats.policy import Moment, Way, decide
from bot.core.chat.messages import Address, Choice, Message, Reply, Role, Sender, Sent
from bot.core.content.document import source_text
from bot.core.language.wording import Wording

PLATFORM = "console"
ROOM = Address(PLATFORM, "room")
USAGE = "Ann: /group 9:00   Ann: ^ 回答   Ann> 私聊   Ann: /1"
_SPOKEN = re.compile(r"\s*(?P<name>[^\s:：>＞/^]{1,20})\s*(?P<mark>[:：>＞])\s*(?P<reply>\^)?\s*(?P<text>.*)")
_TAP = re.compile(r"/(\d{1,2})")


@dataclass
class Room:
    """What stands in the room, as far as speaking there needs it.

    Attributes:
        choices: those under the last post, by number from 1.
        question: the id of the last question's post.
    """

    choices: Mapping[int, Choice] = field(default_factory=dict)
    question: str | None = None

    def to_message(self, line: str, wire_id: str, sent_at: datetime) -> Message | None:
        """Read one typed line; None where nobody is named. Everybody at the terminal may administer the room."""
        said = _SPOKEN.fullmatch(line)
        if said is None:
            return None
        name, text = said["name"], said["text"].strip()
        sender, alone = Sender(name, name), Address(PLATFORM, name)
        if said["mark"] in ">＞":
            return Message(wire_id, alone, sender, text, sent_at)
        choice = self._tapped(text)
        if choice and choice.opens:
            return Message(wire_id, alone, sender, f"/start {choice.opens}", sent_at)
        reply_to = self.question if said["reply"] else None
        return Message(
            wire_id,
            ROOM,
            sender,
            "" if choice else text,
            sent_at,
            is_direct=False,
            is_to_me=bool(choice or reply_to) or text.startswith(("/", "／")),
            is_admin=True,
            reply_to=reply_to,
            pressed=choice.id if choice else None,
            is_unseen=choice is not None,
            place="room",
        )

    def _tapped(self, text: str) -> Choice | None:
        tapped = _TAP.fullmatch(text)
        return self.choices.get(int(tapped[1])) if tapped else None

    def posted(self, reply: Reply, sent: Sent, first: int = 1) -> None:
        """Note what stands in the room now."""
        if reply.choices:
            self.choices = dict(enumerate(reply.choices, first))
        if reply.ref and reply.ref.role is Role.QUESTION:
            self.question = sent.message_ids[-1]


def way_of(message: Message, reply: Reply) -> Way:
    """Return how a reply is said to somebody in the room, where what one person does all see."""
    return decide(reply, Moment(is_direct=message.is_direct, can_react=True, can_show=True))[0]


def heading(message: Message, reply: Reply, language: str) -> Line | None:
    """Say whom a reply is for, where it is not for the whole room; a reaction is the whole of it."""
    name, way = message.sender.name, way_of(message, reply)
    if way is Way.REACT:
        return Line(f"{name}: {source_text(reply.blocks)}", style="dim")
    is_alone = message.is_direct or way is Way.SHOW
    return Line(Wording(language)("room.alone", name=name), style="dim") if is_alone else None
