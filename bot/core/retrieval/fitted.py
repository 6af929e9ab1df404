"""The weights and thresholds of `confidence.py`, as `python -m bot eval ask --fit` wrote them."""

from __future__ import annotations

from bot.core.retrieval.confidence import Thresholds

FITTED = Thresholds(
    weights=(
        0.86,  # name
        1.47,  # named
        1.58,  # clean
        2.23,  # phrase
        1.19,  # asked
        0.94,  # sentence
        0.6,  # told
        3.13,  # cover
        1.92,  # described
        -0.55,  # strange
        -0.79,  # odd
        -0.66,  # neighbour
        -2.25,  # alone
        -1.47,  # versus
        -0.37,  # beside
        -0.58,  # other
        -2.28,  # brief
    ),
    bias=-3.23,
    answer=0.6,
    offer=0.4,
)
