"""Which question a learner gets next, out of their memory, what they want and what they had today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import ceil

from bot.core.memory import exam
from bot.core.memory.card import Card
from bot.core.memory.selection import Because, Chosen, Need, Reason, choose, next_due
from bot.core.records.records import Delivery, DeliveryKind, Learner
from bot.core.scheduling.schedule import MAX_PER_PUSH, Schedule, civil_day, study_day
from bot.features.turn import Knowledge
from bot.ports import Transaction

LOOKS_BACK = 20
"""So many concepts that were looked up are remembered for a question."""
_NEW = frozenset({Because.NEW, Because.WEAK, Because.LOOKED_UP})


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses for one learner at one moment.

    Attributes:
        schedule: what the learner wishes.
        now: aware UTC.
    """

    tx: Transaction
    knowledge: Knowledge
    learner: Learner
    schedule: Schedule
    now: datetime

    def daily(self, ordinal: int) -> Chosen | None:
        """Choose for a place among today's questions; each push holds to what may be new in it."""
        had = self._had_today()
        slot = ordinal // MAX_PER_PUSH
        same_push = [d for d in had if d.kind is DeliveryKind.DAILY and d.ordinal // MAX_PER_PUSH == slot]
        cards, need = self.tx.cards(self.learner.id), self._need(had)
        allowed = self._new_a_push(cards, need)
        new_left = allowed - sum(_was_new(delivery) for delivery in same_push)
        return choose(cards, self.knowledge.library, replace(need, new_left=new_left))

    def practice(self) -> Chosen | None:
        """Choose one more beside the daily ones: due, new or ahead of its time."""
        need = replace(self._need(self._had_today()), may_go_ahead=True)
        return choose(self.tx.cards(self.learner.id), self.knowledge.library, need)

    def known(self, topic_id: str = "") -> Chosen | None:
        """Choose out of what was learnt, due or not, of one topic or of all that are wanted."""
        return choose(self.tx.cards(self.learner.id), self.knowledge.library, self._need_of_known(topic_id))

    def next_due(self, topic_id: str = "") -> date | None:
        """Return the day after today on which something learnt is due, of one topic or of all that are wanted."""
        return next_due(self.tx.cards(self.learner.id), self.knowledge.library, self._need_of_known(topic_id))

    def _need_of_known(self, topic_id: str) -> Need:
        need = replace(self._need(self._had_today()), new_left=0, may_go_ahead=True)
        return replace(need, topics=(topic_id,)) if topic_id else need

    def exam_plan(self) -> exam.ExamPlan | None:
        """Plan until the learner's exam; None where none is ahead."""
        return self._plan(self.tx.cards(self.learner.id), self._need(()))

    def _plan(self, cards: Sequence[Card], need: Need) -> exam.ExamPlan | None:
        a_day = self.schedule.per_push * len(self.schedule.times)
        return exam.plan(cards, self.knowledge.library, need, a_day, len(self.schedule.weekdays) / 7)

    def _new_a_push(self, cards: Sequence[Card], need: Need) -> int:
        """Return how many questions of a push may be new: one, or what the exam asks for."""
        plan = self._plan(cards, need)
        return max(1, ceil(plan.new_a_day / len(self.schedule.times))) if plan else 1

    def _need(self, had: Sequence[Delivery]) -> Need:
        return Need(
            study_day(self.now, self.learner.timezone),
            tuple(delivery.question_id for delivery in had if delivery.question_id),
            topics=self.schedule.topics,
            difficulty=self.schedule.difficulty,
            looked_up=tuple(self.tx.looked_up(self.learner.id, LOOKS_BACK)),
            exam=self.learner.exam,
        )

    def _had_today(self) -> Sequence[Delivery]:
        """Return everything that was asked today, by the calendar and by the study day."""
        zone = self.learner.timezone
        return self.tx.deliveries_between(self.learner.owner, study_day(self.now, zone), civil_day(self.now, zone))


def _was_new(delivery: Delivery) -> bool:
    reason = Reason.read(delivery.reason)
    return reason is not None and reason.because in _NEW


def free_ordinal(pushes: int, taken: Sequence[Delivery], day_count: int) -> int | None:
    """Return the first place among a date's daily questions that none has; None where all were asked.

    Args:
        pushes: how many pushes of the date may be drawn from: those to come later keep their questions.
        taken: the date's daily deliveries.
        day_count: questions of each push on that date.
    """
    used = {delivery.ordinal for delivery in taken}
    places = (slot * MAX_PER_PUSH + n for slot in range(pushes) for n in range(day_count))
    return next((place for place in places if place not in used), None)
