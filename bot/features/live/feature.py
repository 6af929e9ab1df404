"""A live quiz: a group answers against the clock."""

from bot.core.chat.command import Where, Who
from bot.core.chat.option import Count, OneOf
from bot.core.groups.live_quiz import LONGEST_WINDOW_S, MAX_ROUNDS, SHORTEST_WINDOW_S
from bot.core.groups.live_words import LiveVerb
from bot.features.daily.feature import TOPIC, WORDS
from bot.features.feature import Feature, Served, tap
from bot.features.live import leading
from bot.features.live.buttons import LeadQuiz

COUNT = Count("count", 1, MAX_ROUNDS, line="live", form="{}题")
SECONDS = Count("seconds", SHORTEST_WINDOW_S, LONGEST_WINDOW_S, form="每题{}秒")
VERB = OneOf("do", (LiveVerb.PAUSE, LiveVerb.RESUME, LiveVerb.STOP, LiveVerb.STATE))

FEATURE = Feature(
    commands=(
        Served(
            "live",
            rank=160,
            aliases=("现场测",),
            options=(COUNT, TOPIC, SECONDS, VERB, WORDS),
            who=Who.CHAT_ADMIN,  # who began one leads it, and so do they
            where=Where.GROUP,
            is_shared=True,
            act=leading.command,
        ),
    ),
    taps=(tap(LeadQuiz, leading.tapped),),
)
