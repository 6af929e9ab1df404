"""The weights and thresholds of `confidence.py`, as `python -m bot eval ask --fit` wrote them: do not edit by hand."""

from __future__ import annotations

from bot.core.retrieval.confidence import Thresholds

FITTED = Thresholds(
    weights=(2.0, 1.0, 2.5, 3.0, 1.5, 3.0, 0.0, -3.0, -3.0, -3.0, -2.0, -2.0, 0.0),
    bias=-3.5,
    answer=0.6,
    offer=0.35,
)
