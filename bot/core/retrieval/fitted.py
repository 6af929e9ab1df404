"""The weights and thresholds of `confidence.py`, as `python -m bot eval ask --fit` wrote them."""

from __future__ import annotations

from bot.core.retrieval.confidence import Thresholds

FITTED = Thresholds(
    weights=(
        1.02,  # name
        1.53,  # named
        1.55,  # clean
        2.18,  # phrase
        1.24,  # asked
        0.91,  # sentence
        0.77,  # told
        3.04,  # cover
        1.97,  # described
        -0.54,  # strange
        -0.91,  # odd
        -0.57,  # neighbour
        -2.25,  # alone
        -1.54,  # versus
        -0.08,  # beside
        -0.52,  # other
        -2.34,  # brief
    ),
    bias=-3.25,
    answer=0.45,
    offer=0.4,
)
