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

from bot.core.chat.messages import Address, Audience, Choice, Message, Mode, Reply, Role, Sender, Sent
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
        if said["mark"] in ">＞":
            return Message(wire_id, Address(PLATFORM, name), Sender(name, name), text, sent_at)
        tapped = _TAP.fullmatch(text)
        choice = self.choices.get(int(tapped[1])) if tapped else None
        if choice and choice.opens:
            return Message(wire_id, Address(PLATFORM, name), Sender(name, name), f"/start {choice.opens}", sent_at)
        reply_to = self.question if said["reply"] else None
        return Message(
            wire_id,
            ROOM,
            Sender(name, name),
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

    def posted(self, reply: Reply, sent: Sent, first: int = 1) -> None:
        """Note what stands in the room now."""
        if reply.choices:
            self.choices = dict(enumerate(reply.choices, first))
        if reply.ref and reply.ref.role is Role.QUESTION:
            self.question = sent.message_ids[-1]


def heading(message: Message, reply: Reply, language: str) -> Line | None:
    """Say whom a reply is for, where it is not for the whole room; a reaction is the whole of it."""
    name = message.sender.name
    if reply.mode is Mode.REACTION:
        return Line(f"{name}: {source_text(reply.blocks)}", style="dim")
    is_for_all = not message.is_direct and reply.audience is Audience.PUBLIC and reply.mode is not Mode.TOAST
    return None if is_for_all else Line(Wording(language)("room.alone", name=name), style="dim")
