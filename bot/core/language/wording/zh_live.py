"""What the tutor says in and about live quizzes, in Chinese. Keys are shared with `en_live`; a test compares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    # beginning one, and how it stands
    "live.title": "随堂测",
    "live.only-in-groups": "随堂测要在群或频道里开：把我加进去，在那里发 /live。",
    "live.none": "现在没有随堂测。发 /live 就能开始一场。",
    "live.count": "{count} 题",
    "live.fewer": "符合条件的只有 {count} 题，就出这些。",
    "live.none-fit": "没有符合条件的题可出了。换个主题或难度，或者加上「简答」试试。",
    "live.time": "每题 {seconds} 秒",
    "live.time.mixed": "选择题 {choice} 秒，简答题 {short} 秒",
    "live.rule": "时间内作答都算，快慢得分一样，第一次的回答算数。",
    "live.soon": "马上出第一题。",
    "live.runs": "这里已经有一场随堂测，等它结束再开下一场。",
    "live.state.asking": "正在答第 {round}/{rounds} 题。",
    "live.state.between": "已出 {round}/{rounds} 题，马上出下一题。",
    "live.state.paused": "暂停中，已出 {round}/{rounds} 题。",
    "live.usage": "可以这样写：/live 8 概率论 难度2-3 每题20秒 简答。",
    "live.wish.count": "一场 1 到 20 题，「{about}」不行。",
    "live.wish.window": "每题 10 到 300 秒，「{about}」不行。",
    # leading it
    "live.not-yours": "只有发起人和管理员可以。",
    "live.paused": "随堂测暂停了，一小时内可以继续。",
    "live.paused-after": "这题照常作答，之后暂停，一小时内可以继续。",
    "live.resumed": "随堂测继续。",
    "live.done": "好。",
    # a round
    "live.round": "随堂测 {round}/{rounds}",
    "live.how.letters": "{seconds} 秒内点字母或回复字母。第一次的算数，时间到了一起公布。",
    "live.how.poll": "{seconds} 秒内选一个，第一次选的算数。",
    "live.how.words": "{seconds} 秒内回复这条消息，几个字就行。第一次的算数，时间到了一起公布。",
    "live.got": "收到：{answer}",
    "live.first-counts": "你已经答过，第一次的「{answer}」算数。",
    "live.too-late": "这题的时间已经到了，这次不算。",
    "live.not-an-answer": "没看出你选了哪个或答了什么，还没有算，可以再答。",
    # its result, and the end
    "live.result": "第 {round} 题",
    "live.tally": "{answers} 人作答，{right} 人答对。",
    "live.nobody": "没有人作答。",
    "live.over": "随堂测结束",
    "live.ending.done": "{rounds} 题都出完了。",
    "live.ending.idle": "连着两题没有人作答，先到这里。",
    "live.ending.stopped": "先到这里。",
    "live.ending.unsent": "抱歉，这题没能发出来，先到这里。",
    "live.ending.lost": "抱歉，我中断了一阵，先到这里。",
    "live.ending.empty": "没有更多合适的题了，先到这里。",
    "live.ending.left": "暂停超过一小时，先到这里。",
    "live.place": "第 {place} 名 {name}：{points} 分（答 {answers} 题，对 {right} 题）",
    "live.more": "还有 {count} 人参加",
    "live.hidden": "另有 {count} 人不公开姓名",
    "live.foot": "每题 10 分，答对一部分按比例，快慢一样，同分同名次。不计入排行榜，各自的复习照常更新。",
    # choices
    "do.live-pause": "暂停",
    "do.live-resume": "继续",
    "do.live-stop": "结束",
}
