from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.library import Library
from bot.core.grading import Grader
from bot.core.grading.text.folding import MAX_LENGTH, Folder, clauses
from bot.core.grading.text.typos import KnownWords, Repairer
from bot.core.language.characters import Language

FOLDED = {
    "case and width": ("ＩｏＵ Loss", "iou loss"),
    "spaces between Chinese characters": ("感 受 野", "感受野"),
    "a space beside a Chinese character": ("用 RPN 生成", "用rpn生成"),
    "a hyphen in a word": ("soft-NMS", "soft nms"),
    "a minus": ("1 − p", "1-p"),
    "a product": ("3 x 3 * 2", "3×3×2"),
    "LaTeX": (r"$\frac{1}{N}+\frac{1}{D_K^2}$", "1/n+1/dk2"),
    "traditional": ("樣本均值", "样本均值"),
}


@pytest.mark.parametrize(("text", "folded"), FOLDED.values(), ids=FOLDED)
def test_text_is_folded(folder: Folder, text: str, folded: str) -> None:
    assert folder.fold(text).text == folded


@given(st.text(max_size=300))
def test_every_folded_character_knows_its_place(folder: Folder, text: str) -> None:
    folded = folder.fold(text)
    assert len(folded.text) == len(folded.places)
    assert list(folded.places) == sorted(folded.places)
    assert all(place < len(text) for place in folded.places)


def test_what_goes_beyond_the_limit_is_left_out(folder: Folder) -> None:
    assert len(folder.fold("长" * (MAX_LENGTH + 9)).text) == MAX_LENGTH


CUT = {
    "commas and stops": ("删掉，降分。重复", ["删掉", "降分", "重复"]),
    "a conjunction": ("A 删掉而 B 降分", ["a删掉", "而b降分"]),
    "not inside a number": ("取 0.5，比例 1:3", ["取0.5", "比例1:3"]),
    "not inside brackets": ("用 C(6,1) 算", ["用c(6,1)算"]),
    "English": ("A removes boxes whereas B lowers scores", ["a removes boxes ", "whereas b lowers scores"]),
}


@pytest.mark.parametrize(("text", "parts"), CUT.values(), ids=CUT)
def test_text_is_cut_into_clauses(folder: Folder, text: str, parts: list[str]) -> None:
    folded = folder.fold(text)
    assert [folded.text[clause.start : clause.end] for clause in clauses(folded)] == parts


NEGATED = {
    "directly": ("不会降低分数", "降低", True),
    "wide": ("没有像之前那样按比例降低分数", "降低", True),
    "no word for it": ("降低分数", "降低", False),
    "不仅": ("不仅降低分数", "降低", False),
    "不断": ("不断降低分数", "降低", False),
    "无论": ("无论如何降低分数", "降低", False),
    "another verb is denied": ("不删框就降低分数", "降低", False),
    "a condition": ("在不相交时降低分数", "降低", False),
    "twice": ("并非不降低分数", "降低", False),
    "avoided": ("避免不稳定", "稳定", False),
    "not only": ("并不只取决于分数", "分数", True),
    "not only, but also": ("不只取决于分数，还看位置", "分数", False),
    "cannot, behind the verb": ("反映不了分数", "分数", True),
    "the object of a verb with its complement": ("均值不收敛到分数", "分数", True),
    "the object of another verb": ("均值不接近分数", "分数", True),
    "one of two": ("看有没有降低分数", "降低", False),
    "another one of two": ("是不是降低分数", "降低", False),
    "don't, in colloquial Chinese": ("别用分数", "分数", True),
    "English, a further clause": ("when boxes don't touch the loss has no score", "loss", True),
    "English, the verb of a further clause": ("when boxes don't touch the loss is zero", "zero", False),
    "English, not alone": ("it does not depend only on the score", "score", True),
    "English": ("it does not lower the score", "lower", True),
    "English, contracted": ("it doesn't lower the score", "lower", True),
    "English, not only": ("without boxes it will lower the score", "lower", False),
}


@pytest.mark.parametrize(("text", "word", "is_negated"), NEGATED.values(), ids=NEGATED)
def test_negators_reach_their_scope(grader: Grader, folder: Folder, text: str, word: str, *, is_negated: bool) -> None:
    folded = folder.fold(text).text
    start = folded.index(word)
    found = grader.terms.negators.denier(folded, (start, start + len(word)), (0, len(folded)))
    assert (found is not None) is is_negated


MENDED = {
    "a homophone": ("感受也", "感受野"),
    "a neighbouring sound": ("后选区域", "候选区域"),
    "a letter left out": ("segmentaion", "segmentation"),
    "two letters swapped": ("segmentatoin", "segmentation"),
    "a negator stays": ("不离", "不离"),
    "a minimal pair stays": ("大样本", "大样本"),
    "a short word stays": ("giou", "giou"),
    "a word that is known stays": ("区域", "区域"),
    "a word across the border stays": ("不只存在误差", "不只存在误差"),
    "a word across the other border stays": ("用特征图", "用特征图"),
    "an everyday word stays": ("小步子走", "小步子走"),
    "a common character is no slip": ("一个通道", "一个通道"),
    "a conjunction is no slip": ("深度卷积和逐点", "深度卷积和逐点"),
    "a 和 at the end may be one": ("避免过拟和", "避免过拟合"),
    "what was mended is left alone": ("军值接近", "均值接近"),
    "an everyday English word stays": ("whose", "whose"),
}


BESIDE = ("值存", "整图", "部子", "各通道", "卷积核", "过拟合", "均值", "直接", "whole")


@pytest.mark.parametrize(("written", "meant"), MENDED.values(), ids=MENDED)
def test_typing_errors_are_mended(
    pack: Library, folder: Folder, characters: Language, written: str, meant: str
) -> None:
    terms = ("感受野", "候选区域", "segmentation", "分离", "打样本", "diou", "区域", "部离", *BESIDE)
    known = KnownWords.of(pack.lexicon.everyday)
    assert Repairer(terms, characters, known).mend(folder.fold(written)).text == meant
