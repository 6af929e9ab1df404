"""What a renderer makes of a reply: payloads, one message of a platform each, and the images they carry."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.content.document import File
from bot.ports import Image

__all__ = ["Image", "Payload"]


@dataclass(frozen=True, slots=True)
class Payload:
    """One message of a platform, within all its limits.

    Attributes:
        text: in the platform's markup; "" for images alone.
        images: sent with the text as their caption, which belongs ABOVE them (Telegram: show_caption_above_media);
            more than one makes an album or a gallery.
        file: a document that goes with it.
    """

    text: str
    images: tuple[Image, ...] = ()
    file: File | None = None
