"""An HTTP/1.1 answer as its pieces come in."""

from __future__ import annotations

MAX_HEAD = 64 * 1024
MAX_BODY = 64 * 1024 * 1024


class BrokenAnswerError(ConnectionError):
    """What came is no answer."""


class Answer:
    """Collects an answer.

    Attributes:
        status: 0 until its head has come.
        is_kept: the connection can carry another request afterwards.
    """

    def __init__(self) -> None:
        self.status = 0
        self.is_kept = True
        self._waiting = bytearray()
        self._body = bytearray()
        self._left: int | None = None
        self._is_chunked = False

    @property
    def body(self) -> bytes:
        """What came after the head."""
        return bytes(self._body)

    def feed(self, data: bytes) -> bool:
        """Take a piece; return whether the answer is whole. Raises BrokenAnswerError."""
        self._waiting += data
        while not self.status:
            if not self._read_head():
                return False
        if self._is_chunked:
            return self._read_chunks()
        self._body += self._waiting
        self._waiting.clear()
        if len(self._body) > MAX_BODY or (self._left is not None and len(self._body) > self._left):
            raise BrokenAnswerError("more came than was announced")
        return self._left is not None and len(self._body) == self._left

    def ends_with_line(self) -> bool:
        """Tell whether the answer was to last until the connection ends."""
        return self.status > 0 and not self._is_chunked and self._left is None

    def _read_head(self) -> bool:
        """Read a head if it is all there; one that only says "go on" is passed over."""
        end = self._waiting.find(b"\r\n\r\n")
        if end < 0:
            if len(self._waiting) > MAX_HEAD:
                raise BrokenAnswerError("the head does not end")
            return False
        first, *lines = bytes(self._waiting[:end]).decode("latin-1").split("\r\n")
        del self._waiting[: end + 4]
        version, _, rest = first.partition(" ")
        if not version.startswith("HTTP/1.") or not rest[:3].isdigit():
            raise BrokenAnswerError("no HTTP/1 answer")
        status = int(rest[:3])
        if status >= 200:
            self._take(
                status, version, {key.lower(): value.strip() for key, _, value in (x.partition(":") for x in lines)}
            )
        return True

    def _take(self, status: int, version: str, headers: dict[str, str]) -> None:
        self.status = status
        self._is_chunked = "chunked" in headers.get("transfer-encoding", "").lower()
        length = headers.get("content-length", "")
        if length.isdigit():
            self._left = int(length)
        elif status in (204, 304):
            self._left = 0
        connection = headers.get("connection", "").lower()
        has_end = self._is_chunked or self._left is not None
        self.is_kept = has_end and "close" not in connection and (version != "HTTP/1.0" or "keep-alive" in connection)

    def _read_chunks(self) -> bool:
        """Move whole chunks from what waits into the body; return whether the last one has come."""
        while (end := self._waiting.find(b"\r\n")) >= 0:
            try:
                size = int(bytes(self._waiting[:end]).partition(b";")[0], 16)
            except ValueError:
                raise BrokenAnswerError("a chunk without its size") from None
            if size == 0:
                return self._read_trailer(end + 2)
            if len(self._waiting) < end + size + 4:
                return False
            self._body += self._waiting[end + 2 : end + 2 + size]
            del self._waiting[: end + size + 4]
            if len(self._body) > MAX_BODY:
                raise BrokenAnswerError("too much")
        return False

    def _read_trailer(self, start: int) -> bool:
        """Pass over what may stand after the last chunk; an empty line ends it."""
        if self._waiting.startswith(b"\r\n", start):
            return True
        return self._waiting.find(b"\r\n\r\n", start) >= 0
