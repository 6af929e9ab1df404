"""Discord's limits and names, over the table of commands and over any reply at all."""

from __future__ import annotations

import re
from typing import Any

import discord
import opencc
import pytest
from discord.app_commands import TranslationContext, TranslationContextLocation
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.chats.discord import command_names
from bot.adapters.chats.discord.sending.layout import MAX_COMPONENTS, MAX_TEXT, Post, count, fits, posts
from bot.adapters.chats.discord.sending.render import render
from bot.adapters.chats.discord.sending.sender import nonce_of
from bot.adapters.rendering.payload import Payload
from bot.adapters.runtime.redaction import HIDDEN, Redaction
from bot.core.chat.command import Command
from bot.core.chat.messages import Choice, Quiz, Ref, Reply, Role
from bot.core.chat.option import OneOf
from bot.core.content.document import Paragraph, Text, paragraph
from bot.features.registry import COMMANDS
from bot.ports import Image
from tests.doubles.discord.scripted import Scripted

LOCALES = {"English": "", "mainland Chinese": "zh", "Taiwan Chinese": "tw"}


def _said(string: Any, locale: str) -> str:
    return str(string.extras[locale] if locale else string.message)


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
def test_every_command_has_a_name_of_its_own_in(locale: str) -> None:
    given = [_said(command_names.name_of(command.called), locale) for command in COMMANDS]
    assert len(set(given)) == len(given)
    assert all(re.fullmatch(r"[-_\w]{1,32}", name) and name == name.lower() for name in given)
    lines = [_said(command_names.line_of(command.does), locale) for command in COMMANDS]
    assert all(0 < len(line) <= 100 for line in lines)


@pytest.mark.parametrize("locale", LOCALES.values(), ids=LOCALES)
@pytest.mark.parametrize("command", [c for c in COMMANDS if c.options], ids=lambda command: command.name)
def test_every_option_has_a_name_of_its_own_in(command: Command, locale: str) -> None:
    given = [_said(command_names.name_of(option.called), locale) for option in command.options]
    assert len(set(given)) == len(given)
    assert all(re.fullmatch(r"[-_\w]{1,32}", name) and name == name.lower() for name in given)
    assert [o.is_required for o in command.options] == sorted((o.is_required for o in command.options), reverse=True)
    for option in command.options:
        assert 0 < len(_said(command_names.line_of(option.about), locale)) <= 100
        assert not isinstance(option, OneOf) or 1 <= len(option.choices) <= 25


def test_taiwans_names_are_in_traditional_characters() -> None:
    converter = opencc.OpenCC("s2t")
    options = [option for command in COMMANDS for option in command.options]
    choices = [label.tw for option in options if isinstance(option, OneOf) for _, label in option.choices]
    own = [command.called.tw + command.does.tw + command.usage.tw for command in COMMANDS]
    written = "".join((*own, *choices, *(option.called.tw + option.about.tw for option in options)))
    kept = {"裡", "為", "查", "才", "台", "群"}  # Taiwan's own forms
    assert {a for a, b in zip(written, converter.convert(written), strict=True) if a != b} <= kept


async def test_discord_is_given_all_names() -> None:
    client = Scripted().chat().client
    payload = await client.tree.get_command("ask").get_translated_payload(client.tree, command_names.Names())  # type: ignore[union-attr]
    assert payload["name_localizations"] == {"zh-CN": "问", "zh-TW": "問"}
    assert payload["options"][0]["name_localizations"] == {"zh-CN": "内容", "zh-TW": "內容"}
    assert payload["contexts"] == [0, 1, 2]
    assert payload["integration_types"] == [0, 1]
    context: Any = TranslationContext(location=TranslationContextLocation.other, data=None)
    assert await command_names.Names().translate(command_names.MENU, discord.Locale.japanese, context) is None


@st.composite
def replies(draw: st.DrawFn) -> Reply:
    """Any reply: long, empty, with many or odd buttons."""
    said = draw(st.lists(st.text(max_size=300).map(lambda text: Paragraph((Text(text),))), max_size=8))
    long = draw(st.sampled_from(["", "长" * 5000, "@everyone " * 700, "```" * 1500]))
    labels = draw(st.lists(st.text(max_size=120), max_size=60))
    choices = tuple(Choice(f"x:{number}", label) for number, label in enumerate(labels))
    ref = Ref(1, Role.QUESTION) if draw(st.booleans()) else None
    quiz = Quiz("?", ("a", "b"), 0) if draw(st.booleans()) else None
    return Reply((*said, paragraph(long)), choices, ref=ref, quiz=quiz)


@settings(deadline=None, max_examples=60)
@given(replies())
def test_any_reply_keeps_discords_limits(reply: Reply) -> None:
    for post in posts(reply, render(reply, None), "zh"):
        form = post.layout()
        assert fits(form)
        number, letters = count(form["view"].to_components())
        assert 0 < letters <= MAX_TEXT or number > 0
        assert number <= MAX_COMPONENTS
        for button in _buttons(form["view"].to_components()):
            assert 1 <= len(button["label"]) <= 80
            assert 1 <= len(button["custom_id"]) <= 100
        embed = post.embed()["embed"]
        assert 0 < len(embed.description) <= 4096


def _buttons(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    inner = [button for component in components for button in _buttons(component.get("components", []))]
    return [component for component in components if component["type"] == 2] + inner


def test_pictures_make_a_gallery_and_more_than_ten_go_on() -> None:
    images = tuple(Image(str(number), b"png", f"图 {number}" * 200) for number in range(12))
    shown = posts(Reply(()), [Payload("看图", images)], "zh")
    assert [len(post.payload.images) for post in shown] == [10, 2]
    form = shown[0].layout()
    assert [file.filename for file in form["files"]] == [f"{number}.png" for number in range(10)]
    gallery = form["view"].to_components()[0]["components"][1]
    assert gallery["items"][3]["media"]["url"] == "attachment://3.png"
    assert len(gallery["items"][3]["description"]) <= 256
    assert shown[0].embed()["embed"].image.url == "attachment://0.png"


def test_a_layout_that_is_too_large_is_seen() -> None:
    assert not fits(Post(Payload("x" * 4001)).layout())


def test_a_nonce_is_short_and_differs_by_part() -> None:
    assert len({nonce_of("7:question", number) for number in range(5)}) == 5
    assert all(len(nonce_of("长" * 100, number)) <= 25 for number in range(3))


def test_neither_the_token_nor_those_of_interactions_show() -> None:
    redaction = Redaction("MTk4NjIy.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs", "")
    text = "POST /api/v10/interactions/123/aW50ZXJh.x-y_z/callback with Bot MTk4NjIy.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"
    assert redaction.clean(text) == f"POST /api/v10/interactions/123/{HIDDEN}/callback with Bot {HIDDEN}"
    assert redaction.clean("nothing") == "nothing"
