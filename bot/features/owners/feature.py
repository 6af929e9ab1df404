"""What the owners of a bot can do about the whole of it."""

from bot.core.chat.command import Who
from bot.core.chat.option import Text
from bot.features.feature import Feature, Served, tap
from bot.features.owners import operating
from bot.features.owners.buttons import CancelBroadcast, SendBroadcast

LETTER = Text("text", line="broadcast")

FEATURE = Feature(
    commands=(
        Served("health", rank=290, who=Who.OWNER, act=lambda turn, _: operating.health(turn)),
        Served("reload", rank=300, who=Who.OWNER, act=lambda turn, _: operating.reload(turn)),
        Served("broadcast", rank=310, options=(LETTER,), who=Who.OWNER, act=operating.broadcast),
    ),
    taps=(
        tap(SendBroadcast, lambda turn, it: operating.send(turn, it.mark)),
        tap(CancelBroadcast, lambda turn, it: operating.cancel(turn, it.mark)),
    ),
)
