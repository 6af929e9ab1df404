"""The weights and thresholds of `confidence.py`, as `python -m bot eval ask --fit` wrote them."""

from __future__ import annotations

from bot.core.retrieval.confidence import Thresholds

FITTED = Thresholds(
    weights=(
        1.2,  # name
        1.54,  # named
        1.76,  # clean
        2.09,  # phrase
        1.16,  # asked
        1.02,  # sentence
        0.66,  # told
        3.19,  # cover
        1.73,  # described
        -0.61,  # strange
        -0.67,  # odd
        -0.63,  # neighbour
        -2.14,  # alone
        -1.34,  # versus
        -0.07,  # beside
        -0.54,  # other
        -2.56,  # brief
    ),
    bias=-3.36,
    answer=0.45,
    offer=0.4,
)
