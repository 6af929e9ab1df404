"""A feature: its commands and its buttons, each with the use case that serves it. `registry` lists the features."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.core.chat.button import Button
from bot.core.chat.command import Command
from bot.core.chat.messages import Replies
from bot.features.turn import Turn

Act = Callable[[Turn, str], Replies]
"""Serves a command: what it was given are the words after it."""
Tapped = TypeVar("Tapped", bound=Button)


@dataclass(frozen=True, slots=True)
class Served(Command):
    """A command and what serves it."""

    act: Act = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Tap:
    """A button and what serves it. `tap` makes one, and holds that the two fit."""

    kind: type[Button]
    act: Callable[[Turn, Any], Replies]


def tap(kind: type[Tapped], act: Callable[[Turn, Tapped], Replies]) -> Tap:
    """Join a button with the use case that serves it."""
    return Tap(kind, act)


@dataclass(frozen=True, slots=True)
class Feature:
    """What people can do with one part of the tutor.

    Attributes:
        taps: its buttons.
    """

    commands: tuple[Served, ...] = ()
    taps: tuple[Tap, ...] = ()
