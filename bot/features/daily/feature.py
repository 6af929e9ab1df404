"""The daily question: when it comes, how much, of what."""

from bot.core.chat.command import Who
from bot.core.chat.messages import Replies
from bot.core.chat.option import Count, Label, OneOf, Text, TimeOfDay, Topic
from bot.core.scheduling.schedule import MAX_PER_PUSH
from bot.features.daily import subscribing
from bot.features.daily.buttons import Setting
from bot.features.feature import Feature, Served, tap
from bot.features.groups import settings as group_settings
from bot.features.turn import Turn

TIME = TimeOfDay(Label("time", "时间", "時間"), Label.same("7:30"))
DAYS = OneOf(
    Label("days", "日子", "日子"),
    Label("on which days", "哪几天", "哪幾天"),
    (
        ("daily", Label("every day", "每天", "每天")),
        ("weekdays", Label("weekdays", "工作日", "工作日")),
        ("weekends", Label("weekends", "周末", "週末")),
    ),
)
COUNT = Count(
    Label("count", "题数", "題數"),
    Label("how many questions at a time", "每次几题", "每次幾題"),
    1,
    MAX_PER_PUSH,
    form="每次{}题",
)
TOPIC = Topic(Label("topic", "主题", "主題"), Label("only of this topic", "只要这个主题", "只要這個主題"))
WORDS = Text(
    Label("text", "内容", "內容"),
    Label("anything else, in words", "其他的，用文字说", "其他的，用文字說"),
)
WISHES = (TIME, DAYS, COUNT, TOPIC, WORDS)


def _subscribe(turn: Turn, argument: str) -> Replies:
    """In a group the promise is everybody's, and its admins make it."""
    if turn.message.is_direct:
        return subscribing.subscribe(turn, argument)
    return group_settings.group(turn, argument or "daily")


FEATURE = Feature(
    commands=(
        Served(
            Label("subscribe", "订阅", "訂閱"),
            Label("get questions at your time", "定时收题", "定時收題"),
            rank=140,
            usage=Label("7:30 mon-fri Asia/Shanghai", "7:30 周一到周五 Asia/Shanghai", "7:30 週一到週五 Asia/Taipei"),
            options=WISHES,
            who=Who.CHAT_ADMIN,  # in a group it is the group's
            act=_subscribe,
        ),
        Served(
            Label("settings", "设置", "設定"),
            Label("see and change your settings", "查看和修改设置", "查看和修改設定"),
            rank=170,
            usage=Label("2 questions quiet 23:00-7:00", "每次2题 勿扰 23:00-7:00", "每次2題 勿擾 23:00-7:00"),
            options=WISHES,
            act=subscribing.settings,
        ),
        Served(
            Label("pause", "暂停", "暫停"),
            Label("pause the daily question", "暂停每日推送", "暫停每日推送"),
            rank=180,
            act=lambda turn, _: subscribing.pause(turn),
        ),
        Served(
            Label("resume", "继续", "繼續"),
            Label("resume the daily question", "恢复每日推送", "恢復每日推送"),
            rank=190,
            aliases=("恢复",),
            act=lambda turn, _: subscribing.resume(turn),
        ),
        Served(
            Label("unsubscribe", "退订", "退訂"),
            Label("stop the daily question", "取消每日推送", "取消每日推送"),
            rank=200,
            aliases=("取消订阅",),
            act=lambda turn, _: subscribing.unsubscribe(turn),
        ),
    ),
    taps=(tap(Setting, lambda turn, it: subscribing.settings(turn, it.words)),),
)
