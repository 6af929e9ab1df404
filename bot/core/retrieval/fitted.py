"""The weights and thresholds of `confidence.py`, as `python -m bot eval ask --fit` wrote them."""

from __future__ import annotations

from bot.core.retrieval.confidence import Thresholds

FITTED = Thresholds(
    weights=(
        1.02,  # name
        1.53,  # named
        1.56,  # clean
        2.16,  # phrase
        1.24,  # asked
        0.92,  # sentence
        0.77,  # told
        3.05,  # cover
        1.95,  # described
        -0.54,  # strange
        -0.9,  # odd
        -0.58,  # neighbour
        -2.23,  # alone
        -1.53,  # versus
        -0.08,  # beside
        -0.52,  # other
        -2.35,  # brief
    ),
    bias=-3.25,
    answer=0.45,
    offer=0.4,
)
