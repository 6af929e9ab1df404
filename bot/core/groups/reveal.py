"""What a group's answers to one question have shown, reckoned when its answer is revealed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.grading import PASS_FRACTION, Verdict
from bot.core.groups.group import Answered

IMPROVED_BY = 0.2
"""A mark this far above a member's usual one is worth naming."""
QUOTED_FROM = 0.8
"""The mark from which on a wording may be shown to the others."""
MAX_QUOTE = 300


@dataclass(frozen=True, slots=True)
class PointTally:
    """How many missed one key point, or had it wrong; who has the whole mark without it has missed nothing."""

    text: str
    missed: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What is told of everybody's answers.

    Attributes:
        answers: how many answered in words or by a vote.
        passed: how many of them passed.
        mean: of all marks, 0-1; 0 where nobody answered.
        points: the key points in the rubric's order.
        first: the name of the first who passed; "" for nobody, or for somebody hidden.
        improved: the name of who rose furthest above their usual mark, and by how much, 0-1.
        quote: the best wording that its author lets the group read, and their name.
    """

    answers: int
    passed: int
    mean: float
    points: tuple[PointTally, ...]
    first: str = ""
    improved: tuple[str, float] | None = None
    quote: tuple[str, str] | None = None


def tally(answered: Sequence[Answered]) -> Tally:
    """Reckon what a group's answers have shown; those who asked to be hidden are counted and never named."""
    given = sorted((each for each in answered if each.text), key=lambda each: (each.sent_at, each.attempt_id))
    if not given:
        return Tally(0, 0, 0.0, ())
    passed = [each for each in given if each.fraction >= PASS_FRACTION]
    return Tally(
        len(given),
        len(passed),
        sum(each.fraction for each in given) / len(given),
        _points(given),
        passed[0].name if passed and not passed[0].is_hidden else "",
        _improved(given),
        _quote(given),
    )


def _points(given: Sequence[Answered]) -> tuple[PointTally, ...]:
    """Count the verdicts on each key point, in the order of the fullest list of them."""
    fullest = max(given, key=lambda each: len(each.points)).points
    verdicts: dict[str, list[Verdict]] = {mark.point_id: [] for mark in fullest}
    for each in given:
        for point_id, verdict in {mark.point_id: mark.verdict for mark in each.points}.items():
            is_needless = verdict is Verdict.MISSED and each.fraction >= 1.0  # the right number needs no method
            verdicts.setdefault(point_id, []).append(Verdict.HIT if is_needless else verdict)
    return tuple(
        PointTally(
            mark.text,
            verdicts[mark.point_id].count(Verdict.MISSED),
            verdicts[mark.point_id].count(Verdict.CONTRADICTED),
        )
        for mark in fullest
    )


def _improved(given: Sequence[Answered]) -> tuple[str, float] | None:
    gains = [
        (round(each.fraction - each.usual, 4), each.name)  # 0.7 - 0.5 is a little less than 0.2
        for each in given
        if each.usual is not None and not each.is_hidden
    ]
    gain, name = max(gains, key=lambda found: found[0], default=(0.0, ""))  # the earliest of equals
    return (name, gain) if gain >= IMPROVED_BY else None


def _quote(given: Sequence[Answered]) -> tuple[str, str] | None:
    may = [
        e for e in given if e.is_quotable and not e.is_hidden and e.fraction >= QUOTED_FROM and len(e.text) <= MAX_QUOTE
    ]
    best = max(may, key=lambda each: each.fraction, default=None)  # the earliest of equals
    return (best.name, best.text) if best else None
