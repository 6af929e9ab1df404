"""What the Bot API refuses with: a code, a sentence in Telegram's words, and parameters."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        self.code = code
        self.description = description
        self.parameters = parameters
        super().__init__(f"{code} {description}")


class BadRequest(ApiError):  # noqa: N818  Telegram's own word
    """400."""

    def __init__(self, words: str, **parameters: int) -> None:
        super().__init__(400, f"Bad Request: {words}", **parameters)


class Forbidden(ApiError):  # noqa: N818
    """403."""

    def __init__(self, words: str) -> None:
        super().__init__(403, f"Forbidden: {words}")


class TooManyRequests(ApiError):  # noqa: N818
    """429."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)
