"""The settings of following: ``ultimora.toml`` in the working folder, or ``ULTIMORA_…`` in the environment."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ultimora.articles.web.settings import FILE, FetchSettings
from ultimora.errors import SourceError


class FollowSettings(BaseModel, extra="forbid"):
    """The table ``[follow]``. Times in seconds."""

    first: float = Field(default=900, gt=0, description="After how long a source or article is visited a second time.")
    least: float = Field(default=300, gt=0, description="How often at most something is visited.")
    most: float = Field(default=21_600, gt=0, description="How often at least a source is visited.")
    rest: float = Field(default=604_800, gt=0, description="An article unchanged for so long is visited no more.")
    live: float = Field(default=60, gt=0, description="How often at most a watched page or live blog is visited.")
    host_delay: float = Field(default=1.0, ge=0, description="Between two requests to one host.")
    threads: int = Field(default=64, ge=1, le=512, description="How many requests may run at once.")
    ahead: int = Field(default=8, ge=1, description="How many jobs a worker holds at once where several share a list.")
    failures: int = Field(default=8, ge=1, description="After how many failures in a row an article is given up.")
    robots: bool = Field(default=True, description="Whether robots.txt is kept to.")


class Sourced(BaseModel, extra="forbid"):
    """One ``[[sources]]`` of the file."""

    url: str = Field(description="A feed, a sitemap, a page or a live blog.")
    outlet: str | None = Field(default=None, description="Who publishes it, where it does not say.")
    language: str | None = Field(default=None, description="it or en; detected where not given.")


class SmtpSettings(BaseModel, extra="forbid"):
    """The table ``[smtp]``."""

    host: str = Field(default="localhost", description="The mail server.")
    port: int = Field(default=25, description="Its port.")
    starttls: bool = Field(default=False, description="Whether to encrypt before anything is sent.")
    username: str | None = Field(default=None, description="Who logs in, where the server asks for it.")
    password: str | None = Field(default=None, description="Better as ULTIMORA_SMTP__PASSWORD in the environment.")
    sender: str = Field(default="ultimora@localhost", description="From whom the mails are.")


class Settings(BaseSettings):
    """Everything that may be set. The environment comes before the file."""

    model_config = SettingsConfigDict(env_prefix="ULTIMORA_", env_nested_delimiter="__", extra="ignore")
    record: str | None = Field(default=None, description="The record: a file, or postgresql://….")
    fetch: FetchSettings = Field(default_factory=FetchSettings)
    follow: FollowSettings = Field(default_factory=FollowSettings)
    smtp: SmtpSettings = Field(default_factory=SmtpSettings)
    sources: list[Sourced] = Field(default_factory=list)
    alerts: list[dict[str, Any]] = Field(default_factory=list)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the file, which is handed over as first values."""
        return env_settings, init_settings


def load_settings(path: str | Path | None = None) -> Settings:
    """The settings of a file, ``ultimora.toml`` if none is named, under those of the environment.

    Raises:
        SourceError: the file is not there although it was named, is no TOML, or says what cannot be.
    """
    file = Path(path or FILE)
    if path is not None and not file.is_file():
        raise SourceError(f"{file}: there is no such file; name the settings with --config, or leave it out")
    try:
        table = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
        return Settings(**table)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: is no TOML: {error}") from error
    except (ValidationError, ValueError) as error:
        raise SourceError(f"{file}: cannot be understood: {error}") from error
