"""The weights and thresholds of `confidence.py`, as `python -m bot eval ask --fit` wrote them."""

from __future__ import annotations

from bot.core.retrieval.confidence import Thresholds

FITTED = Thresholds(
    weights=(
        2.15,  # name
        2.18,  # named
        0.92,  # clean
        1.96,  # phrase
        1.06,  # asked
        1.1,  # sentence
        1.09,  # told
        3.36,  # cover
        2.1,  # described
        -0.85,  # strange
        0.05,  # neighbour
        -2.47,  # alone
        0.31,  # beside
        -0.44,  # other
        -2.44,  # brief
    ),
    bias=-3.13,
    answer=0.4,
    offer=0.3,
)
