"""The part of a transaction about the authors' desk: contests, accepted phrases, the outbox of notices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select

from bot.adapters.store import rows
from bot.adapters.store.driver.statements import Statements, matching
from bot.adapters.store.tables import AddressRow, AttemptRow, ContestRow, NoticeRow, PhraseRow
from bot.core.chat.messages import Address, Reply
from bot.core.records.contests import Contest, ContestState, Notice
from bot.core.records.records import Attempt

_NOTICE = select(NoticeRow, AddressRow.platform, AddressRow.chat, AddressRow.thread).join(AddressRow)

_PHRASES = select(PhraseRow.question_id, PhraseRow.point_id, PhraseRow.phrase).order_by(col(PhraseRow.id))
_PHRASES_OF = _PHRASES.where(matching(PhraseRow.question_id))
_ATTEMPT = select(AttemptRow).where(matching(AttemptRow.id))


class Contests(Statements):
    """What learners contest and what is decided about it."""

    def add_contest(self, contest: Contest) -> Contest | None:
        """Open a contest and return it with its id; None where this attempt has one already."""
        made = self._insert_new(ContestRow, rows.values_of(contest, "id"))
        return replace(contest, id=made) if made is not None else None

    def contest(self, contest_id: int) -> Contest | None:
        """Return a contest."""
        return self._one(rows.contest_of, select(ContestRow).where(ContestRow.id == contest_id))

    def contests(self, state: ContestState, limit: int) -> Sequence[Contest]:
        """Return contests in a state, oldest first."""
        found = select(ContestRow).where(col(ContestRow.state) == state).order_by(col(ContestRow.id)).limit(limit)
        return [rows.contest_of(row) for row in self._all(found)]

    def settle_contest(self, contest_id: int, to: ContestState) -> bool:
        """Move an open contest to its end; False where it is not open."""
        is_open = (col(ContestRow.id) == contest_id) & (col(ContestRow.state) == ContestState.OPEN)
        return self._run(update(ContestRow).where(is_open).values(state=to)) == 1

    def add_phrase(self, question_id: str, point_id: str, phrase: str, at: datetime) -> None:
        """Accept a further phrase for a key point; the same phrase twice is one."""
        values = {"question_id": question_id, "point_id": point_id, "phrase": phrase, "at": at}
        self._insert_new(PhraseRow, values)

    def phrases(self, question_id: str | None = None) -> Sequence[tuple[str, str, str]]:
        """Return (question id, point id, phrase) of what was accepted beside the pack, oldest first."""
        found = _PHRASES if question_id is None else _PHRASES_OF
        return [(row.question_id, row.point_id, row.phrase) for row in self._all(found, {"question_id": question_id})]

    def attempt(self, attempt_id: int) -> Attempt | None:
        """Return an attempt."""
        return self._one(rows.attempt_of, _ATTEMPT, {"id": attempt_id})

    def attempts_at(self, question_id: str) -> Sequence[Attempt]:
        """Return everybody's attempts at a question, oldest first."""
        found = select(AttemptRow).where(col(AttemptRow.question_id) == question_id).order_by(col(AttemptRow.id))
        return [rows.attempt_of(row) for row in self._all(found)]

    def add_notice(self, address: Address, reply: Reply, at: datetime, learner_id: int | None = None) -> None:
        """Put a message into the outbox."""
        values = {
            "address_id": self._address_id(address),
            "reply": rows.dump_replies((reply,)),
            "at": at,
            "learner_id": learner_id,
        }
        self._insert(NoticeRow, values)

    def notices(self, platforms: Sequence[str], limit: int) -> Sequence[Notice]:
        """Return what waits in the outbox for these platforms, oldest first."""
        found = _NOTICE.where(col(AddressRow.platform).in_(platforms)).order_by(col(NoticeRow.id)).limit(limit)
        return [rows.notice_of(row) for row in self._all(found)]

    def drop_notice(self, notice_id: int) -> bool:
        """Take a notice out of the outbox; False where it is gone already."""
        return self._run(delete(NoticeRow).where(col(NoticeRow.id) == notice_id)) == 1
