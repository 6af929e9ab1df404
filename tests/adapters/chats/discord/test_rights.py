"""What the operators' page, its link and the bot's greeting ask of a Discord server is one and the same."""

from __future__ import annotations

import re
from pathlib import Path

import discord
import pytest

from bot.core.language.wording import Wording

PAGE = (Path(__file__).resolve().parents[4] / "docs" / "OPERATIONS.md").read_text(encoding="utf-8")
NEEDED = {
    "View Channels": ("read_messages", "查看频道", "view channel"),
    "Send Messages": ("send_messages", "发送消息", "send messages"),
    "Send Messages in Threads": ("send_messages_in_threads", "在子区发言", "in threads"),
    "Attach Files": ("attach_files", "附加文件", "attach files"),
    "Read Message History": ("read_message_history", "读取消息历史", "read history"),
    "Add Reactions": ("add_reactions", "添加反应", "add reactions"),
    "Create Public Threads": ("create_public_threads", "创建子区", "create threads"),
    "Create Polls": ("send_polls", "投票", "polls"),
}
"""Discord's names -> the library's, and what the greeting calls them."""


def test_the_table_lists_what_is_needed() -> None:
    table = PAGE.partition("| permission |")[2].partition("\n\n")[0]
    cells = [row.split("|")[1] for row in table.splitlines()[2:]]
    assert {name.strip() for cell in cells for name in cell.split(",")} == set(NEEDED)


def test_the_link_asks_for_what_the_table_lists() -> None:
    number = re.search(r"permissions=(\d+)", PAGE)
    assert number
    asked = {name for name, is_set in discord.Permissions(int(number.group(1))) if is_set}
    assert asked == {name for name, *_ in NEEDED.values()}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_greeting_names_them_all(language: str) -> None:
    said = Wording(language)("server.needs").lower()
    assert [name for name, zh, en in NEEDED.values() if (zh if language == "zh" else en) not in said] == []
