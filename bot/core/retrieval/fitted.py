"""The weights and thresholds of `confidence.py`, as `python -m bot eval ask --fit` wrote them."""

from __future__ import annotations

from bot.core.retrieval.confidence import Thresholds

FITTED = Thresholds(
    weights=(
        1.23,  # name
        1.54,  # named
        1.77,  # clean
        2.35,  # phrase
        1.17,  # asked
        0.94,  # sentence
        0.72,  # told
        3.36,  # cover
        1.84,  # described
        -0.63,  # strange
        -0.6,  # odd
        -0.63,  # neighbour
        -2.13,  # alone
        -1.34,  # versus
        0.06,  # beside
        -0.59,  # other
        -2.65,  # brief
    ),
    bias=-3.61,
    answer=0.5,
    offer=0.4,
)
