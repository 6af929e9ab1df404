"""The daily question: when it comes, how much, of what."""

from bot.core.chat.command import Who
from bot.core.chat.messages import Replies
from bot.core.chat.option import Count, OneOf, Text, TimeOfDay, Topic
from bot.core.scheduling.schedule import MAX_PER_PUSH
from bot.features.daily import subscribing
from bot.features.daily.buttons import Setting
from bot.features.feature import Feature, Served, tap
from bot.features.groups import settings as group_settings
from bot.features.turn import Turn

TIME = TimeOfDay("time")
DAYS = OneOf("days", ("daily", "weekdays", "weekends"))
COUNT = Count("count", 1, MAX_PER_PUSH, line="daily", form="每次{}题")
TOPIC = Topic("topic", line="daily")
WORDS = Text("text", line="wishes")
WISHES = (TIME, DAYS, COUNT, TOPIC, WORDS)


def _subscribe(turn: Turn, argument: str) -> Replies:
    """In a group the promise is everybody's, and its admins make it."""
    if turn.message.is_direct:
        return subscribing.subscribe(turn, argument)
    return group_settings.group(turn, argument or "daily")


FEATURE = Feature(
    commands=(
        Served(
            "subscribe",
            rank=140,
            options=WISHES,
            who=Who.CHAT_ADMIN,  # in a group it is the group's
            act=_subscribe,
        ),
        Served("settings", rank=170, options=WISHES, act=subscribing.settings),
        Served("pause", rank=180, act=lambda turn, _: subscribing.pause(turn)),
        Served("resume", rank=190, aliases=("恢复",), act=lambda turn, _: subscribing.resume(turn)),
        Served("unsubscribe", rank=200, aliases=("取消订阅",), act=lambda turn, _: subscribing.unsubscribe(turn)),
    ),
    taps=(tap(Setting, lambda turn, it: subscribing.settings(turn, it.words)),),
)
