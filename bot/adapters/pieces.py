"""What a renderer makes of a reply: pieces, one message of a platform each, and the images they carry."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.document import File


@dataclass(frozen=True, slots=True)
class Image:
    """A picture ready to send.

    Attributes:
        key: hash of its content; a platform's id of the uploaded file is kept under it.
        png: the file's bytes.
        alt: what it shows, as text.
    """

    key: str
    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of a platform, within all its limits.

    Attributes:
        text: in the platform's markup; "" for images alone.
        images: sent with the text as their caption; more than one makes an album or a gallery.
        file: a document that goes with it.
    """

    text: str
    images: tuple[Image, ...] = ()
    file: File | None = None
