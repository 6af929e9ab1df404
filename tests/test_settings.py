from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.core.language.wording import LANGUAGES
from bot.errors import SettingsError


def test_defaults_need_no_environment() -> None:
    given = settings.load({}, env_file=None)
    assert given.timezone == "Asia/Shanghai"
    assert given.language == "zh"
    assert given.telegram_token is None
    assert given.database_url.startswith("sqlite:////")
    assert (given.content / "computer-vision").is_dir()


def test_values_are_read_and_lists_split() -> None:
    given = settings.load(
        {"TUTOR_OWNERS": "telegram:1, discord:2", "TUTOR_LOG_LEVEL": "DEBUG", "HOME": "/x"}, env_file=None
    )
    assert given.owners == ("telegram:1", "discord:2")
    assert given.log_level == "DEBUG"


WRONG: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "a zone that is none": ({"TUTOR_TIMEZONE": "Mars"}, ("TUTOR_TIMEZONE='Mars'", "IANA", "Asia/Shanghai")),
    "a language that is not spoken": (
        {"TUTOR_LANGUAGE": "xx"},
        ("TUTOR_LANGUAGE='xx'", " or ".join(map(repr, LANGUAGES))),
    ),
    "two at once are both named": (
        {"TUTOR_LANGUAGE": "fr", "TUTOR_LOG_LEVEL": "loud"},
        ("TUTOR_LANGUAGE='fr'", "TUTOR_LOG_LEVEL='loud'"),
    ),
    "an owner without a platform": ({"TUTOR_OWNERS": "12345"}, ("TUTOR_OWNERS='12345'", "platform:user id")),
    "an unknown variable": ({"TUTOR_TIMEZON": "UTC"}, ("TUTOR_TIMEZON: no such setting", "TUTOR_TIMEZONE")),
    "a proxy that is none of ours": ({"TUTOR_PROXY": "socks5://me:secret-token@h:1"}, ("TUTOR_PROXY=(hidden)", "http")),
    "a token file that is not there": (
        {"TUTOR_TELEGRAM_TOKEN_FILE": "/no/such/file"},
        ("TUTOR_TELEGRAM_TOKEN_FILE=/no/such/file", "cannot be read"),
    ),
    "a token and its file": (
        {"TUTOR_DISCORD_TOKEN": "secret-token", "TUTOR_DISCORD_TOKEN_FILE": "/x"},
        ("TUTOR_DISCORD_TOKEN and TUTOR_DISCORD_TOKEN_FILE", "keep one"),
    ),
}


@pytest.mark.parametrize(("environment", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_setting_is_named(environment: dict[str, str], words: tuple[str, ...]) -> None:
    with pytest.raises(SettingsError) as caught:
        settings.load(environment, env_file=None)
    for word in words:
        assert word in str(caught.value)
    assert "secret-token" not in str(caught.value)


def test_a_token_comes_from_a_file_and_never_shows(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("123:secret\n", encoding="utf-8")
    given = settings.load({"TUTOR_TELEGRAM_TOKEN_FILE": str(file)}, env_file=None)
    assert given.telegram_token is not None
    assert given.telegram_token.get_secret_value() == "123:secret"
    assert "secret" not in repr(given)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TUTOR_LANGUAGE=en\nTUTOR_TIMEZONE=Europe/Berlin\n", encoding="utf-8")
    given = settings.load({"TUTOR_LANGUAGE": "zh"}, env_file=file)
    assert (given.language, given.timezone) == ("zh", "Europe/Berlin")


def test_a_misspelt_line_of_the_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TUTOR_LANGAUGE=en\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="TUTOR_LANGAUGE"):
        settings.load({}, env_file=file)
