"""A group chat for flows: people speak in it or alone with the tutor; what is posted and whispered is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.chat.events import ReplySent, WhisperLost
from bot.core.chat.messages import Address, Audience, Message, Mode, Ref, Replies, Reply, Sender, Sent
from bot.core.content.document import source_text
from bot.features.daily.outcomes import Outcome
from bot.features.turn import Knowledge
from bot.ports import Store
from bot.running.tutor import Tutor

MORNING = datetime.fromisoformat("2026-11-24T08:00:00+08:00")  # a Tuesday
PLATFORM = "telegram"
CHAT = Address(PLATFORM, "-100")


def text_of(reply: Reply) -> str:
    """Return a reply as text, its choices in brackets."""
    return source_text(reply.blocks) + "".join(f" [{choice.label}]" for choice in reply.choices)


@dataclass
class Room:
    """A chat with many people.

    Attributes:
        posted: what the tutor posted for all, in order: (platform id, reply).
        heard: what each person was told alone.
        marks: the reactions to people's messages, in order.
        names: what people call themselves, where not by their id.
    """

    tutor: Tutor
    store: Store
    knowledge: Knowledge
    address: Address = CHAT
    now: datetime = MORNING
    admins: frozenset[str] = frozenset({"ann"})
    posted: list[tuple[str, Reply]] = field(default_factory=list)
    heard: dict[str, list[Reply]] = field(default_factory=dict)
    marks: list[tuple[str, str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    count: int = 0

    # --- people ----------------------------------------------------------------------------------

    def says(self, user: str, text: str, *, to: str | None = None, is_unseen: bool = False) -> str:
        """Write into the chat, perhaps as a reply to a post; return what everybody reads of the answer."""
        return self._handled(user, text, reply_to=to, is_unseen=is_unseen)

    def taps(self, user: str, choice_id: str) -> str:
        """Tap a button under a post in the chat."""
        return self._handled(user, "", pressed=choice_id, is_unseen=True)

    def answers_alone(self, user: str, text: str, to: str) -> str:
        """Answer a question in a form that others do not see; return what its writer is told."""
        before = len(self.heard.get(user, []))
        assert self.says(user, text, to=to, is_unseen=True) == ""
        return "\n".join(text_of(reply) for reply in self.heard.get(user, [])[before:])

    def writes(self, user: str, text: str = "", *, pressed: str | None = None) -> str:
        """Write to the tutor alone; return the answer."""
        self.count += 1
        address = Address(self.address.platform, user)
        message = Message(f"m{self.count}", address, self._sender(user), text, self.now, pressed=pressed)
        replies = self.tutor.handle(message)
        for number, reply in enumerate(replies):
            if reply.ref:
                self.tutor.note(ReplySent(address, reply.ref, Sent((f"dm{self.count}.{number}",))), self.now)
        self.heard.setdefault(user, []).extend(replies)
        return "\n".join(text_of(reply) for reply in replies)

    def follows(self, user: str, reply: Reply) -> str:
        """Follow the link of a post into the private chat."""
        link = next(choice.opens for choice in reply.choices if choice.opens)
        return self.writes(user, f"/start {link}")

    def _sender(self, user: str) -> Sender:
        return Sender(user, self.names.get(user, user.title()))

    def _handled(
        self, user: str, text: str, *, reply_to: str | None = None, pressed: str | None = None, is_unseen: bool = False
    ) -> str:
        self.count += 1
        message = Message(
            f"m{self.count}",
            self.address,
            self._sender(user),
            text,
            self.now,
            is_direct=False,
            is_to_me=text.startswith("/") or reply_to is not None,
            is_admin=user in self.admins,
            reply_to=reply_to,
            pressed=pressed,
            is_unseen=is_unseen,
            place="自习室",
        )
        return self._carried_out(user, self.tutor.handle(message), is_unseen=is_unseen)

    def _carried_out(self, user: str, replies: Replies, *, is_unseen: bool) -> str:
        public = []
        for reply in replies:
            if reply.mode is Mode.REACTION:
                self.marks.append((user, source_text(reply.blocks)))
            elif reply.audience is not Audience.PUBLIC or (is_unseen and reply.mode is Mode.TOAST):
                self.heard.setdefault(user, []).append(reply)
            else:
                public.append(self._post(reply))
        return "\n".join(public)

    def _post(self, reply: Reply) -> str:
        self.count += 1
        post = f"p{self.count}"
        self.posted.append((post, reply))
        if reply.ref:
            self.tutor.note(ReplySent(self.address, reply.ref, Sent((post,))), self.now)
        return text_of(reply)

    def misses(self, user: str, ref: Ref) -> None:
        """Somebody whom the tutor cannot write to alone was to be whispered to."""
        message = Message("missed", self.address, self._sender(user), "", self.now, is_direct=False)
        self.tutor.note(WhisperLost(message, ref), self.now)

    # --- time ------------------------------------------------------------------------------------

    def waits(self, **span: float) -> list[str]:
        """Let time pass, then tick; return what was posted meanwhile."""
        self.now += timedelta(**span)
        return self.ticks()

    def ticks(self) -> list[str]:
        """Run one tick: what is due is posted, notices too."""
        before = len(self.posted)
        while self.tutor.claim_due(self.now):
            pass
        self.tutor.settle(self.now)
        platforms = frozenset({self.address.platform})
        while taken := self.tutor.take(platforms, self.now):
            for outgoing in taken:
                self.count += 1
                self.posted.append((f"p{self.count}", outgoing.reply))
                self.tutor.record([Outcome(outgoing, Sent((f"p{self.count}",)))], self.now)
        for notice in self.tutor.notices(platforms):
            self._post(notice.reply)
            self.tutor.noticed(notice)
        return [text_of(reply) for _, reply in self.posted[before:]]

    def restarts(self) -> None:
        """Begin a new process on the same database."""
        self.tutor = Tutor(self.store, self.knowledge, language="zh", timezone="Asia/Shanghai")
        self.tutor.recover(self.now)

    @property
    def last(self) -> tuple[str, Reply]:
        """The last post."""
        return self.posted[-1]

    def told(self, user: str) -> str:
        """The last thing that somebody was told alone."""
        return text_of(self.heard[user][-1])
