"""How questions, grades and progress are put into words; reads nothing, writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.chat.messages import Choice, Ref, Reply, Role
from bot.core.content.document import Block, Heading, Listing, Paragraph, Quote, Text, paragraph, spans
from bot.core.content.library import Library, Question
from bot.core.grading import TURNED_NOTES, VALUE_NOTES, Grade, PointMark, Verdict
from bot.core.kinds import LETTERS
from bot.core.language.wording import Wording
from bot.core.memory.card import Card
from bot.core.memory.selection import Reason
from bot.core.records.records import Delivery, DeliveryKind
from bot.core.scheduling.schedule import MAX_PER_PUSH
from bot.features.studying.buttons import Hint, ShowAnswer, Skip, Snooze
from bot.features.turn import choice

NEAR_FRACTION = 0.4
"""From here to the pass mark an answer is called nearly there."""


def question(words: Wording, library: Library, asked: Question, delivery: Delivery) -> Reply:
    """Put a question to a learner."""
    stars = "★" * asked.difficulty + "☆" * (5 - asked.difficulty)
    about = [words("question.difficulty", stars=stars)]
    reason = _reason(words, library, asked, delivery.reason)
    about = [reason, *about] if reason else about
    blocks: list[Block] = [_titled(words, delivery), Paragraph((Text(" · ".join(about), italic=True),))]
    if delivery.is_repeat:
        blocks.append(Quote((paragraph(words("question.repeat")),)))
    blocks.append(Paragraph(spans(asked.prompt, bold=True)))
    blocks += [paragraph(f"{letter}. {text}") for letter, text in zip(LETTERS, asked.listed, strict=False)]
    blocks.append(Paragraph((Text(words(asked.how), italic=True),)))
    return Reply(
        tuple(blocks),
        help_choices(words, delivery.id, has_hint=bool(asked.hint)),
        ref=Ref(delivery.id, Role.QUESTION),
        quiz=asked.quiz,
    )


def _titled(words: Wording, delivery: Delivery) -> Heading:
    place = delivery.ordinal % MAX_PER_PUSH + 1
    if delivery.kind is not DeliveryKind.DAILY:
        return Heading(spans(words(f"question.{delivery.kind}")))
    return Heading(spans(words("question.title") if place == 1 else words("question.title-of", place=place)))


def pushed(words: Wording, asked: Reply, delivery: Delivery, notes: Sequence[str]) -> Reply:
    """Make a push of a question: what has to be said with it, and the choice to be asked later."""
    said = tuple(Quote((paragraph(words(key)),)) for key in notes)
    snooze = choice(words, "snooze", Snooze(delivery.id))
    return replace(asked, blocks=(*said, *asked.blocks), choices=(*asked.choices, snooze))


def help_choices(words: Wording, delivery_id: int, *, has_hint: bool = True) -> tuple[Choice, ...]:
    """Return the choices under an open question."""
    hint = (choice(words, "hint", Hint(delivery_id)),) if has_hint else ()
    return (
        *hint,
        choice(words, "skip", Skip(delivery_id)),
        choice(words, "answer", ShowAnswer(delivery_id)),
    )


def _reason(words: Wording, library: Library, asked: Question, code: str) -> str:
    reason = Reason.read(code)
    if reason is None:
        return ""
    topic = library.topics_by_id[library.by_id[asked.concept_id].topic_id].titled(words.language)
    other = library.by_id.get(reason.concept_id)
    return words(
        f"reason.{reason.because}",
        days=reason.days,
        topic=topic,
        place=reason.place,
        total=reason.total,
        concept=library.by_id[asked.concept_id].titled(words.language),
        other=other.titled(words.language) if other else "",
    )


@dataclass(frozen=True, slots=True)
class Memory:
    """What is said of when a question comes back.

    Attributes:
        card: None where nothing is remembered of it.
        day: the study day.
        is_practice: it was answered today already, which changed nothing.
    """

    card: Card | None
    day: date
    is_practice: bool = False


def graded(words: Wording, asked: Question, grade: Grade, memory: Memory) -> Reply:
    """Say how an answer was graded, point by point, with the model answer and when the question comes back."""
    blocks: list[Block] = [Heading(spans(_verdict(words, grade)))]
    if grade.reason and words.has(f"grade.reason.{grade.reason}"):
        blocks.append(paragraph(words(f"grade.reason.{grade.reason}")))
    # Whoever has the whole mark is not told what else could have been said.
    told = [mark for mark in grade.points if grade.fraction < 1 or mark.verdict is not Verdict.MISSED]
    if told:
        blocks.append(Listing(tuple(_point(words, mark) for mark in told)))
    blocks += _closing(words, asked, memory)
    return Reply(tuple(blocks))


def half_right(words: Wording, asked: Question, grade: Grade, delivery_id: int) -> Reply:
    """Say what an answer has, and in which direction more is wanted, without giving it away."""
    hits = tuple(_point(words, mark) for mark in grade.points if mark.verdict is not Verdict.MISSED)
    missing = sum(mark.verdict is Verdict.MISSED for mark in grade.points)
    blocks: list[Block] = [Heading(spans(_verdict(words, grade)))]
    if hits:
        blocks.append(Listing(hits))
    has_result = grade.reason != "no-value"
    blocks.append(paragraph(words("half.more", count=missing) if has_result else words("half.value")))
    if asked.hint:
        blocks.append(paragraph(words("hint", hint=asked.hint)))
    answer = choice(words, "answer", ShowAnswer(delivery_id))
    return Reply(tuple(blocks), (answer,))


def shown(words: Wording, asked: Question, memory: Memory) -> Reply:
    """Show the model answer to someone who gave up."""
    return Reply((paragraph(words("grade.shown")), *_closing(words, asked, memory)))


def _verdict(words: Wording, grade: Grade) -> str:
    percent = round(100 * grade.fraction)
    if grade.has_passed:
        return words("grade.pass", percent=percent)
    return words("grade.near" if grade.fraction >= NEAR_FRACTION else "grade.fail", percent=percent)


def _point(words: Wording, mark: PointMark) -> tuple[Block, ...]:
    is_wrong = mark.verdict is Verdict.CONTRADICTED and mark.note not in TURNED_NOTES
    line: list[Block] = [paragraph(words("point.wrong" if is_wrong else f"point.{mark.verdict}", says=mark.text))]
    if mark.note and mark.note not in TURNED_NOTES | VALUE_NOTES:
        line.append(paragraph(mark.note))
    if mark.evidence and mark.verdict is not Verdict.MISSED:
        line.append(Paragraph((Text(words("grade.said", evidence=mark.evidence), italic=True),)))
    return tuple(line)


def _closing(words: Wording, asked: Question, memory: Memory) -> Iterator[Block]:
    if asked.model_answer:
        yield Quote((paragraph(words("grade.model", answer=asked.model_answer)),))
    if memory.is_practice:
        yield paragraph(words("grade.practice"))
    if memory.card:
        yield paragraph(words("grade.next", when=when(words, memory.card.due, memory.day)))


def when(words: Wording, due: date, day: date) -> str:
    """Say how far off a day is."""
    days = (due - day).days
    return words("when.tomorrow") if days == 1 else words("when.days", days=days, date=due.isoformat())
