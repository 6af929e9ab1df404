"""How the C library keeps memory that is free: threads that make pictures would leave it with tens of megabytes."""

from __future__ import annotations

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Parameters of glibc's `mallopt`."""
LARGE = 128 * 1024
"""Bytes; larger blocks are taken from the system and given back to it. glibc begins so, and then raises it."""


def give_back() -> bool:
    """Let all threads share one heap and give large blocks back at once; return whether that can be asked for here."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # another C library than glibc
        return False
    return all(
        mallopt(what, value) for what, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, LARGE), (_TRIM_THRESHOLD, LARGE))
    )
