"""Pieces and choices -> what one message of Discord carries, within its limits."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import discord
from discord import ui

from bot.adapters.chats.discord.sending import faults
from bot.adapters.chats.discord.wire import CHOICE, LETTER, LETTERS, WRITE
from bot.adapters.rendering.payload import Payload
from bot.adapters.rendering.plain_text import cut
from bot.core.chat.messages import Choice, Quiz, Reply, Role
from bot.core.language.wording import Wording

MAX_TEXT: Final = 4000
"""Characters of all texts of a layout together."""
MAX_COMPONENTS: Final = 40
MAX_BUTTONS: Final = 25
MAX_IN_ROW: Final = 5
MAX_LABEL: Final = 80
MAX_ID: Final = 100
MAX_IMAGES: Final = 10
MAX_ALT: Final = 256
NOTHING: Final = "⋯"
"""Stands where a message has buttons only."""
_HAN = re.compile(r"[一-鿿]")
Button = ui.Button[Any]


@dataclass(frozen=True, slots=True)
class Post:
    """One message to send.

    Attributes:
        choices: (custom id, label) of its buttons, at most 25.
    """

    payload: Payload
    choices: tuple[tuple[str, str], ...] = ()
    forms: ClassVar = ("layout", "an embed")

    def layout(self) -> dict[str, Any]:
        """Return it as a container of components."""
        view: ui.LayoutView = ui.LayoutView(timeout=None)
        view.add_item(ui.Container(*_parts(self.payload), *self._rows()))
        view.stop()  # buttons are found by their ids, nothing is kept for a message
        return {"view": view, "files": _files(self.payload)}

    def embed(self) -> dict[str, Any]:
        """Return it in the older form, for a client or a channel that takes no layout."""
        view: ui.View = ui.View(timeout=None)
        for number, button in enumerate(self._buttons()):
            button.row = number // MAX_IN_ROW
            view.add_item(button)
        view.stop()
        said = discord.Embed(description=self.payload.text or NOTHING)
        if self.payload.images:
            said.set_image(url=f"attachment://{_image_name(0)}")
        return {"embed": said, "view": view, "files": _files(self.payload)}

    def may_fall_back(self, error: discord.HTTPException) -> bool:
        """Tell whether after this refusal the older form may be taken."""
        return error.status == 400 and error.code not in faults.GONE

    def _rows(self) -> Iterator[ui.ActionRow[Any]]:
        buttons = list(self._buttons())
        for start in range(0, len(buttons), MAX_IN_ROW):
            yield ui.ActionRow(*buttons[start : start + MAX_IN_ROW])

    def _buttons(self) -> Iterator[Button]:
        for number, (custom_id, label) in enumerate(self.choices):
            is_first = number == 0 and custom_id == WRITE
            style = discord.ButtonStyle.primary if is_first else discord.ButtonStyle.secondary
            yield Button(custom_id=custom_id, label=label, style=style)


def posts(reply: Reply, payloads: Sequence[Payload], language: str) -> tuple[Post, ...]:
    """Put the buttons of a reply under its last payload; more than fit get messages of their own.

    Args:
        reply: what is said.
        payloads: the same, rendered.
        language: of the reader, "zh" or "en", where the reply's own labels do not tell.
    """
    narrow = [part for payload in payloads for part in _narrow(payload)] or [Payload("")]
    buttons = tuple(_offered(reply, language))
    chunks = [buttons[start : start + MAX_BUTTONS] for start in range(0, len(buttons), MAX_BUTTONS)] or [()]
    last = Post(narrow[-1], chunks[0])
    more = (Post(Payload(NOTHING), chunk) for chunk in chunks[1:])
    return (*(Post(payload) for payload in narrow[:-1]), last, *more)


def language_of(choices: Sequence[Choice], language: str) -> str:
    """Return the language that the labels of choices are in; without any, the one given."""
    labels = "".join(choice.label for choice in choices)
    return language if not labels else "zh" if _HAN.search(labels) else "en"


def _offered(reply: Reply, language: str) -> Iterator[tuple[str, str]]:
    has_form = False
    if reply.ref and reply.ref.role is Role.QUESTION:
        if reply.quiz:
            yield from letters(reply.quiz)
        else:
            has_form = True
            yield WRITE, Wording(language_of(reply.choices, language))("do.write")
    for choice in reply.choices:
        if not (has_form and choice.opens):  # the form is the way to answer alone
            yield f"{CHOICE}{choice.id}"[:MAX_ID], _label(choice.label)


def letters(quiz: Quiz) -> Iterator[tuple[str, str]]:
    """Yield (custom id, label) of the buttons that answer a choice question."""
    yield from ((f"{LETTER}{letter}", letter) for letter in LETTERS[: len(quiz.options)])


def _label(text: str) -> str:
    return cut(" ".join(text.split()), MAX_LABEL) or "·"


def _narrow(payload: Payload) -> Iterator[Payload]:
    """Spread more images than a message takes over several; a file has a message of its own."""
    groups = [payload.images[start : start + MAX_IMAGES] for start in range(0, len(payload.images), MAX_IMAGES)] or [()]
    yield Payload(payload.text, groups[0], payload.file)
    for images in groups[1:]:
        yield Payload("", images)


def _parts(payload: Payload) -> Iterator[ui.Item[Any]]:
    if payload.text or not (payload.images or payload.file):
        yield ui.TextDisplay(payload.text or NOTHING)
    if payload.images:
        yield ui.MediaGallery(
            *(
                discord.MediaGalleryItem(f"attachment://{_image_name(number)}", description=image.alt[:MAX_ALT] or None)
                for number, image in enumerate(payload.images)
            )
        )
    if payload.file:
        yield ui.File(f"attachment://{_file_name(payload.file.name)}")


def _files(payload: Payload) -> list[discord.File]:
    files = [
        discord.File(io.BytesIO(image.png), _image_name(number), description=image.alt[:MAX_ALT] or None)
        for number, image in enumerate(payload.images)
    ]
    if payload.file:
        files.append(discord.File(io.BytesIO(payload.file.content.encode()), _file_name(payload.file.name)))
    return files


def _image_name(number: int) -> str:
    return f"{number}.png"


def _file_name(name: str) -> str:
    """Return a name that Discord keeps as it is, so that a component can refer to it."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("._") or "file"


def count(components: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """Return how many components there are, inner ones too, and how many characters their texts have."""
    number = letters = 0
    for component in components:
        inner = count(component.get("components", ()))
        number += 1 + inner[0]
        letters += len(str(component.get("content", ""))) + inner[1]
    return number, letters


def fits(form: dict[str, Any]) -> bool:
    """Tell whether a layout keeps the limits that the library does not check."""
    number, letters = count(form["view"].to_components()) if "view" in form else (0, 0)
    return number <= MAX_COMPONENTS and letters <= MAX_TEXT
