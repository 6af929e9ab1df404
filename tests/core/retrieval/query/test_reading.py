"""From text to names: what a learner types is taken for the name it is meant to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.language.characters import Language
from bot.core.retrieval import Index, Repair
from bot.core.retrieval.query.normalise import atoms, singular, tidy
from bot.core.retrieval.spelling.sounds import sound


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("空洞 卷积", ["空", "洞", "卷", "积"], id="spaces between characters mean nothing"),
        pytest.param("ＮＭＳ", ["nms"], id="full width is half width"),
        pytest.param("非極大值", ["非", "极", "大", "值"], id="traditional is simplified"),
        pytest.param("soft-NMS", ["soft", "nms"], id="a hyphen parts words"),
        pytest.param("1 × 1 卷积", ["1x1", "卷", "积"], id="a times sign joins numbers"),
        pytest.param("n\u200bms\u202e", ["nms"], id="invisible characters are not there"),
        pytest.param("boxes", ["box"], id="a plural is its singular"),
        pytest.param("😂。。。", [], id="emoji and stops are no atoms"),
    ],
)
def test_text_is_cut_into_atoms(typed: str, expected: list[str], words: Language) -> None:
    assert [atom.text for atom in atoms(tidy(typed), words)] == expected


@given(st.text())
def test_atoms_stand_where_they_were_typed(text: str) -> None:
    tidied = tidy(text)
    for atom in atoms(tidied, Language()):
        assert 0 <= atom.start < atom.end <= len(tidied)


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_singular_has_no_other_singular(word: str) -> None:
    assert singular(word) == word or not word.endswith("us")


@pytest.mark.parametrize(
    ("typed", "name", "repair"),
    [
        pytest.param("空洞卷积", "空洞卷积", Repair.EXACT, id="as it is written"),
        pytest.param("空洞的卷积", "空洞卷积", Repair.EXACT, id="with a 的 between"),
        pytest.param("空 洞 卷 积", "空洞卷积", Repair.EXACT, id="spaced out"),
        pytest.param("扩张卷积", "空洞卷积", Repair.SYNONYM, id="by a synonym of the lexicon"),
        pytest.param("空动卷积", "空洞卷积", Repair.HOMOPHONE, id="with a character that sounds the same"),
        pytest.param("空洞券积", "空洞卷积", Repair.TYPO, id="with a character that looks the same"),
        pytest.param("非极大抑制", "非极大值抑制", Repair.TYPO, id="with a character missing"),
        pytest.param("非极大值抑抑制", "非极大值抑制", Repair.TYPO, id="with a character too many"),
        pytest.param("非极值大抑制", "非极大值抑制", Repair.TYPO, id="with two characters swapped"),
        pytest.param("droput", "Dropout", Repair.TYPO, id="with a letter missing"),
        pytest.param("drop out", "Dropout", Repair.EXACT, id="in two words"),
        pytest.param("dilatedconvolution", "dilated convolution", Repair.EXACT, id="two words run together"),
        pytest.param("deconvoluton", "deconvolution", Repair.TYPO, id="a long word misspelt"),
        pytest.param("kongdongjuanji", "空洞卷积", Repair.PINYIN, id="in pinyin"),
        pytest.param(
            "kong dong juan ji shi shenme", "空洞卷积", Repair.PINYIN, id="in pinyin with spaces, in a sentence"
        ),
        pytest.param("kdjj", "空洞卷积", Repair.INITIALS, id="by the initials of its pinyin"),
        pytest.param("sfot-nms", "soft-NMS", Repair.TYPO, id="with two letters of a short word swapped"),
    ],
)
def test_a_name_is_found(typed: str, name: str, repair: Repair, small_index: Index) -> None:
    reading = small_index.reader.read(typed)
    found = [match.told(reading.text, reading.given) for match in reading.matches]
    assert [(term.name, term.repair) for term in found] == [(name, repair)]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("空间卷积", id="a common word is meant as it stands"),
        pytest.param("转置。卷积", id="a stop parts names that are misspelt"),
        pytest.param("mns", id="three letters are not repaired"),
        pytest.param("今天天气怎么样", id="small talk names nothing"),
        pytest.param("what is the weather like", id="English small talk neither"),
    ],
)
def test_no_name_is_read_into_a_text(typed: str, small_index: Index) -> None:
    owned = [match for match in small_index.reader.read(typed).matches if match.term.owners and match.quality < 1]
    assert owned == []


def test_digits_must_agree(index: Index) -> None:
    names = [match.term for match in index.reader.read("yolov7").matches]
    assert all(term.is_neighbour for term in names)


def test_a_known_word_of_the_pack_is_never_taken_for_pinyin(index: Index) -> None:
    assert "anchor" not in [
        atom.text for atom in index.reader.read("anchor free").given if atom.repair is Repair.PINYIN
    ]


def test_sounds_that_are_confused_are_one(words: Language) -> None:
    assert sound("张", words) == sound("脏", words) == "zan"
