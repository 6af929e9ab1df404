"""Discord's events -> Message, pure: who, where, what, with the mention of the bot taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, cast

import discord

from bot.core.chat.messages import Address, Message, Sender
from bot.features.registry import COMMANDS, TABLE

PLATFORM: Final = "discord"
CHOICE: Final = "c:"
"""Begins the custom id of a button that stands for a choice; its id follows."""
LETTER: Final = "a:"
"""Begins the custom id of a button that answers a choice question; the option's letter follows."""
WRITE: Final = "write"
"""The custom id of the button that opens the form for an answer."""
FORM: Final = "form:"
"""Begins the custom id of that form; the question's message id follows."""
LETTERS: Final = "ABCDEFGHIJKL"
"""What the options of a choice question are called, in their order; a poll counts its answers from 1."""
FOR_ALL: Final = frozenset(command.name for command in COMMANDS if command.is_shared)
"""Commands that a whole channel may read the answers of; the others are answered to one person."""
_TYPES: Final = (discord.MessageType.default, discord.MessageType.reply)
_VOICE: Final = 1 << 13
Interaction = discord.Interaction[Any]


def to_message(event: discord.Message | Interaction, me: int, edited_at: datetime | None = None) -> Message | None:
    """Read a message or an interaction; None for what is nobody's word to the tutor.

    Args:
        event: as it came through the gateway.
        me: the bot's user id.
        edited_at: when the message was edited, where this is its new wording.
    """
    if isinstance(event, discord.Message):
        return _written(event, me, edited_at)
    text, pressed, reply_to = _said(event)
    if text is None and pressed is None:
        return None
    return Message(
        str(event.id),
        Address(PLATFORM, str(event.channel_id)),
        _sender(event.user),
        text or "",
        event.created_at,
        is_direct=is_direct(event),
        is_admin=is_direct(event) or _may_administer(event.permissions),
        reply_to=reply_to,
        pressed=pressed,
        language=str(event.locale),
        is_unseen=is_quiet(event),
        place="" if is_direct(event) else _name(event.channel),
        within=_within(event.channel),
    )


def to_vote(vote: discord.RawPollVoteActionEvent, name: str, at: datetime, language: str | None) -> Message | None:
    """Read a vote; None where its poll has no such answer.

    Whoever moves their vote is a replay of themselves: the first one counts.

    Args:
        name: what the voter is called; "" where that is not known.
        at: when it came; votes carry no time.
        language: of the server.
    """
    if not 1 <= vote.answer_id <= len(LETTERS):
        return None
    return Message(
        f"{vote.message_id}:{vote.user_id}",
        Address(PLATFORM, str(vote.channel_id)),
        Sender(str(vote.user_id), name),
        LETTERS[vote.answer_id - 1],
        at,
        is_direct=vote.guild_id is None,
        language=language,
        poll_id=str(vote.message_id),
        is_unseen=True,
    )


def is_tap(event: Interaction) -> bool:
    """Tell whether a button of a message, or a form opened by one, was used."""
    return event.type is not discord.InteractionType.application_command and event.message is not None


def is_quiet(event: Interaction) -> bool:
    """Tell whether what was done, and the answers to it, are for one person's eyes in a channel of several."""
    command = payload(event).get("name") if not is_tap(event) else None
    return not is_direct(event) and command not in FOR_ALL


def is_direct(event: Interaction) -> bool:
    """Tell whether only the bot and one person are in the channel of an interaction."""
    return event.guild_id is None and not event.context.private_channel


def payload(event: Interaction) -> Mapping[str, Any]:
    """Return what an interaction carries, as it came."""
    return cast("Mapping[str, Any]", event.data or {})


def lacks_text(post: discord.Message, me: int) -> bool:
    """Tell whether a message answers the bot and arrived empty: without a ping Discord withholds what it says."""
    is_empty = not post.content and not post.attachments and not post.stickers
    return post.guild is not None and is_empty and not post.author.bot and _replied_to(post, me) is not None


# --- messages ------------------------------------------------------------------------------------


def _written(post: discord.Message, me: int, edited_at: datetime | None) -> Message | None:
    if post.author.bot or post.webhook_id or post.type not in _TYPES:
        return None
    is_private = post.guild is None
    if not is_private and not _is_mentioned(post, me):
        return None
    return Message(
        f"{post.id}:{edited_at.timestamp():.0f}" if edited_at else str(post.id),
        Address(PLATFORM, str(post.channel.id)),
        _sender(post.author),
        re.sub(rf"<@!?{me}>", "", post.content).strip(),
        post.created_at,
        is_direct=is_private,
        is_admin=is_private or _administers(post),
        is_edit=edited_at is not None,
        reply_to=_replied_to(post, me),
        language=str(post.guild.preferred_locale) if post.guild else None,
        attachment=_attachment(post),
        place="" if is_private else _name(post.channel),
        within=_within(post.channel),
    )


def _is_mentioned(post: discord.Message, me: int) -> bool:
    """Tell whether the bot is named, or pinged by a reply; Discord lists both."""
    return any(user.id == me for user in post.mentions)


def _replied_to(post: discord.Message, me: int) -> str | None:
    """Return the id of the bot's message that is answered."""
    answered = post.reference.resolved if post.reference else None
    is_mine = isinstance(answered, discord.Message) and answered.author.id == me
    return str(answered.id) if answered and is_mine else None


def _administers(post: discord.Message) -> bool:
    """Tell whether the author has the rights in this channel; the roles come with every message."""
    if not isinstance(post.author, discord.Member):
        return False
    try:
        return _may_administer(post.channel.permissions_for(post.author))
    except (AttributeError, discord.ClientException):  # a channel, or a thread's, that is not known
        return _may_administer(post.author.guild_permissions)


def _may_administer(rights: discord.Permissions) -> bool:
    return rights.manage_guild or rights.manage_channels


def _name(channel: object) -> str:
    return getattr(channel, "name", None) or ""


def _within(channel: object) -> str:
    return str(channel.parent_id) if isinstance(channel, discord.Thread) else ""


def _attachment(post: discord.Message) -> str:
    if post.flags.value & _VOICE:
        return "voice"
    if post.attachments:
        kind = (post.attachments[0].content_type or "").partition("/")[0]
        return "photo" if kind == "image" else "document"
    return "sticker" if post.stickers else ""


def _sender(user: discord.User | discord.Member) -> Sender:
    return Sender(str(user.id), user.display_name)


# --- interactions --------------------------------------------------------------------------------


def _said(event: Interaction) -> tuple[str | None, str | None, str | None]:
    """Return the text, the pressed choice and the message answered to."""
    data = payload(event)
    match event.type:
        case discord.InteractionType.application_command:
            return _command(data), None, None
        case discord.InteractionType.component:
            return _button(str(data.get("custom_id", "")), str(event.message.id) if event.message else None)
        case discord.InteractionType.modal_submit:
            return _form(data)
        case _:
            return None, None, None


def _command(data: Mapping[str, Any]) -> str:
    """Write a command as it is typed elsewhere; the message menu asks with the text of its message."""
    if data.get("type") == discord.AppCommandType.message.value:
        resolved = data.get("resolved", {}).get("messages", {})
        return f"/ask {resolved.get(str(data.get('target_id')), {}).get('content', '')}".strip()
    values = {str(option["name"]): option["value"] for option in data.get("options", ()) if "value" in option}
    command = TABLE.by_name.get(data["name"])
    argument = command.argument(values) if command else " ".join(map(str, values.values()))
    return f"/{data['name']} {argument}".strip()


def _button(custom_id: str, message_id: str | None) -> tuple[str | None, str | None, str | None]:
    if custom_id.startswith(CHOICE):
        return None, custom_id.removeprefix(CHOICE), None
    if custom_id.startswith(LETTER):
        return custom_id.removeprefix(LETTER), None, message_id
    return None, None, None


def _form(data: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    custom_id = str(data.get("custom_id", ""))
    if not custom_id.startswith(FORM):
        return None, None, None
    written = next(_values(data.get("components", ())), "")
    return written, None, custom_id.removeprefix(FORM)


def _values(components: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what was filled in: fields stand in rows or under labels."""
    for component in components:
        if "value" in component:
            yield str(component["value"])
        yield from _values(component.get("components", ()))
        if "component" in component:
            yield from _values((component["component"],))
