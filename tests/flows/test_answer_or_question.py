"""The table of what a text is taken for while a question is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.features.routing import is_attempt
from bot.features.turn import Knowledge

TABLE = Path(__file__).resolve().parents[1] / "golden" / "answer_or_question.md"
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| open")
]


@pytest.mark.parametrize(("question_id", "text", "reading"), ROWS, ids=[f"{row[1]} ({row[0]})" for row in ROWS])
def test_a_text_is_taken_for(knowledge: Knowledge, question_id: str, text: str, reading: str) -> None:
    question = knowledge.library.questions[question_id]
    assert ("answer" if is_attempt(knowledge, question, text) else "question") == reading


def test_the_table_has_both_readings() -> None:
    assert {row[2] for row in ROWS} == {"answer", "question"}
    assert len(ROWS) >= 20
