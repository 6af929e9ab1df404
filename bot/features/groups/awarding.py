"""What an answer is worth on a group's board: the first one to the group's question, and what is recalled when due."""

from dataclasses import replace

from bot.core.grading import Grade
from bot.core.groups.group import Award, Member, StudyGroup, points_of, recall_points
from bot.core.memory.card import Card
from bot.core.records.records import Attempt, Delivery, DeliveryKind, DeliveryState, OwnerKind
from bot.features.groups.views import today_of
from bot.features.turn import Turn
from bot.ports import Transaction

NOT_YET = frozenset({DeliveryState.PENDING})


def group_of(tx: Transaction, delivery: Delivery) -> StudyGroup | None:
    """Return the group that a delivery belongs to; None where it is a learner's."""
    return tx.group(delivery.owner.id) if delivery.owner.kind is OwnerKind.GROUP else None


def is_revealed(tx: Transaction, delivery: Delivery) -> bool:
    """Tell whether the answer to a group's question has been told, or is being told."""
    reveals = tx.deliveries(delivery.owner, DeliveryKind.REVEAL, delivery.local_date)
    return any(reveal.ordinal == delivery.ordinal and reveal.state not in NOT_YET for reveal in reveals)


def join(turn: Turn, group: StudyGroup) -> Member:
    """Make the sender a member of a group; their name there is the one they have now."""
    before = turn.tx.member(group.id, turn.learner.id)
    name = turn.message.sender.name or turn.account.name
    today = today_of(turn.tx, group, turn.now, turn.learner.timezone)
    member = before or Member(group.id, turn.learner.id, name, today)
    if group.address.platform == turn.message.address.platform:
        member = replace(member, name=name)
    member = replace(member, has_left=False)
    if member != before:
        turn.tx.save_member(member)
    return member


def count(turn: Turn, delivery: Delivery, made: Attempt, grade: Grade, before: Card | None) -> Award | None:
    """Write what an answer that was just graded is worth; None where it counts for nothing.

    Args:
        before: the card of its question as it was; None where there was none.
    """
    group = group_of(turn.tx, delivery)
    award = _to_group(turn, group, delivery, made, grade) if group else _alone(turn, delivery, made, grade, before)
    return award if award and turn.tx.add_award(award) else None


def _to_group(turn: Turn, group: StudyGroup, delivery: Delivery, made: Attempt, grade: Grade) -> Award | None:
    if delivery.kind is not DeliveryKind.DAILY or is_revealed(turn.tx, delivery):
        return None
    points = points_of(grade.fraction, had_help=bool(made.aids))
    return Award(made.id, made.learner_id, group.id, delivery.id, delivery.local_date, points)


def _alone(turn: Turn, delivery: Delivery, made: Attempt, grade: Grade, before: Card | None) -> Award | None:
    was_due = before is not None and before.due <= made.study_day and before.last_review < made.study_day
    if not (was_due and grade.has_passed and turn.tx.groups_of(made.learner_id)):
        return None
    points = recall_points(turn.tx.recalled_on(made.learner_id, made.study_day))
    return Award(made.id, made.learner_id, None, delivery.id, made.study_day, points) if points else None


def mark_again(tx: Transaction, made: Attempt, grade: Grade) -> None:
    """Write what an answer to a group's question is worth now that it has another mark."""
    award = tx.award(made.id)
    if award and award.group_id is not None:
        tx.save_award(replace(award, points=points_of(grade.fraction, had_help=bool(made.aids))))
