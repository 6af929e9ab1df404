"""Reads the sentences, which lie beside what says them: `words.<language>.po`, one file a feature and a language.

The form is gettext's, so that translators and their tools know it; polib reads it, and the standard library's gettext
knows how to count by the rule in a file's head. Where it departs from custom: a msgid is a key and not an English
sentence, and a msgid_plural names the placeholder whose number tells the form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from gettext import c2py
from pathlib import Path

from bot.core.language.wording import LANGUAGES, Counted, Readers, Texts

BOT = Path(__file__).parent
PLACES = ("*/words.*.po", "*/*/words.*.po")
MENUS = ("features/menu.*.po",)
"""The menus of regions: of Taiwan, whose Chinese has other words for some things."""


def find(folder: Path = BOT, places: Sequence[str] = PLACES) -> Readers:
    """Return what reads each language, by its code."""
    files: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(path for place in places for path in folder.glob(place)):
        files[path.name.split(".")[1]].append(path)
    return {language: partial(read, paths) for language, paths in files.items()}


def find_menus() -> Readers:
    """Return what reads the languages of menus."""
    spoken: Readers = {language: partial(LANGUAGES.__getitem__, language) for language in LANGUAGES}
    return {**spoken, **find(places=MENUS)}


def read(paths: Sequence[Path]) -> Texts:
    """Return the sentences of files of one language; what is not translated yet, or marked as fuzzy, is left out."""
    import polib

    texts: dict[str, str | Counted] = {}
    for path in paths:
        file = polib.pofile(str(path), encoding="utf-8")
        rule = c2py(file.metadata["Plural-Forms"].partition("plural=")[2].rstrip("; "))
        for entry in file.translated_entries():
            if entry.msgid_plural:
                forms = tuple(entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural))
                texts[entry.msgid] = Counted(entry.msgid_plural.strip("{}"), forms, rule)
            else:
                texts[entry.msgid] = entry.msgstr
    return texts
