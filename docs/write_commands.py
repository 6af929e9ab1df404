"""Write the tables of commands into the READMEs: `python docs/write_commands.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot import texts  # noqa: E402  the checkout need not be installed
from bot.core.chat.command_table import written  # noqa: E402
from bot.core.language.wording import LANGUAGES, MENUS  # noqa: E402
from bot.features.registry import COMMANDS  # noqa: E402

READMES = {"README.md": "en", "README.zh-CN.md": "zh"}

if __name__ == "__main__":
    LANGUAGES.come_from(texts.find)
    MENUS.come_from(texts.find_menus)
    for name, language in READMES.items():
        path = ROOT / name
        path.write_text(written(path.read_text(encoding="utf-8"), COMMANDS, language), encoding="utf-8")
