"""How answers and marks get into the log, and how a card follows from it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from bot.core.content.library import Question
from bot.core.grading import GRADER_VERSION, Grade
from bot.core.kinds.replaying import rubric_hash, rubric_json
from bot.core.memory.card import Card, Rating, rate
from bot.core.memory.folding import fold
from bot.core.records.records import Aid, Attempt, Cause, Delivery, Grading, Learner
from bot.features.groups import awarding
from bot.features.turn import Knowledge, Turn
from bot.ports import Transaction

CHANGES_MARK = frozenset({Cause.CONTEST, Cause.REGRADE, Cause.WITHDRAWN})
"""After these an answer to a group's question is worth what the new mark is; a second chance changes nothing there."""


def overlaid(tx: Transaction, question: Question) -> Question:
    """Return a question with the phrases that were accepted beside the pack."""
    accepted: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for _, point_id, phrase in tx.phrases(question.id):
        accepted[point_id] += (phrase,)
    return question.accepting(accepted)


def add_attempt(turn: Turn, delivery: Delivery, question: Question, text: str, aids: frozenset[Aid]) -> Attempt:
    """Append what was answered."""
    return turn.tx.add_attempt(
        Attempt(0, turn.learner.id, turn.account.id, delivery.id, question.id, text, turn.now, turn.study_day, aids)
    )


def add_grading(turn: Turn, made: Attempt, question: Question, grade: Grade, cause: Cause) -> Card | None:
    """Append a mark, rated by whether it passed and whether help was used, and fold the log into the card."""
    had_help = bool(made.aids) or cause is Cause.SECOND_CHANCE
    rating = None if cause is Cause.WITHDRAWN else rate(has_passed=grade.has_passed, had_help=had_help)
    return append(turn.tx, turn.knowledge, question, Mark(made, grade, cause, rating, turn.now))


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it is given.

    Attributes:
        rating: None where it takes the answer back.
        at: aware UTC.
    """

    made: Attempt
    grade: Grade
    cause: Cause
    rating: Rating | None
    at: datetime


def append(tx: Transaction, knowledge: Knowledge, question: Question, mark: Mark) -> Card | None:
    """Append a mark, with the rubric it was made by, and fold the log into the card."""
    made, lexicon = mark.made, knowledge.library.lexicon
    by = rubric_hash(question, lexicon)
    grading = Grading(0, made.id, by, GRADER_VERSION, mark.grade, mark.cause, mark.rating, mark.at)
    tx.add_grading(grading, rubric_json(question, lexicon))
    if mark.cause in CHANGES_MARK:
        awarding.mark_again(tx, made, mark.grade)
    return refold(tx, made.learner_id, question.id)


def refold(tx: Transaction, learner_id: int, question_id: str) -> Card | None:
    """Rebuild a card from the log and write it; drop it where nothing is rated any more."""
    card = fold(tx.gradings(learner_id, question_id), tx.learner(learner_id).retention)
    if card:
        tx.save_card(learner_id, card)
    else:
        tx.drop_card(learner_id, question_id)
    return card


def refold_all(tx: Transaction, learner: Learner) -> None:
    """Rebuild all cards of a learner: they want to remember more, or less, than before."""
    logs: dict[str, list[tuple[Attempt, Grading]]] = defaultdict(list)
    for made, grading in tx.gradings(learner.id):
        logs[made.question_id].append((made, grading))
    for log in logs.values():
        card = fold(log, learner.retention)
        if card:
            tx.save_card(learner.id, card)


def whole_text(tx: Transaction, made: Attempt) -> str:
    """Return an answer with what was added to it at a second chance."""
    later = (
        other.text
        for other in tx.attempts(made.learner_id, made.delivery_id)
        if other.id > made.id and Aid.SECOND_CHANCE in other.aids
    )
    return "\n".join((made.text, *later))


def last_grading(tx: Transaction, made: Attempt) -> Grading | None:
    """Return the grading of an attempt that counts."""
    mine = [grading for other, grading in tx.gradings(made.learner_id, made.question_id) if other.id == made.id]
    return mine[-1] if mine else None
