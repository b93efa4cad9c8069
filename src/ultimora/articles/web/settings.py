"""What may be set about fetching: ``ultimora.toml`` in the working folder, or ``ULTIMORA_…`` in the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from ultimora.articles.web.fetcher import Fetcher, Limits
from ultimora.errors import SourceError

FILE = "ultimora.toml"


class FetchSettings(BaseModel, extra="forbid"):
    """The table ``[fetch]``."""

    timeout: float = Field(
        default=30.0, gt=0, le=600, description="Seconds that one fetch may take, from name to last byte."
    )
    size: int = Field(default=10_000_000, gt=0, description="Bytes that an answer may have, after decompression.")
    redirects: int = Field(default=5, ge=0, le=20, description="How often an address may lead on to another.")
    agent: str | None = Field(default=None, description="Our name to servers; say who you are and how to reach you.")
    allow_loopback: bool = Field(default=False, description="Fetch from this machine too; for tests.")


class _FetchOnly(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="ULTIMORA_", env_nested_delimiter="__", extra="ignore")
    fetch: FetchSettings = Field(default_factory=FetchSettings)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, TomlConfigSettingsSource(settings_cls, toml_file=Path(FILE))


def fetcher() -> Fetcher:
    """The door to the web as the settings have it.

    Raises:
        SourceError: the settings cannot be understood.
    """
    try:
        found = _FetchOnly().fetch
    except (ValidationError, ValueError) as error:
        raise SourceError(f"{FILE}: [fetch] cannot be understood: {error}") from error
    return fetcher_of(found)


def fetcher_of(found: FetchSettings) -> Fetcher:
    """The door to the web with these settings."""
    limits = Limits(size=found.size, seconds=found.timeout, redirects=found.redirects)
    return Fetcher(limits, allow_loopback=found.allow_loopback, agent=found.agent)
