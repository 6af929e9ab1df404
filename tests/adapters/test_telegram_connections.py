"""Requests to the Bot API over kept connections: answers in any pieces, and lines that fail at any point."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.telegram.connections import Connections, NoConnectionError
from bot.adapters.telegram.http_answer import Answer, BrokenAnswerError

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
Serve = Callable[[bytes, asyncio.StreamWriter], None]

ANSWERS = [
    pytest.param(OK, (200, b"hi", True), id="of a length"),
    pytest.param(b"HTTP/1.1 204 No Content\r\n\r\n", (204, b"", True), id="with nothing in it"),
    pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n" + OK, (200, b"hi", True), id="after a word to go on"),
    pytest.param(b"HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nhi", (200, b"hi", False), id="of HTTP/1.0"),
    pytest.param(
        b"HTTP/1.1 429 Too Many\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno", (429, b"no", False), id="the last"
    ),
    pytest.param(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=1\r\nhi\r\n1\r\n!\r\n0\r\n\r\n",
        (200, b"hi!", True),
        id="in chunks",
    ),
    pytest.param(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Sum: 1\r\n\r\n",
        (200, b"a", True),
        id="in chunks with a trailer",
    ),
]


@pytest.mark.parametrize(("wire", "read"), ANSWERS)
@given(cuts=st.lists(st.integers(1, 100), max_size=8))
def test_an_answer_is_the_same_in_any_pieces(wire: bytes, read: tuple[int, bytes, bool], cuts: list[int]) -> None:
    answer, places = Answer(), sorted({cut for cut in cuts if cut < len(wire)})
    pieces = [wire[start:end] for start, end in zip([0, *places], [*places, len(wire)], strict=True)]
    assert [answer.feed(piece) for piece in pieces] == [False] * len(places) + [True]
    assert (answer.status, answer.body, answer.is_kept) == read


@pytest.mark.parametrize(
    "wire",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nhi",
        b"HTTP/2 200\r\n\r\n",
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhi\r\n",
        b"x" * 70_000,
    ],
)
def test_what_is_no_answer_is_refused(wire: bytes) -> None:
    with pytest.raises(BrokenAnswerError):
        Answer().feed(wire)


@asynccontextmanager
async def served(serve: Serve) -> AsyncIterator[tuple[str, list[int]]]:
    """Answer every request so; the list counts connections."""
    opened: list[int] = []

    async def each(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(1)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length:")[2].split()[0])
                serve(head + await reader.readexactly(length), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(each, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1/getMe?x=1", opened
    finally:
        server.close()


async def ask(lines: Connections, url: str) -> tuple[int, bytes]:
    return await lines.request("POST", url, b"{}", "application/json", 1.0)


async def test_a_connection_is_kept_and_carries_the_next_request() -> None:
    seen: list[bytes] = []

    def serve(request: bytes, writer: asyncio.StreamWriter) -> None:
        seen.append(request)
        writer.write(OK)

    lines = Connections(4)
    async with served(serve) as (url, opened):
        assert [await ask(lines, url) for _ in range(3)] == [(200, b"hi")] * 3
        assert len(opened) == 1
        assert seen[0].startswith(b"POST /bot1/getMe?x=1 HTTP/1.1\r\nHost: 127.0.0.1:")
        assert seen[0].endswith(b"Content-Length: 2\r\n\r\n{}")
        lines.close()


async def test_requests_side_by_side_have_a_connection_each_up_to_the_limit() -> None:
    lines = Connections(3)
    async with served(lambda _, writer: writer.write(OK)) as (url, opened):
        assert await asyncio.gather(*(ask(lines, url) for _ in range(20))) == [(200, b"hi")] * 20
        assert len(opened) == 3
        lines.close()


async def test_what_comes_unasked_is_never_taken_for_the_next_answer() -> None:
    lines = Connections(1)
    async with served(lambda _, writer: writer.write(OK)) as (url, opened):
        await ask(lines, url)
        next(iter(lines._idle.values()))[0].data_received(b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
        assert await ask(lines, url) == (200, b"hi")
        assert len(opened) == 2
        lines.close()


async def test_an_answer_may_last_until_the_line_ends() -> None:
    def serve(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nall of it")
        writer.close()

    async with served(serve) as (url, _):
        assert await ask(Connections(1), url) == (200, b"all of it")


@pytest.mark.parametrize("part", [b"", OK[:20], OK[:-1]], ids=["nothing", "half a head", "half a body"])
async def test_a_line_that_ends_too_early_fails_the_request(part: bytes) -> None:
    def serve(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(part)
        writer.close()

    async with served(serve) as (url, _):
        with pytest.raises(ConnectionResetError, match="closed by the other side"):
            await ask(Connections(1), url)


async def test_where_nobody_listens_nothing_was_sent() -> None:
    with pytest.raises(NoConnectionError):
        await ask(Connections(1), "http://127.0.0.1:9/x")


async def test_a_request_that_is_given_up_frees_its_place() -> None:
    lines, answers = Connections(1), iter([b"", OK])
    async with served(lambda _, writer: writer.write(next(answers))) as (url, opened):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await ask(lines, url)
        assert await ask(lines, url) == (200, b"hi")
        assert len(opened) == 2
        lines.close()
