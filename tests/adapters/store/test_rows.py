"""What goes into the store comes out equal, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from sqlite3 import IntegrityError
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.store import SqlStore, open_store, rows
from bot.adapters.store.migrating import upgrade
from bot.core.chat.messages import Address, Audience, Choice, Mode, Ref, Replies, Reply, Role
from bot.core.content import document
from bot.core.grading.mark import Grade, PointMark, Verdict
from bot.core.memory.card import Card, Rating, State
from bot.core.records.records import (
    Account,
    Aid,
    Attempt,
    Cause,
    Conversation,
    DeliveryKind,
    Grading,
    Learner,
    NewDelivery,
    Owner,
    OwnerKind,
)
from bot.core.scheduling.schedule import Schedule

NOW = datetime(2026, 11, 24, tzinfo=UTC)
DAY = date(2026, 11, 24)
CHAT = Address("console", "local")

_T = TypeVar("_T")


def _tuples(of: st.SearchStrategy[_T], most: int) -> st.SearchStrategy[tuple[_T, ...]]:
    return st.lists(of, max_size=most).map(tuple)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    """A store with learner 1, account 1 and delivery 1; every example takes its changes back."""
    url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'tutor.sqlite3'}"
    upgrade(url)
    opened = open_store(url)
    with opened.transaction() as tx:
        tx.add_learner(Learner(0, "zh", "UTC", NOW), Account(0, 0, "console", "ann", "Ann"))
        tx.add_delivery(NewDelivery(Owner(OwnerKind.LEARNER, 1), DeliveryKind.DAILY, DAY, 0, CHAT, NOW))
    yield opened
    opened.close()


_TEXTS = st.text(max_size=20)
_FLAGS = st.booleans()
_SPANS = _tuples(
    st.one_of(
        st.builds(document.Text, _TEXTS, _FLAGS, _FLAGS, _FLAGS, st.none() | _TEXTS), st.builds(document.Math, _TEXTS)
    ),
    3,
)
_BLOCKS = st.recursive(
    st.one_of(
        st.builds(document.Paragraph, _SPANS),
        st.builds(document.Heading, _SPANS, st.integers(1, 6)),
        st.builds(document.Code, _TEXTS, _TEXTS),
        st.builds(document.Formula, _TEXTS),
        st.builds(document.Table, _tuples(_tuples(_SPANS, 2), 2)),
        st.builds(document.Picture, _TEXTS, _TEXTS),
        st.builds(document.Divider),
        st.builds(document.Source, _tuples(_TEXTS, 3)),
        st.builds(document.File, _TEXTS, _TEXTS, _TEXTS),
    ),
    lambda inner: st.one_of(
        st.builds(document.Listing, _tuples(_tuples(inner, 2), 2), _FLAGS, st.integers(0, 99)),
        st.builds(document.Quote, _tuples(inner, 2)),
        st.builds(document.Spoiler, _tuples(inner, 2)),
    ),
    max_leaves=6,
)
_REPLIES = _tuples(
    st.builds(
        Reply,
        _tuples(_BLOCKS, 4),
        _tuples(st.builds(Choice, _TEXTS, _TEXTS), 2),
        st.sampled_from(Audience),
        st.sampled_from(Mode),
        st.none() | st.builds(Ref, st.integers(1, 99), st.sampled_from(Role)),
        _tuples(_BLOCKS, 2),
    ),
    2,
)


@given(_REPLIES)
def test_replies_are_read_back_as_they_were_written(replies: Replies) -> None:
    assert rows.load_replies(rows.dump_replies(replies)) == replies


_MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1), timezones=st.timezones())  # noqa: DTZ001  the zone is drawn
_FRACTIONS = st.floats(0, 1)
_MARKS = st.builds(
    PointMark, _TEXTS, _TEXTS, st.sampled_from(Verdict), st.none() | _TEXTS, st.floats(0.01, 100), _TEXTS
)
_AIDS = st.frozensets(st.sampled_from(Aid))
_CARDS = st.builds(
    Card,
    st.text(min_size=1, max_size=20),
    st.floats(min_value=1e-3, max_value=36500),
    st.floats(1, 10),
    st.dates(),
    st.dates(),
    st.sampled_from(State),
    st.integers(1, 10_000),
    st.integers(0, 10_000),
    st.booleans(),
)


@given(
    st.lists(st.times(), min_size=1, max_size=3),
    st.frozensets(st.integers(0, 6)),
    st.integers(1, 5),
    _tuples(_TEXTS, 2),
)
def test_a_schedule_is_read_back(
    times: list[time], weekdays: frozenset[int], per_push: int, topics: tuple[str, ...]
) -> None:
    schedule = Schedule(tuple(times), "Asia/Shanghai", weekdays, per_push, topics)
    assert rows.load_schedule(rows.dump_schedule(schedule)) == schedule


@given(card=_CARDS)
def test_a_card_saved_equals_the_card_read(store: SqlStore, card: Card) -> None:
    with store.transaction() as tx:
        tx.save_card(1, card)
    with store.transaction() as tx:
        assert tx.card(1, card.question_id) == card
        assert tx.cards(1) == [card]
        tx.drop_card(1, card.question_id)


@given(text=st.text(max_size=200), at=_MOMENTS, aids=_AIDS)
def test_an_attempt_is_read_back_at_the_same_instant(
    store: SqlStore, text: str, at: datetime, aids: frozenset[Aid]
) -> None:
    with store.transaction() as tx:
        made = tx.add_attempt(Attempt(0, 1, 1, 1, "nms/steps", text, at, DAY, aids))
    with store.transaction() as tx:
        read = tx.attempts(1)[-1]
    assert read == replace(made, sent_at=at.astimezone(UTC))
    assert read.sent_at.tzinfo is UTC


@given(fraction=_FRACTIONS, points=_tuples(_MARKS, 4), reason=_TEXTS, rating=st.none() | st.sampled_from(Rating))
def test_a_grading_is_read_back(
    store: SqlStore, fraction: float, points: tuple[PointMark, ...], reason: str, rating: Rating | None
) -> None:
    with store.transaction() as tx:
        attempt = tx.add_attempt(Attempt(0, 1, 1, 1, "iou/def", "", NOW, DAY, frozenset()))
        made = tx.add_grading(
            Grading(0, attempt.id, "h", "1", Grade(fraction, points, reason), Cause.FIRST, rating, NOW), "{}"
        )
    with store.transaction() as tx:
        assert tx.gradings(1, "iou/def")[-1] == (attempt, made)


@given(choices=_tuples(_TEXTS, 4), last_text=st.text(max_size=200), aids=_AIDS)
def test_a_conversation_is_read_back(
    store: SqlStore, choices: tuple[str, ...], last_text: str, aids: frozenset[Aid]
) -> None:
    conversation = Conversation(CHAT, 1, NOW, 1, "nms", choices, last_text, aids)
    with store.transaction() as tx:
        tx.save_conversation(conversation)
    with store.transaction() as tx:
        assert tx.conversation(CHAT, 1) == conversation


def test_a_moment_without_a_zone_is_refused(store: SqlStore) -> None:
    with pytest.raises(ValueError, match="has no time zone"), store.transaction() as tx:
        tx.add_miss("x", "refuse", "", NOW.replace(tzinfo=None))


def test_an_attempt_of_nobody_is_refused(store: SqlStore) -> None:
    with pytest.raises(IntegrityError), store.transaction() as tx:
        tx.add_attempt(Attempt(0, 999, 1, 1, "nms/steps", "", NOW, DAY, frozenset()))
