"""The pieces of a search, each alone."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.content.library import Concept, Facet, Library
from bot.core.language.characters import Language
from bot.core.retrieval import Candidate, DecisionKind, Index
from bot.core.retrieval.deciding import decide, offer
from bot.core.retrieval.evidence.confidence import EVIDENCE, Evidence, Thresholds, shares
from bot.core.retrieval.evidence.spoken import sentences
from bot.core.retrieval.evidence.titles import TitleIndex, grams
from bot.core.retrieval.passages import best_passage, has_other_numbers, numbers
from bot.core.retrieval.query import conversation as talk
from bot.core.retrieval.query.facets import Asking, joined
from bot.core.retrieval.query.words import Vocabulary, salience

THRESHOLDS = Thresholds(weights=(1.0,) * len(EVIDENCE), bias=-1.0, answer=0.5, offer=0.3)


def row(*scores: float) -> list[Candidate]:
    """Make candidates with these scores; those of one tenth share a heading."""
    return [
        Candidate(Concept(f"c{number}", "t", "t", origin=f"h{number}"), score) for number, score in enumerate(scores)
    ]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        pytest.param((60, 10), DecisionKind.ANSWER, id="one is sure"),
        pytest.param((30, 25), DecisionKind.CHOOSE, id="two are as likely"),
        pytest.param((10, 10), DecisionKind.REFUSE, id="none is likely"),
        pytest.param((), DecisionKind.REFUSE, id="there is none"),
    ],
)
def test_confidence_decides(scores: tuple[float, ...], expected: DecisionKind) -> None:
    kind, candidates = decide(row(*scores), THRESHOLDS, lambda candidate: candidate.concept.origin)
    assert kind is expected
    assert bool(candidates) == (expected is not DecisionKind.REFUSE)


def test_rivals_under_one_heading_are_no_doubt() -> None:
    kind, _ = decide(row(30, 28, 5), THRESHOLDS, lambda candidate: "h" if candidate.score > 20 else "other")
    assert kind is DecisionKind.ANSWER


@given(st.lists(st.floats(0, 100), max_size=8))
def test_two_to_four_are_offered(scores: list[float]) -> None:
    ranked = row(*sorted(scores, reverse=True))
    offered = offer(ranked, lambda candidate: candidate.concept.origin)
    assert len(offered) == len(ranked) if len(ranked) < 2 else 2 <= len(offered) <= 4
    assert len({candidate.concept.id for candidate in offered}) == len(offered)


@given(st.lists(st.floats(-1e6, 1e6), max_size=20))
def test_confidences_are_shares_of_one(scores: list[float]) -> None:
    found = shares(scores)
    assert all(0 <= share <= 1 for share in found)
    assert sum(found) <= 1 + 1e-9


def test_a_rival_lowers_confidence() -> None:
    evidence = Evidence(**dict.fromkeys(EVIDENCE, 0.2))
    (alone,), (first, _) = THRESHOLDS.confidences([evidence]), THRESHOLDS.confidences([evidence, evidence])
    assert first < alone


ASKING = Asking.build()


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("giou 公式", Facet.FORMULA),
        ("感受野怎么算", Facet.FORMULA),
        ("dropout 为什么有用", Facet.PURPOSE),
        ("rcnn 缺点", Facet.DRAWBACK),
        ("rcnn 有什么问题", Facet.DRAWBACK),
        ("bn 和 ln 的区别", Facet.DIFFERENCE),
        ("bn vs ln", Facet.DIFFERENCE),
        ("nms 的流程", Facet.STEPS),
        ("转置卷积用在哪些场景", Facet.USAGE),
        ("什么是感受野", Facet.DEFINITION),
        ("what is dropout", Facet.DEFINITION),
        ("举个例子", Facet.EXAMPLE),
        ("感受野", None),
    ],
)
def test_the_part_that_is_asked_for_is_heard(text: str, facet: Facet | None) -> None:
    assert ASKING.read(text, [text])[0] is facet


@given(st.lists(st.sampled_from(["卷", "积", "公", "式", "bn", "vs", "是", "什", "么"]), max_size=12))
def test_words_that_only_ask_are_atoms_of_the_query(parts: list[str]) -> None:
    assert ASKING.read(joined(parts), parts)[1] <= set(range(len(parts)))
    assert joined(parts).replace(" ", "") == "".join(parts)


def test_the_asked_part_is_shown_first(small: Library) -> None:
    nms = small.by_id["nms"]
    shown = best_passage(nms, Facet.DRAWBACK, "nms 缺点")
    assert shown is not None
    assert shown.facet is Facet.DRAWBACK


def test_the_opening_is_shown_where_the_part_is_not_told(small: Library) -> None:
    nms = small.by_id["nms"]
    assert best_passage(nms, Facet.HISTORY, "nms 历史") is nms.passages[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一亿次", {1e8}),
        ("1亿", {1e8}),
        ("三分钟，0.3", {3.0, 0.3}),
        ("二十五个", {25.0}),
        ("一千零一次", {1001.0}),
        ("没有数", set()),
    ],
)
def test_numbers_are_read_in_both_scripts(text: str, expected: set[float]) -> None:
    assert numbers([text]) == expected


@given(st.text(alphabet="零一二三四五六七八九十百千万亿两.0123456789", max_size=40))
def test_any_number_is_read(text: str) -> None:
    assert all(value >= 0 for value in numbers([text]))


def test_other_numbers_are_noticed(small: Library) -> None:
    bus = small.by_id["bus"]
    assert has_other_numbers(bus, "一分钟来车概率 0.3，五分钟呢")
    assert not has_other_numbers(bus, "一分钟来车的概率是 p，三分钟内有车的概率")


@pytest.mark.parametrize(
    ("message", "count"),
    [("BN 是什么？dropout 有什么用？", 2), ("BN 是什么", 1), ("？？？", 0), ("a？" * 9 + "bb？cc？dd？ee？", 3)],
)
def test_a_message_is_cut_into_questions(message: str, count: int) -> None:
    assert len(talk.questions(message)) == count


def test_grams_of_latin_words_are_padded() -> None:
    assert grams(["bn", "卷", "积"]) == Counter(["bn", "^bn", "bn$", "卷", "积", "卷积"])


TITLES = [list("空洞卷积"), list("转置卷积"), ["soft", "nms"], ["nms"], list("类别不平衡")]


@pytest.mark.parametrize("number", range(len(TITLES)))
def test_a_title_finds_itself_first(number: int) -> None:
    hits = TitleIndex.build(TITLES).search(TITLES[number])
    assert hits[0].number == number
    assert hits[0].score == pytest.approx(1, abs=1e-5)


def test_unknown_grams_find_nothing() -> None:
    assert TitleIndex.build(TITLES).search(["xyz"]) == ()
    assert TitleIndex.build([]).search(["卷"]) == ()


@given(st.lists(st.lists(st.sampled_from(list("空洞卷积转置不平衡")), min_size=1, max_size=6), min_size=1, max_size=30))
def test_scores_are_ordered_shares(titles: list[list[str]]) -> None:
    scores = [hit.score for hit in TitleIndex.build(titles).search(titles[0])]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 + 1e-6 for score in scores)


def test_a_word_of_a_name_counts_more_than_one_of_the_explanation() -> None:
    vocabulary = Vocabulary.build([([list("感受野")], [list("看得远")]), ([], [list("感受野")])])
    assert vocabulary.users(list("感受野")) == {0: 1.0, 1: 0.7}
    assert vocabulary.users(list("受看")) == {}
    assert vocabulary.rarity(1) > vocabulary.rarity(2)


def test_common_words_weigh_nothing(words: Language) -> None:
    assert salience("什么", words) == 0
    assert salience("the", words) == 0
    assert salience("骰子", words) == 1


def test_sentences_join_back() -> None:
    text = "先排序。再删除；最后 repeat. Then stop!\n完"
    assert "".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("typed", "first"),
    [("感", "receptive-field"), ("gsy", "receptive-field"), ("ganshou", "receptive-field"), ("soft-n", "soft-nms")],
)
def test_a_beginning_is_completed(typed: str, first: str, index: Index) -> None:
    assert index.suggest(typed, 5)[0].id == first


def test_nothing_completes_nothing(index: Index) -> None:
    assert index.suggest("") == index.suggest("😂") == ()
    assert len(index.suggest("n", 3)) <= 3
