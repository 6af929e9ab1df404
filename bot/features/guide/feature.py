"""How to use the tutor, and what there is to learn."""

from bot.features.feature import Feature, Served
from bot.features.guide import helping

FEATURE = Feature(
    commands=(
        Served("topics", rank=120, aliases=("目录",), is_shared=True, act=lambda turn, _: helping.topics(turn)),
        Served("help", rank=350, act=lambda turn, _: helping.help_(turn)),
    ),
)
