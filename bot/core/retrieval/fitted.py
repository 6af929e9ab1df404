"""The weights and thresholds of `confidence.py`, as `python -m bot eval ask --fit` wrote them."""

from __future__ import annotations

from bot.core.retrieval.confidence import Thresholds

FITTED = Thresholds(
    weights=(
        1.02,  # name
        1.5,  # named
        1.59,  # clean
        2.18,  # phrase
        1.27,  # asked
        0.94,  # sentence
        0.72,  # told
        3.08,  # cover
        1.93,  # described
        -0.55,  # strange
        -0.84,  # odd
        -0.59,  # neighbour
        -2.29,  # alone
        -1.54,  # versus
        0.13,  # beside
        -0.52,  # other
        -2.47,  # brief
    ),
    bias=-3.17,
    answer=0.45,
    offer=0.4,
)
