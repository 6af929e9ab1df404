"""Marks are contested, mistakes reported, gaps seen."""

from bot.core.chat.command import Who
from bot.core.chat.option import Text
from bot.features.authors import contesting
from bot.features.authors.buttons import ContestMark, ReportMistake
from bot.features.feature import Feature, Served, tap

WRONG = Text("text", line="report")

FEATURE = Feature(
    commands=(
        Served("report", rank=220, aliases=("内容有误",), options=(WRONG,), act=contesting.report),
        Served("gaps", rank=280, who=Who.OWNER, act=lambda turn, _: contesting.gaps(turn)),
        Served("contests", rank=320, who=Who.OWNER, act=contesting.contests),
    ),
    taps=(
        tap(ContestMark, lambda turn, it: contesting.contest(turn, it.attempt_id)),
        tap(ReportMistake, lambda turn, it: contesting.report(turn, it.concept_id)),
    ),
)
