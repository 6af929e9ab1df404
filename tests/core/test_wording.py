from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from bot.core.language.wording import LANGUAGES, Wording

BOT = Path(__file__).resolve().parents[2] / "bot"
SOURCE = "\n".join(
    p.read_text(encoding="utf-8") for p in BOT.rglob("*.py") if p.parent.name != "wording" or p.name == "__init__.py"
)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_say_the_same_things() -> None:
    zh, en = LANGUAGES["zh"], LANGUAGES["en"]
    assert set(zh) == set(en)
    assert {key: _fields(zh[key]) for key in zh} == {key: _fields(en[key]) for key in en}


def test_every_sentence_is_used() -> None:
    def is_used(key: str) -> bool:
        head, _, tail = key.rpartition(".")
        if tail.isdigit() and f'all_of("{head}")' in SOURCE:
            return True
        words = key.split(".")
        halves = ((".".join(words[:n]), ".".join(words[n:])) for n in range(1, len(words)))
        is_composed = any(f'f"{first}.{{' in SOURCE and f'"{rest}"' in SOURCE for first, rest in halves)
        return (
            is_composed or f'"{key}"' in SOURCE or (bool(head) and (f'f"{head}.{{' in SOURCE or f'"{tail}"' in SOURCE))
        )

    assert [key for key in LANGUAGES["zh"] if not is_used(key)] == []


@pytest.mark.parametrize("key", LANGUAGES["zh"])
def test_a_sentence_is_short_and_clean(key: str) -> None:
    for texts in LANGUAGES.values():
        assert 0 < len(texts[key]) <= 200
        assert texts[key] == texts[key].strip() or key.endswith(".join")
        assert "  " not in texts[key]
    assert not re.search(r"[一-鿿] ?[,;!?](?!\d)", LANGUAGES["zh"][key]), "Chinese text takes Chinese punctuation"


def test_what_learners_write_is_never_read_as_a_placeholder() -> None:
    assert Wording("zh")("hint", hint="{0} {limit}") == "提示：{0} {limit}"


def test_an_unknown_language_speaks_chinese() -> None:
    assert Wording("fr")("choose") == Wording("zh")("choose")


def test_every_reason_of_a_grade_has_a_sentence() -> None:
    rooms = [BOT / "core" / "grading", BOT / "core" / "kinds"]
    grading = "\n".join(p.read_text(encoding="utf-8") for room in rooms for p in room.rglob("*.py"))
    reasons = {key.removeprefix("grade.reason.") for key in LANGUAGES["zh"] if key.startswith("grade.reason.")}
    given = set(re.findall(r'Grade\((?:[^"()]|\([^()]*\))*"([a-z-]+)"\)', grading))
    assert given
    assert given <= reasons
