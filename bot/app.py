"""The composition root: settings -> tutor, chats and ticker; one task group; stops in order."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from threading import Thread
from typing import Final

from pydantic import SecretStr

from bot.adapters.chats import console, discord, telegram
from bot.adapters.content import folder
from bot.adapters.runtime import allocator
from bot.adapters.runtime.clock import SystemClock
from bot.adapters.runtime.redaction import hide
from bot.adapters.store import is_embedded, open_store
from bot.adapters.store.driver.checkpoints import checkpoints
from bot.adapters.store.migrating import prepare_folder, upgrade
from bot.adapters.typesetting.typesetter import Typst
from bot.core.chat.incidents import Counts
from bot.core.grading import Grader
from bot.features.turn import Knowledge, no_cards
from bot.knowledge import load_index, load_library
from bot.ports import Chat, Clock, Services, Store, Typesetter
from bot.running.runner import Runner
from bot.running.tutor import Operator, Tutor
from bot.settings import Settings

PLATFORMS: Final[Mapping[str, Callable[[Settings, Services], Chat]]] = {
    "console": console.build,
    "room": console.build_room,
    "telegram": telegram.build,
    "discord": discord.build,
}
"""What makes the chat of each platform; its modules are loaded when it is made."""
TERMINALS: Final = frozenset({"console", "room"})
"""Both are the terminal; in a room several people speak."""

COLLECT_AFTER = (20_000, 20, 20)
"""New objects, and rounds of the younger generation, after which each generation is looked through."""

log = logging.getLogger(__name__)


def load_knowledge(settings: Settings, typesetter: Typesetter | None = None) -> Knowledge:
    """Read everything the tutor knows; without a typesetter it has no cards."""
    library = load_library(settings)
    index = load_index(settings, library)
    characters = replace(index.reader.language, frequency={})  # what `language.characters` reads, not twice
    grader = Grader(library.lexicon, characters)
    return Knowledge(library, index, grader, no_cards if typesetter is None else lambda: typesetter.has_cards)


def load_typesetter(settings: Settings) -> Typst:
    """Make the typesetter; its process starts when it is first asked for something."""
    return Typst(settings.cache_folder / "pictures", folder.pictures_root(settings.content))


def load_store(settings: Settings) -> Store:
    """Bring the database up to date and open it. Raises StoreError."""
    prepare_folder(settings.database_url)
    upgrade(settings.database_url)
    return open_store(settings.database_url)


def freeze_what_stays() -> None:
    """Take what is loaded once out of the garbage collector's rounds, which would hold the event loop for long.

    An answer makes a few thousand objects and leaves next to none: looked at after every 700, they cost a tenth of it.
    """
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    gc.enable()


def serve(settings: Settings, clock: Clock | None = None, platforms: Sequence[str] = ()) -> None:
    """Start the platforms that have a token, or the terminal where none has, and run until told to stop.

    Args:
        clock: None for the machine's.
        platforms: start just these instead.
    """
    chosen = platforms or with_token(settings) or ("console",)
    allocator.give_back()
    gc.disable()  # nothing that is loaded is garbage; see `freeze_what_stays`
    try:
        asyncio.run(_serve(settings, clock or SystemClock(), chosen))
    finally:
        gc.enable()


def with_token(settings: Settings) -> tuple[str, ...]:
    """Return the platforms that have a token, which is the setting of their name."""
    return tuple(name for name in PLATFORMS if getattr(settings, f"{name}_token", None))


async def _serve(settings: Settings, clock: Clock, platforms: Sequence[str]) -> None:
    hide(*(value.get_secret_value() for _, value in settings if isinstance(value, SecretStr)))
    with (
        closing(load_store(settings)) as store,
        closing(load_typesetter(settings)) as typesetter,
        checkpoints(settings.database_url),
    ):
        counts = {platform: Counts() for platform in platforms if platform not in TERMINALS}
        read = partial(load_knowledge, settings, typesetter)
        # Whoever sits at the terminal has the database in their hands already.
        operator = Operator((*settings.owners, "console:local"), read, counts)
        tutor = Tutor(store, read(), language=settings.language, timezone=settings.timezone, operator=operator)
        runner = Runner(tutor, clock, settings.pushes_a_second, _worker(settings))
        given = Services(runner.handle, runner.suggest, runner.note, clock, typesetter)
        for platform in platforms:
            runner.add(PLATFORMS[platform](settings, replace(given, counts=counts.get(platform, Counts()))))
        freeze_what_stays()
        # Looking for fonts starts a process and takes a while: nobody need wait for it before the first answer.
        Thread(target=lambda: typesetter.has_cards, name="fonts", daemon=True).start()
        await runner.run()


def _worker(settings: Settings) -> Executor | None:
    """Return where the tutor works: beside the event loop where its database is a service."""
    return None if is_embedded(settings.database_url) else ThreadPoolExecutor(1, thread_name_prefix="tutor")
