"""Study groups: one question a day, the answer hours later, a board."""

from bot.core.chat.command import Where, Who
from bot.core.chat.option import Count, Label, OneOf
from bot.core.groups.group import GroupMode
from bot.core.groups.leaderboard import Period
from bot.features.daily.feature import DAYS, TIME, TOPIC, WORDS
from bot.features.feature import Feature, Served, tap
from bot.features.groups import answering, leaderboards, settings
from bot.features.groups.buttons import AnswerAlone, GroupSetting, MayQuote, ShowBoard

REVEAL = Count(
    Label("reveal", "揭晓", "揭曉"),
    Label("the answer after so many hours", "几小时后公布答案", "幾小時後揭曉答案"),
    1,
    23,
    form="揭晓 {}小时",
)
MODE = OneOf(
    Label("mode", "作答方式", "作答方式"),
    Label("how it is answered", "怎么作答", "怎麼作答"),
    (
        (GroupMode.PRIVATE, Label("in private", "私下作答", "私下作答")),
        (GroupMode.POLL, Label("by open polls", "公开投票", "公開投票")),
    ),
)
PERIOD = OneOf(
    Label("period", "时段", "時段"),
    Label("of which time", "哪段时间", "哪段時間"),
    (
        (Period.WEEK, Label("this week", "本周", "本週")),
        (Period.SEASON, Label("this quarter", "本季", "本季")),
        (Period.ALL, Label("all time", "总榜", "總榜")),
    ),
)
BACK = OneOf(
    Label("undo", "恢复", "恢復"),
    Label("be shown again", "重新上榜", "重新上榜"),
    (("off", Label("be shown again", "重新上榜", "重新上榜")),),
)

FEATURE = Feature(
    commands=(
        Served(
            Label("leaderboard", "排行榜", "排行榜"),
            Label("a study group's board", "学习小组的榜单", "學習小組的榜單"),
            rank=100,
            aliases=("榜单", "排行"),
            usage=Label("week | season | all", "本周 | 本季 | 总榜", "本週 | 本季 | 總榜"),
            options=(PERIOD,),
            is_shared=True,
            act=leaderboards.leaderboard,
        ),
        Served(
            Label("optout", "退出榜单", "退出榜單"),
            Label(
                "hide in your study groups, keep your progress",
                "在小组里隐身，进度留着",
                "在小組裡隱身，進度留著",
            ),
            rank=110,
            aliases=("隐身",),
            usage=Label.same("off"),
            options=(BACK,),
            act=leaderboards.opt_out,
        ),
        Served(
            Label("group", "小组", "小組"),
            Label(
                "admins: one question a day for a group",
                "群管理员：小组每天一题，到时揭晓",
                "群管理員：小組每天一題，到時揭曉",
            ),
            rank=150,
            aliases=("群组",),
            usage=Label("9:00 weekdays reveal 6h", "9:00 工作日 揭晓 6小时", "9:00 工作日"),
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
