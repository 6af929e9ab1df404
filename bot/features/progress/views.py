"""How a learner stands, as plain data for texts, pages and pictures."""

from dataclasses import dataclass
from datetime import date

from bot.core.content.library import Library
from bot.core.memory.folding import reviews
from bot.core.memory.statistics import Mastery, Statistics, reckon
from bot.core.memory.streak import Streak, streak
from bot.core.records.records import Learner
from bot.ports import Transaction


@dataclass(frozen=True, slots=True)
class TopicProgress:
    """How far a topic is, by its title in the learner's language."""

    title: str
    mastery: Mastery


@dataclass(frozen=True, slots=True)
class Progress:
    """The figures of a learner on a study day.

    Attributes:
        figures: answers, true retention, what is due when, answers a day, recall a month.
        streak: study days in a row.
        aim: the share that the learner wants to remember, 0-1.
        total: questions that there are.
        topics: those with something learnt.
        weakest: titles of the concepts most likely forgotten, the weakest first.
    """

    figures: Statistics
    streak: Streak
    aim: float
    total: int
    topics: tuple[TopicProgress, ...]
    weakest: tuple[str, ...]


def progress(tx: Transaction, library: Library, learner: Learner, day: date) -> Progress:
    """Reckon how a learner stands from their log.

    Args:
        day: the study day at the learner's.
    """
    figures = reckon(reviews(tx.gradings(learner.id)), tx.cards(learner.id), library, day)
    row = streak(frozenset(tx.active_days(learner.id)), frozenset(tx.excused(learner.id)), day)
    language = learner.language
    return Progress(
        figures,
        row,
        learner.retention,
        len(library.questions),
        tuple(TopicProgress(library.topics_by_id[m.topic_id].titled(language), m) for m in figures.topics),
        tuple(library.by_id[concept_id].titled(language) for concept_id in figures.weakest),
    )
