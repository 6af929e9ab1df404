"""How a learner stands, and the way to an exam."""

from bot.core.chat.option import Date, Label
from bot.features.feature import Feature, Served, tap
from bot.features.progress import reporting
from bot.features.progress.buttons import ShowDarkStats, ShowStats

DAY = Date(Label("date", "日期", "日期"), Label("2027-01-15, or off", "2027-01-15，或取消", "2027-01-15，或取消"))

FEATURE = Feature(
    commands=(
        Served(
            Label("stats", "统计", "統計"),
            Label("how you are doing", "学习情况", "學習情況"),
            rank=90,
            aliases=("进度",),
            act=lambda turn, _: reporting.stats(turn),
        ),
        Served(
            Label("exam", "考试", "考試"),
            Label("plan towards the day of an exam", "按考试日期安排复习", "按考試日期安排複習"),
            rank=130,
            aliases=("备考",),
            usage=Label.same("2027-01-15 | off"),
            options=(DAY,),
            act=reporting.exam,
        ),
    ),
    taps=(
        tap(ShowStats, lambda turn, _: reporting.stats_card(turn)),
        tap(ShowDarkStats, lambda turn, _: reporting.stats_card(turn, is_dark=True)),
    ),
)
