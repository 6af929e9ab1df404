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
from bot.features.studying import posing
from bot.features.turn import Visit, choice

MAX_TITLES = 12
"""Titles listed at most; the rest is counted."""
CALENDAR_WEEKS = 26
MONTHS = 12


def stats(visit: Visit) -> Replies:
    """Say how the learner is doing, text first."""
    found = statistics(visit)
    if not found.attempts:
        return visit.say("stats.none")
    lines = tuple((paragraph(line),) for line in _lines(visit, found))
    blocks: tuple[Block, ...] = (Heading(spans(visit.words("stats.title"))), Listing(lines))
    return visit.save((Reply(blocks, card_choices(visit)),))


def card_choices(visit: Visit) -> tuple[Choice, ...]:
    """Offer the picture of the progress, where pictures can be made."""
    return (choice(visit.words, "card", "sc"),) if visit.knowledge.has_cards else ()


def stats_card(visit: Visit, *, is_dark: bool = False) -> Replies:
    """Show the progress as a picture: calendar, line, bars, and the figures below."""
    found = statistics(visit)
    if not found.attempts:
        return visit.say("stats.none")
    lines = tuple((paragraph(line),) for line in _lines(visit, found))
    card = AnswerCard(visit.words("stats.title"), (_chart(visit, found), Listing(lines)), is_dark)
    dark = () if is_dark else (choice(visit.words, "card-dark", "sd"),)
    return visit.save((Reply((card,), dark),))


def _chart(visit: Visit, found: Statistics) -> Chart:
    words, library = visit.words, visit.knowledge.library
    counts = dict(found.a_day)
    monday = visit.study_day - timedelta(days=visit.study_day.weekday() + 7 * (CALENDAR_WEEKS - 1))
    days = [monday + timedelta(days=n) for n in range((visit.study_day - monday).days + 1)]
    return Chart(
        (words("chart.days"), words("chart.months"), words("chart.topics")),
        tuple((day.isoformat(), counts.get(day, 0)) for day in days),
        tuple((f"{month:%m}", share) for month, share in found.months[-MONTHS:]),
        visit.learner.retention,
        tuple(
            (library.topics_by_id[m.topic_id].titled(words.language), m.known / m.total, m.recall) for m in found.topics
        ),
        words("chart.alt", days=sum(day in counts for day in days), weeks=CALENDAR_WEEKS),
    )


def statistics(visit: Visit) -> Statistics:
    """Reckon a learner's figures from the log."""
    log = reviews(visit.tx.gradings(visit.learner.id))
    return reckon(log, visit.tx.cards(visit.learner.id), visit.knowledge.library, visit.study_day)


def current_streak(visit: Visit) -> Streak:
    """Return the learner's streak as it stands today."""
    days = visit.tx.active_days(visit.learner.id)
    return streak(frozenset(days), frozenset(visit.tx.excused(visit.learner.id)), visit.study_day)


def _lines(visit: Visit, found: Statistics) -> Iterator[str]:
    words, library = visit.words, visit.knowledge.library
    row = current_streak(visit)
    yield words("stats.streak", days=row.days, longest=row.longest, left=row.freezes_left)
    yield words("stats.answered", attempts=found.attempts, passed=found.passed)
    if found.recalled is not None:
        aim = round(100 * visit.learner.retention)
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
    subscription = visit.tx.subscription(visit.owner)
    if subscription and not subscription.paused:
        yield sentence(words, library, subscription.schedule, visit.today)


# --- the exam --------------------------------------------------------------------------------------


def exam(visit: Visit, argument: str) -> Replies:
    """Set the day of an exam, show the plan, or drop it."""
    if argument.lower() in OFF:
        visit.tx.save_learner(replace(visit.learner, exam=None))
        return visit.say("exam.off")
    day = read_date(argument, visit.today) if argument else visit.learner.exam
    if day is None:
        return visit.say("exam.usage")
    if day <= visit.today:
        return visit.say("exam.past", date=day) if argument else visit.say("exam.usage")
    visit = replace(visit, learner=replace(visit.learner, exam=day))
    visit.tx.save_learner(visit.learner)
    plan = posing.chooser(visit).exam_plan()
    return visit.save((Reply(tuple(_planned(visit, day, plan))),)) if plan else visit.say("exam.past", date=day)


def _planned(visit: Visit, day: date, plan: ExamPlan) -> Iterator[Block]:
    words = visit.words
    yield Heading(spans(words("exam.title", date=day, days=plan.days)))
    covered, all_of_it = len(plan.covered), len(plan.covered) + len(plan.uncovered)
    yield paragraph(words("exam.covered", covered=covered, total=all_of_it, count=plan.new_a_day))
    if plan.uncovered:
        yield paragraph(words("exam.uncovered", concepts=_titles(visit, plan.uncovered)))
        yield paragraph(words("exam.more"))
    if plan.last_day:
        prompts = (visit.knowledge.library.questions[q].prompt for q in plan.last_day)
        yield paragraph(words("exam.last-day", date=day - timedelta(days=1)))
        yield Listing(tuple((paragraph(prompt),) for prompt in prompts))


def _titles(visit: Visit, concepts: Sequence[Concept]) -> str:
    words = visit.words
    titles = words.listed(concept.titled(words.language) for concept in concepts[:MAX_TITLES])
    rest = len(concepts) - MAX_TITLES
    return words("list.more", items=titles, rest=rest) if rest > 0 else titles
