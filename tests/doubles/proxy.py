"""An HTTP proxy on loopback: tunnels by CONNECT, and passes plain requests on."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from typing import Self
from urllib.parse import urlsplit


class Proxy:
    """A proxy of which alone it is known where some hosts are, so that nothing reaches them past it."""

    def __init__(self, hosts: Mapping[str, str], wanted: str = "") -> None:
        """Args: hosts are names with the addresses behind them; wanted is user:password, "" for none."""
        self._hosts = hosts
        self._wanted = base64.b64encode(wanted.encode()).decode() if wanted else ""
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for line in tuple(self._lines):
            line.close()

    @property
    def place(self) -> str:
        """Host and port."""
        assert self._server is not None
        host, port = self._server.sockets[0].getsockname()
        return f"{host}:{port}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            line, _, rest = head.decode().partition("\r\n")
            if self._wanted and f"Proxy-Authorization: Basic {self._wanted}".lower() not in rest.lower():
                writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                return
            method, target, version = line.split(" ")
            if method == "CONNECT":
                host, first = target.partition(":")[0], b""
                writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                url = urlsplit(target)
                host = url.hostname or ""
                asked = f"{url.path}{'?' if url.query else ''}{url.query}"
                kept = [each for each in rest.split("\r\n") if not each.lower().startswith("proxy-")]
                first = "\r\n".join((f"{method} {asked} {version}", *kept)).encode()
            await self._join(reader, writer, self._hosts[host], first)
        except (asyncio.IncompleteReadError, OSError):
            return
        finally:
            self._lines.discard(writer)
            writer.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, place: str, first: bytes) -> None:
        """Pass everything on, both ways. A kept plain connection goes where its first request went."""
        host, _, port = place.partition(":")
        there, back = await asyncio.open_connection(host, int(port))
        self._lines.add(back)
        back.write(first)
        try:
            await asyncio.gather(_pipe(reader, back), _pipe(there, writer))
        finally:
            self._lines.discard(back)
            back.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()
