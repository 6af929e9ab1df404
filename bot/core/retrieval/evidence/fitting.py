"""Fits the weights and thresholds of `confidence.py` to labelled questions.

The weights make the labels most likely (maximum likelihood with a small pull towards 0, by gradient ascent with
momentum); then the two thresholds are those that serve learners best on the same questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.core.content.library import fold_heading
from bot.core.retrieval.deciding import decide
from bot.core.retrieval.decision import Candidate, Decision
from bot.core.retrieval.evidence.confidence import EVIDENCE, Thresholds
from bot.core.retrieval.index import Index
from bot.core.retrieval.measure import Case, Summary, judge, summarise

Array = npt.NDArray[np.float64]
PULL = 0.002
"""Strength of the pull towards 0: a penalty of this times the square of each weight, per question."""
STEPS, RATE, MOMENTUM = 4000, 0.5, 0.9
ANSWERS = tuple(round(0.4 + 0.05 * step, 2) for step in range(11))
OFFERS = tuple(round(0.1 + 0.05 * step, 2) for step in range(7))
"""Thresholds that are tried."""
MAX_FALSE = 0.06
"""Share of foreign questions that may be answered; the development set has harder ones than learners ask."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """All questions at once: one row a concept in question, with 1 for the bias last.

    Attributes:
        rows: evidence, (rows, evidence + 1).
        owner: question of each row.
        is_gold: whether the concept of the row is right.
        is_foreign: per question, whether none is.
    """

    rows: Array
    owner: npt.NDArray[np.int64]
    is_gold: npt.NDArray[np.bool_]
    is_foreign: npt.NDArray[np.bool_]


def fit(index: Index, cases: Sequence[Case]) -> Thresholds:
    """Return weights, rounded to two digits, and thresholds for the cases."""
    sheet = _sheet(index, cases)
    weights = np.round(_ascend(sheet), 2)
    fitted = replace(index.thresholds, weights=tuple(weights[:-1].tolist()), bias=float(weights[-1]))
    return _best_thresholds(replace(index, thresholds=fitted), cases)


def _sheet(index: Index, cases: Sequence[Case]) -> _Sheet:
    rows: list[tuple[float, ...]] = []
    owner: list[int] = []
    is_gold: list[bool] = []
    for number, case in enumerate(cases):
        for concept_number, evidence in index.weigher.weigh(index.reader.read(case.query)).items():
            heading = fold_heading(index.library.answers_to(index.library.concepts[concept_number]))
            rows.append((*evidence, 1.0))
            owner.append(number)
            is_gold.append(heading in case.gold)
    is_foreign = np.array([not case.gold for case in cases])
    return _Sheet(np.array(rows), np.array(owner), np.array(is_gold), is_foreign)


def _ascend(sheet: _Sheet) -> Array:
    weights = np.zeros(len(EVIDENCE) + 1)
    speed = np.zeros_like(weights)
    for _ in range(STEPS):
        speed = MOMENTUM * speed + RATE * _gradient(sheet, weights)
        weights = weights + speed
    return weights


def _gradient(sheet: _Sheet, weights: Array) -> Array:
    """Return the slope of the mean log likelihood.

    The likelihood of a question is the confidence in all its right concepts together, or in none of them.
    """
    questions = len(sheet.is_foreign)
    raised = np.exp(np.clip(sheet.rows @ weights, -50, 50))
    total = 1 + np.bincount(sheet.owner, raised, questions)
    gold = np.bincount(sheet.owner, raised * sheet.is_gold, questions)
    model = raised / total[sheet.owner]
    label = np.where(sheet.is_gold, raised / np.maximum(gold, 1e-30)[sheet.owner], 0.0)
    has_label = sheet.is_foreign | (gold > 0)
    slope = np.where(has_label[sheet.owner], label - model, 0.0)
    pulled: Array = sheet.rows.T @ slope / questions - 2 * PULL * weights
    return pulled


def _best_thresholds(index: Index, cases: Sequence[Case]) -> Thresholds:
    ranked = [(case, index.rank(index.reader.read(case.query))) for case in cases]
    options = (replace(index.thresholds, answer=a, offer=o) for a in ANSWERS for o in OFFERS if o <= a)
    return max(options, key=lambda option: _worth(_decided(index, option, ranked)))


def _decided(index: Index, thresholds: Thresholds, ranked: Sequence[tuple[Case, list[Candidate]]]) -> Summary:
    outcomes = []
    for case, candidates in ranked:
        kind, kept = decide(candidates, thresholds, index.origin_of)
        outcomes.append(judge(case, Decision(case.query, kind, kept), index.library))
    return summarise(outcomes)


def _worth(summary: Summary) -> float:
    """Return what a learner gains: right answers, help, and silence where it is due.

    More false answers than are allowed outweigh any gain.
    """
    excess = max(0.0, summary.false_near - MAX_FALSE) + max(0.0, summary.false_far - MAX_FALSE)
    silent = summary.silent_near + summary.silent_far
    return 3 * summary.combined + 0.5 * summary.helped + 0.25 * silent - 10 * excess
