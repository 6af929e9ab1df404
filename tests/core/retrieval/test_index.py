"""Queries to decisions, on the shipped pack and for any text at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.library import Facet, Library
from bot.core.retrieval import Decision, DecisionKind, Index


def answered(decision: Decision) -> str:
    """Return the id of the concept that is answered, or what was decided instead."""
    return decision.candidates[0].concept.id if decision.kind is DecisionKind.ANSWER else decision.kind.value


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("什么是感受野", "receptive-field", id="the heading"),
        pytest.param("感授野咋算啊", "receptive-field", id="a homophone in chat"),
        pytest.param("膨胀卷积有啥用", "dilated-conv", id="a synonym"),
        pytest.param("kongdong juanji", "dilated-conv", id="pinyin"),
        pytest.param("非極大值抑制", "nms", id="traditional characters"),
        pytest.param("droput", "dropout", id="a letter missing"),
        pytest.param("训练时随机关掉一部分神经元", "dropout", id="a description that never names it"),
        pytest.param("label_smoothing！！", "label-smoothing", id="noise around a name"),
        pytest.param("今天天气怎么样", "refuse", id="small talk"),
        pytest.param("LSTM 和 GRU 区别", "refuse", id="neighbours of the field"),
        pytest.param("隐马尔可夫模型", "refuse", id="a known word with a foreign one before it"),
        pytest.param("YOLOv8", "refuse", id="a generation that is not taught"),
        pytest.param("卷积", "choose", id="a word that means many things"),
        pytest.param("", "refuse", id="nothing"),
    ],
)
def test_a_query_is_decided(query: str, expected: str, index: Index) -> None:
    assert answered(index.search(query)) == expected


def test_every_name_finds_its_concept(index: Index, pack: Library) -> None:
    """At least among the first three, since a few names are shared."""
    missed = [
        (concept.id, name)
        for concept in pack.concepts
        for name in (concept.title, *concept.names)
        if concept.id not in [candidate.concept.id for candidate in index.search(name).considered[:3]]
    ]
    assert len(missed) <= 0.03 * sum(1 + len(concept.names) for concept in pack.concepts), missed


def test_a_refusal_offers_nothing(index: Index) -> None:
    decision = index.search("mysql 索引失效")
    assert (decision.candidates, decision.passage, decision.compare) == ((), None, ())


def test_a_choice_offers_different_headings(index: Index, pack: Library) -> None:
    offered = index.search("卷积").candidates
    assert 2 <= len(offered) <= 4
    assert len({pack.origin_of(candidate.concept) for candidate in offered}) == len(offered)


@pytest.mark.parametrize(
    ("query", "facet"),
    [("GIoU 公式", Facet.FORMULA), ("RCNN 缺点", Facet.DRAWBACK), ("NMS 的步骤", Facet.STEPS)],
)
def test_the_asked_part_comes_first(query: str, facet: Facet, index: Index) -> None:
    decision = index.search(query)
    assert decision.passage is not None
    assert decision.passage.facet is decision.facet is facet


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("公式呢", "nms", id="a part of it"),
        pytest.param("那缺点呢", "nms", id="another part"),
        pytest.param("再详细点", "nms", id="more of it"),
        pytest.param("举个例子", "nms", id="an example"),
        pytest.param("感受野呢", "receptive-field", id="a new topic is a new topic"),
        pytest.param("那天气呢", "refuse", id="small talk stays small talk"),
        pytest.param("那 LSTM 呢", "refuse", id="a neighbour is not the topic"),
    ],
)
def test_a_follow_up_means_what_was_discussed(query: str, expected: str, index: Index, pack: Library) -> None:
    assert answered(index.search(query, about=pack.by_id["nms"])) == expected


def test_a_follow_up_alone_means_nothing(index: Index) -> None:
    assert index.search("公式呢").kind is not DecisionKind.ANSWER


def test_a_comparison_with_the_topic_names_both(index: Index, pack: Library) -> None:
    decision = index.search("和 soft-NMS 比呢", about=pack.by_id["nms"])
    shown = {concept.id for concept in decision.compare} or {answered(decision)}
    assert shown in ({"nms", "soft-nms"}, {"nms-vs-soft-nms"})


def test_two_concepts_are_set_side_by_side(index: Index) -> None:
    decision = index.search("focal loss 和 dropout 有什么区别")
    assert {concept.id for concept in decision.compare} == {"focal-loss", "dropout"}


def test_a_passage_that_compares_is_preferred(small_index: Index) -> None:
    decision = small_index.search("NMS 和 soft-NMS 的区别")
    assert decision.passage is not None
    assert (answered(decision), decision.passage.facet, decision.compare) == ("nms", Facet.DIFFERENCE, ())


def test_two_questions_get_two_answers(index: Index) -> None:
    decision = index.search("感受野是什么？dropout 有什么用？")
    assert [answered(part) for part in (decision, *decision.also)] == ["receptive-field", "dropout"]


def test_other_numbers_are_said_to_be_other(small_index: Index) -> None:
    assert small_index.search("公交站三分钟内来车的概率").note is None
    assert small_index.search("公交站七分钟内来车的概率").note == "other numbers"


def test_a_match_is_explained(index: Index) -> None:
    (term, *_), evidence = (best := index.search("感授野").considered[0]).terms, best.evidence
    assert (term.said, term.name, term.repair.value) == ("感授野", "感受野", "homophone")
    assert evidence is not None
    assert evidence.name > 0


def test_a_search_is_deterministic(index: Index) -> None:
    assert index.search("卷积怎么算") == index.search("卷积怎么算")


@given(st.text(max_size=300))
def test_any_text_at_all_is_decided(index: Index, text: str) -> None:
    decision = index.search(text)
    assert decision.query == text
    assert (decision.kind is DecisionKind.REFUSE) == (not decision.candidates)
    assert all(0 <= candidate.score <= 100 for candidate in decision.considered)
    assert index.search(text, about=index.library.concepts[0]).query == text


HAN = "".join(map(chr, range(0x4E00, 0x4E00 + 300 * 64, 64)))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("卷" * 4096, id="one character repeated"),
        pytest.param(HAN, id="three hundred different characters"),
        pytest.param("\u200b\u202e" * 2048, id="invisible characters"),
        pytest.param("感受野？" * 1024, id="a thousand questions"),
        pytest.param("kongdongjuanji" * 300, id="endless pinyin"),
        pytest.param("conv anchr nsm detectoin " * 160, id="endless misspelt words"),
        pytest.param("卷积" * 50 + "？" + "目标检测" * 60, id="long questions"),
        pytest.param("𠮷😂\x00\ud800" * 1000, id="surrogates and nulls"),
    ],
)
def test_no_text_takes_much_longer_than_a_question(text: str, index: Index) -> None:
    ordinary = _least_time(index, "什么是感受野，怎么计算")
    assert _least_time(index, text) < 150 * ordinary


def _least_time(index: Index, text: str) -> float:
    times = []
    for _ in range(3):
        start = time.thread_time()
        index.search(text)
        times.append(time.thread_time() - start)
    return min(times)
