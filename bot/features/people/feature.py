"""Who somebody is: the first meeting, their language, one record on two platforms, their own data."""

from bot.core.chat.option import OneOf, Text
from bot.features.feature import Feature, Served, tap
from bot.features.people import linking, personal_data, speaking, welcoming
from bot.features.people.buttons import AskTopics, AskZone, Begin

CODE = Text("code")
LANGUAGE = OneOf("language", ("zh", "en"))

FEATURE = Feature(
    commands=(
        Served("privacy", rank=230, act=lambda turn, _: personal_data.privacy(turn)),
        Served("export", rank=240, act=lambda turn, _: personal_data.export(turn)),
        Served("forget", rank=250, aliases=("删除数据",), act=personal_data.forget),
        Served("link", rank=260, options=(CODE,), act=linking.link),
        Served("unlink", rank=270, act=lambda turn, _: linking.unlink(turn)),
        Served("language", rank=330, options=(LANGUAGE,), act=speaking.speak),
        Served("start", rank=340, act=welcoming.start),
    ),
    taps=(
        tap(AskZone, lambda turn, it: welcoming.ask_zone(turn, it.wishes)),
        tap(AskTopics, lambda turn, it: welcoming.ask_topics(turn, it.wishes)),
        tap(Begin, lambda turn, it: welcoming.finish(turn, it.wishes)),
    ),
)
