"""The weights and thresholds of `confidence.py`, as `python -m bot eval ask --fit` wrote them."""

from __future__ import annotations

from bot.core.retrieval.confidence import Thresholds

FITTED = Thresholds(
    weights=(
        1.09,  # name
        1.52,  # named
        1.55,  # clean
        2.1,  # phrase
        1.27,  # asked
        1.07,  # sentence
        0.75,  # told
        3.05,  # cover
        1.96,  # described
        -0.43,  # strange
        -0.76,  # odd
        -0.63,  # neighbour
        -2.32,  # alone
        -1.52,  # versus
        0.29,  # beside
        -0.53,  # other
        -2.47,  # brief
    ),
    bias=-3.19,
    answer=0.45,
    offer=0.4,
)
