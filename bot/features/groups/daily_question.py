"""A group's day: its question is posted, and hours later the answer with what everybody made of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.chat.messages import Choice, Ref, Reply, Role
from bot.core.content.document import Block, Heading, Paragraph, Quote, Text, listing, paragraph, spans
from bot.core.content.library import Question
from bot.core.groups.group import ACTIVE_DAYS, GroupMode, GroupNeed, StudyGroup, choose_for_group
from bot.core.groups.reveal import PointTally, Tally, tally
from bot.core.kinds import AnsweredBy
from bot.core.language.wording import Wording
from bot.core.records.records import Delivery, DeliveryKind, DeliveryState, NewDelivery, Retry
from bot.core.scheduling.schedule import Schedule, next_slot
from bot.features.asking.buttons import ShowConcept
from bot.features.groups import views
from bot.features.groups.awarding import group_of
from bot.features.groups.buttons import AnswerAlone
from bot.features.groups.leaderboards import name_of, said, week_summary
from bot.features.studying import feedback
from bot.features.turn import Knowledge
from bot.ports import Store, Transaction

TOLD_EVERY = timedelta(minutes=1)
"""Marks that could not be said alone are told together, no more often than this."""


@dataclass(frozen=True, slots=True)
class GroupPost:
    """What is posted to one group, put into its language.

    Attributes:
        schedule: what the group wishes.
    """

    tx: Transaction
    knowledge: Knowledge
    group: StudyGroup
    schedule: Schedule

    @property
    def words(self) -> Wording:
        """The group's language."""
        return Wording(self.group.language)

    def compose(self, delivery: Delivery, notes: Sequence[str]) -> Reply | None:
        """Return what a delivery says; None where there is nothing to say.

        Args:
            notes: keys of what has to be said with it.
        """
        reply = self.reveal(delivery) if delivery.kind is DeliveryKind.REVEAL else self.question(delivery)
        said = tuple(Quote((paragraph(self.words(f"group.{key}")),)) for key in notes)
        return replace(reply, blocks=(*said, *reply.blocks)) if reply else None

    # --- the question ------------------------------------------------------------------------------

    def question(self, delivery: Delivery) -> Reply | None:
        """Return the post of a question, which is chosen now; None where there is nothing to ask."""
        delivery = self._with_question(delivery)
        asked = self.knowledge.library.questions.get(delivery.question_id)
        if asked is None:
            return None
        words, is_poll = self.words, self.group.mode is GroupMode.POLL
        reply = feedback.question(words, self.knowledge.library, asked, delivery)
        quiz = replace(reply.quiz, is_open=True) if reply.quiz and is_poll else reply.quiz
        footer = (self._how_to_answer(asked), self._when_revealed(delivery))
        blocks = (*reply.blocks[:-1], *(Paragraph((Text(line, italic=True),)) for line in footer))
        alone = () if quiz else (answer_choice(self.tx, words, delivery),)
        return replace(reply, blocks=blocks, choices=alone, quiz=quiz)

    def _with_question(self, delivery: Delivery) -> Delivery:
        if delivery.question_id in self.knowledge.library.questions:
            return delivery
        chosen = choose_for_group(self.knowledge.library, self._need(delivery.local_date))
        if chosen is None:
            return delivery
        self.tx.choose_question(delivery.id, chosen.question.id, str(chosen.reason))
        return replace(delivery, question_id=chosen.question.id, reason=str(chosen.reason))

    def _need(self, day: date) -> GroupNeed:
        since = day - timedelta(days=ACTIVE_DAYS)
        return GroupNeed(
            day,
            self.schedule,
            self.group.mode,
            self.tx.active_members(self.group.id, since),
            self.tx.group_memory(self.group.id, day, since),
            self.tx.group_asked(self.group.id),
        )

    def _how_to_answer(self, asked: Question) -> str:
        if asked.answered_by is not AnsweredBy.LETTER:
            return self.words("group.how.words")
        return self.words("group.how.poll" if self.group.mode is GroupMode.POLL else "group.how.letters")

    def _when_revealed(self, delivery: Delivery) -> str:
        at = (delivery.due_at or delivery.created_at) + self.group.reveal_after
        return self.words("group.reveal-at", time=f"{at.astimezone(ZoneInfo(self.schedule.timezone)):%H:%M}")

    # --- its answer --------------------------------------------------------------------------------

    def reveal(self, delivery: Delivery) -> Reply | None:
        """Return the answer to a question with what the members made of it; None where the question is gone."""
        asked = self.knowledge.library.questions.get(delivery.question_id)
        that_day = self.tx.deliveries(delivery.owner, DeliveryKind.DAILY, delivery.local_date)
        first = next((each for each in that_day if each.ordinal == delivery.ordinal), None)
        if asked is None or first is None:
            return None
        words, concept = self.words, self.knowledge.library.by_id[asked.concept_id]
        blocks = (
            Heading(spans(words("reveal.title"))),
            Paragraph(spans(asked.prompt, bold=True)),
            Quote((paragraph(words("grade.model", answer=asked.model_answer)),)),
            *_told(words, tally(self.tx.answered(first.id))),
            *self._week(first),
        )
        return Reply(
            blocks,
            (Choice(ShowConcept(concept.id).id, words("do.explain"), opens=f"c_{concept.id}"),),
            ref=Ref(first.id, Role.ANSWER),
            answers=self.tx.post_of(first.id, Role.QUESTION),
            thread=words("reveal.thread", concept=concept.titled(self.group.language), date=delivery.local_date),
        )

    def _week(self, asked: Delivery) -> tuple[Block, ...]:
        """Return the board of the week, with the answer to its last question: no message of its own."""
        day = asked.local_date
        following = next_slot(self.schedule, asked.due_at or asked.created_at).local_date
        monday = day - timedelta(days=day.weekday())
        if following < monday + timedelta(days=7):
            return ()
        board = views.week(self.tx, self.group, monday, asked.id)
        return week_summary(board, self.knowledge, self.words)


def answer_choice(tx: Transaction, words: Wording, delivery: Delivery) -> Choice:
    """Offer to answer alone: where the platform can, in the private chat."""
    return Choice(
        AnswerAlone(delivery.id).id, words("do.write"), opens=f"q_{delivery.id}_{tx.seal(f'q {delivery.id}')}"
    )


def plan_reveal(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """The question has arrived: its answer is due some hours later; said twice, it is planned once."""
    group = group_of(tx, delivery)
    if group is None or delivery.kind is not DeliveryKind.DAILY:
        return
    made = tx.add_delivery(
        NewDelivery(
            delivery.owner,
            DeliveryKind.REVEAL,
            delivery.local_date,
            delivery.ordinal,
            delivery.address,
            now,
            question_id=delivery.question_id,
        )
    )
    if made:
        due_at = (delivery.due_at or now) + group.reveal_after
        tx.move_delivery(made.id, DeliveryState.PENDING, DeliveryState.PENDING, now, Retry(due_at=max(due_at, now)))


def _told(words: Wording, found: Tally) -> Iterator[Block]:
    """Say how many answered, what they missed, who was first, who rose and how one of them put it."""
    if not found.answers:
        yield paragraph(words("reveal.nobody"))
        return
    mean = round(100 * found.mean)
    yield paragraph(words("reveal.answers", answers=found.answers, passed=found.passed, mean=mean))
    points = [line for number, point in enumerate(found.points, 1) if (line := _point(words, found, number, point))]
    if points:
        yield listing(points)
    if found.first:
        yield said(words("reveal.first", name=name_of(found.first, words)))
    if found.improved:
        name, gain = found.improved
        yield said(words("reveal.improved", name=name_of(name, words), gain=round(100 * gain)))
    if found.quote:
        name, text = found.quote
        yield said(words("reveal.quote", name=name_of(name, words)))
        yield Quote((Paragraph((Text(text),)),))


def _point(words: Wording, found: Tally, number: int, point: PointTally) -> str:
    """Say how a key point fared: "62% 漏了第 3 点：…"; nothing of what nobody missed."""
    missed, wrong = (round(100 * count / found.answers) for count in (point.missed, point.wrong))
    if not point.missed and not point.wrong:
        return ""
    key = "reveal.missed" if not point.wrong else "reveal.wrong" if not point.missed else "reveal.missed-wrong"
    return words(key, number=number, says=point.text, missed=missed, wrong=wrong)


# --- marks that could not be said alone ------------------------------------------------------------


def tell_unheard(store: Store, now: datetime) -> None:
    """Tell each group, at most once a minute, the marks of members whom the tutor cannot write to alone."""
    with store.transaction() as tx:
        waiting = tx.unheard(now - TOLD_EVERY)
        for group_id in dict.fromkeys(mark.group_id for mark in waiting):
            group = tx.group(group_id)
            tx.drop_unheard(group_id)
            if group:
                words = Wording(group.language)
                marks = words.listed(
                    words("unheard.mark", name=name_of(mark.name, words), percent=round(100 * mark.fraction))
                    for mark in waiting
                    if mark.group_id == group_id
                )
                tx.add_notice(group.address, Reply((said(words("unheard.told", marks=marks)),)), now)
