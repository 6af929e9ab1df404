"""The weights and thresholds of `confidence.py`, as `python -m bot eval ask --fit` wrote them."""

from __future__ import annotations

from bot.core.retrieval.confidence import Thresholds

FITTED = Thresholds(
    weights=(
        1.0,  # name
        1.46,  # named
        1.49,  # clean
        2.14,  # phrase
        1.31,  # asked
        0.94,  # sentence
        0.66,  # told
        3.07,  # cover
        1.92,  # described
        -0.47,  # strange
        -0.75,  # odd
        -0.56,  # neighbour
        -2.3,  # alone
        -1.5,  # versus
        0.13,  # beside
        -0.57,  # other
        -2.55,  # brief
    ),
    bias=-3.17,
    answer=0.45,
    offer=0.4,
)
