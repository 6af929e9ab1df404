"""How a learner is doing: what is remembered, what is due, the streak; and the way to an exam."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.core.chat.intents import OFF
from bot.core.chat.messages import Choice, Replies, Reply
from bot.core.content.document import AnswerCard, Block, Chart, Heading, Listing, paragraph, spans
from bot.core.content.library import Concept
from bot.core.memory.exam import ExamPlan
from bot.core.memory.folding import reviews
from bot.core.memory.statistics import Statistics, reckon
from bot.core.memory.streak import Streak, streak
from bot.core.scheduling.time_words import read_date
from bot.features.daily.describing import sentence
from bot.features.progress.buttons import ShowDarkStats, ShowStats
from bot.features.studying import posing
from bot.features.turn import Turn, choice

MAX_TITLES = 12
"""Titles listed at most; the rest is counted."""
CALENDAR_WEEKS = 26
MONTHS = 12


def stats(turn: Turn) -> Replies:
    """Say how the learner is doing, text first."""
    found = statistics(turn)
    if not found.attempts:
        return turn.say("stats.none")
    lines = tuple((paragraph(line),) for line in _lines(turn, found))
    blocks: tuple[Block, ...] = (Heading(spans(turn.words("stats.title"))), Listing(lines))
    return turn.save((Reply(blocks, card_choices(turn)),))


def card_choices(turn: Turn) -> tuple[Choice, ...]:
    """Offer the picture of the progress, where pictures can be made."""
    return (choice(turn.words, "card", ShowStats()),) if turn.knowledge.has_cards else ()


def stats_card(turn: Turn, *, is_dark: bool = False) -> Replies:
    """Show the progress as a picture: calendar, line, bars, and the figures below."""
    found = statistics(turn)
    if not found.attempts:
        return turn.say("stats.none")
    lines = tuple((paragraph(line),) for line in _lines(turn, found))
    card = AnswerCard(turn.words("stats.title"), (_chart(turn, found), Listing(lines)), is_dark)
    dark = () if is_dark else (choice(turn.words, "card-dark", ShowDarkStats()),)
    return turn.save((Reply((card,), dark),))


def _chart(turn: Turn, found: Statistics) -> Chart:
    words, library = turn.words, turn.knowledge.library
    counts = dict(found.a_day)
    monday = turn.study_day - timedelta(days=turn.study_day.weekday() + 7 * (CALENDAR_WEEKS - 1))
    days = [monday + timedelta(days=n) for n in range((turn.study_day - monday).days + 1)]
    return Chart(
        (words("chart.days"), words("chart.months"), words("chart.topics")),
        tuple((day.isoformat(), counts.get(day, 0)) for day in days),
        tuple((f"{month:%m}", share) for month, share in found.months[-MONTHS:]),
        turn.learner.retention,
        tuple(
            (library.topics_by_id[m.topic_id].titled(words.language), m.known / m.total, m.recall) for m in found.topics
        ),
        words("chart.alt", days=sum(day in counts for day in days), weeks=CALENDAR_WEEKS),
    )


def statistics(turn: Turn) -> Statistics:
    """Reckon a learner's figures from the log."""
    log = reviews(turn.tx.gradings(turn.learner.id))
    return reckon(log, turn.tx.cards(turn.learner.id), turn.knowledge.library, turn.study_day)


def current_streak(turn: Turn) -> Streak:
    """Return the learner's streak as it stands today."""
    days = turn.tx.active_days(turn.learner.id)
    return streak(frozenset(days), frozenset(turn.tx.excused(turn.learner.id)), turn.study_day)


def _lines(turn: Turn, found: Statistics) -> Iterator[str]:
    words, library = turn.words, turn.knowledge.library
    row = current_streak(turn)
    days, left = (words("count.days", count=count) for count in (row.days, row.freezes_left))
    yield words("stats.streak", days=days, longest=row.longest, left=left)
    yield words("stats.answered", attempts=found.attempts, passed=found.passed)
    if found.recalled is not None:
        aim = round(100 * turn.learner.retention)
        yield words("stats.retention", percent=round(100 * found.recalled), count=found.recalls, aim=aim)
    yield words("stats.known", known=found.known, total=len(library.questions), due=found.forecast[0])
    yield words("stats.forecast", counts=words.listed(found.forecast[1:]))
    for mastery in found.topics:
        title = library.topics_by_id[mastery.topic_id].titled(words.language)
        yield words(
            "stats.topic", topic=title, known=mastery.known, total=mastery.total, percent=round(100 * mastery.recall)
        )
    if found.weakest:
        titles = (library.by_id[concept_id].titled(words.language) for concept_id in found.weakest)
        yield words("stats.weakest", concepts=words.listed(titles))
    subscription = turn.tx.subscription(turn.owner)
    if subscription and not subscription.paused:
        yield sentence(words, library, subscription.schedule, turn.today)


# --- the exam --------------------------------------------------------------------------------------


def exam(turn: Turn, argument: str) -> Replies:
    """Set the day of an exam, show the plan, or drop it."""
    if argument.lower() in OFF:
        turn.tx.save_learner(replace(turn.learner, exam=None))
        return turn.say("exam.off")
    day = read_date(argument, turn.today) if argument else turn.learner.exam
    if day is None:
        return turn.say("exam.usage")
    if day <= turn.today:
        return turn.say("exam.past", date=day) if argument else turn.say("exam.usage")
    turn = replace(turn, learner=replace(turn.learner, exam=day))
    turn.tx.save_learner(turn.learner)
    plan = posing.chooser(turn).exam_plan()
    return turn.save((Reply(tuple(_planned(turn, day, plan))),)) if plan else turn.say("exam.past", date=day)


def _planned(turn: Turn, day: date, plan: ExamPlan) -> Iterator[Block]:
    words = turn.words
    yield Heading(spans(words("exam.title", date=day, days=plan.days)))
    covered = len(plan.covered)
    concepts = words("count.concepts", count=covered + len(plan.uncovered))
    yield paragraph(words("exam.covered", covered=covered, concepts=concepts, count=plan.new_a_day))
    if plan.uncovered:
        yield paragraph(words("exam.uncovered", concepts=_titles(turn, plan.uncovered)))
        yield paragraph(words("exam.more"))
    if plan.last_day:
        prompts = (turn.knowledge.library.questions[q].prompt for q in plan.last_day)
        yield paragraph(words("exam.last-day", date=day - timedelta(days=1)))
        yield Listing(tuple((paragraph(prompt),) for prompt in prompts))


def _titles(turn: Turn, concepts: Sequence[Concept]) -> str:
    words = turn.words
    titles = words.listed(concept.titled(words.language) for concept in concepts[:MAX_TITLES])
    rest = len(concepts) - MAX_TITLES
    return words("list.more", items=titles, rest=rest) if rest > 0 else titles
