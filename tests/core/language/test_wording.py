from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import texts
from bot.core.language.wording import FALLBACK, LANGUAGES, Counted, Languages, Wording, language_of_tag

BOT = Path(__file__).resolve().parents[3] / "bot"
SOURCE = "\n".join(p.read_text(encoding="utf-8") for p in BOT.rglob("*.py"))
COUNTS = (0, 1, 2, 5, 21)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _forms(language: str, key: str) -> tuple[str, ...]:
    text = LANGUAGES[language][key]
    return text.forms if isinstance(text, Counted) else (text,)


def _counted(language: str) -> Iterator[tuple[str, Counted]]:
    return ((key, text) for key, text in LANGUAGES[language].items() if isinstance(text, Counted))


def _said(language: str, key: str, **values: int) -> str:
    """Say a sentence; what has no value given is 7."""
    sevens = {name: 7 for form in _forms(language, key) for name in _fields(form)}
    return Wording(language)(key, **{**sevens, **values})


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_say_the_same_things(language: str) -> None:
    zh, own = LANGUAGES["zh"], texts.find()[language]()  # read anew: what a language lacks is not filled up
    names = {f"language.{code}" for code in LANGUAGES}
    assert set(zh) - names == set(own) - names
    assert f"language.{language}" in own, "a language has to know its own name"
    fields = {spoken: {key: _fields(_forms(spoken, key)[-1]) for key in zh} for spoken in ("zh", language)}
    assert fields["zh"] == fields[language]


def test_what_one_language_counts_all_of_them_count_by_the_same_number() -> None:
    by = {language: {key: text.by for key, text in _counted(language)} for language in LANGUAGES}
    assert by[FALLBACK]
    assert all(each == by[FALLBACK] for each in by.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counted_sentence_has_as_many_forms_as_its_language(language: str) -> None:
    for key, text in _counted(language):
        assert {text.rule(number) for number in range(1000)} == set(range(len(text.forms))), key
        for form in text.forms:  # "the only question" may leave the number out, but nothing else
            assert _fields(text.forms[-1]) - _fields(form) <= {text.by}, key
            assert _fields(form) <= _fields(text.forms[-1]), key


@pytest.mark.parametrize("number", COUNTS)
def test_english_counts_right(number: int) -> None:
    for key, text in _counted("en"):
        said = _said("en", key, **{text.by: number})
        assert not re.search(r"(?<![\d.])1 (?:(?:new|more|subscribed) )?(?!was\b|shares\b|goes\b)[a-z]+s\b", said), said
        assert said == text.forms[number != 1].format(**dict.fromkeys(_fields(text.forms[-1]), 7) | {text.by: number})


def test_an_english_sentence_that_counts_things_has_its_singular() -> None:
    several = re.compile(r"\{(\w+)\} (?:(?:new|more|subscribed) )?(?!was\b|is\b)[a-z]+s\b")
    constant = {"wish.times"}  # at most 4 a day, always
    found = {
        key: match.group()
        for key, text in LANGUAGES["en"].items()
        for match in several.finditer(_forms("en", key)[-1])
        if not (isinstance(text, Counted) and match[1] == text.by) and key not in constant
    }
    assert found == {"chart.alt": "{weeks} weeks"}, "always 26"


def test_every_sentence_is_used() -> None:
    def is_used(key: str) -> bool:
        head, _, tail = key.rpartition(".")
        if tail.isdigit() and f'all_of("{head}")' in SOURCE:
            return True
        words = key.split(".")
        halves = ((".".join(words[:n]), ".".join(words[n:])) for n in range(1, len(words)))
        is_composed = any(f'f"{first}.{{' in SOURCE and f'"{rest}"' in SOURCE for first, rest in halves)
        return (
            is_composed or f'"{key}"' in SOURCE or (bool(head) and (f'f"{head}.{{' in SOURCE or f'"{tail}"' in SOURCE))
        )

    assert [key for key in LANGUAGES["zh"] if not is_used(key)] == []


@pytest.mark.parametrize("key", LANGUAGES["zh"])
def test_a_sentence_is_short_and_clean(key: str) -> None:
    for text in (form for language in LANGUAGES for form in _forms(language, key)):
        assert 0 < len(text) <= 200
        assert text == text.strip() or key.endswith(".join")
        assert "  " not in text
        assert [c for c in text if unicodedata.category(c) in ("Cf", "Cc", "Zl", "Zp") and c != "\n"] == [], "invisible"
    for text in _forms("zh", key):
        assert not re.search(r"[一-鿿] ?[,;!?](?!\d)", text), "Chinese text takes Chinese punctuation"


def test_what_learners_write_is_never_read_as_a_placeholder() -> None:
    assert Wording("zh")("hint", hint="{0} {limit}") == "提示：{0} {limit}"


def test_an_unknown_language_speaks_chinese() -> None:
    assert Wording("xx")("choose") == Wording("zh")("choose")


def test_every_reason_of_a_grade_has_a_sentence() -> None:
    rooms = [BOT / "core" / "grading", BOT / "core" / "kinds"]
    grading = "\n".join(p.read_text(encoding="utf-8") for room in rooms for p in room.rglob("*.py"))
    reasons = {key.removeprefix("grade.reason.") for key in LANGUAGES["zh"] if key.startswith("grade.reason.")}
    given = set(re.findall(r'Grade\((?:[^"()]|\([^()]*\))*"([a-z-]+)"\)', grading))
    assert given
    assert given <= reasons


def test_no_sentence_stands_in_two_files() -> None:
    keys = [
        key
        for place in texts.PLACES
        for path in BOT.glob(place)
        if path.match(f"words.{FALLBACK}.po")
        for key in texts.read([path])
    ]
    assert sorted(keys) == sorted(set(keys)) == sorted(LANGUAGES[FALLBACK])


def test_only_what_counts_by_a_whole_number_is_said() -> None:
    with pytest.raises(TypeError, match="days is counted"):
        Wording("en")("reason.due", days="1")


# --- a language is a file --------------------------------------------------------------------------

FRENCH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "compare"
msgstr ""

msgid "language.xx"
msgstr "français"

msgid "count.days"
msgid_plural "{count}"
msgstr[0] "{count} jour"
msgstr[1] "{count} jours"

#, fuzzy
msgid "refuse"
msgstr "Je ne sais pas."

msgid "choose"
msgstr "Lequel ?"
"""


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Languages:
    """Give the languages there are, and French."""
    folder = tmp_path / "features" / "asking"
    folder.mkdir(parents=True)
    (folder / "words.xx.po").write_text(FRENCH, encoding="utf-8")
    for name in ("_find", "_found", "_texts"):
        monkeypatch.setattr(LANGUAGES, name, getattr(LANGUAGES, name))
    LANGUAGES.come_from(lambda: {**texts.find(), **texts.find(tmp_path)})
    return LANGUAGES


def test_a_file_more_is_a_language_more(spoken: Languages) -> None:
    assert next(iter(spoken)) == FALLBACK
    assert {*spoken} == {*texts.find(), "xx"}
    french = Wording("xx")
    assert french("choose") == "Lequel ?"
    assert [french("count.days", count=count) for count in (0, 1, 2, 21)] == ["0 jour", "1 jour", "2 jours", "21 jours"]
    tags = {"xx-CA": "xx", "XX": "xx", "zh_TW": "zh", "yy": "en", "": "en", None: "en"}
    assert {tag: language_of_tag(tag, "en") for tag in tags} == tags


@pytest.mark.parametrize("key", ["withdrawn", "compare", "refuse"], ids=["missing", "empty", "marked as fuzzy"])
def test_a_language_without_a_sentence_says_it_in_chinese(spoken: Languages, key: str) -> None:
    assert Wording("xx")(key) == Wording("zh")(key)
    assert spoken["xx"][key] == spoken["zh"][key]


@pytest.mark.usefixtures("spoken")
def test_every_language_has_a_name_in_every_other() -> None:
    assert [Wording("zh").named(language) for language in ("zh", "en", "xx")] == ["中文", "英文", "français"]
    assert Wording("en").named("xx") == "français"
    assert [Wording("xx").named(language) for language in ("zh", "xx")] == ["中文", "français"]
