"""What the tutor says in and about study groups, in English. Keys are shared with `zh_groups`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TEXTS: Final[Mapping[str, str]] = {
    "room.alone": "(for {name} alone)",
    # setting a group up
    "group.title": "Study group",
    "group.none": "There is no study group here yet. An admin starts one with /group 9:00 weekdays: one question at a "
    "time, everybody answers alone, later comes the answer.",
    "group.only-in-groups": "A study group is set up in a group or channel: let me in; an admin sends /group there.",
    "group.admins-only": "Only admins of this chat can change the group's settings.",
    "group.off": "Alright, no more questions here. /group on brings them back.",
    "group.paused": "It is switched off; an admin brings it back with /group on.",
    "group.count": "one question for everyone",
    "group.reveal": "The answer comes {span} after the question.",
    "group.mode.private": "Everybody answers alone and sees their own mark only.",
    "group.mode.poll": "Choice questions as open polls: everybody sees who chose what.",
    "group.members": "{count} answered in the last {days} days.",
    "group.usage.1": "/group 9:00 weekdays Europe/London",
    "group.usage.2": "/group only probability difficulty 2-4",
    "group.usage.3": "/group reveal 6h",
    "group.usage.4": "/group poll",
    "group.usage.5": "/group chinese",
    "group.usage": "Write it like this: /group 9:00 weekdays probability reveal 6h.",
    "group.wish.reveal": "The answer has to come 10 minutes to 23 hours after the question, and before the next one.",
    "group.wish.one": "A group gets one question at a time; how much to remember is set by each with /settings.",
    "span.hours": "{count} h",
    "span.minutes": "{count} min",
    "span.join": " ",
    # the question
    "reason.group-due": "due for {place} of you",
    "reason.group-new": "new to all of you",
    "reason.group-partly": "new to {place} of you",
    "group.how.words": "Tap “Answer” to answer alone, or reply to this message, in your own words.",
    "group.how.letters": "Tap a letter; you alone see the result.",
    "group.how.poll": "Choose one; your first choice counts.",
    "group.reveal-at": "The answer comes at {time}.",
    "question.live": "Live quiz",
    "question.reveal": "The answer",
    "group.push.missed": "The last question could not be sent in time and was skipped.",
    "group.push.slow": "Nobody has answered for a while, so it is one question a week now. One answer brings the old "
    "pace back; an admin ends it with /group off.",
    # answers
    "group.answer-alone": "Please answer me in private; send me: {command}",
    "group.counts": "The question of “{group}”: your first answer counts.",
    "group.answered-before": "You have answered this already; another answer is practice and does not count.",
    "group.too-late": "The answer is out; yours is still marked, but not on the board.",
    "group.came-late": "The answer is out already: this one does not count for the board.",
    "group.no-snooze": "A group's question cannot be put off; you can answer it any time before the answer comes.",
    "group.may-quote": "Thank you, your words may be quoted with the answer.",
    "unheard.told": "Just answered: {marks}.\nFor the comments, let me write to you: on Telegram send me /start "
    "once, on Discord open your direct messages.",
    "unheard.mark": "{name} {percent}%",
    # the reveal
    "reveal.title": "The answer",
    "reveal.nobody": "Nobody has answered yet; you still can.",
    "reveal.answers": "{answers} answered, {passed} passed, {mean}% on average.",
    "reveal.missed": "{missed}% missed point {number}: {says}",
    "reveal.wrong": "{wrong}% had point {number} wrong: {says}",
    "reveal.missed-wrong": "{missed}% missed and {wrong}% had wrong point {number}: {says}",
    "reveal.first": "First to pass: {name}",
    "reveal.improved": "Improved most: {name}, {gain}% above their usual mark",
    "reveal.quote": "{name} put it like this:",
    "reveal.thread": "{date} {concept}",
    # boards of study groups
    "board.title.week": "This week (since {date})",
    "board.title.season": "This quarter (since {date})",
    "board.title.all": "All time (since {date})",
    "board.title.past": "The week's board ({first} to {last})",
    "board.line": "No. {place} {name}: {score}",
    "board.score": "{points} pts · {answers} answered",
    "board.own": "{name} is number {place}: {score}",
    "board.tied": "{count} more share place {place}.",
    "board.ties": "Equal points go by the number of answers; those who are still equal share a place.",
    "board.points": "The first answer to the group's question brings up to {most} points, a hint costs {help}; "
    "what you recall when due brings {recall}, at most {cap} a day; late answers bring none.",
    "board.team": "The group's questions in a row at {goal}% of the points or more: {days}; "
    "the last {count} brought {percent}%.",
    "board.team.none": "The group's last {count} questions brought {percent}% of the points; "
    "a streak begins at {goal}%.",
    "board.empty": "Nobody has points for this time yet: answer the group's question to be on the board.",
    "board.nobody": "no name",
    "board.group": "Group {number}",
    "board.which": "Which group's board?",
    "board.usage": "Write it like this: /leaderboard week, or season, or all.",
    "board.hidden": "You are hidden in this group and not on its board. To come back: /optout off.",
    "board.no-groups": "You are in no study group yet. Answer a group's question and you are in it; "
    "where a chat has none, an admin can set one up with /group.",
    "optout.done": "All right: boards and reveals no longer name you; your progress and points stay. "
    "To come back: /optout off.",
    "optout.back": "All right, you are on the board again, with all your points.",
    # choices
    "do.week": "This week",
    "do.season": "This quarter",
    "do.all": "All time",
    "do.reveal": "answer after {span}",
    "do.mode.private": "Answer alone",
    "do.mode.poll": "Open polls",
    "do.group-off": "Switch off",
    "do.quote": "You may quote me",
}
