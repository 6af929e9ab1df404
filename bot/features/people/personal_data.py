"""A learner's own data: what is stored and why, all of it as files, none of it any more."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from html import escape

from bot.core.chat.messages import Replies, Reply
from bot.core.content.document import File, Heading, listing, paragraph, spans
from bot.core.records.records import Attempt, Grading
from bot.features.turn import Turn

CONFIRMATIONS = frozenset({"删除", "刪除", "delete"})


def privacy(turn: Turn) -> Replies:
    """Say on one screen what is stored, and why."""
    words = turn.words
    lines = listing(words.all_of("privacy.line"))
    return turn.save((Reply((Heading(spans(words("privacy.title"))), lines, paragraph(words("privacy.end")))),))


def export(turn: Turn) -> Replies:
    """Send everything that is stored about the learner, for programs and for people."""
    stored = turn.tx.everything(turn.learner.id)
    as_json = json.dumps(stored, ensure_ascii=False, indent=1, default=_plain)
    files = (
        File("tutor.json", as_json, "application/json"),
        File("tutor.html", "".join(_page(turn)), "text/html"),
    )
    return turn.save((Reply((paragraph(turn.words("export.done")), *files)),))


def forget(turn: Turn, argument: str) -> Replies:
    """Erase everything about the learner, once they have typed the word."""
    if argument.strip().lower() not in CONFIRMATIONS:
        said = (paragraph(turn.words(f"forget.{part}")) for part in ("warn", "keeps", "confirm"))
        return turn.save((Reply(tuple(said)),))
    turn.tx.forget(turn.learner.id, turn.now)
    return (turn.sentence("forget.done"),)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _page(turn: Turn) -> Iterator[str]:
    """Write every answer with its marks, and why, as one page."""
    words = turn.words
    title = escape(words("export.title"))
    yield f'<!doctype html><html lang="{words.language}"><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title><h1>{title}</h1>"
    marks: dict[int, tuple[Attempt, list[Grading]]] = {}
    for made, grading in turn.tx.gradings(turn.learner.id):
        marks.setdefault(made.id, (made, []))[1].append(grading)
    for made, gradings in marks.values():
        yield from _answer(turn, made, gradings)
    yield "</html>"


def _answer(turn: Turn, made: Attempt, gradings: list[Grading]) -> Iterator[str]:
    words = turn.words
    question = turn.knowledge.library.questions.get(made.question_id)
    yield f"<h2>{escape(question.prompt if question else made.question_id)}</h2>"
    yield f"<p>{made.sent_at:%Y-%m-%d %H:%M} UTC</p><blockquote>{escape(made.text)}</blockquote><ul>"
    for grading in gradings:
        yield f"<li>{round(100 * grading.grade.fraction)}% · {escape(words(f'cause.{grading.cause}'))}<ul>"
        for mark in grading.grade.points:
            yield f"<li>{escape(words(f'point.{mark.verdict}', says=mark.text))} {escape(mark.evidence or '')}</li>"
        yield "</ul></li>"
    yield "</ul>"
