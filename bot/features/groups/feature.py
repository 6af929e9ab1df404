"""Study groups: one question a day, the answer hours later, a board."""

from bot.core.chat.command import Where, Who
from bot.core.chat.option import Count, OneOf
from bot.core.groups.group import GroupMode
from bot.core.groups.leaderboard import Period
from bot.features.daily.feature import DAYS, TIME, TOPIC, WORDS
from bot.features.feature import Feature, Served, tap
from bot.features.groups import answering, leaderboards, settings
from bot.features.groups.buttons import AnswerAlone, GroupSetting, MayQuote, ShowBoard

REVEAL = Count("reveal", 1, 23, form="揭晓 {}小时")
MODE = OneOf("mode", (GroupMode.PRIVATE, GroupMode.POLL))
PERIOD = OneOf("period", (Period.WEEK, Period.SEASON, Period.ALL))
BACK = OneOf("undo", ("off",))

FEATURE = Feature(
    commands=(
        Served(
            "leaderboard",
            rank=100,
            aliases=("榜单", "排行"),
            options=(PERIOD,),
            is_shared=True,
            act=leaderboards.leaderboard,
        ),
        Served("optout", rank=110, aliases=("隐身",), options=(BACK,), act=leaderboards.opt_out),
        Served(
            "group",
            rank=150,
            aliases=("群组",),
            options=(TIME, DAYS, REVEAL, MODE, TOPIC, WORDS),
            who=Who.CHAT_ADMIN,
            where=Where.GROUP,
            act=settings.group,
        ),
    ),
    taps=(
        tap(AnswerAlone, lambda turn, it: answering.ask_alone(turn, it.delivery_id)),
        tap(MayQuote, lambda turn, it: answering.may_quote(turn, it.attempt_id)),
        tap(GroupSetting, lambda turn, it: settings.tapped(turn, it.words)),
        tap(ShowBoard, lambda turn, it: leaderboards.show(turn, it.group_id, it.period)),
    ),
)
