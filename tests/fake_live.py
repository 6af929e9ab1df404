"""The part of the store in memory about live quizzes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.groups.live_quiz import LiveAnswer, LiveQuiz, LiveState
from tests.fake_rows import MemoryRows


@dataclass
class MemoryLive(MemoryRows):
    """The latest quiz of each group."""

    def live(self, group_id: int) -> LiveQuiz | None:
        return self.quizzes.get(group_id)

    def begin_live(self, quiz: LiveQuiz) -> bool:
        known = self.quizzes.get(quiz.group_id)
        if known and known.state is not LiveState.OVER:
            return False
        self.quizzes[quiz.group_id] = quiz
        return True

    def save_live(self, before: LiveQuiz, after: LiveQuiz) -> bool:
        known = self.quizzes.get(before.group_id)
        if known is None or _stand(known) != _stand(before):
            return False
        self.quizzes[before.group_id] = after
        return True

    def lives_due(self, now: datetime, limit: int) -> Sequence[LiveQuiz]:
        due = [(quiz.wakes_at, quiz) for quiz in self.quizzes.values() if quiz.wakes_at and quiz.wakes_at <= now]
        return [quiz for _, quiz in sorted(due, key=lambda pair: pair[0])][:limit]

    def live_answers(self, group_id: int, delivery_ids: Sequence[int]) -> Sequence[LiveAnswer]:
        found: dict[tuple[int, int], LiveAnswer] = {}
        for made in self.answers:
            member = self.joined.get((group_id, made.learner_id))
            fractions = [grading.grade.fraction for grading in self.graded if grading.attempt_id == made.id]
            if made.delivery_id in delivery_ids and member and fractions:
                answer = LiveAnswer(made.delivery_id, made.learner_id, member.name, member.is_hidden, fractions[-1])
                found.setdefault((made.delivery_id, made.learner_id), answer)
        return list(found.values())

    def begun_now_by(self, source: int, target: int | None, groups: Collection[int] | None = None) -> None:
        """Write another learner, or nobody, for the one who began quizzes, in some groups or in all."""
        for group_id, quiz in self.quizzes.items():
            if quiz.begun_by == source and (groups is None or group_id in groups):
                self.quizzes[group_id] = replace(quiz, begun_by=target)


def _stand(quiz: LiveQuiz) -> tuple[int, LiveState, int, bool]:
    return quiz.number, quiz.state, quiz.round, quiz.is_open
