"""Reads the character table that ships with the program, and word frequencies from wordfreq.

`python -m bot.adapters.content.language` renews the table from OpenCC and pypinyin (development packages).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from bot.adapters.content.word_table import WordTable
from bot.core.language.characters import Language

TABLE = "characters.tsv"
"""One line a character: itself, its simplified form, its toneless reading."""


@cache
def characters() -> Language:
    """Return the tables of characters, without word frequencies."""
    simplified: dict[str, str] = {}
    pinyin: dict[str, str] = {}
    text = (files("bot.adapters.content") / "data" / TABLE).read_text(encoding="utf-8")
    for line in text.splitlines():
        char, simple, reading = line.split("\t")
        pinyin[char] = reading
        if simple != char:
            simplified[char] = simple
    return Language(simplified, pinyin)


def full() -> Language:
    """Return all tables; reading word frequencies costs about a tenth of a second."""
    from wordfreq import get_frequency_dict

    # English last: Chinese texts hold English words too, but far fewer of them.
    frequency = {**get_frequency_dict("zh", wordlist="small"), **get_frequency_dict("en", wordlist="small")}
    return Language(characters().simplified, characters().pinyin, WordTable(frequency))


def build_table() -> str:
    """Write the table anew: all characters of GB 2312 and Big5, from OpenCC and pypinyin."""
    import opencc
    from pypinyin import Style, lazy_pinyin

    converter = opencc.OpenCC("t2s")
    rows = []
    for code in range(0x3400, 0xA000):
        char = chr(code)
        if _is_common(char):
            simple = converter.convert(char)
            reading = lazy_pinyin(simple, style=Style.NORMAL, v_to_u=False)[0]
            rows.append(f"{char}\t{simple}\t{reading}\n")
    return "".join(rows)


def _is_common(char: str) -> bool:
    for charset in ("gb2312", "big5"):
        try:
            char.encode(charset)
        except UnicodeEncodeError:
            continue
        return True
    return False


if __name__ == "__main__":
    from pathlib import Path

    Path(__file__).with_name("data").joinpath(TABLE).write_text(build_table(), encoding="utf-8")
