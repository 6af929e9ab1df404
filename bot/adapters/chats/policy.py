"""Where and how a reply is said: decided once for every platform, from the reply and from what can be done just now.

A platform describes the moment, and carries out what is decided; it decides nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.chat.events import WhisperLost
from bot.core.chat.messages import Audience, Message, Mode, Reply, Role


class Way(StrEnum):
    """One way to say a reply. Where it cannot be gone, the next one of a decision is."""

    SEND = "send"
    """A message where the reader is, for everybody there."""
    POST = "post"
    """The same as a message of its own, because others could not reply to the answer of a command."""
    SHOW = "show"
    """A message where the reader is, which nobody else sees."""
    EDIT = "edit"
    """Over the tapped message."""
    REACT = "react"
    """A mark under the message that is answered."""
    TOAST = "toast"
    """Over the tapped button, as much as it holds, and that is all."""
    WHOLE_TOAST = "whole-toast"
    """Over the tapped button if it holds all of it."""
    TOAST_TOO = "toast-too"
    """Over the tapped button, as much as it holds, and the next way all the same."""
    WRITE = "write"
    """In the reader's private chat, which they may have closed."""
    WHISPER = "whisper"
    """The same, where nobody waits for it to arrive: what is lost is noted (`lost`)."""


Ways = tuple[Way, ...]
"""The ways to say one reply, the best first; none where it is not said at all."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What can be done just now: by this platform, here, for whoever did this.

    Attributes:
        is_direct: only the bot and the reader are here.
        is_unseen: others do not see what the reader did.
        can_react: there is a message that a mark can be put under.
        can_edit: a message was tapped that may be written over.
        is_own: that message is seen by the reader alone.
        can_toast: a button was tapped that something short can be shown over.
        can_show: a message can be shown here to the reader alone.
        can_post: what is said answers a command, and a message of its own can be posted instead.
    """

    is_direct: bool = False
    is_unseen: bool = False
    can_react: bool = False
    can_edit: bool = False
    is_own: bool = False
    can_toast: bool = False
    can_show: bool = False
    can_post: bool = False


def decide(reply: Reply, moment: Moment) -> Ways:
    """Return the ways to say a reply, the best first; none where it is not said at all."""
    if moment.is_direct:
        return _alone(reply.mode, moment)
    return (_over_a_button if moment.can_toast else _among_others)(reply, moment)


def lost(message: Message, reply: Reply) -> WhisperLost | None:
    """Return what is noted where a whisper could not be said: only what answers something that others saw matters."""
    is_seen = not message.is_unseen and message.pressed is None
    return WhisperLost(message, reply.ref) if is_seen and reply.ref else None


def _alone(mode: Mode, moment: Moment) -> Ways:
    match mode:
        case Mode.TOAST if moment.can_toast:
            return (Way.TOAST,)
        case Mode.TOAST if moment.can_show:
            return (Way.SHOW,)
        case Mode.EDIT if moment.can_edit:
            return (Way.EDIT, Way.SEND)
        case Mode.REACTION if moment.can_react:
            return (Way.REACT, Way.SEND)
        case _:
            return (Way.SEND,)


def _over_a_button(reply: Reply, moment: Moment) -> Ways:
    """Say over the tapped button what is not for all."""
    if reply.mode is Mode.TOAST:
        return (Way.TOAST,)
    if reply.audience is Audience.WHISPER:
        has_choices = bool(reply.choices) and not moment.is_unseen
        return (Way.TOAST_TOO, Way.WHISPER) if has_choices else (Way.WHOLE_TOAST, Way.TOAST_TOO, Way.WHISPER)
    if moment.is_unseen:  # how it went is the answerer's own business
        return (Way.TOAST,)
    is_short = reply.audience is Audience.PRIVATE and not reply.choices and reply.ref is None
    return (*((Way.WHOLE_TOAST,) if is_short else ()), *_among_others(reply, moment))


def _among_others(reply: Reply, moment: Moment) -> Ways:
    is_whisper = reply.audience is Audience.WHISPER
    if reply.mode is Mode.REACTION and not is_whisper:
        return (Way.REACT,) if moment.can_react else ()
    ways = []
    if moment.can_post and not is_whisper and reply.ref and reply.ref.role is Role.QUESTION:  # others may answer it too
        ways.append(Way.POST)
    if _may_edit(reply, moment):
        ways.append(Way.EDIT)
    return (*ways, *_said(reply, moment))


def _may_edit(reply: Reply, moment: Moment) -> bool:
    is_for_its_readers = moment.is_own or reply.audience is not Audience.WHISPER
    return reply.mode is Mode.EDIT and moment.can_edit and is_for_its_readers


def _said(reply: Reply, moment: Moment) -> Ways:
    is_private = moment.is_unseen or reply.audience is not Audience.PUBLIC
    if moment.can_show and (is_private or reply.mode is Mode.TOAST):
        return (Way.SHOW,)
    if not is_private:
        return (Way.SEND,)
    may_be_seen = reply.audience is Audience.PRIVATE and not moment.is_unseen
    return (Way.WRITE, Way.SEND) if may_be_seen else (Way.WHISPER,)
