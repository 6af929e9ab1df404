"""The store as a whole."""

from contextlib import AbstractContextManager
from typing import Protocol

from bot.ports.delivery import Deliveries
from bot.ports.groups import Groups
from bot.ports.log import Log
from bot.ports.people import People


class Transaction(People, Deliveries, Log, Groups, Protocol):
    """One atomic piece of work on the store. Every method reads or writes within it."""


class Store(Protocol):
    """Where everything is kept."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin a transaction that commits when the block ends and rolls back when it raises."""

    def close(self) -> None:
        """Let go of the database."""
