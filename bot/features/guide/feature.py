"""How to use the tutor, and what there is to learn."""

from bot.core.chat.option import Label
from bot.features.feature import Feature, Served
from bot.features.guide import helping

FEATURE = Feature(
    commands=(
        Served(
            Label("topics", "主题", "主題"),
            Label("what there is to learn", "有哪些内容", "有哪些內容"),
            rank=120,
            aliases=("目录",),
            is_shared=True,
            act=lambda turn, _: helping.topics(turn),
        ),
        Served(
            Label("help", "帮助", "說明"),
            Label("how to use this", "怎么用", "怎麼用"),
            rank=350,
            act=lambda turn, _: helping.help_(turn),
        ),
    ),
)
