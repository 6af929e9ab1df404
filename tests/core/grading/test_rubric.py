from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.core.content.library import Library, Question
from bot.core.grading import (
    Grader,
    KeyPoint,
    NumericKey,
    Rubric,
    phrase_faults,
)
from bot.core.grading.points.phrase import AnyOf, parse_phrase
from bot.core.kinds import Numeric, Open, WrongAnswer
from bot.core.kinds.deriving import derive_question
from bot.core.kinds.replaying import question_from_json, rubric_hash, rubric_json
from bot.core.language.characters import Language

DATA = Path(__file__).resolve().parents[2] / "data"

PHRASES = {
    "one term": ("k-1", ((AnyOf(("k-1",)),),)),
    "or": ("删 / 去掉", ((AnyOf(("删", "去掉")),),)),
    "and": ("阈值 / iou + 删", ((AnyOf(("阈值", "iou")), AnyOf(("删",))),)),
    "order": ("rcnn -> rpn", ((AnyOf(("rcnn",)),), (AnyOf(("rpn",)),))),
    "at least": (">=2: 颜色 / 纹理 / 形状", ((AnyOf(("颜色", "纹理", "形状"), 2),),)),
    "a fraction is one term": ("1/N+1/K", ((AnyOf(("1/N+1/K",)),),)),
}


@pytest.mark.parametrize(("phrase", "steps"), PHRASES.values(), ids=PHRASES)
def test_a_phrase_is_parsed(phrase: str, steps: tuple[tuple[AnyOf, ...], ...]) -> None:
    assert parse_phrase(phrase).steps == steps
    assert phrase_faults(phrase) is None


@pytest.mark.parametrize("phrase", ["", "  ", "a /", "/ a", "a + + b", "+ a", "a -> ", "!!", "a + ,", "x" * 3000])
def test_a_phrase_of_bad_form_is_named(phrase: str) -> None:
    assert phrase_faults(phrase)


def test_a_rubric_survives_its_json(pack: Library, grader: Grader) -> None:
    for question in pack.questions.values():
        again, lexicon = question_from_json(rubric_json(question, pack.lexicon))
        assert rubric_json(again) == rubric_json(question)
        assert lexicon is not None
        assert lexicon.synonyms == pack.lexicon.synonyms
        assert all(grader.grade(again, text) == grader.grade(question, text) for text in question.model[:1])


STORED = [json.loads(line) for line in (DATA / "stored_rubrics.jsonl").read_text(encoding="utf-8").splitlines()]
"""Rubrics of every kind as the first release stored them, with marks that it gave by them."""


@pytest.mark.parametrize(
    "stored", STORED, ids=lambda stored: f"{json.loads(stored['rubric'])['id']} {stored['answer']}"
)
def test_a_rubric_that_was_stored_long_ago_gives_the_same_mark(
    stored: dict[str, Any], pack: Library, characters: Language
) -> None:
    question, lexicon = question_from_json(stored["rubric"], pack.lexicon)
    assert lexicon is not None
    again = json.loads(rubric_json(question, lexicon))
    kept = json.loads(stored["rubric"])
    again["lexicon"] = {name: words for name, words in again["lexicon"].items() if name in kept["lexicon"]}
    assert again == kept, "what was stored is read as it stands; lists that it does not have come from today's pack"
    grade = Grader(lexicon, characters).grade(question, stored["answer"])
    assert (grade.fraction, grade.reason) == (stored["fraction"], stored["reason"])


def test_every_kind_was_stored() -> None:
    assert {json.loads(stored["rubric"])["kind"] for stored in STORED} >= {
        "open",
        "numeric",
        "choice",
        "cloze",
        "ordering",
    }


def test_a_rubric_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="none of the kinds"):
        question_from_json('{"id": "x/y", "kind": "riddle", "prompt": "?"}')


def test_a_rubric_kept_before_a_list_moved_into_the_lexicon_takes_it_from_today(pack: Library) -> None:
    question = pack.questions["nms/steps"]
    kept = json.loads(rubric_json(question, pack.lexicon))
    kept["lexicon"] = {name: kept["lexicon"][name] for name in ("synonyms", "antonyms")}
    _, before = question_from_json(json.dumps(kept), pack.lexicon)
    assert before == pack.lexicon


def test_a_rubric_keeps_all_words_that_decide_its_mark(pack: Library) -> None:
    _, then = question_from_json(rubric_json(pack.questions["nms/steps"], pack.lexicon))
    assert then == replace(pack.lexicon, neighbours=(), look_alikes=(), asked_as=())


def test_the_hash_follows_what_decides_the_mark_and_nothing_else(suppression: Question) -> None:
    other = replace(suppression, hint="想想分数", difficulty=5, line=9)
    assert rubric_hash(other) == rubric_hash(suppression)
    assert rubric_hash(suppression.accepting({"hard": ("一刀切",)})) != rubric_hash(suppression)


@pytest.mark.parametrize("text", ["[]", "{}", '{"id": "x"}', "1"])
def test_json_that_is_no_rubric_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no rubric"):
        question_from_json(text)


HARD = KeyPoint("hard", "NMS 直接删掉", 1, ("删 / 去掉",), (), "nms")
SOUND = Open("c/q", "c", "区别？", rubric=Rubric((HARD,)), model=("NMS 直接删掉",))


def bad(**changes: Any) -> Open:
    return replace(SOUND, **changes)


POINT = KeyPoint("p", "要点", 1, ("删",))
FAULTS = {
    "a model answer below full marks": (bad(model=("NMS 去除框",)), "the model answer"),
    "a wrong answer that passes": (bad(wrong=(WrongAnswer("list", "NMS 删"),)), "the wrong answer"),
    "a model answer taken for wrong": (
        bad(rubric=Rubric((KeyPoint("p", "删掉", 1, ("删",)), KeyPoint("q", "置零", 1, ("零",), ("直接",))), 0.5)),
        "the model answer",
    ),
    "a phrase of bad form": (
        bad(rubric=Rubric((KeyPoint("p", "删掉", 1, ("删 /", "删")),))),
        "has nothing on one side",
    ),
    "a contrast without subjects": (bad(rubric=Rubric((POINT,), 1, (("p",),)), model=("删",)), "contrast"),
    "a point that nothing hits": (
        bad(rubric=Rubric((POINT, KeyPoint("x", "别的", 1, ("永远不说",))), 0.5), model=("删",)),
        "neither a model answer",
    ),
    "a value that is no formula": (
        Numeric("c/q", "c", "区别？", numeric=NumericKey("viel")),
        "is no formula",
    ),
}


@pytest.mark.parametrize(("question", "what"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_with_a_rubric_is_found(engine: Grader, question: Question, what: str) -> None:
    faults = tuple(question.faults(engine))
    assert any(what in told for told, _ in faults), faults
    assert all(mend for _, mend in faults)


def test_the_rubrics_of_the_pack_have_no_faults(pack: Library, grader: Grader) -> None:
    faults = {question.id: tuple(question.faults(grader)) for question in pack.questions.values()}
    assert {name: found for name, found in faults.items() if found} == {}


def test_a_sound_rubric_has_no_faults(engine: Grader, suppression: Question) -> None:
    assert tuple(bad().faults(engine)) == ()


REFERENCE = """大数定律：样本数量很大时，样本均值充分接近数学期望。
- 大量重复同一试验，频率稳定在概率附近
- **不是**说下一次会补偿"""
DERIVED = {
    "the reference itself": (REFERENCE, 0.99, 1.0),
    "its first sentence in other words": ("样本很多时，样本均值接近期望", 0.4, 1.0),
    "something else": ("今天天气很好", 0.0, 0.0),
    "not known": ("不知道", 0.0, 0.0),
    "denied": ("样本数量很大时，样本均值也不会接近数学期望", 0.0, 0.25),
}


@pytest.mark.parametrize(("answer", "least", "most"), DERIVED.values(), ids=DERIVED)
def test_key_points_are_derived_from_a_reference(engine: Grader, answer: str, least: float, most: float) -> None:
    question = derive_question("什么是大数定律？", REFERENCE)
    assert least <= engine.grade(question, answer).fraction <= most


def test_a_reference_that_is_a_value_makes_a_numeric_question(engine: Grader) -> None:
    question = derive_question("概率是多少？", r"$\frac{1}{4}$")
    assert isinstance(question, Numeric)
    assert engine.grade(question, "25%").fraction == 1.0
