"""No word is lost, whatever the text."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.importing import reader
from bot.adapters.importing.drafts import Reading, read_drafts
from bot.core.content.document import source_text

FIXTURE = Path(__file__).resolve().parents[2] / "golden" / "import"


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[A-Za-z0-9]+|[一-鿿]", text))


def _told(reading: Reading) -> str:
    """Return all that is told or reported."""
    told = [heading for _, heading in reading.headings]
    for draft in reading.drafts:
        told += [draft.title] if not draft.origin else []
        told += [line for passage in draft.passages for line in (passage.title, source_text(passage.blocks))]
    return "\n".join(told)


def test_no_word_of_the_document_is_lost() -> None:
    source = (FIXTURE / "notes.md").read_text(encoding="utf-8")
    source = re.sub(
        r"\]\([^)]*\)|<[^>]*>|^\[rfc\]:",
        "",
        source.replace("```python", "```").replace("x<sup>", "x^"),
        flags=re.MULTILINE,
    )
    numbers_and_marks = _words("1 2 3 Q A rfc https example org dns")
    assert _words(source) - _words(_told(read_drafts(FIXTURE / "notes.md"))) - numbers_and_marks == Counter()


_LINES = st.sampled_from(
    (
        *("# 甲", "## B c", "* x", "  * y", "1. 问题", "   答", "$$", "$$a$$ b", "\t$x$", "> q", "```", "**Q:** 为何"),
        *("A: 因为", "", "text", "| a | b |", "|---|---|", "| c | d | e |", "<div>", "![a](b.png)", "- [ ] t", "Title"),
        *(
            "=====",
            "---",
            "3.  三",
            "    code",
            "UDP 与 TCP 有什么区别",
            "<b>z</b>",
            "[k]: u",
            "[k]",
            "> - 1. w",
            "~~~",
        ),
        *("* 名\n\n  名是什么的说明", "**什么？**", "`v", "v`", "&amp;", "<!--", "-->", "\\", "    甲乙", "1、何？"),
    )
)
_PLAIN = re.compile(r"<!--(?:(?!<!--).)*?-->|</?(?:div|b)>|&amp;|\]: ?u|\(b\.png\)", re.DOTALL)


def _read(text: str, folder: Path) -> Reading:
    (folder / "doc.md").write_text(text, encoding="utf-8", newline="")
    return read_drafts(folder / "doc.md")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@given(lines=st.lists(_LINES, max_size=16))
def test_any_lines_keep_their_words(folder: Path, lines: list[str]) -> None:
    text = "x\n\n" + "\n".join(lines)
    told = _words(_told(_read(text, folder)).replace("&amp;", ""))
    lost = _words(_PLAIN.sub(" ", text)) - told
    assert set(lost) <= {"1", "3", "Q", "A", "问题", "k"}, text


@given(text=st.text(max_size=300))
def test_any_text_keeps_its_letters(folder: Path, text: str) -> None:
    text = "x\n\n" + text.encode(errors="replace").decode()
    told = Counter(char for char in _told(_read(text, folder)) if char.isalpha())
    assert Counter(char for char in re.sub(r"<[^>]*>|&\w+;", "", text) if char.isalpha()) - told == Counter()


@given(text=st.text(alphabet="#*_`$[]()!<>|-\\ \n\t1.ab中：:?？>~=&;", max_size=200))
def test_any_marks_can_be_read(folder: Path, text: str) -> None:
    (folder / "doc.md").write_text(text, encoding="utf-8")
    reader.read_document(folder / "doc.md")
