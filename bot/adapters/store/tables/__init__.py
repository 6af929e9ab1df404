"""The tables, declared once: each class is a table and what is known of its columns."""

from __future__ import annotations

from sqlmodel import SQLModel

from bot.adapters.store.tables.authors import ContestRow, MissRow, PhraseRow
from bot.adapters.store.tables.deliveries import DeliveryRow, DueRow, NoticeRow, PostRow, ReceiptRow, SubscriptionRow
from bot.adapters.store.tables.groups import AwardRow, GroupRow, LiveRow, MemberRow, UnheardRow
from bot.adapters.store.tables.log import AttemptRow, CardRow, GradingRow, RubricRow
from bot.adapters.store.tables.people import (
    AccountRow,
    AddressRow,
    ConversationRow,
    ExcusedRow,
    ForgottenRow,
    LearnerRow,
    LinkCodeRow,
    LookupRow,
    SecretRow,
    WrongCodeRow,
)

METADATA = SQLModel.metadata

__all__ = [
    "METADATA",
    "AccountRow",
    "AddressRow",
    "AttemptRow",
    "AwardRow",
    "CardRow",
    "ContestRow",
    "ConversationRow",
    "DeliveryRow",
    "DueRow",
    "ExcusedRow",
    "ForgottenRow",
    "GradingRow",
    "GroupRow",
    "LearnerRow",
    "LinkCodeRow",
    "LiveRow",
    "LookupRow",
    "MemberRow",
    "MissRow",
    "NoticeRow",
    "PhraseRow",
    "PostRow",
    "ReceiptRow",
    "RubricRow",
    "SecretRow",
    "SubscriptionRow",
    "UnheardRow",
    "WrongCodeRow",
]
