"""How a learner stands, and the way to an exam."""

from bot.core.chat.option import Date
from bot.features.feature import Feature, Served, tap
from bot.features.progress import reporting
from bot.features.progress.buttons import ShowDarkStats, ShowStats

DAY = Date("date")

FEATURE = Feature(
    commands=(
        Served("stats", rank=90, aliases=("进度",), act=lambda turn, _: reporting.stats(turn)),
        Served("exam", rank=130, aliases=("备考",), options=(DAY,), act=reporting.exam),
    ),
    taps=(
        tap(ShowStats, lambda turn, _: reporting.stats_card(turn)),
        tap(ShowDarkStats, lambda turn, _: reporting.stats_card(turn, is_dark=True)),
    ),
)
