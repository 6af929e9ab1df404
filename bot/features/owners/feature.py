"""What the owners of a bot can do about the whole of it."""

from bot.core.chat.command import Who
from bot.core.chat.option import Label, Text
from bot.features.feature import Feature, Served, tap
from bot.features.owners import operating
from bot.features.owners.buttons import CancelBroadcast, SendBroadcast

LETTER = Text(Label("text", "内容", "內容"), Label("what everybody gets", "要发的文字", "要發的文字"))

FEATURE = Feature(
    commands=(
        Served(
            Label("health", "状态", "狀態"),
            Label("owners: how the bot is doing", "管理员：运行状况", "管理員：運行狀況"),
            rank=290,
            who=Who.OWNER,
            act=lambda turn, _: operating.health(turn),
        ),
        Served(
            Label("reload", "重载", "重載"),
            Label("owners: read the content anew", "管理员：重新读取内容", "管理員：重新讀取內容"),
            rank=300,
            who=Who.OWNER,
            act=lambda turn, _: operating.reload(turn),
        ),
        Served(
            Label("broadcast", "广播", "廣播"),
            Label("owners: write to every subscriber", "管理员：发给所有订阅者", "管理員：發給所有訂閱者"),
            rank=310,
            usage=Label("text", "文字", "文字"),
            options=(LETTER,),
            who=Who.OWNER,
            act=operating.broadcast,
        ),
    ),
    taps=(
        tap(SendBroadcast, lambda turn, it: operating.send(turn, it.mark)),
        tap(CancelBroadcast, lambda turn, it: operating.cancel(turn, it.mark)),
    ),
)
