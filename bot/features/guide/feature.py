"""How to use the tutor, and what there is to learn."""

from __future__ import annotations

from bot.core.chat.command import Command
from bot.core.chat.option import Label
from bot.features.feature import Feature
from bot.features.guide import helping

FEATURE = Feature(
    commands=(
        (
            Command(
                Label("topics", "主题", "主題"),
                Label("what there is to learn", "有哪些内容", "有哪些內容"),
                rank=120,
                aliases=("目录",),
                is_shared=True,
            ),
            lambda turn, _: helping.topics(turn),
        ),
        (
            Command(Label("help", "帮助", "說明"), Label("how to use this", "怎么用", "怎麼用"), rank=350),
            lambda turn, _: helping.help_(turn),
        ),
    ),
)
