"""A live quiz moves on by itself: it asks, waits until the question was sent, takes answers, tells the result.

All of it is in the store, so that a restart or a second process goes on where the last one was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.chat.messages import Choice, Reply, Role
from bot.core.content.document import Block
from bot.core.content.library import Question
from bot.core.groups import live_quiz
from bot.core.groups.group import StudyGroup
from bot.core.groups.live_quiz import Ending, LiveAnswer, LiveQuiz, LiveState
from bot.core.language.wording import Wording
from bot.core.records.records import Delivery, DeliveryKind, DeliveryState, NewDelivery
from bot.features.asking.buttons import ShowConcept
from bot.features.groups.views import today_of
from bot.features.live import describing
from bot.features.turn import Knowledge
from bot.ports import Store, Transaction

AT_ONCE = 500
SENT_WITHIN = timedelta(minutes=2)
"""A question that was tried and did not get through for this long ends its quiz."""
_UNDER_WAY = frozenset({DeliveryState.PENDING, DeliveryState.SENDING})
_ARRIVED = frozenset({DeliveryState.SENT, DeliveryState.UNCERTAIN})


def advance(store: Store, knowledge: Knowledge, now: datetime) -> None:
    """Move every quiz whose time has come."""
    with store.transaction() as tx:
        for quiz in tx.lives_due(now, AT_ONCE):
            group = tx.group(quiz.group_id)
            if group:
                Rounds(tx, knowledge, group, now).advance(quiz)


def prepare(
    tx: Transaction, knowledge: Knowledge, group: StudyGroup, delivery: Delivery, now: datetime
) -> Reply | None:
    """Return the question of a round as it is sent; None where its quiz has gone on, or ended, meanwhile."""
    quiz, asked = tx.live(group.id), knowledge.library.questions.get(delivery.question_id)
    if quiz is None or asked is None or not quiz.takes(delivery.id, now):
        return None
    words = Wording(group.language)
    reply = describing.question(words, knowledge.library, asked, delivery, quiz)
    return describing.for_group(words, reply, asked, quiz, group)


def as_it_stands(quiz: LiveQuiz, delivery: Delivery, asked: Question) -> LiveQuiz:
    """Return a quiz with the window of its open round, which begins when the question of it has been sent."""
    has_begun = quiz.open_delivery == delivery.id and delivery.state in _ARRIVED
    if not has_begun or quiz.closes_at is not None:
        return quiz
    return live_quiz.open_window(quiz, delivery.state_at, asked.answered_by)


def had(tx: Transaction, group: StudyGroup, quiz: LiveQuiz | None, now: datetime) -> set[str]:
    """Return the questions that a group had today, and those of a quiz that began before midnight."""
    day = today_of(tx, group, now, "UTC")
    today = tx.deliveries_between(group.owner, day, day)
    earlier = [tx.delivery(delivery_id) for delivery_id in quiz.asked] if quiz else []
    return {delivery.question_id for delivery in (*today, *earlier) if delivery}


@dataclass(frozen=True, slots=True)
class Rounds:
    """The quizzes of one group at one moment.

    Attributes:
        now: aware UTC.
    """

    tx: Transaction
    knowledge: Knowledge
    group: StudyGroup
    now: datetime

    @property
    def words(self) -> Wording:
        """The group's language."""
        return Wording(self.group.language)

    def advance(self, quiz: LiveQuiz) -> None:
        """Do what it is time for."""
        if quiz.is_open:
            self._follow(quiz)
        elif quiz.state is LiveState.PAUSED:
            self._end(quiz, Ending.LEFT)
        elif quiz.wakes_at and self.now - quiz.wakes_at > live_quiz.LOST_AFTER:
            self._end(quiz, Ending.LOST)
        else:
            self._ask(quiz)

    def _ask(self, quiz: LiveQuiz) -> None:
        """Put the next question into the outbox."""
        asked = live_quiz.choose_live(self.knowledge.library, quiz, had(self.tx, self.group, quiz, self.now))
        if asked is None:
            self._end(quiz, Ending.EMPTY)
            return
        owner, day = self.group.owner, today_of(self.tx, self.group, self.now, "UTC")
        ordinal = 1 + max((each.ordinal for each in self.tx.deliveries(owner, DeliveryKind.LIVE, day)), default=-1)
        made = self.tx.add_delivery(
            NewDelivery(owner, DeliveryKind.LIVE, day, ordinal, self.group.address, self.now, question_id=asked.id)
        )
        if made:  # what is sent is only what the quiz names, whoever was quicker
            self.tx.save_live(quiz, live_quiz.ask(quiz, made.id, self.now))

    def _follow(self, quiz: LiveQuiz) -> None:
        """Open the window of a question that has been sent, and close it when its time is over."""
        delivery = self.tx.delivery(quiz.asked[-1])
        ending = self._unsent(delivery)
        if delivery is None or ending:
            self._end(quiz, ending or Ending.UNSENT)
            return
        asked = self.knowledge.library.questions.get(delivery.question_id)
        opened = as_it_stands(quiz, delivery, asked) if asked else replace(quiz, closes_at=self.now)
        if opened != quiz and not self.tx.save_live(quiz, opened):
            return
        if opened.closes_at and self.now >= opened.closes_at:
            self._close(opened)

    def _unsent(self, delivery: Delivery | None) -> Ending | None:
        """Tell whether a question will not come any more, or came to nothing for too long."""
        if delivery is None or delivery.state not in _UNDER_WAY | _ARRIVED:
            return Ending.UNSENT
        if delivery.state in _ARRIVED:
            return None
        waited = self.now - delivery.created_at
        if waited > live_quiz.LOST_AFTER:
            return Ending.LOST
        was_tried = delivery.tries > 0 or (delivery.due_at or delivery.created_at) > delivery.created_at
        return Ending.UNSENT if was_tried and waited > SENT_WITHIN else None

    def _close(self, quiz: LiveQuiz) -> None:
        """End the open round and tell its result, and that of the whole quiz where that was the last."""
        answers = self._answers(quiz, quiz.asked[-1:])
        closed, ending = live_quiz.close(quiz, len(answers), self.now)
        if self.tx.save_live(quiz, closed):
            self._tell(quiz, (*self._result(quiz, answers), *(self._over(closed, ending) if ending else ())))

    def _end(self, quiz: LiveQuiz, ending: Ending) -> None:
        said = self.ended(quiz, ending)
        if said:
            self.tx.add_notice(self.group.address, said, self.now)

    def ended(self, quiz: LiveQuiz, ending: Ending) -> Reply | None:
        """End a quiz, and return what is said of it; None where another was quicker."""
        over = live_quiz.end(quiz)
        if not self.tx.save_live(quiz, over):
            return None
        delivery = self.tx.delivery(quiz.open_delivery) if quiz.open_delivery else None
        is_there = delivery is not None and delivery.state in _ARRIVED
        result = self._result(quiz, self._answers(quiz, quiz.asked[-1:])) if is_there else ()
        return Reply((*result, *self._over(over, ending)))

    def _answers(self, quiz: LiveQuiz, delivery_ids: Sequence[int]) -> Sequence[LiveAnswer]:
        return self.tx.live_answers(quiz.group_id, delivery_ids)

    def _over(self, quiz: LiveQuiz, ending: Ending) -> tuple[Block, ...]:
        return tuple(describing.over(self.words, quiz, ending, self._answers(quiz, quiz.asked)))

    def _result(self, quiz: LiveQuiz, answers: Sequence[LiveAnswer]) -> tuple[Block, ...]:
        delivery = self.tx.delivery(quiz.asked[-1])
        asked = self.knowledge.library.questions.get(delivery.question_id) if delivery else None
        return tuple(describing.result(self.words, asked, quiz.round, answers)) if asked else ()

    def _tell(self, quiz: LiveQuiz, blocks: tuple[Block, ...]) -> None:
        """Tell the group of a round, in answer to its question."""
        delivery = self.tx.delivery(quiz.asked[-1])
        asked = self.knowledge.library.questions.get(delivery.question_id) if delivery else None
        concept_id = asked.concept_id if asked else ""
        explain = Choice(ShowConcept(concept_id).id, self.words("do.explain"), opens=f"c_{concept_id}")
        post = self.tx.post_of(quiz.asked[-1], Role.QUESTION)
        self.tx.add_notice(self.group.address, Reply(blocks, (explain,) if concept_id else (), answers=post), self.now)
