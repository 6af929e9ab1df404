"""The composition root: settings -> tutor, chats and ticker; one task group; stops in order."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import partial
from threading import Thread

from pydantic import SecretStr

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
from bot.errors import SettingsError
from bot.features.turn import Knowledge, no_cards
from bot.knowledge import load_index, load_library
from bot.ports import Chat, Clock, Store, Typesetter
from bot.running.runner import App
from bot.running.tutor import Tutor
from bot.settings import Settings

TERMINALS = frozenset({"console", "room"})
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
    chosen = platforms or _with_token(settings) or ("console",)
    allocator.give_back()
    gc.disable()  # nothing that is loaded is garbage; see `freeze_what_stays`
    try:
        asyncio.run(_serve(settings, clock or SystemClock(), chosen))
    finally:
        gc.enable()


def _with_token(settings: Settings) -> tuple[str, ...]:
    tokens = {"telegram": settings.telegram_token, "discord": settings.discord_token}
    return tuple(name for name, token in tokens.items() if token)


async def _serve(settings: Settings, clock: Clock, platforms: Sequence[str]) -> None:
    secrets = (settings.telegram_token, settings.discord_token, settings.proxy)
    hide(*(secret.get_secret_value() for secret in secrets if secret))
    with (
        closing(load_store(settings)) as store,
        closing(load_typesetter(settings)) as typesetter,
        checkpoints(settings.database_url),
    ):
        counts = {platform: Counts() for platform in platforms if platform not in TERMINALS}
        read = partial(load_knowledge, settings, typesetter)
        tutor = Tutor(
            store,
            read(),
            language=settings.language,
            timezone=settings.timezone,
            # Whoever sits at the terminal has the database in their hands already.
            owners=(*settings.owners, "console:local"),
            read=read,
            counts=counts,
        )
        app = App(tutor, clock, settings.pushes_a_second, _worker(settings))
        for platform in platforms:
            app.add(_chat(platform, app, clock, settings, typesetter))
        freeze_what_stays()
        # Looking for fonts starts a process and takes a while: nobody need wait for it before the first answer.
        Thread(target=lambda: typesetter.has_cards, name="fonts", daemon=True).start()
        await app.run()


def _worker(settings: Settings) -> Executor | None:
    """Return where the tutor works: beside the event loop where its database is a service."""
    return None if is_embedded(settings.database_url) else ThreadPoolExecutor(1, thread_name_prefix="tutor")


def _chat(platform: str, app: App, clock: Clock, settings: Settings, typesetter: Typesetter) -> Chat:
    if platform in TERMINALS:
        return _terminal(platform, app, clock, typesetter)
    if platform == "telegram":
        return _telegram(app, clock, settings, typesetter)
    if platform == "discord":
        return _discord(app, clock, settings, typesetter)
    raise SettingsError(f"TUTOR_{platform.upper()}_TOKEN is set, but this version does not speak there: unset it")


def _shown(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _terminal(platform: str, app: App, clock: Clock, typesetter: Typesetter) -> Chat:
    from bot.adapters.chats.console.chat import Console
    from bot.adapters.chats.console.room import Room

    room = Room() if platform == "room" else None
    return Console(app.handle, app.confirm, clock, typesetter=typesetter, room=room)


def _discord(app: App, clock: Clock, settings: Settings, typesetter: Typesetter) -> Chat:
    from bot.adapters.chats.discord.chat import Access, DiscordChat

    token = _shown(settings.discord_token)
    access = Access(
        token, settings.discord_api_url, settings.discord_gateway_url, settings.language, _shown(settings.proxy)
    )
    counts = app.counts["discord"]
    return DiscordChat(app.handle, app.confirm, app.suggest, clock, access, typesetter, app.watch, counts)


def _telegram(app: App, clock: Clock, settings: Settings, typesetter: Typesetter) -> Chat:
    # python-telegram-bot loads httpx, which loads a command line of its own wherever click and rich are installed.
    sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # Python's own way to say: not there
    from bot.adapters.chats.telegram.chat import Access, TelegramChat

    token = _shown(settings.telegram_token)
    access = Access(
        token,
        settings.telegram_base_url,
        settings.telegram_base_file_url,
        settings.telegram_webhook_url,
        settings.webhook_listen,
        settings.language,
        settings.owners_on("telegram"),
        settings.data_folder / f"telegram-{token.partition(':')[0]}.jsonl",
        _shown(settings.proxy),
    )
    counts = app.counts["telegram"]
    return TelegramChat(app.handle, app.confirm, app.suggest, clock, access, typesetter, app.watch, counts)
