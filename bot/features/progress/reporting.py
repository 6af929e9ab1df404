"""How a learner is doing: what is remembered, what is due, the streak; and the way to an exam."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.core.chat.intents import OFF
from bot.core.chat.messages import Choice, Replies, Reply
from bot.core.content.document import AnswerCard, Block, Chart, Heading, Listing, listing, paragraph, spans
from bot.core.content.library import Concept
from bot.core.memory.exam import ExamPlan
from bot.core.scheduling.time_words import read_date
from bot.features.daily.describing import sentence
from bot.features.progress.buttons import ShowDarkStats, ShowStats
from bot.features.progress.views import Progress, progress
from bot.features.studying import posing
from bot.features.turn import Turn, choice

MAX_TITLES = 12
"""Titles listed at most; the rest is counted."""
CALENDAR_WEEKS = 26
MONTHS = 12


def stats(turn: Turn) -> Replies:
    """Say how the learner is doing, text first."""
    found = _progress(turn)
    if not found.figures.attempts:
        return turn.say("stats.none")
    lines = tuple((paragraph(line),) for line in _lines(turn, found))
    blocks: tuple[Block, ...] = (Heading(spans(turn.words("stats.title"))), Listing(lines))
    return turn.save((Reply(blocks, card_choices(turn)),))


def card_choices(turn: Turn) -> tuple[Choice, ...]:
    """Offer the picture of the progress, where pictures can be made."""
    return (choice(turn.words, "card", ShowStats()),) if turn.knowledge.has_cards else ()


def stats_card(turn: Turn, *, is_dark: bool = False) -> Replies:
    """Show the progress as a picture: calendar, line, bars, and the figures below."""
    found = _progress(turn)
    if not found.figures.attempts:
        return turn.say("stats.none")
    lines = tuple((paragraph(line),) for line in _lines(turn, found))
    card = AnswerCard(turn.words("stats.title"), (_chart(turn, found), Listing(lines)), is_dark)
    dark = () if is_dark else (choice(turn.words, "card-dark", ShowDarkStats()),)
    return turn.save((Reply((card,), dark),))


def _chart(turn: Turn, found: Progress) -> Chart:
    words, counts = turn.words, dict(found.figures.a_day)
    monday = turn.study_day - timedelta(days=turn.study_day.weekday() + 7 * (CALENDAR_WEEKS - 1))
    days = [monday + timedelta(days=n) for n in range((turn.study_day - monday).days + 1)]
    return Chart(
        (words("chart.days"), words("chart.months"), words("chart.topics")),
        tuple((day.isoformat(), counts.get(day, 0)) for day in days),
        tuple((f"{month:%m}", share) for month, share in found.figures.months[-MONTHS:]),
        found.aim,
        tuple((each.title, each.mastery.known / each.mastery.total, each.mastery.recall) for each in found.topics),
        words("chart.alt", days=sum(day in counts for day in days), weeks=CALENDAR_WEEKS),
    )


def _progress(turn: Turn) -> Progress:
    return progress(turn.tx, turn.knowledge.library, turn.learner, turn.study_day)


def _lines(turn: Turn, found: Progress) -> Iterator[str]:
    words, figures, row = turn.words, found.figures, found.streak
    days, left = (words("count.days", count=count) for count in (row.days, row.freezes_left))
    yield words("stats.streak", days=days, longest=row.longest, left=left)
    yield words("stats.answered", attempts=figures.attempts, passed=figures.passed)
    if figures.recalled is not None:
        percent, aim = round(100 * figures.recalled), round(100 * found.aim)
        yield words("stats.retention", percent=percent, count=figures.recalls, aim=aim)
    yield words("stats.known", known=figures.known, total=found.total, due=figures.forecast[0])
    yield words("stats.forecast", counts=words.listed(figures.forecast[1:]))
    for topic in found.topics:
        m = topic.mastery
        yield words("stats.topic", topic=topic.title, known=m.known, total=m.total, percent=round(100 * m.recall))
    if found.weakest:
        yield words("stats.weakest", concepts=words.listed(found.weakest))
    subscription = turn.tx.subscription(turn.owner)
    if subscription and not subscription.paused:
        yield sentence(words, turn.knowledge.library, subscription.schedule, turn.today)


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
        yield listing(prompts)


def _titles(turn: Turn, concepts: Sequence[Concept]) -> str:
    words = turn.words
    titles = words.listed(concept.titled(words.language) for concept in concepts[:MAX_TITLES])
    rest = len(concepts) - MAX_TITLES
    return words("list.more", items=titles, rest=rest) if rest > 0 else titles
