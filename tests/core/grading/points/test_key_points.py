from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.library import Lexicon, Question
from bot.core.grading import Grader, KeyPoint, Rubric, Verdict
from bot.core.kinds import Open
from bot.core.language.characters import Language

LEXICON = Lexicon(
    synonyms=(("增大", "扩大", "增加"), ("减小", "降低", "减少")),
    antonyms=(("增大", "减小"), ("训练", "测试"), ("头部", "尾部")),
)


@pytest.fixture(scope="module")
def small(characters: Language) -> Grader:
    return Grader(LEXICON, characters)


def question(*accept: str, says: str = "要点", contradict: tuple[str, ...] = ()) -> Question:
    point = KeyPoint("point", says, 1, accept, contradict)
    return Open("c/q", "c", "说说看？", rubric=Rubric((point,)))


HIT, MISSED, CONTRADICTED = Verdict.HIT, Verdict.MISSED, Verdict.CONTRADICTED

POLARITY = {
    "said outright": ("依赖 batch", HIT),
    "denied": ("不依赖 batch", CONTRADICTED),
    "denied at a distance": ("并没有像前面说的那样依赖 batch", CONTRADICTED),
    "denied twice": ("并非不依赖 batch", HIT),
    "denied in another clause": ("不改变分布，依赖 batch", HIT),
    "the negator belongs to the verb before": ("不做采样就依赖 batch", HIT),
    "contrast by 而是": ("不是看样本，而是依赖 batch", HIT),
    "denied in English": ("it does not depend on the batch, 不依赖 batch", CONTRADICTED),
    "without a space": ("不依赖batch", CONTRADICTED),
    "said to be irrelevant": ("依赖 batch 是错误的", HIT),
}


@pytest.mark.parametrize(("answer", "verdict"), POLARITY.values(), ids=POLARITY)
def test_negation_is_scoped_to_its_clause(small: Grader, answer: str, verdict: Verdict) -> None:
    assert small.grade(question("依赖 + batch"), answer).points[0].verdict is verdict


MATCHES = {
    "both terms in one clause": ("降低 + 分数", "按重叠降低它的分数", HIT),
    "a synonym of the lexicon": ("降低 + 分数", "减少分数", HIT),
    "terms in two neighbouring clauses": ("重叠 + 扣分", "重叠得越厉害，扣分越多", HIT),
    "terms in two sentences": ("重叠 + 扣分", "先看重叠。另外要扣分", MISSED),
    "an antonym turns it round": ("降低 + 分数", "增大它的分数", CONTRADICTED),
    "an item of an enumeration has its own antonym": ("尾部 + 过采样", "尾部过采样、头部欠采样", HIT),
    "a word inside another word": ("air", "the chair", MISSED),
    "an inflected word": ("remove", "it removes boxes", HIT),
    "an American spelling": ("normalise", "we normalize it", HIT),
    "a hyphen or none": ("soft-nms", "softnms 和 soft nms", HIT),
    "a number inside a number": ("置 0", "置 0.5", MISSED),
    "a formula with other spacing": ("(k-1)", "乘以 ( k − 1 )", HIT),
    "a product written with x": ("3×3", "用 3x3 的核", HIT),
    "a power as superscript": ("d_k^2", "1/D_K²", HIT),
    "traditional characters": ("样本均值", "樣本均值", HIT),
    "full width": ("iou", "ＩｏＵ", HIT),
    "at least two of three": (">=2: 颜色 / 纹理 / 形状", "看颜色和形状", HIT),
    "only one of three": (">=2: 颜色 / 纹理 / 形状", "看颜色", MISSED),
    "in this order": ("rcnn -> rpn", "先有 RCNN，后来有 RPN", HIT),
    "three groups in their order": ("原因 + 求 + 结果", "已知原因去求结果", HIT),
    "three groups in another order": ("原因 + 求 + 结果", "已知结果去求原因", MISSED),
    "no word serves two groups": ("越大 + 越大", "越大", MISSED),
    "in the other order": ("rcnn -> rpn", "先有 RPN，后来有 RCNN", CONTRADICTED),
    "a homophone": ("感受野 + 扩大", "扩大感受也", HIT),
    "a slip in a long English word": ("segmentation", "semantic segmentaion", HIT),
    "a homophone of a negator is no typo": ("部分 + 依赖", "不分 依赖", MISSED),
    "what is replaced is not claimed": ("fpn", "用 PAN 代替 FPN", MISSED),
    "an exception": ("背景 + 分类", "除了背景都分类", CONTRADICTED),
    "in addition": ("背景 + 分类", "除了背景的分类，还分目标", HIT),
}


@pytest.mark.parametrize(("phrase", "answer", "verdict"), MATCHES.values(), ids=MATCHES)
def test_a_phrase_matches(small: Grader, phrase: str, answer: str, verdict: Verdict) -> None:
    assert small.grade(question(phrase), answer).points[0].verdict is verdict


TURNED = {
    "the same direction": ("样本数量大，均值接近期望", HIT),
    "the other direction": ("样本数量小，均值接近期望", CONTRADICTED),
    "both named": ("样本数量有大有小，均值接近期望", HIT),
    "the other one denied": ("样本数量不小，均值接近期望", HIT),
    "turned twice": ("样本数量小，均值远离期望", HIT),
}


@pytest.mark.parametrize(("answer", "verdict"), TURNED.values(), ids=TURNED)
def test_antonyms_turn_a_point_round(characters: Language, answer: str, verdict: Verdict) -> None:
    grader = Grader(Lexicon(antonyms=(("大", "小"), ("接近", "远离"))), characters)
    asked = question("样本 + 均值", says="样本数量大时均值接近期望")
    assert grader.grade(asked, answer).points[0].verdict is verdict


AVOIDED = {
    "avoidance itself": ("能缓解梯度消失", HIT),
    "said to be gone": ("梯度不会消失", HIT),
    "avoidance denied": ("不能解决梯度消失", CONTRADICTED),
    "said to grow": ("会加剧梯度消失", CONTRADICTED),
    "said to grow, by another word": ("反而加重了梯度消失", CONTRADICTED),
    "a cause of it without the remedy": ("网络深了容易梯度消失", HIT),
}


@pytest.mark.parametrize(("answer", "verdict"), AVOIDED.values(), ids=AVOIDED)
def test_a_problem_may_be_named_as_gone(small: Grader, answer: str, verdict: Verdict) -> None:
    asked = question("梯度消失", "梯度 + 消失", says="缓解梯度消失")
    assert small.grade(asked, answer).points[0].verdict is verdict


def test_what_contradicts_beats_what_hits(small: Grader) -> None:
    asked = question("降分", contradict=("越近 + 越小",))
    grade = small.grade(asked, "降分，离得越近降得越小")
    assert (grade.points[0].verdict, grade.fraction) == (CONTRADICTED, 0.0)


def test_a_name_beside_a_wrong_claim_is_no_hit(small: Grader) -> None:
    asked = question("ohem", "挑 + 尾部")
    assert small.grade(asked, "OHEM 挑头部来训练").points[0].verdict is CONTRADICTED


SWAPS = {
    "both right": ("NMS 把框删掉，soft-NMS 降低分数", {"hard": HIT, "soft": HIT}),
    "swapped": ("soft-NMS 把框删掉，NMS 降低分数", {"hard": CONTRADICTED, "soft": CONTRADICTED}),
    "no mark between the two": ("NMS 置 0 soft-NMS 降低分数", {"hard": HIT, "soft": HIT}),
    "former and latter": ("前者删掉，后者降低分数", {"hard": HIT, "soft": HIT}),
    "former and latter, swapped": ("前者降低分数，后者删掉", {"hard": CONTRADICTED, "soft": CONTRADICTED}),
    "the topic carries over": ("soft-NMS：不粗暴，降低分数", {"soft": HIT}),
    "no subject at all": ("一个删掉，一个降低分数", {"hard": HIT, "soft": HIT}),
    "a subject that only compares": ("不像 NMS，soft-NMS 降低分数", {"soft": HIT}),
    "in English": ("NMS removes boxes whereas soft-NMS lowers the score", {"hard": HIT, "soft": HIT}),
    "in English, swapped": ("soft-NMS removes boxes but NMS lowers the score", {"hard": CONTRADICTED}),
}


@pytest.mark.parametrize(("answer", "verdicts"), SWAPS.values(), ids=SWAPS)
def test_a_claim_belongs_to_the_subject_of_its_clause(
    engine: Grader, suppression: Question, answer: str, verdicts: dict[str, Verdict]
) -> None:
    found = {mark.point_id: mark.verdict for mark in engine.grade(suppression, answer).points}
    assert {name: found[name] for name in verdicts} == verdicts


GATES = {
    "no word": ("。", "blank"),
    "nothing": ("", "blank"),
    "not known": ("不知道啊", "blank"),
    "not known, in English": ("sorry, I don't know", "blank"),
    "the question": ("NMS 与 soft-NMS 有什么区别？", "echo"),
    "the question as a statement": ("NMS 与 soft-NMS 的区别就是它们不同", "echo"),
    "something else": ("今天天气很好", "off-topic"),
    "a list whose terms hold small words": ("NMS 直接删除 soft-NMS 降低分数 不误删 漏检 密集目标 重叠 阈值", "list"),
    "a list of terms": ("NMS soft-NMS 阈值 IoU 降低 分数 置 0 漏检", "list"),
}


@pytest.mark.parametrize(("answer", "reason"), GATES.values(), ids=GATES)
def test_what_is_no_answer_earns_next_to_nothing(
    engine: Grader, suppression: Question, answer: str, reason: str
) -> None:
    grade = engine.grade(suppression, answer)
    assert grade.reason == reason
    assert grade.fraction <= 0.25


LISTS = {
    "by commas": ("重叠，阈值，置零，降分，不相交，漏检", True),
    "by spaces": ("重叠 阈值 置零 降分 不删除 漏检", True),
    "in English": ("overlap threshold zero decay crowd recall", True),
    "verbs with their objects": ("升降维、减参数、跨通道交互、加非线性、不改分辨率", False),
    "an English sentence": ("lower the score of boxes that overlap a lot", False),
    "Chinese and English mixed": ("1x1 conv 主要做 channel 的升维降维", False),
    "negated nouns among them": ("空洞率、感受野、分辨率不变、无池化、采样点、语义分割", True),
    "a character that may join": ("正态分布 期望 方差 对称 胖 瘦", True),
    "an English list": ("anchor, offset, stride, proposal", True),
    "five short claims by commas": ("升维，降维，跨通道融合，加非线性，省参数", False),
    "short claims by commas, about another thing": ("随机丢神经元，防过拟合，像集成，测试全用，要缩放", False),
    "an enumeration inside a claim": ("未来只依赖于当前状态，与历史无关，由状态空间、转移矩阵、初始分布组成", False),
    "what something is made of": ("堆叠而成，包括输入层、隐藏层、输出层、激活函数", False),
    "imperatives by commas": ("sort by score, keep the top box, drop overlaps, repeat", False),
    "an English sentence without small words": ("deep nets lose early gradients", False),
    "another one": ("focal loss weights hard examples", False),
    "methods that say what they do": ("特征金字塔、少下采样、放大输入、复制小目标、上下文", False),
    "formulas": ("(n+2p-k)/s+1, cin*cout*k*k, x, y", False),
}


@pytest.mark.parametrize(("text", "is_bare"), LISTS.values(), ids=LISTS)
def test_a_list_is_told_from_terse_claims(grader: Grader, text: str, *, is_bare: bool) -> None:
    assert grader.terms.lists.is_list(text) is is_bare


TERSE = ["硬删 vs 按 IoU 降低分数", "NMS：置 0；soft-NMS：乘 (1-iou)，少漏检", "删掉→降低分数，密集时少漏检"]


@pytest.mark.parametrize("answer", TERSE)
def test_terse_claims_are_no_list(engine: Grader, suppression: Question, answer: str) -> None:
    assert engine.grade(suppression, answer).has_passed


def test_a_question_behind_the_answer_claims_nothing(engine: Grader, suppression: Question) -> None:
    grade = engine.grade(suppression, "soft-NMS 会怎样降低分数呢？")
    assert all(mark.verdict is MISSED for mark in grade.points)


def test_evidence_is_cut_from_the_answer(engine: Grader, suppression: Question) -> None:
    answer = "ＮＭＳ 把框「刪掉」，soft-NMS 降低分數。"
    marks = engine.grade(suppression, answer).points
    assert [mark.evidence for mark in marks[:2]] == ["ＮＭＳ 把框「刪掉", "soft-NMS 降低分數"]


def test_a_phrasing_accepted_later_counts(engine: Grader, suppression: Question) -> None:
    answer = "NMS 一刀切，soft-NMS 手下留情"
    assert engine.grade(suppression, answer).fraction == 0.0
    later = engine.grade(suppression.accepting({"hard": ("一刀切",)}), answer)
    assert later.fraction == pytest.approx(3 / 6.75, abs=1e-3)


CLAIMS = ["NMS 把框删掉", "soft-NMS 降低分数", "密集目标少漏检", "重叠越大降得越多"]


@given(st.permutations(CLAIMS), st.integers(0, 3))
def test_a_further_point_never_costs(engine: Grader, suppression: Question, claims: list[str], count: int) -> None:
    shorter = engine.grade(suppression, "。".join(claims[:count])).fraction
    longer = engine.grade(suppression, "。".join(claims[: count + 1])).fraction
    assert 0.0 <= shorter <= longer <= 1.0


@given(st.text(max_size=400))
def test_any_text_is_graded_between_nothing_and_all(engine: Grader, suppression: Question, text: str) -> None:
    grade = engine.grade(suppression, text)
    assert 0.0 <= grade.fraction <= 1.0
    assert grade == engine.grade(suppression, text)
    for mark in grade.points:
        assert mark.evidence is None or mark.evidence in text


LOOKS = {
    "an answer": ("降低分数", True),
    "a wrong answer": ("NMS 降低分数", True),
    "a question": ("什么是感受野", False),
}


@pytest.mark.parametrize(("text", "is_answer"), LOOKS.values(), ids=LOOKS)
def test_an_answer_is_told_from_a_new_question(
    engine: Grader, suppression: Question, text: str, *, is_answer: bool
) -> None:
    assert suppression.looks_like_answer(text, engine) is is_answer
