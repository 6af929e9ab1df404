"""The settings: environment variables (and `.env`) with the prefix TUTOR_. Nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator

from bot import texts
from bot.core.language.wording import FALLBACK, LANGUAGES, MENUS
from bot.errors import SettingsError
from bot.shipped import shipped

PREFIX = "TUTOR_"
APP = "tutor-bot"
SECRETS = ("telegram_token", "discord_token")

LANGUAGES.come_from(texts.find)  # whatever speaks has read its settings
MENUS.come_from(texts.find_menus)


def _default_database() -> str:
    return f"sqlite:///{Path(platformdirs.user_data_dir(APP)) / 'tutor.sqlite3'}"


class Settings(BaseModel):
    """Everything an operator can set; `load` reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    telegram_token: SecretStr | None = Field(
        default=None, description="the bot's token from @BotFather; TUTOR_TELEGRAM_TOKEN_FILE names a file instead"
    )
    discord_token: SecretStr | None = Field(
        default=None, description="the bot's token from the developer portal; or TUTOR_DISCORD_TOKEN_FILE"
    )
    discord_api_url: str = Field(default="", description="a REST API of Discord other than its own, up to the version")
    discord_gateway_url: str = Field(
        default="", description="a gateway of Discord other than the one that the API names: ws:// or wss://"
    )
    telegram_base_url: str = Field(
        default="https://api.telegram.org/bot", description="the Bot API server, up to where the token follows"
    )
    telegram_base_file_url: str = Field(
        default="https://api.telegram.org/file/bot", description="the same for files, of a server of your own"
    )
    proxy: SecretStr | None = Field(
        default=None, description="HTTP proxy that both platforms are reached through: http://[user:password@]host:port"
    )
    telegram_webhook_url: str = Field(
        default="", description="https address that Telegram brings updates to; empty: the bot asks for them"
    )
    telegram_webhook_listen: str = Field(
        default="127.0.0.1:8443", description="host:port that the webhook listens on, behind a reverse proxy"
    )
    database_url: str = Field(
        default_factory=_default_database, description="where learners are kept, as an SQLAlchemy URL"
    )
    content: Path = Field(
        default_factory=partial(shipped, "content"),
        description="folder of the pack, or a plain Markdown document to serve",
    )
    timezone: str = Field(default="Asia/Shanghai", description="IANA time zone of new learners")
    language: str = Field(default=FALLBACK, description="language of new learners: zh or en")
    owners: tuple[str, ...] = Field(
        default=(), description="who runs this bot: platform:user id, separated by commas, such as telegram:12345"
    )
    pushes_a_second: float = Field(
        default=25.0, ge=0.1, le=1000, description="questions sent a second at most; up to 1000 with paid broadcast"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="how much is logged on stderr"
    )

    @field_validator("language")
    @classmethod
    def _spoken(cls, language: str) -> str:
        if language not in LANGUAGES:
            raise ValueError(f"should be {' or '.join(map(repr, LANGUAGES))}")
        return language

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("not an IANA time zone; write one such as Asia/Shanghai or Europe/Berlin")
        return value

    @field_validator("telegram_base_url", "telegram_base_file_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("not a web address; write one such as http://127.0.0.1:8081/bot")
        return value

    @field_validator("discord_api_url", "discord_gateway_url")
    @classmethod
    def _other_discord(cls, value: str, info: ValidationInfo) -> str:
        schemes = ("https://", "http://") if info.field_name == "discord_api_url" else ("wss://", "ws://")
        if value and not value.startswith(schemes):
            raise ValueError(f"begins with {schemes[0]} or {schemes[1]}, such as {schemes[1]}127.0.0.1:8080")
        return value

    @field_validator("proxy")
    @classmethod
    def _http_proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(("http://", "https://")):
            raise ValueError("an HTTP proxy is wanted, not SOCKS; write its address, such as http://127.0.0.1:7890")
        return value

    @field_validator("telegram_webhook_url")
    @classmethod
    def _secure_address(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise ValueError("Telegram brings updates over https only; write an address such as https://bot.example/tg")
        return value

    @field_validator("telegram_webhook_listen")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError("write host:port, such as 127.0.0.1:8443")
        return value

    @field_validator("owners", mode="before")
    @classmethod
    def _split_owners(cls, value: object) -> object:
        owners = tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value
        if isinstance(owners, tuple) and any(":" not in owner for owner in owners):
            raise ValueError("write each owner as platform:user id, such as telegram:12345")
        return owners

    @property
    def zone(self) -> ZoneInfo:
        """The default time zone."""
        return ZoneInfo(self.timezone)

    @property
    def webhook_listen(self) -> tuple[str, int]:
        """Host and port that the webhook listens on."""
        host, _, port = self.telegram_webhook_listen.rpartition(":")
        return host.strip("[]"), int(port)

    def owners_on(self, platform: str) -> tuple[str, ...]:
        """Return the user ids of this bot's owners on one platform."""
        pairs = (owner.partition(":") for owner in self.owners)
        return tuple(user_id for name, _, user_id in pairs if name == platform)

    @property
    def data_folder(self) -> Path:
        """The folder for what belongs to a database: its own, or the cache where it is no file."""
        url = self.database_url
        is_file = url.startswith("sqlite:///") and url != "sqlite:///:memory:"
        return Path(url.removeprefix("sqlite:///")).parent if is_file else self.cache_folder

    @property
    def cache_folder(self) -> Path:
        """Where expensive results are kept between starts; may be deleted at any time."""
        return Path(platformdirs.user_cache_dir(APP))


def secret(given: SecretStr | None) -> str:
    """Return a secret in plain; "" where none is set."""
    return given.get_secret_value() if given else ""


def load(environment: Mapping[str, str] | None = None, *, env_file: Path | None = Path(".env")) -> Settings:
    """Read and check all settings.

    Args:
        environment: taken instead of the process's own, for tests.
        env_file: a file of further `NAME=value` lines; the environment wins.

    Raises:
        SettingsError: naming each variable that is unknown or wrong, its value (never a secret's) and what is allowed.
    """
    written = _lines_of(env_file) if env_file and env_file.is_file() else {}
    values = _known({**written, **(os.environ if environment is None else environment)})
    values |= _from_files(values)
    fields: dict[str, Any] = {
        name.removeprefix(PREFIX).lower(): value for name, value in values.items() if not name.endswith("_FILE")
    }
    try:
        return Settings(**fields)
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(error))) from None


def _known(given: Mapping[str, str | None]) -> dict[str, str]:
    """Return the variables that are ours and say something. Raises SettingsError where one is no setting."""
    values = {name: value for name, value in given.items() if name.startswith(PREFIX) and value}
    unknown = sorted(values.keys() - known_variables())
    if unknown:
        known = ", ".join(sorted(known_variables()))
        raise SettingsError(f"{', '.join(unknown)}: no such setting: correct the name or unset it; known are {known}")
    return values


def _lines_of(env_file: Path) -> Mapping[str, str | None]:
    from dotenv import dotenv_values  # where there is no file, there is nothing to load it for

    return dotenv_values(env_file)


def known_variables() -> frozenset[str]:
    """Return the name of every variable that is read."""
    names = {PREFIX + name.upper() for name in Settings.model_fields}
    return frozenset(names | {f"{PREFIX}{name.upper()}_FILE" for name in SECRETS})


def _from_files(values: Mapping[str, str]) -> dict[str, str]:
    """Read the secrets that are given as the name of a file (Docker and systemd hand them over so)."""
    found: dict[str, str] = {}
    for secret in SECRETS:
        name = f"{PREFIX}{secret.upper()}"
        file = values.get(f"{name}_FILE")
        if file is None:
            continue
        if name in values:
            raise SettingsError(f"{name} and {name}_FILE are both set: keep one of them")
        try:
            found[name] = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{name}_FILE={file}: cannot be read ({error}): name a readable text file") from error
    return found


def _explain(error: ValidationError) -> Iterable[str]:
    for item in error.errors(include_url=False):
        field = str(item["loc"][0]) if item["loc"] else "settings"
        shown = "(hidden)" if field in (*SECRETS, "proxy") else repr(item["input"])
        message = item["msg"].removeprefix("Value error, ")
        yield f"{PREFIX}{field.upper()}={shown}: {message[0].lower()}{message[1:]}"
