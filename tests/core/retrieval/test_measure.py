"""The measure, the fit, and what both say of the committed weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.evaluate.asking import as_module, read_cases
from bot.core.content.library import Library
from bot.core.retrieval import Candidate, Decision, DecisionKind, Index
from bot.core.retrieval.evidence.fitted import FITTED
from bot.core.retrieval.evidence.fitting import fit
from bot.core.retrieval.measure import Case, curve, judge, measure, summarise
from bot.errors import TutorError

DATA = Path(__file__).resolve().parents[2] / "data"


def decision(small: Library, kind: DecisionKind, *ids: str) -> Decision:
    """Make a decision with these candidates."""
    candidates = tuple(Candidate(small.by_id[concept_id], 50.0) for concept_id in ids)
    return Decision("?", kind, candidates, considered=candidates)


@pytest.mark.parametrize(
    ("case", "kind", "ids", "right", "helped", "silent"),
    [
        pytest.param("keyword", "answer", ("nms",), True, True, False, id="the right answer"),
        pytest.param("keyword", "answer", ("dropout", "nms"), False, False, False, id="a wrong answer"),
        pytest.param("keyword", "choose", ("dropout", "nms"), False, True, False, id="the right one offered helps"),
        pytest.param("keyword", "refuse", (), False, False, True, id="a refusal in scope"),
        pytest.param(
            "ambiguous", "choose", ("dropout", "nms"), True, True, False, id="an offer for an ambiguous query"
        ),
        pytest.param("empty-section", "refuse", (), True, True, True, id="a refusal under an empty heading"),
    ],
)
def test_a_question_in_scope_is_judged(
    case: str, kind: str, ids: tuple[str, ...], right: bool, helped: bool, silent: bool, small: Library
) -> None:
    outcome = judge(Case.of(case, "?", ["什么是 NMS"]), decision(small, DecisionKind(kind), *ids), small)
    assert (outcome.is_right, outcome.is_helped, outcome.is_silent) == (right, helped, silent)


@pytest.mark.parametrize(("kind", "right", "silent"), [("answer", False, False), ("choose", True, False)])
def test_a_foreign_question_is_judged(kind: str, right: bool, silent: bool, small: Library) -> None:
    outcome = judge(Case.of("oos-near", "?", []), decision(small, DecisionKind(kind), "nms"), small)
    assert (outcome.is_right, outcome.is_silent) == (right, silent)


def test_refusing_everything_scores_half(small: Library) -> None:
    cases = [Case.of("keyword", "?", ["什么是NMS"]), Case.of("oos-far", "?", [])]
    outcomes = measure(cases, lambda _: decision(small, DecisionKind.REFUSE), small)
    assert summarise(outcomes).combined == 0.5


def test_the_fit_prefers_what_the_labels_say(small_index: Index, small: Library) -> None:
    cases = [Case.of("keyword", c.names[0], [c.origin]) for c in small.concepts if c.names]
    cases += [Case.of("oos-far", text, []) for text in ("今天天气", "怎么做饭", "LSTM", "你好")]
    fitted = Index(small, small_index.reader, small_index.weigher, small_index.completions, fit(small_index, cases))
    assert summarise(measure(cases, fitted.search, small)).combined == 1


def test_committed_weights_are_what_the_fit_gives(index: Index) -> None:
    """As far as a few edits of the content move them: one step of a threshold, a tenth of a weight."""
    fitted = fit(index, read_cases(DATA / "ask_dev.jsonl"))
    said = "content or cases have changed: run tutor eval ask --fit"
    assert fitted.weights == pytest.approx(FITTED.weights, abs=0.1), said
    assert fitted.bias == pytest.approx(FITTED.bias, abs=0.1), said
    assert (fitted.answer, fitted.offer) == pytest.approx((FITTED.answer, FITTED.offer), abs=0.051), said


def test_the_held_out_questions_agree(index: Index, pack: Library) -> None:
    found = summarise(measure(read_cases(DATA / "ask_held_out.jsonl"), index.search, pack))
    assert found.combined >= 0.9
    assert found.helped >= 0.94
    assert found.false_far <= 0.02


def test_precision_grows_with_confidence(index: Index, pack: Library) -> None:
    points = curve(measure(read_cases(DATA / "ask_held_out.jsonl"), index.search, pack))
    assert points[-1][2] > points[0][2]
    assert [covered for _, covered, _ in points] == sorted((covered for _, covered, _ in points), reverse=True)


def test_weights_are_written_as_the_module_they_are_kept_in() -> None:
    scope: dict[str, object] = {}
    exec(as_module(FITTED), scope)  # noqa: S102  the text is our own
    assert scope["FITTED"] == FITTED


def test_a_line_that_is_no_case_is_named(tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text(
        '{"kind": "keyword", "query": "x", "gold": []}\n{"kind": 1}\n', encoding="utf-8"
    )
    with pytest.raises(TutorError, match=r"cases\.jsonl:2"):
        read_cases(tmp_path / "cases.jsonl")
    with pytest.raises(TutorError, match="cannot be read"):
        read_cases(tmp_path / "none.jsonl")
