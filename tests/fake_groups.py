"""The part of the store in memory about study groups."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.chat.messages import Address, Role
from bot.core.groups.group import (
    DEFAULT_REVEAL,
    QUESTION_POINTS,
    Answered,
    Award,
    GroupMode,
    Member,
    Memory,
    StudyGroup,
    UnheardMark,
)
from bot.core.groups.leaderboard import Score, TeamDay
from bot.core.records.records import Cause, Delivery, DeliveryKind, DeliveryState, Grading, Owner, OwnerKind
from tests.fake_live import MemoryLive


@dataclass
class MemoryGroups(MemoryLive):
    """Groups and their members."""

    def group(self, group_id: int) -> StudyGroup | None:
        return self.groups.get(group_id)

    def group_at(self, address: Address) -> StudyGroup | None:
        return next((group for group in self.groups.values() if group.address == address), None)

    def groups_in(self, platform: str, chat: str) -> Sequence[StudyGroup]:
        return [g for g in self.groups.values() if (g.address.platform, g.address.chat) == (platform, chat)]

    def paused_groups(self, platform: str) -> Sequence[StudyGroup]:
        paused = {o.id for o, s in self.subscriptions.items() if o.kind is OwnerKind.GROUP and s.paused}
        return [g for g in self.groups.values() if g.address.platform == platform and g.id in paused]

    def groups_of(self, learner_id: int) -> Sequence[StudyGroup]:
        mine = {m.group_id for m in self.joined.values() if m.learner_id == learner_id and not m.has_left}
        return [group for group in self.groups.values() if group.id in mine]

    def add_group(self, address: Address, title: str, language: str, at: datetime) -> StudyGroup:
        known = self.group_at(address)
        number = len(self.groups) + 1
        made = known or StudyGroup(number, address, title, language, DEFAULT_REVEAL, GroupMode.PRIVATE, at)
        self.groups[made.id] = made
        return made

    def save_group(self, group: StudyGroup) -> None:
        self.groups[group.id] = group

    def member(self, group_id: int, learner_id: int) -> Member | None:
        return self.joined.get((group_id, learner_id))

    def save_member(self, member: Member) -> None:
        self.joined[member.group_id, member.learner_id] = member

    def _active(self, group_id: int, since: date) -> set[int]:
        here = {m.learner_id for m in self.joined.values() if m.group_id == group_id and not m.has_left}
        return {a.learner_id for a in self.awards.values() if a.group_id == group_id and a.day >= since} & here

    def active_members(self, group_id: int, since: date) -> int:
        return len(self._active(group_id, since))

    def group_memory(self, group_id: int, day: date, since: date) -> Mapping[str, Memory]:
        active, found = self._active(group_id, since), dict[str, Memory]()
        for (learner_id, question), card in self.memory.items():
            if learner_id in active:
                known = found.get(question, Memory(0, 0, card.last_review))
                is_due = card.due <= day and not card.is_retired
                found[question] = Memory(known.due + is_due, known.seen + 1, max(known.last, card.last_review))
        return found

    def _questions_of(self, group_id: int) -> Iterator[Delivery]:
        owner = Owner(OwnerKind.GROUP, group_id)
        return (d for d in self.sent.values() if d.owner == owner and d.kind is DeliveryKind.DAILY)

    def group_asked(self, group_id: int) -> Mapping[str, date]:
        found: dict[str, date] = {}
        for delivery in self._questions_of(group_id):
            if delivery.question_id:
                day = found.get(delivery.question_id, delivery.local_date)
                found[delivery.question_id] = max(day, delivery.local_date)
        return found

    def add_award(self, award: Award) -> bool:
        if award.attempt_id in self.awards or self.award_for(award.delivery_id, award.learner_id):
            return False
        self.awards[award.attempt_id] = award
        return True

    def save_award(self, award: Award) -> None:
        if award.attempt_id in self.awards:
            self.awards[award.attempt_id] = award

    def award(self, attempt_id: int) -> Award | None:
        return self.awards.get(attempt_id)

    def award_for(self, delivery_id: int, learner_id: int) -> Award | None:
        mine = (a for a in self.awards.values() if (a.delivery_id, a.learner_id) == (delivery_id, learner_id))
        return next(mine, None)

    def recalled_on(self, learner_id: int, day: date) -> Sequence[int]:
        mine = (a for a in self.awards.values() if (a.learner_id, a.day) == (learner_id, day))
        return [a.points for a in mine if a.group_id is None]

    def answered(self, delivery_id: int) -> Sequence[Answered]:
        found = []
        for award in sorted(self.awards.values(), key=lambda a: a.attempt_id):
            member = self.joined.get((award.group_id or 0, award.learner_id))
            is_taken_back = self._last(award.attempt_id).cause is Cause.WITHDRAWN
            if award.delivery_id == delivery_id and member and not is_taken_back:
                found.append(self._answered(award, member))
        return found

    def _answered(self, award: Award, member: Member) -> Answered:
        attempt = next(a for a in self.answers if a.id == award.attempt_id)
        grading = self._last(award.attempt_id)
        before = [
            self._last(a.attempt_id).grade.fraction
            for a in self.awards.values()
            if (a.learner_id, a.group_id) == (award.learner_id, award.group_id)
            and a.attempt_id < award.attempt_id
            and self._was_answered(a)
        ]
        usual = sum(before) / len(before) if before else None
        return Answered(
            attempt.id,
            attempt.learner_id,
            member.name,
            attempt.text,
            attempt.sent_at,
            grading.grade.fraction,
            grading.grade.points,
            award.is_quotable,
            member.is_hidden,
            usual,
        )

    def _was_answered(self, award: Award) -> bool:
        return any(a.id == award.attempt_id and a.text for a in self.answers)

    def _last(self, attempt_id: int) -> Grading:
        return [g for g in self.graded if g.attempt_id == attempt_id][-1]

    def scores(self, group_id: int, first: date, last: date) -> Sequence[Score]:
        found = []
        for member in self.joined.values():
            if member.group_id != group_id or member.is_hidden or member.has_left:
                continue
            mine = [
                a
                for a in self.awards.values()
                if a.learner_id == member.learner_id
                and a.group_id in (group_id, None)
                and first <= a.day <= last
                and a.day >= member.joined_on
            ]
            if mine:
                answers = sum(a.group_id == group_id and self._was_answered(a) for a in mine)
                found.append(Score(member.learner_id, member.name, sum(a.points for a in mine), answers))
        return found

    def team_days(self, group_id: int, revealing: int | None = None) -> Sequence[TeamDay]:
        owner = Owner(OwnerKind.GROUP, group_id)
        shown = {
            (d.local_date, d.ordinal)
            for d in self.sent.values()
            if (d.owner, d.kind, d.state) == (owner, DeliveryKind.REVEAL, DeliveryState.SENT)
        }
        days = []
        for asked in self._questions_of(group_id):
            given = (a for a in self.awards.values() if a.delivery_id == asked.id and self._was_answered(a))
            points = [award.points for award in given]
            if (asked.local_date, asked.ordinal) in shown or asked.id == revealing:
                mean = sum(points) / len(points) / QUESTION_POINTS if points else 0.0
                days.append(TeamDay(asked.local_date, len(points), mean))
        return sorted(days, key=lambda day: day.day)

    def post_of(self, delivery_id: int, role: Role) -> str:
        mine = (key[1] for key, post in self.posts.items() if (post[0], post[2]) == (delivery_id, role))
        return next(mine, "")

    def add_unheard(self, group_id: int, learner_id: int, delivery_id: int, at: datetime) -> None:
        self.unsaid.setdefault((group_id, learner_id, delivery_id), at)

    def unheard(self, until: datetime) -> Sequence[UnheardMark]:
        waiting = {group_id for (group_id, _, _), at in self.unsaid.items() if at <= until}
        found = []
        for (group_id, learner_id, delivery_id), at in self.unsaid.items():
            award = self.award_for(delivery_id, learner_id)
            if group_id in waiting and award and not self.joined[group_id, learner_id].is_hidden:
                fraction = self._last(award.attempt_id).grade.fraction
                found.append(UnheardMark(group_id, self.joined[group_id, learner_id].name, fraction, at))
        return sorted(found, key=lambda mark: (mark.group_id, mark.at, mark.name))

    def drop_unheard(self, group_id: int) -> None:
        self.unsaid = {key: at for key, at in self.unsaid.items() if key[0] != group_id}

    def seal(self, text: str) -> str:
        return hashlib.sha256(f"memory {text}".encode()).hexdigest()[:12]

    def leave_groups(self, learner_id: int) -> None:
        """Erase what groups know of a learner."""
        self.joined = {key: m for key, m in self.joined.items() if key[1] != learner_id}
        self.awards = {i: a for i, a in self.awards.items() if a.learner_id != learner_id}
        self.unsaid = {key: at for key, at in self.unsaid.items() if key[1] != learner_id}
        self.begun_now_by(learner_id, None)

    def join_groups(self, source: int, target: int) -> None:
        """Make a learner's place in groups another's; where both have one, the other's stays."""
        for (group_id, who), member in list(self.joined.items()):
            if who == source:
                del self.joined[group_id, who]
                self.joined.setdefault((group_id, target), replace(member, learner_id=target))
        for award in [a for a in self.awards.values() if a.learner_id == source]:
            del self.awards[award.attempt_id]
            self.add_award(replace(award, learner_id=target))
        for (group_id, who, number), at in list(self.unsaid.items()):
            if who == source:
                del self.unsaid[group_id, who, number]
                self.unsaid.setdefault((group_id, target, number), at)
        self.begun_now_by(source, target)

    def part_groups(self, platform: str, attempts: set[int], source: int, target: int) -> None:
        """Give a new learner what its answers are worth, and its place in the groups of its platform."""
        for award in [a for a in self.awards.values() if a.attempt_id in attempts]:
            self.awards[award.attempt_id] = replace(award, learner_id=target)
        here = {group.id for group in self.groups.values() if group.address.platform == platform}
        for (group_id, who), member in list(self.joined.items()):
            if who == source and group_id in here:
                del self.joined[group_id, who]
                self.joined[group_id, target] = replace(member, learner_id=target)
        for (group_id, who, number), at in list(self.unsaid.items()):
            if who == source and group_id in here:
                del self.unsaid[group_id, who, number]
                self.unsaid[group_id, target, number] = at
        self.begun_now_by(source, target, here)
