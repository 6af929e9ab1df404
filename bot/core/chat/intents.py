"""What a message wants: a command, a tap, a pick by number, or plain words.

COMMANDS is the one table that menus, /help and the documentation come from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

MAX_TEXT = 4000
"""Longer messages are not read: no answer and no question needs as much."""


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of the command table.

    Attributes:
        name: what follows the slash: a-z and _, at most 32 characters.
        aliases: other words for it, Chinese ones included.
        usage: the argument it takes, as shown in /help; "" for none.
        zh: one line in Chinese, at most 256 characters.
        en: the same in English.
        is_for_admins: it matters whether its sender may administer the chat, which a platform is then asked.
    """

    name: str
    aliases: tuple[str, ...]
    usage: str
    zh: str
    en: str
    is_for_admins: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("daily", ("今日", "每日", "题"), "", "今天的题", "today's question"),
    Command("ask", ("问",), "问题", "查一个知识点", "look a concept up"),
    Command("hint", ("提示",), "", "给一点提示", "a hint for the open question"),
    Command("skip", ("跳过",), "", "这题以后再答", "leave the open question for later"),
    Command("answer", ("答案", "看答案"), "", "看答案，记作没答上", "show the answer; counts as not known"),
    Command("review", ("复习",), "10 概率论", "马上复习学过的题", "go through what you have learnt, now"),
    Command("wrong", ("错题", "错题本"), "", "重做答错的题，直到答对", "repeat what you failed until it is right"),
    Command("snooze", ("稍后", "推迟"), "1小时", "这题过一会儿再问", "ask the open question again later"),
    Command("stats", ("统计", "进度"), "", "学习情况", "how you are doing"),
    Command("leaderboard", ("排行榜", "榜单", "排行"), "本周 | 本季 | 总榜", "学习小组的榜单", "a study group's board"),
    Command(
        "optout", ("退出榜单", "隐身"), "off", "在小组里隐身，进度留着", "hide in your study groups, keep your progress"
    ),
    Command("topics", ("主题", "目录"), "", "有哪些内容", "what there is to learn"),
    Command("exam", ("考试", "备考"), "2027-01-15 | off", "按考试日期安排复习", "plan towards the day of an exam"),
    Command(
        "subscribe",
        ("订阅",),
        "7:30 周一到周五 Asia/Shanghai",
        "定时收题",
        "get questions at your time",
        is_for_admins=True,  # in a group it is the group's
    ),
    Command(
        "group",
        ("小组", "群组"),
        "9:00 工作日 揭晓 6小时",
        "群管理员：小组每天一题，到时揭晓",
        "admins: one question a day for a group",
        is_for_admins=True,
    ),
    Command(
        "live",
        ("随堂测", "现场测"),
        "8 概率论 难度2-3 每题20秒",
        "群里一起限时答题，不比快慢",
        "a timed quiz in a group; it is no race",
        is_for_admins=True,  # who began one leads it, and so do they
    ),
    Command("settings", ("设置",), "每次2题 勿扰 23:00-7:00", "查看和修改设置", "see and change your settings"),
    Command("pause", ("暂停",), "", "暂停每日推送", "pause the daily question"),
    Command("resume", ("继续", "恢复"), "", "恢复每日推送", "resume the daily question"),
    Command("unsubscribe", ("退订", "取消订阅"), "", "取消每日推送", "stop the daily question"),
    Command("why", ("为什么",), "", "为什么给出这个回答", "how the last answer was found"),
    Command("report", ("报错", "内容有误"), "哪里不对", "指出内容里的错误", "say that something taught is wrong"),
    Command("privacy", ("隐私",), "", "存了哪些数据、为什么", "what is stored, and why"),
    Command("export", ("导出",), "", "导出你的全部数据", "get all your data as files"),
    Command("forget", ("注销", "删除数据"), "", "删除你的全部数据", "erase all your data"),
    Command("link", ("绑定",), "ABCD2345", "两个平台合成一份记录", "one record on two platforms"),
    Command("unlink", ("解绑",), "", "把这个平台的账号分出来", "part this platform's account again"),
    Command("gaps", ("缺口",), "", "管理员：问了没找到的", "owners: what was asked and not found"),
    Command("health", ("状态",), "", "管理员：运行状况", "owners: how the bot is doing"),
    Command("reload", ("重载",), "", "管理员：重新读取内容", "owners: read the content anew"),
    Command("broadcast", ("广播",), "文字", "管理员：发给所有订阅者", "owners: write to every subscriber"),
    Command("contests", ("申诉",), "", "管理员：复核判分", "owners: contested marks"),
    Command("language", ("语言",), "zh | en", "切换语言 / switch language", "switch language / 切换语言"),
    Command("start", ("开始",), "", "从头开始", "begin"),
    Command("help", ("帮助",), "", "怎么用", "how to use this"),
)

_BY_WORD: Mapping[str, Command] = {word: command for command in COMMANDS for word in (command.name, *command.aliases)}


@dataclass(frozen=True, slots=True)
class Run:
    """Carry out a command."""

    command: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A command that does not exist; `suggestion` is the nearest one that does, or ""."""

    name: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A tapped choice, by its id."""

    choice_id: str


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice picked by its number, from 1. `is_bare`: only a number was written."""

    number: int
    is_bare: bool


@dataclass(frozen=True, slots=True)
class Say:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing to read: no text, or only white space and control characters."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """More text than is read."""


Intent = Run | Unknown | Press | Pick | Say | Empty | TooLong

_COMMAND = re.compile(r"[/／]([^\s@/]+)(?:@\S+)?(?:\s+(.*))?", re.DOTALL)
_LATER = re.compile(
    r"(?:过|等)?\s?(?:[\d一二两三四五六七八九十半]{1,4}\s?[个個]?半?\s?(?:小[时時]|[钟鐘][头頭]|分[钟鐘]|刻[钟鐘])"
    r"|晚[点點]|待[会會]儿?|等[会會]儿?)"
    r"(?:以?[后後]|之[后後])?再?(?:问|問|说|說|答|来|來)(?:我|吧)*[。.!！~]?"
    r"|(?:ask|remind)(?: me)?(?: again)? (?:in (?:half )?(?:an?|\d{1,3}) (?:hours?|minutes?)|later)[.!]?",
    re.IGNORECASE,
)
"""Plain words that ask for a question to come back later."""
_NUMBER = re.compile(r"([/／#]?)\s*(\d{1,2})[.、。)]?")


def clean(text: str) -> str:
    """Return text without control characters (line breaks and tabs stay) and outer white space."""
    kept = (char if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs", "Co") else " " for char in text)
    return "".join(kept).strip()


def parse(text: str, pressed: str | None = None) -> Intent:
    """Tell what a message wants.

    Args:
        text: what was written, any text at all.
        pressed: the id of a tapped choice, if that is what happened.
    """
    if pressed is not None:
        return Press(pressed)
    if len(text) > MAX_TEXT:
        return TooLong()
    text = clean(text)
    if not text:
        return Empty()
    number = _NUMBER.fullmatch(text)
    if number:
        return Pick(int(number.group(2)), is_bare=not number.group(1))
    if _LATER.fullmatch(text):
        return Run("snooze", text)
    match = _COMMAND.fullmatch(text)
    return _command(match.group(1), (match.group(2) or "").strip()) if match else Say(text)


def _command(word: str, argument: str) -> Intent:
    command = _BY_WORD.get(word.lower())
    if command:
        return Run(command.name, argument)
    nearest = process.extractOne(word.lower(), list(_BY_WORD), scorer=fuzz.ratio, score_cutoff=65)
    return Unknown(word[:32], _BY_WORD[nearest[0]].name if nearest else "")


OFF = frozenset({"off", "取消", "关闭", "关", "无"})
"""Arguments of a command that take back what it set."""
ADMIN_VERBS = frozenset({"gs", "lv"})
"""What the ids of buttons begin with that only administrators of a chat may tap: a group's settings, a live quiz."""


def needs_admin(text: str, pressed: str | None = None) -> bool:
    """Tell whether it matters for this message whether its sender may administer the chat."""
    match parse(text, pressed):
        case Run(command, _):
            return _BY_WORD[command].is_for_admins
        case Press(choice_id):
            return choice_id.partition(":")[0] in ADMIN_VERBS
        case _:
            return False


_QUESTION_MARKS = re.compile(r"[?？]\s*$")
_QUESTION_WORDS = re.compile(
    r"什么|为何|怎么|怎样|如何|哪些|哪个|哪种|是不是|能不能|多少|有啥|啥|咋|吗\W*$|呢\W*$|区别$|介绍|解释|讲讲|讲一下"
    r"|^(?:what|why|how|when|which|who|where|is|are|does|do|can|explain|define)\b",
    re.IGNORECASE,
)


def reads_as_question(text: str) -> bool:
    """Tell whether plain words read as something asked, as against something answered."""
    return bool(_QUESTION_MARKS.search(text) or _QUESTION_WORDS.search(text))
