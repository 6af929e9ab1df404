"""The composition root: settings -> tutor, chats and ticker; one task group; stops in order."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import ParamSpec, TypeVar

from bot.adapters import content, drafts, importer, index_cache, language
from bot.adapters.clock import SystemClock
from bot.adapters.console import Console
from bot.adapters.migrate import prepare_folder, upgrade
from bot.adapters.redaction import hide
from bot.adapters.store import open_store
from bot.adapters.ticker import Ticker
from bot.adapters.typesetting.typesetter import Typst
from bot.core.grading import Grader
from bot.core.incidents import Counts, summed_up
from bot.core.library import Library
from bot.core.messages import Address, Message, Ref, Replies, Sent, Suggestion
from bot.core.retrieval import Index
from bot.errors import ContentError, DeliveryError, Fault, GoneError, SettingsError, TutorError, UncertainError
from bot.ports import Chat, Clock, Store, Typesetter
from bot.sender import Sender
from bot.settings import Settings
from bot.tutor import Tutor
from bot.usecases.outcomes import Outcome, Outgoing
from bot.usecases.visit import Knowledge

log = logging.getLogger(__name__)

RETRY_NOTICES = timedelta(minutes=1)

_P = ParamSpec("_P")
_T = TypeVar("_T")


def read_library(settings: Settings) -> tuple[Library, tuple[Fault, ...]]:
    """Read the pack, or the plain document, that the settings name, with all its faults and warnings."""
    path = settings.content
    return content.read(path) if content.is_pack(path) else importer.read_document(path)


def load_library(settings: Settings) -> Library:
    """Read the pack or document. Raises ContentError with every serious fault."""
    library, faults = read_library(settings)
    serious = [fault for fault in faults if not fault.is_warning]
    if serious:
        raise ContentError(serious)
    return library


def load_index(settings: Settings, library: Library) -> Index:
    """Build the question index, or take it from the cache."""
    return index_cache.load(library, settings.cache_folder)


def load_grader(library: Library) -> Grader:
    """Make the grader of a library."""
    return Grader(library.lexicon, language.characters())


def load_knowledge(settings: Settings, *, has_cards: bool = False) -> Knowledge:
    """Read everything the tutor knows."""
    library = load_library(settings)
    return Knowledge(library, load_index(settings, library), load_grader(library), has_cards)


def load_typesetter(settings: Settings) -> Typst:
    """Make the typesetter; its process starts when it is first asked for something."""
    return Typst(settings.cache_folder / "pictures", drafts.pictures_root(settings.content))


def load_store(settings: Settings) -> Store:
    """Bring the database up to date and open it. Raises StoreError."""
    prepare_folder(settings.database_url)
    upgrade(settings.database_url)
    return open_store(settings.database_url)


def freeze_what_stays() -> None:
    """Take what is loaded once out of the garbage collector's rounds, which would hold the event loop for long."""
    gc.collect()
    gc.freeze()


class App:
    """Runs chats and the ticker over one tutor.

    The tutor works in one thread of its own, so that the event loop never waits for the database and
    messages of this process do not interleave. Chats count what happens to them in `counts`, each in its own.
    """

    def __init__(self, tutor: Tutor, clock: Clock, pushes_a_second: float = 25.0) -> None:
        self.counts = tutor.counts
        self._tutor = tutor
        self._clock = clock
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="tutor")
        self._chats: dict[str, Chat] = {}
        self._stop = asyncio.Event()
        self._put_off: dict[int, datetime] = {}
        self._sender = Sender(self, self._chats, pushes_a_second)

    def add(self, chat: Chat) -> None:
        """Add a platform before `run`."""
        self._chats[chat.platform] = chat

    async def handle(self, message: Message) -> Replies:
        """Answer one message."""
        return await self._work(self._tutor.handle, message)

    async def suggest(self, text: str, language: str) -> Sequence[Suggestion]:
        """Offer what somebody may mean while they type."""
        return await self._work(self._tutor.suggest, text, language)

    async def moved(self, platform: str, old: str, new: str) -> None:
        """Note that a chat has a new id."""
        await self._work(self._tutor.moved, platform, old, new)

    async def closed(self, addresses: Sequence[Address], reason: str) -> None:
        """Note that chats are closed."""
        await self._work(self._tutor.closed, addresses, reason)

    async def confirm(self, address: Address, ref: Ref, sent: Sent) -> None:
        """Note what was sent."""
        await self._work(self._tutor.sent, address, ref, sent)

    async def run(self) -> None:
        """Run until every chat has ended, or a signal or `stop` asks for the end."""
        await self._work(self._tutor.recover, self._clock.now())
        ticker = Ticker(self.tick)
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self.stop)
        ticker.start()
        try:
            async with asyncio.TaskGroup() as group:
                stopper = group.create_task(self._stop_chats())
                sending = group.create_task(self._sender.run())
                running = [group.create_task(self._run_chat(chat)) for chat in tuple(self._chats.values())]
                await asyncio.wait(running)
                stopper.cancel()
                self._sender.stop()
                await sending
        except ExceptionGroup as group:
            raise _first(group) from None
        finally:
            ticker.stop()
            for name in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(name)
            self._worker.shutdown(wait=True)

    async def _run_chat(self, chat: Chat) -> None:
        """Run one platform; while another runs, its failing is logged and nothing is sent there any more."""
        try:
            await chat.run()
        except TutorError as error:
            if set(self._chats) == {chat.platform}:
                raise
            log.error("%s is given up, the rest goes on: %s", chat.platform, error)  # noqa: TRY400  the message says all
            del self._chats[chat.platform]
        if chat.platform in self.counts:
            log.info("%s: %s", chat.platform, summed_up(self.counts[chat.platform]))

    def stop(self) -> None:
        """Ask for the end: chats stop receiving, what is under way finishes."""
        self._stop.set()

    async def _stop_chats(self) -> None:
        await self._stop.wait()
        for chat in tuple(self._chats.values()):
            await chat.stop()

    async def tick(self) -> None:
        """Claim what is due, batch by batch, and let the sender know."""
        while await self._work(self._tutor.claim_due, self._clock.now()):
            pass
        await self._work(self._tutor.settle, self._clock.now())
        self._sender.wake()
        await self._tell(frozenset(self._chats))

    async def take(self, limit: int) -> list[Outgoing]:
        """Take pushes for the sender."""
        return await self._work(self._tutor.take, frozenset(self._chats), self._clock.now(), limit)

    async def record(self, outcomes: list[Outcome]) -> None:
        """Write down what the sender found out."""
        await self._work(self._tutor.record, outcomes, self._clock.now())

    async def _tell(self, platforms: frozenset[str]) -> None:
        """Send the notices that wait in the outbox."""
        now = self._clock.now()
        for notice in await self._work(self._tutor.notices, platforms):
            if self._put_off.get(notice.id, now) > now:
                continue
            await self._sender.turn()
            try:
                await self._chats[notice.address.platform].send(notice.address, notice.reply)
            except (UncertainError, GoneError) as error:  # a notice is not worth a repeat
                log.warning("notice %s to %s: %s", notice.id, notice.address, error)
            except DeliveryError as error:
                log.warning("notice %s to %s, tried again later: %s", notice.id, notice.address, error)
                self._put_off[notice.id] = now + RETRY_NOTICES
                continue
            self._put_off.pop(notice.id, None)
            await self._work(self._tutor.noticed, notice)

    async def _work(self, act: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, lambda: act(*args, **kwargs))


def serve(settings: Settings, clock: Clock | None = None, platforms: Sequence[str] = ()) -> None:
    """Start the platforms that have a token, or the terminal where none has, and run until told to stop.

    Args:
        clock: None for the machine's.
        platforms: start just these instead.
    """
    chosen = platforms or _with_token(settings) or ("console",)
    asyncio.run(_serve(settings, clock or SystemClock(), chosen))


def _with_token(settings: Settings) -> tuple[str, ...]:
    tokens = {"telegram": settings.telegram_token, "discord": settings.discord_token}
    return tuple(name for name, token in tokens.items() if token)


async def _serve(settings: Settings, clock: Clock, platforms: Sequence[str]) -> None:
    hide(*(token.get_secret_value() for token in (settings.telegram_token, settings.discord_token) if token))
    store, typesetter = load_store(settings), load_typesetter(settings)
    try:
        counts = {platform: Counts() for platform in platforms if platform != "console"}
        read = partial(load_knowledge, settings, has_cards=typesetter.has_cards)
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
        app = App(tutor, clock, settings.pushes_a_second)
        for platform in platforms:
            app.add(_chat(platform, app, clock, settings, typesetter))
        freeze_what_stays()
        await app.run()
    finally:
        typesetter.close()
        store.close()


def _first(group: ExceptionGroup) -> Exception:
    """Return the fault that an operator can mend, or else the first one."""
    faults = [error for error in group.exceptions if isinstance(error, TutorError)]
    return (*faults, *group.exceptions)[0]


def _chat(platform: str, app: App, clock: Clock, settings: Settings, typesetter: Typesetter) -> Chat:
    if platform == "console":
        return Console(app.handle, app.confirm, clock, typesetter=typesetter)
    if platform == "telegram":
        return _telegram(app, clock, settings, typesetter)
    if platform == "discord":
        return _discord(app, settings, typesetter)
    raise SettingsError(f"TUTOR_{platform.upper()}_TOKEN is set, but this version does not speak there: unset it")


def _discord(app: App, settings: Settings, typesetter: Typesetter) -> Chat:
    from bot.adapters.discord.chat import Access, DiscordChat

    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    access = Access(token, settings.discord_api_url, settings.discord_gateway_url, settings.language)
    return DiscordChat(app.handle, app.confirm, app.suggest, access, typesetter, app.closed, app.counts["discord"])


def _telegram(app: App, clock: Clock, settings: Settings, typesetter: Typesetter) -> Chat:
    from bot.adapters.telegram.chat import Access, TelegramChat

    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    access = Access(
        token,
        settings.telegram_base_url,
        settings.telegram_base_file_url,
        settings.telegram_webhook_url,
        settings.webhook_listen,
        settings.language,
        settings.owners_on("telegram"),
        settings.data_folder / f"telegram-{token.partition(':')[0]}.jsonl",
    )
    counts = app.counts["telegram"]
    return TelegramChat(app.handle, app.confirm, app.suggest, clock, access, typesetter, app.moved, counts)
