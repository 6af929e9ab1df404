"""Marks are contested, mistakes reported, gaps seen."""

from bot.core.chat.command import Who
from bot.core.chat.option import Label, Text
from bot.features.authors import contesting
from bot.features.authors.buttons import ContestMark, ReportMistake
from bot.features.feature import Feature, Served, tap

WRONG = Text(Label("text", "内容", "內容"), Label("what is wrong", "哪里不对", "哪裡不對"))

FEATURE = Feature(
    commands=(
        Served(
            Label("report", "报错", "報錯"),
            Label("say that something taught is wrong", "指出内容里的错误", "指出內容裡的錯誤"),
            rank=220,
            aliases=("内容有误",),
            usage=WRONG.about,
            options=(WRONG,),
            act=contesting.report,
        ),
        Served(
            Label("gaps", "缺口", "缺口"),
            Label("owners: what was asked and not found", "管理员：问了没找到的", "管理員：問了沒找到的"),
            rank=280,
            who=Who.OWNER,
            act=lambda turn, _: contesting.gaps(turn),
        ),
        Served(
            Label("contests", "申诉", "申訴"),
            Label("owners: contested marks", "管理员：复核判分", "管理員：複核判分"),
            rank=320,
            who=Who.OWNER,
            act=contesting.contests,
        ),
    ),
    taps=(
        tap(ContestMark, lambda turn, it: contesting.contest(turn, it.attempt_id)),
        tap(ReportMistake, lambda turn, it: contesting.report(turn, it.concept_id)),
    ),
)
