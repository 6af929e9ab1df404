"""The program knows languages, the pack its subject: a pack about cooking, on which no word of the shipped one acts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.content import language, lint, pack_reader
from bot.core.content.library import Library
from bot.core.grading import Grader
from bot.core.language.characters import Language
from bot.core.language.lexicon import Lexicon
from bot.core.retrieval import DecisionKind, Index

ROOT = Path(__file__).resolve().parents[2]
COOKING = ROOT / "tests" / "data" / "cooking"
COMMON = 1e-5
"""Share of everyday text from which a word belongs to nobody's field."""

OF_LANGUAGE = frozenset("小于 增大 偏离 丢弃 丢掉 乘以 除以 更多 关掉 看得到 隔开".split())
"""Rarer words of plain Chinese that the shipped lexicon groups or sets against each other."""
OF_DOCUMENTS = frozenset("复杂度 计算量".split())
"""What a part of a concept may be called, in any subject: a heading of concept files and of documents."""
EXAMPLES = frozenset("感受野 概率论 排序".split())
"""Shown to people as what one may type; nothing is compared with them."""


@pytest.fixture(scope="module")
def words() -> Language:
    """Characters and word frequencies."""
    return language.full()


@pytest.fixture(scope="module")
def cooking() -> Library:
    return pack_reader.load(COOKING)


@pytest.fixture(scope="module")
def cook(cooking: Library, characters: Language) -> Grader:
    return Grader(cooking.lexicon, characters)


@pytest.fixture(scope="module")
def kitchen(cooking: Library, words: Language) -> Index:
    return Index.build(cooking, words)


def terms(library: Library, words: Language) -> frozenset[str]:
    """Return the Chinese terms of a pack's field: the names of its concepts and what its lexicon lists."""
    listed = asdict(library.lexicon)
    listed.pop("everyday")
    groups = chain.from_iterable(listed.values())
    told = chain.from_iterable([each] if isinstance(each, str) else each for each in groups)
    names = chain.from_iterable((concept.title, *concept.names) for concept in library.concepts)
    titles = (topic.title for topic in library.topics)
    found = {word for word in chain(told, names, titles) if re.fullmatch("[㐀-鿿]{2,}", word)}
    return frozenset(word for word in found if words.frequency.get(word, 0.0) <= COMMON)


def any_of(found: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(found, key=len, reverse=True)))


def test_another_subject_needs_no_code(cooking: Library, cook: Grader) -> None:
    assert list(lint.pack(cooking, COOKING, cook)) == []


@pytest.mark.parametrize(
    ("query", "concept_id"),
    [
        pytest.param("什么是焯水", "blanching", id="by its name"),
        pytest.param("妙糖色", "caramel", id="by a character that looks alike in this field"),
        pytest.param("肉丝怎么炒才嫩", "velvet", id="by what it is for"),
        pytest.param("caramelization", "caramel", id="in English"),
        pytest.param("ru hua", "emulsion", id="in pinyin"),
    ],
)
def test_it_is_asked(kitchen: Index, query: str, concept_id: str) -> None:
    decision = kitchen.search(query)
    assert decision.kind is DecisionKind.ANSWER
    assert decision.candidates[0].concept.id == concept_id


@pytest.mark.parametrize("query", ["分子料理是什么", "什么是感受野", "卷积核有多大"])
def test_what_it_does_not_teach_is_not_answered(kitchen: Index, query: str) -> None:
    assert kitchen.search(query).kind is not DecisionKind.ANSWER


@pytest.mark.parametrize(
    ("question", "answer", "bounds"),
    [
        pytest.param("blanching/why", "去腥，也去浮沫", (1.0, 1.0), id="right"),
        pytest.param("velvet/how", "淀粉和蛋清", (1.0, 1.0), id="the right option"),
        pytest.param("caramel/heat", "受热均匀，用武火", (0.0, 0.5), id="an antonym of this field"),
        pytest.param("emulsion/ratio", "用量四分之一", (1.0, 1.0), id="a value of what this field asks for"),
        pytest.param("dough/order", "面粉、酵母、白糖、黄油", (0.0, 0.25), id="a list of bare terms"),
    ],
)
def test_it_is_graded(
    cooking: Library, cook: Grader, question: str, answer: str, bounds: tuple[float, float]
) -> None:
    least, most = bounds
    assert least <= cook.grade(cooking.questions[question], answer).fraction <= most


@pytest.mark.parametrize(
    ("field", "question", "answer", "marks"),
    [
        pytest.param("problems", "pressure-cooker/lid", "锅不会爆炸", (0.0, 1.0), id="gradients explode, and so do pots"),
        pytest.param("nouns", "dough/order", "分割面团、加盖、入炉、刷油", (1.0, 0.25), id="分割 is a task, and done to dough"),
    ],
)
def test_a_list_of_the_shipped_pack_would_have_changed_a_mark(
    request: pytest.FixtureRequest, field: str, question: str, answer: str, marks: tuple[float, float]
) -> None:
    cooking, pack = request.getfixturevalue("cooking"), request.getfixturevalue("pack")
    characters = request.getfixturevalue("characters")
    other = replace(cooking.lexicon, **{field: getattr(pack.lexicon, field)})
    asked = cooking.questions[question]
    graders = (Grader(lexicon, characters) for lexicon in (cooking.lexicon, other))
    assert tuple(grader.grade(asked, answer).fraction for grader in graders) == marks


def test_a_list_of_the_shipped_pack_would_have_changed_a_decision(
    cooking: Library, pack: Library, words: Language, kitchen: Index
) -> None:
    lexicon = replace(cooking.lexicon, look_alikes=pack.lexicon.look_alikes)
    query = "描豆腐"
    assert kitchen.reader.read(query).matches == ()
    assert len(Index.build(replace(cooking, lexicon=lexicon), words).reader.read(query).matches) == 1


def test_nothing_made_for_it_holds_a_term_of_the_shipped_pack(
    cooking: Library, pack: Library, words: Language, cook: Grader, kitchen: Index
) -> None:
    for question in cooking.questions.values():
        cook.grade(question, "不知道该怎么说，可能是火候")
    foreign = any_of(terms(pack, words) - OF_LANGUAGE - OF_DOCUMENTS)
    held = frozenset(texts_in((cook, kitchen)))
    assert "焯水" in held
    assert {text for text in held if foreign.search(text)} == set()


def test_what_is_made_for_the_shipped_pack_is_seen(pack: Library, words: Language, grader: Grader) -> None:
    held = " ".join(texts_in((grader.terms.negators, grader.terms.lists, grader.terms.quantities)))
    assert all(word in held for word in ("过拟合", "极大", "归一化", "语义分割"))
    assert {"过拟合", "归一化"} <= terms(pack, words)


def test_code_holds_no_term_of_the_shipped_pack(pack: Library, words: Language) -> None:
    allowed = OF_LANGUAGE | OF_DOCUMENTS | EXAMPLES
    term = any_of(terms(pack, words) - allowed)
    found = [
        f"{path.relative_to(ROOT)}:{line}: {match.group()}"
        for path in sorted((ROOT / "bot").rglob("*.py"))
        for line, text in texts_of(path)
        for match in term.finditer(text)
    ]
    assert found == []


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts in a file of code that act: no docstrings, which explain by examples."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(line.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        for line in node.body
        if isinstance(line, ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def texts_in(value: Any, seen: set[int] | None = None) -> Iterator[str]:
    """Yield every text that an object leads to, but for the tables of a language."""
    seen = set() if seen is None else seen
    if id(value) in seen or isinstance(value, Language):
        return
    seen.add(id(value))
    if isinstance(value, str):
        yield value
    elif isinstance(value, re.Pattern):
        yield value.pattern
    else:
        for part in _parts(value):
            yield from texts_in(part, seen)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return chain.from_iterable(value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return value
    if not type(value).__module__.startswith("bot."):
        return ()
    names: Iterable[str] = vars(value) if hasattr(value, "__dict__") else type(value).__slots__
    return [getattr(value, name) for name in names]
