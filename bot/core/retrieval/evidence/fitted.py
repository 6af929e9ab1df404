"""The weights and thresholds of `confidence.py`, as `tutor eval ask --fit` wrote them."""

from bot.core.retrieval.evidence.confidence import Thresholds

FITTED = Thresholds(
    weights=(
        1.08,  # name
        1.51,  # named
        1.55,  # clean
        2.1,  # phrase
        1.27,  # asked
        1.07,  # sentence
        0.78,  # told
        3.09,  # cover
        1.91,  # described
        -0.43,  # strange
        -0.82,  # odd
        -0.63,  # neighbour
        -2.28,  # alone
        -1.52,  # versus
        0.3,  # beside
        -0.53,  # other
        -2.49,  # brief
    ),
    bias=-3.2,
    answer=0.45,
    offer=0.4,
)
