"""How a live quiz is put into words; reads nothing, writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.chat.messages import Choice, Reply
from bot.core.content.document import Block, Heading, Paragraph, Quote, Text, listing, paragraph, spans
from bot.core.content.library import Library, Question
from bot.core.groups.group import GroupMode, StudyGroup
from bot.core.groups.live_quiz import (
    CHOICE_WINDOW_S,
    SHORT_WINDOW_S,
    Ending,
    LiveAnswer,
    LivePlan,
    LiveQuiz,
    LiveState,
    table,
    window_s,
)
from bot.core.groups.live_words import LiveVerb
from bot.core.kinds import AnsweredBy
from bot.core.language.wording import Wording
from bot.core.records.records import Delivery
from bot.core.scheduling.schedule import ANY_DIFFICULTY
from bot.features.live.buttons import LeadQuiz
from bot.features.studying import feedback
from bot.features.turn import choice

MAX_PLACES = 10
"""More names than this nobody reads; the others are counted."""


def question(words: Wording, library: Library, asked: Question, delivery: Delivery, quiz: LiveQuiz) -> Reply:
    """Put the question of a round: how long it may take, and no help."""
    reply = feedback.question(words, library, asked, delivery)
    title = Heading(spans(words("live.round", round=quiz.round, rounds=quiz.plan.rounds)))
    return replace(reply, blocks=(title, *reply.blocks[1:-1]), choices=buttons(words, quiz))


def for_group(words: Wording, reply: Reply, asked: Question, quiz: LiveQuiz, group: StudyGroup) -> Reply:
    """Say how a group answers: by letters, in an open poll, or in words."""
    is_poll = reply.quiz is not None and group.mode is GroupMode.POLL
    how = "letters" if asked.answered_by is AnsweredBy.LETTER else "words"
    line = words(f"live.how.{'poll' if is_poll else how}", seconds=window_s(quiz.plan, asked.answered_by))
    shown = replace(reply.quiz, is_open=True) if reply.quiz and is_poll else reply.quiz
    return replace(reply, blocks=(*reply.blocks, Paragraph((Text(line, italic=True),))), quiz=shown)


def buttons(words: Wording, quiz: LiveQuiz) -> tuple[Choice, ...]:
    """Return what may be done with a quiz."""
    if quiz.state is LiveState.OVER:
        return ()
    other = LiveVerb.RESUME if quiz.state is LiveState.PAUSED else LiveVerb.PAUSE
    verbs = (other, LiveVerb.STOP)
    return tuple(choice(words, f"live-{verb}", LeadQuiz(verb, quiz.number)) for verb in verbs)


def began(words: Wording, library: Library, quiz: LiveQuiz, *, is_fewer: bool) -> Reply:
    """Say what begins, and by which rules."""
    blocks: list[Block] = [Heading(spans(words("live.title"))), paragraph(_plan(words, library, quiz.plan))]
    if is_fewer:
        blocks.append(paragraph(words("live.fewer", count=quiz.plan.rounds)))
    blocks += [paragraph(words("live.rule")), paragraph(words("live.soon"))]
    return Reply(tuple(blocks), buttons(words, quiz))


def state(words: Wording, library: Library, quiz: LiveQuiz, *, is_second: bool) -> Reply:
    """Say how a quiz stands; to whoever would begin another, that one runs."""
    stands = words(f"live.state.{quiz.state}", round=quiz.round, rounds=quiz.plan.rounds)
    runs = (paragraph(words("live.runs")),) if is_second else ()
    title = Heading(spans(words("live.title")))
    return Reply((title, *runs, paragraph(stands), paragraph(_plan(words, library, quiz.plan))), buttons(words, quiz))


def _plan(words: Wording, library: Library, plan: LivePlan) -> str:
    parts = [words("live.count", count=plan.rounds)]
    titles = [library.topics_by_id[t].titled(words.language) for t in plan.topics if t in library.topics_by_id]
    if titles:
        parts.append(words("subscription.topics", topics=words.listed(titles)))
    if plan.difficulty != ANY_DIFFICULTY:
        parts.append(words("subscription.difficulty", low=plan.difficulty[0], high=plan.difficulty[1]))
    if plan.has_short and not plan.window_s:
        parts.append(words("live.time.mixed", choice=CHOICE_WINDOW_S, short=SHORT_WINDOW_S))
    else:
        parts.append(words("live.time", seconds=plan.window_s or CHOICE_WINDOW_S))
    return words("subscription.join").join(parts) + words("subscription.end")


def result(words: Wording, asked: Question, number: int, answers: Sequence[LiveAnswer]) -> Iterator[Block]:
    """Tell the answer of a round, why, and how many had it."""
    yield Paragraph(spans(words("live.result", round=number), bold=True))
    why = asked.quiz.explanation if asked.quiz else ""
    told = [paragraph(words("grade.model", answer=asked.model_answer))]
    yield Quote((*told, paragraph(why)) if why else tuple(told))
    right = sum(answer.is_right for answer in answers)
    yield paragraph(words("live.tally", answers=len(answers), right=right) if answers else words("live.nobody"))


def over(words: Wording, quiz: LiveQuiz, ending: Ending, answers: Sequence[LiveAnswer]) -> Iterator[Block]:
    """Tell why a quiz is over, and the final table."""
    yield Heading(spans(words("live.over")))
    yield paragraph(words(f"live.ending.{ending}", rounds=quiz.round))
    if answers:
        yield from _table(words, answers)


def _table(words: Wording, answers: Sequence[LiveAnswer]) -> Iterator[Block]:
    found = table(answers)
    lines = [
        words("live.place", place=p.place, name=p.name, points=p.points, right=p.right, answers=p.answers)
        for p in found.places[:MAX_PLACES]
    ]
    more = len(found.places) - MAX_PLACES
    lines += [words("live.more", count=more)] if more > 0 else []
    lines += [words("live.hidden", count=found.hidden)] if found.hidden else []
    yield listing(lines)
    yield Paragraph((Text(words("live.foot"), italic=True),))
