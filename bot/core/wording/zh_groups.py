"""What the tutor says in and about study groups, in Chinese. Keys are shared with `en_groups`; a test compares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    # setting a group up
    "group.title": "学习小组",
    "group.none": "这里还没有学习小组。管理员发 /group 9:00 工作日 就能开始：每次一题，各自作答，到时揭晓。",
    "group.only-in-groups": "学习小组要在群或频道里设置：把我加进去，由管理员在那里发 /group。",
    "group.admins-only": "只有这里的管理员能修改小组设置。",
    "group.off": "好，不再往这里发题。想恢复时发 /group on。",
    "group.paused": "现在是停用状态，管理员发 /group on 恢复。",
    "group.count": "大家一起答一题",
    "group.reveal": "出题 {span}后揭晓答案。",
    "group.mode.private": "各自私下作答，只有自己看得到评分。",
    "group.mode.poll": "用公开投票答选择题，大家看得到彼此的选择。",
    "group.members": "最近 {days} 天有 {count} 人作答。",
    "group.usage.1": "/group 9:00 工作日 Asia/Shanghai",
    "group.usage.2": "/group 只要概率论 难度2-4",
    "group.usage.3": "/group 揭晓 6小时",
    "group.usage.4": "/group 投票",
    "group.usage.5": "/group 英文",
    "group.usage": "可以这样写：/group 9:00 工作日 概率论 揭晓 6小时。",
    "group.wish.reveal": "揭晓要在出题 10 分钟到 23 小时之后，而且早于下一题。",
    "group.wish.one": "小组每次只有一题，记忆目标各自用 /settings 设。",
    "span.hours": "{count} 小时",
    "span.minutes": "{count} 分钟",
    "span.join": " ",
    # the question
    "reason.group-due": "{place} 人该复习了",
    "reason.group-new": "大家都没答过",
    "group.how.words": "点「作答」私下回答，或者直接回复这条消息，用自己的话说。",
    "group.how.letters": "点字母作答，只有你看得到结果。",
    "group.how.poll": "在投票里选一个。",
    "group.reveal-at": "{time} 揭晓答案。",
    "question.live": "随堂测",
    "question.reveal": "揭晓",
    "group.push.missed": "上次的题没能按时发出，已经跳过。",
    "group.push.slow": "有一阵没人作答了，先改成每周一题。有人答一题就恢复原来的节奏；不想收了，管理员发 /group off。",
    # answers
    "group.answer-alone": "请私聊我作答，对我发：{command}",
    "group.counts": "「{group}」的题，第一次作答计分。",
    "group.counts-untitled": "小组的题，第一次作答计分。",
    "group.answered-before": "这题你已经答过，再答算练习，不再计分。",
    "group.too-late": "答案已经揭晓，现在作答照样批改，不计入榜单。",
    "group.no-snooze": "小组的题不能推迟，揭晓之前随时可以答。",
    "group.may-quote": "好，揭晓时可能会引用你的这段话。",
    "unheard.told": "刚才的作答：{marks}。\n想看点评，先私聊我发一次 /start，或者点题目下面的「作答」。",
    "unheard.mark": "{name} {percent}%",
    # the reveal
    "reveal.title": "揭晓",
    "reveal.nobody": "这题还没有人作答，随时可以试试。",
    "reveal.answers": "{answers} 人作答，{passed} 人通过，平均 {mean}%。",
    "reveal.all-had": "第 {number} 点大家都答到了：{says}",
    "reveal.missed": "{missed}% 漏了第 {number} 点：{says}",
    "reveal.wrong": "{wrong}% 说错了第 {number} 点：{says}",
    "reveal.missed-wrong": "{missed}% 漏了、{wrong}% 说错了第 {number} 点：{says}",
    "reveal.first": "最先通过：{name}",
    "reveal.improved": "进步最大：{name}，比自己平时高 {gain}%",
    "reveal.quote": "{name}是这样说的：",
    "reveal.thread": "{date} {concept}",
    # choices
    "do.reveal": "{span} 后揭晓",
    "do.mode.private": "私下作答",
    "do.mode.poll": "公开投票",
    "do.group-off": "停用",
    "do.quote": "可以引用我的话",
}
