"""Discord as the app sees it: receives, answers, sends unasked, stops."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import Final
from weakref import WeakValueDictionary

import aiohttp
import discord

from bot.adapters.chats.discord.answering import Answering
from bot.adapters.chats.discord.client import Client, reach
from bot.adapters.chats.discord.command_names import Names
from bot.adapters.chats.discord.sending import faults
from bot.adapters.chats.discord.sending.sender import Sender
from bot.adapters.chats.discord.voters import Voters
from bot.adapters.chats.discord.whispers import ReplyHint
from bot.adapters.chats.discord.wire import PLATFORM, Interaction, lacks_text, to_message, to_vote
from bot.adapters.chats.rate_limit import PersonLimit, Verdict
from bot.core.chat.events import ChatsClosed, ChatsOpened
from bot.core.chat.incidents import Incident
from bot.core.chat.messages import Address, Message, Reply, Sent
from bot.core.content.document import paragraph
from bot.core.language.wording import Wording, language_of_tag
from bot.errors import DeliveryError, SettingsError
from bot.ports import Services

log = logging.getLogger(__name__)
DRAIN_S: Final = 10.0
BAD_TOKEN: Final = (
    "TUTOR_DISCORD_TOKEN=(hidden): Discord does not know this token; reset and copy it in the developer portal: Bot"  # noqa: S105
)


@dataclass(frozen=True, slots=True)
class Access:
    """How Discord is reached.

    Attributes:
        api_url: the REST API up to and with its version; "" for Discord's.
        gateway_url: the gateway, ws or wss; "" for the one that the API names.
        language: "zh" or "en", of people whose own is not known.
        proxy: an HTTP proxy on the way there; "" for none.
    """

    token: str
    api_url: str = ""
    gateway_url: str = ""
    language: str = "zh"
    proxy: str = ""


class DiscordChat:
    """The Discord chat.

    Attributes:
        client: the library's client, for tests and measurements.
        counts: how often each thing happened.
    """

    platform = PLATFORM

    def __init__(self, services: Services, access: Access) -> None:
        """Args: the services' clock tells when a vote came, which Discord leaves open."""
        self.counts = services.counts
        reach(access.api_url, access.gateway_url)
        self._access = access
        self._services = services
        self.client = Client(
            self._interaction,
            services.suggest,
            self.counts,
            has_own_gateway=bool(access.gateway_url),
            proxy=access.proxy,
        )
        self._sender = Sender(self.client, services.typesetter, access.language, self.counts)
        self._answering = Answering(self._sender, services, access.language)
        self._hint = ReplyHint(self.client, self._sender, access.language)
        self._voters = Voters()
        self._person_limit = PersonLimit()
        self._under_way: set[asyncio.Future[None]] = set()
        self._order: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._stopping = asyncio.Event()
        self._is_published = False
        self._listen()

    async def run(self) -> None:
        """Receive until stopped. Raises SettingsError where the token is wrong."""
        async with self.client:
            connected = asyncio.ensure_future(self._connect())
            stopped = asyncio.ensure_future(self._stopping.wait())
            try:
                await asyncio.wait({connected, stopped}, return_when=asyncio.FIRST_COMPLETED)
                await self._drain()
                await self.client.close()
                await asyncio.wait({connected}, timeout=DRAIN_S)
                if connected.done():
                    await connected
            finally:
                for task in (connected, stopped):
                    task.cancel()
                await asyncio.gather(connected, stopped, return_exceptions=True)

    async def send(self, address: Address, reply: Reply) -> Sent:
        """Send one reply, unasked. Raises DeliveryError, of the kind that fits."""
        if self.client.is_closed() or self.client.user is None:
            raise DeliveryError("Discord is not connected yet: tried again later")
        key = f"{reply.ref.delivery_id}:{reply.ref.role}" if reply.ref else uuid.uuid4().hex
        return await self._sender.send(int(address.chat), reply, f"{address.chat}:{key}")

    async def stop(self) -> None:
        """Stop receiving; what is under way finishes."""
        self._stopping.set()

    # --- connecting ------------------------------------------------------------------------------

    async def _connect(self) -> None:
        """Log in and stay connected, trying again for as long as Discord cannot be reached."""
        wait_s = 0.5
        while not self._stopping.is_set():
            try:
                await self.client.login(self._access.token)
                await self.client.connect()
            except discord.LoginFailure:
                raise SettingsError(BAD_TOKEN) from None
            except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
                self.counts[faults.named(error)] += 1
                log.warning("Discord cannot be reached (%s); trying again in %.0f s", error, wait_s)
                await asyncio.sleep(wait_s)
                wait_s = min(30.0, wait_s * 2)
                await self.client.http.close()
                self.client.clear()
            else:
                return

    async def _drain(self) -> None:
        """Let what is under way finish."""
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=DRAIN_S)

    async def publish(self) -> None:
        """Tell Discord the commands; a failure leaves the ones it knows."""
        try:
            await self.client.tree.set_translator(Names())
            await self.client.tree.sync()
            self._is_published = True
        except faults.ERRORS as error:
            log.warning("the commands could not be published: %s", error)

    # --- events ----------------------------------------------------------------------------------

    def _listen(self) -> None:
        """Have the library call this chat."""
        for listener in (
            self.on_connect,
            self.on_ready,
            self.on_message,
            self.on_raw_message_edit,
            self.on_interaction,
            self.on_raw_poll_vote_add,
            self.on_guild_join,
            self.on_guild_remove,
        ):
            setattr(self.client, listener.__name__, listener)

    async def on_connect(self) -> None:
        """Publish the commands, once; where that fails, at the next connection."""
        if not self._is_published:
            await self.publish()

    async def on_ready(self) -> None:
        """Say that the bot is there; a server that let it in again while it was away told nobody."""
        log.info("Discord: %s is ready, in %s servers", self.client.user, len(self.client.guilds))
        await self._track(self._services.note(_opened(*self.client.guilds)))

    async def on_message(self, post: discord.Message) -> None:
        """Answer what is addressed to the bot."""
        if self._stopping.is_set():
            return
        message = to_message(post, self._me)
        if lacks_text(post, self._me):
            await self._track(self._hint.tell(post.author.id, f"no-ping:{post.id}"))
        elif message:
            await self._track(self._written(message, post))

    async def on_raw_message_edit(self, edit: discord.RawMessageUpdateEvent) -> None:
        """Take the new wording of a message."""
        post = edit.message
        message = to_message(post, self._me, post.edited_at) if post.edited_at else None
        if message and not self._stopping.is_set():
            await self._track(self._written(message, post))

    async def on_interaction(self, event: Interaction) -> None:
        """Take filled-in forms; commands and buttons find their own way."""
        if event.type is discord.InteractionType.modal_submit:
            await self._interaction(event)

    async def on_raw_poll_vote_add(self, vote: discord.RawPollVoteActionEvent) -> None:
        """Take a vote as an answer; one that is taken back stays the answer it was."""
        guild = self.client.get_guild(vote.guild_id or 0)
        at = self._services.clock.now()
        message = to_vote(vote, "", at, str(guild.preferred_locale) if guild else None)
        if message and vote.user_id != self._me and not self._stopping.is_set():
            await self._track(self._voted(message, guild))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Take note that channels are open, and say hello where newcomers are greeted, and what the bot needs."""
        await self._track(self._services.note(_opened(guild)))
        await self._greet(guild)

    async def _greet(self, guild: discord.Guild) -> None:
        channel = guild.system_channel
        if channel is None or not channel.permissions_for(guild.me).send_messages:
            log.info("joined a server that lets the bot say hello nowhere")
            return
        words = Wording(language_of_tag(guild.preferred_locale.value, "en"))
        hello = Reply((paragraph(words("server.hello")), paragraph(words("server.needs"))))
        try:
            await self._sender.send(channel.id, hello, f"hello:{guild.id}")
        except DeliveryError as error:
            log.info("no hello in a new server: %s", error)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pause what is pushed to its channels."""
        self.counts[Incident.KICKED] += 1
        log.info("the bot was taken out of server %s: pushes to it pause", guild.id)
        places = tuple(Address(PLATFORM, str(channel.id)) for channel in _places(guild))
        await self._track(self._services.note(ChatsClosed(places, Incident.KICKED)))

    async def _written(self, message: Message, post: discord.Message) -> None:
        """Answer the messages of a channel one after the other, in the order they came."""
        verdict = self._judge(message)
        if verdict is Verdict.WARN:
            await self._answering.slow_down(message)
        if verdict is not Verdict.TAKE:
            return
        lane = self._order.setdefault(post.channel.id, asyncio.Lock())
        async with lane:
            left = await self._answering.written(message, post)
        await self._answering.finish(message, post, left)

    async def _voted(self, message: Message, guild: discord.Guild | None) -> None:
        if self._judge(message) is not Verdict.TAKE:
            return
        name = await self._voters.name(guild, int(message.sender.user_id))
        await self._answering.voted(replace(message, sender=replace(message.sender, name=name)))

    async def _interaction(self, event: Interaction) -> None:
        message = to_message(event, self._me)
        if message is None:
            return
        if self._judge(message) is Verdict.TAKE:
            await self._track(self._answering.interact(message, event))
        else:
            await self._track(self._answering.interact_slowly(message, event))

    def _judge(self, message: Message) -> Verdict:
        """Count what somebody does; who is too fast costs one look-up."""
        verdict = self._person_limit.judge(message.sender.user_id, asyncio.get_running_loop().time())
        self.counts[Incident.TOO_FAST] += verdict is not Verdict.TAKE
        return verdict

    async def _track(self, work: Awaitable[None]) -> None:
        """Carry out an event's work as a task that stopping waits for; a fault of ours ends here."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        try:
            await task
        except Exception:
            self.counts[Incident.FAULT] += 1
            log.exception("an event of Discord could not be answered")

    @property
    def _me(self) -> int:
        return self.client.user.id if self.client.user else 0


def _opened(*guilds: discord.Guild) -> ChatsOpened:
    return ChatsOpened(PLATFORM, tuple(str(channel.id) for guild in guilds for channel in _places(guild)))


def _places(guild: discord.Guild) -> tuple[discord.abc.GuildChannel | discord.Thread, ...]:
    """Return all that can be written to in a server."""
    return (*guild.channels, *guild.threads)
