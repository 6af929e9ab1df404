"""What commands are called on Discord, in English, simplified and traditional Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.core.chat.intents import Command

MAX_DESCRIPTION: Final = 100
_HAN_NAME: Final = re.compile(r"[一-鿿]{1,32}")
TRADITIONAL: Final[Mapping[str, tuple[str, str]]] = {
    "daily": ("今日", "今天的題"),
    "ask": ("問", "查一個知識點"),
    "hint": ("提示", "給一點提示"),
    "skip": ("跳過", "這題以後再答"),
    "answer": ("答案", "看答案，記作沒答上"),
    "review": ("複習", "馬上複習學過的題"),
    "wrong": ("錯題", "重做答錯的題，直到答對"),
    "snooze": ("稍後", "這題過一會兒再問"),
    "stats": ("統計", "學習情況"),
    "topics": ("主題", "有哪些內容"),
    "exam": ("考試", "按考試日期安排複習"),
    "subscribe": ("訂閱", "定時收題"),
    "settings": ("設定", "查看和修改設定"),
    "pause": ("暫停", "暫停每日推送"),
    "resume": ("繼續", "恢復每日推送"),
    "unsubscribe": ("退訂", "取消每日推送"),
    "why": ("為什麼", "為什麼給出這個回答"),
    "report": ("報錯", "指出內容裡的錯誤"),
    "privacy": ("隱私", "存了哪些資料、為什麼"),
    "export": ("匯出", "匯出你的全部資料"),
    "forget": ("註銷", "刪除你的全部資料"),
    "gaps": ("缺口", "管理員：問了沒找到的"),
    "health": ("狀態", "管理員：運行狀況"),
    "reload": ("重載", "管理員：重新讀取內容"),
    "broadcast": ("廣播", "管理員：發給所有訂閱者"),
    "contests": ("申訴", "管理員：複核判分"),
    "language": ("語言", "切換語言 / switch language"),
    "start": ("開始", "從頭開始"),
    "help": ("說明", "怎麼用"),
    "link": ("綁定", "綁定另一個平台上的你"),
    "unlink": ("解綁", "把這個帳號分出來"),
    "group": ("小組", "群管理員：小組每天一題，到時揭曉"),
    "live": ("隨堂測", "群裡一起限時答題，不比快慢"),
    "leaderboard": ("排行榜", "學習小組的榜單"),
    "optout": ("退出榜單", "在小組裡隱身，進度留著"),
}
"""Name and line of a command in Taiwan's words; one that is not here is shown as in simplified Chinese."""
MENU: Final = locale_str("Ask the tutor", zh="问导师", tw="問導師")
ARGUMENT: Final = locale_str("text", zh="内容", tw="內容")


def name_of(command: Command) -> locale_str:
    """Return a command's name in all languages."""
    zh = next((alias for alias in command.aliases if _HAN_NAME.fullmatch(alias)), command.name)
    return locale_str(command.name, zh=zh, tw=TRADITIONAL.get(command.name, (zh, ""))[0])


def line_of(command: Command) -> locale_str:
    """Return a command's description in all languages."""
    tw = TRADITIONAL.get(command.name, ("", command.zh))[1]
    return locale_str(_cut(command.en), zh=_cut(command.zh), tw=_cut(tw))


def usage_of(command: Command) -> locale_str:
    """Return what a command's argument looks like."""
    return locale_str(_cut(command.usage), zh=_cut(command.usage), tw=_cut(command.usage))


class Names(app_commands.Translator):
    """Gives the library the names that each string carries."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return a string in one of Discord's languages; None where it has no other words."""
        del context
        match locale:
            case discord.Locale.chinese:
                return string.extras.get("zh")
            case discord.Locale.taiwan_chinese:
                return string.extras.get("tw")
            case _:
                return None


def _cut(text: str) -> str:
    return text if len(text) <= MAX_DESCRIPTION else text[: MAX_DESCRIPTION - 1] + "…"
