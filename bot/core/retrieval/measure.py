"""Measures decisions on labelled questions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.core.content.library import Library, fold_heading
from bot.core.retrieval.decision import Decision, DecisionKind

SHOWN = 3
"""Candidates that a learner looks at."""
ALLOWED_BLANK = "empty-section"
"""Kind of question whose heading stands in the document with nothing under it: to refuse is right as well."""
SEVERAL = "ambiguous"
"""Kind of question that means several things: to offer a right one is right."""


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled question.

    Attributes:
        kind: how it is asked.
        gold: folded headings that answer it; none where the document does not.
    """

    kind: str
    query: str
    gold: frozenset[str]

    @classmethod
    def of(cls, kind: str, query: str, gold: Iterable[str]) -> Case:
        """Make a case of headings as they are written."""
        return cls(kind, query, frozenset(map(fold_heading, gold)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case.

    Attributes:
        confidence: 0-100, of the best concept.
        is_right: answered from a right heading, or rightly not answered.
        is_helped: right, or a right heading among the first that were offered.
        is_recalled: a right heading among the first three, answered, offered or next best.
        is_silent: neither answered nor offered anything.
    """

    case: Case
    decision: Decision
    is_right: bool
    is_helped: bool
    is_recalled: bool
    is_silent: bool

    @property
    def confidence(self) -> float:
        """Confidence (0-100) in the best concept."""
        return self.decision.considered[0].score if self.decision.considered else 0.0


def _is_right_unanswered(case: Case, *, is_recalled: bool) -> bool:
    """Tell whether not to answer is right: nothing stands there, or a right one of several is offered."""
    return case.kind == ALLOWED_BLANK or (case.kind == SEVERAL and is_recalled)


def judge(case: Case, decision: Decision, library: Library) -> Outcome:
    """Compare a decision with the label."""
    headings = [fold_heading(library.answers_to(candidate.concept)) for candidate in decision.candidates]
    shown = set(list(dict.fromkeys(headings))[:SHOWN])
    is_answer = decision.kind is DecisionKind.ANSWER
    is_recalled = bool(shown & case.gold)
    if not case.gold:
        return Outcome(case, decision, not is_answer, not is_answer, False, not headings)
    is_right = headings[0] in case.gold if is_answer else _is_right_unanswered(case, is_recalled=is_recalled)
    return Outcome(case, decision, is_right, is_right or (not is_answer and is_recalled), is_recalled, not headings)


def measure(cases: Iterable[Case], search: Callable[[str], Decision], library: Library) -> tuple[Outcome, ...]:
    """Ask every question and judge what comes."""
    return tuple(judge(case, search(case.query), library) for case in cases)


@dataclass(frozen=True, slots=True)
class Summary:
    """Shares (0-1) over a set of cases.

    Attributes:
        combined: mean of `right` and of the share of foreign questions that were not answered.
        right: of the questions in scope.
        helped: of the questions in scope.
        recalled: of the questions in scope.
        false_near: foreign questions of the same field that were answered.
        false_far: other foreign questions that were answered.
        silent_near: foreign questions of the same field that met with silence.
        silent_far: other foreign questions that did.
    """

    combined: float
    right: float
    helped: float
    recalled: float
    false_near: float
    false_far: float
    silent_near: float
    silent_far: float


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """Sum up; an empty group counts as perfect."""
    inside = [outcome for outcome in outcomes if outcome.case.gold]
    outside = [outcome for outcome in outcomes if not outcome.case.gold]
    near = [outcome for outcome in outside if outcome.case.kind == "oos-near"]
    far = [outcome for outcome in outside if outcome.case.kind != "oos-near"]
    right = share(inside, lambda outcome: outcome.is_right)
    return Summary(
        combined=(right + share(outside, lambda outcome: outcome.is_right)) / 2,
        right=right,
        helped=share(inside, lambda outcome: outcome.is_helped),
        recalled=share(inside, lambda outcome: outcome.is_recalled),
        false_near=1 - share(near, lambda outcome: outcome.is_right),
        false_far=1 - share(far, lambda outcome: outcome.is_right),
        silent_near=share(near, lambda outcome: outcome.is_silent),
        silent_far=share(far, lambda outcome: outcome.is_silent),
    )


def share(outcomes: Sequence[Outcome], is_so: Callable[[Outcome], bool]) -> float:
    """Return the share of outcomes of which something is true; 1 where there are none."""
    return sum(map(is_so, outcomes)) / len(outcomes) if outcomes else 1.0


def curve(outcomes: Sequence[Outcome], steps: int = 10) -> tuple[tuple[float, float, float], ...]:
    """Return (confidence, coverage, precision) at evenly spaced confidences.

    Coverage is the share of questions in scope whose best concept is that sure or surer, precision the share of
    all questions that sure whose best concept is right.
    """
    inside = sum(bool(outcome.case.gold) for outcome in outcomes)
    points = []
    for step in range(steps):
        least = 100 * step / steps
        sure = [outcome for outcome in outcomes if outcome.confidence >= least and outcome.decision.considered]
        hits = sum(_is_best_right(outcome) for outcome in sure)
        covered = sum(bool(outcome.case.gold) for outcome in sure)
        points.append((least, covered / max(inside, 1), hits / max(len(sure), 1)))
    return tuple(points)


def _is_best_right(outcome: Outcome) -> bool:
    return outcome.case.gold != frozenset() and outcome.is_recalled and outcome.is_right
