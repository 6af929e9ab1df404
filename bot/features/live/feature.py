"""A live quiz: a group answers against the clock."""

from bot.core.chat.command import Where, Who
from bot.core.chat.option import Count, Label, OneOf
from bot.core.groups.live_quiz import LONGEST_WINDOW_S, MAX_ROUNDS, SHORTEST_WINDOW_S
from bot.core.groups.live_words import LiveVerb
from bot.features.daily.feature import TOPIC, WORDS
from bot.features.feature import Feature, Served, tap
from bot.features.live import leading
from bot.features.live.buttons import LeadQuiz

COUNT = Count(
    Label("count", "题数", "題數"),
    Label("how many questions", "几题", "幾題"),
    1,
    MAX_ROUNDS,
    form="{}题",
)
SECONDS = Count(
    Label("seconds", "秒数", "秒數"),
    Label("how long for each", "每题多少秒", "每題多少秒"),
    SHORTEST_WINDOW_S,
    LONGEST_WINDOW_S,
    form="每题{}秒",
)
VERB = OneOf(
    Label("do", "操作", "操作"),
    Label("with the quiz that runs", "对正在进行的", "對正在進行的"),
    (
        (LiveVerb.PAUSE, Label("pause", "暂停", "暫停")),
        (LiveVerb.RESUME, Label("resume", "继续", "繼續")),
        (LiveVerb.STOP, Label("stop", "结束", "結束")),
        (LiveVerb.STATE, Label("state", "状态", "狀態")),
    ),
)

FEATURE = Feature(
    commands=(
        Served(
            Label("live", "随堂测", "隨堂測"),
            Label("a timed quiz in a group; it is no race", "群里一起限时答题，不比快慢", "群裡一起限時答題，不比快慢"),
            rank=160,
            aliases=("现场测",),
            usage=Label(
                "8 probability difficulty 2-3 20s each", "8 概率论 难度2-3 每题20秒", "8 概率論 難度2-3 每題20秒"
            ),
            options=(COUNT, TOPIC, SECONDS, VERB, WORDS),
            who=Who.CHAT_ADMIN,  # who began one leads it, and so do they
            where=Where.GROUP,
            is_shared=True,
            act=leading.command,
        ),
    ),
    taps=(tap(LeadQuiz, leading.tapped),),
)
