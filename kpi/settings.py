"""Every setting of the product: one environment variable a field, in upper case (``CONVERSION_VALUE``).

The README's configuration table is checked against this class by a test.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from kpi.errors import SettingsError

Weekday = Literal["monday", "sunday"]
DateOrder = Literal["month_first", "day_first"]


class Settings(BaseSettings):
    """Read from the environment and an optional ``.env`` beside the process; see ``Settings.load``."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True)

    workspace: Path = Field(Path("workspace"), description="Folder of the data, the audit and the kept files.")
    timezone: str = Field("UTC", description="IANA time zone that decides which day is today.")
    currency: str | None = Field(
        None, pattern="^[A-Z]{3}$", description="ISO code; else the first file's that states one."
    )
    conversion_value: Decimal | None = Field(
        None, gt=0, description="Revenue of one conversion, used where a file has no revenue."
    )
    week_start: Weekday = Field("monday", description="First day of a week: `monday` or `sunday`.")
    fiscal_year_start: int = Field(1, ge=1, le=12, description="Month in which the fiscal year starts.")
    date_order: DateOrder = Field(
        "month_first", description="How `03/04` in a question is read: `month_first` or `day_first`."
    )
    host: str = Field(
        "127.0.0.1", description="Address to serve on; without `API_TOKEN` only a loopback one is accepted."
    )
    port: int = Field(8000, ge=0, le=65535, description="Port to serve on; 0 picks a free one.")
    api_token: str | None = Field(
        None, min_length=16, description="Token that the API asks for; the chat then asks for a login."
    )
    chat_users: Annotated[dict[str, str], NoDecode] = Field(
        default_factory=dict,
        description="Chat logins, `name:bcrypt-hash` separated by commas; `python -m assistant hash` makes a hash.",
    )
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Web origins besides the server's own that may call it, separated by commas."
    )
    query_timeout_seconds: float = Field(20, gt=0, description="A query that runs longer is stopped.")
    max_upload_mb: int = Field(200, ge=1, description="Largest file that is accepted for loading.")
    import_folder: Path | None = Field(
        None, description="Folder of the server whose files may be loaded by their path in it."
    )
    import_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Hosts of the local network that files may be fetched from, separated by commas."
    )
    max_reject_share: float = Field(
        0.2, ge=0, le=1, description="A file with a larger share of bad rows is refused whole."
    )
    confirm_loss_share: float = Field(
        0.2, ge=0, le=1, description="A load that takes away a larger share of the days' spend asks first."
    )
    openai_api_key: SecretStr | None = Field(
        None, description="Key of a language model's endpoint; with it, a model reads what the rules can't place."
    )
    openai_base_url: str | None = Field(
        None,
        pattern="^https?://",
        description="Any OpenAI-compatible endpoint (`https://…/v1`); OpenAI's own if empty.",
    )
    llm_model: str = Field("gpt-4.1-mini", description="Name of the model at that endpoint.")
    llm_timeout_seconds: float = Field(20, gt=0, description="Longest that a question may spend with the model.")
    llm_temperature: float = Field(0, ge=0, le=2, description="0 answers most alike; a few models accept only 1.")
    llm_summaries: bool = Field(True, description="Whether the model also words its answers; each number is checked.")
    llm_tokens_per_conversation: int = Field(100_000, ge=0, description="Tokens one conversation may use.")
    llm_tokens_per_user_a_day: int = Field(500_000, ge=0, description="Tokens one person may use in a day.")
    llm_tokens_a_day: int = Field(5_000_000, ge=0, description="Tokens all may use in a day.")
    llm_input_price: float = Field(0, ge=0, description="Price of a million tokens read, for costs.")
    llm_output_price: float = Field(0, ge=0, description="Price of a million tokens written, for costs.")
    llm_cost_a_day: float | None = Field(None, ge=0, description="What all may cost in a day, by these prices.")
    allow_model_sql: Literal["never", "ask", "at_once"] = Field(
        "ask", description="SQL written by a model: `never`, `ask` before it runs, or `at_once`."
    )
    n8n_url: str = Field("http://127.0.0.1:5678", pattern="^https?://", description="Where n8n is.")
    n8n_api_key: SecretStr | None = Field(
        None, description="Key of n8n's API; `make n8n` makes one and keeps it in the workspace."
    )
    n8n_webhook_token: SecretStr | None = Field(
        None, min_length=16, description="What our calls of n8n's webhooks carry; else generated and kept."
    )
    n8n_callback_secret: SecretStr | None = Field(
        None, min_length=16, description="What n8n signs its reports to us with; else generated and kept."
    )
    workflow_silence_seconds: float = Field(
        60, gt=0, description="A job that says nothing for so long is looked after, and triggered again if it is lost."
    )
    workflow_minutes: float = Field(60, gt=0, description="A job that takes longer is given up.")
    public_url: str | None = Field(
        None,
        pattern="^https?://",
        description="Address of this server for Slack and Teams, which fetch charts from it.",
    )
    slack_signing_secret: SecretStr | None = Field(None, description="Signing secret of the Slack app.")
    slack_channels: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Ids of the Slack channels that are answered, separated by commas; all if empty."
    )
    teams_secret: SecretStr | None = Field(None, description="Security token of the Teams outgoing webhook.")
    teams_channels: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Ids of the Teams channels that are answered, separated by commas; all if empty."
    )
    api_calls_a_minute: int = Field(600, ge=1, description="Calls of the API that one caller may make in a minute.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least level of the structured log lines."
    )

    @property
    def has_language_model(self) -> bool:
        return self.openai_api_key is not None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"no time zone is called {name!r}") from error
        return name

    @field_validator("chat_users", mode="before")
    @classmethod
    def _split_users(cls, text: object) -> object:
        if not isinstance(text, str):
            return text
        return dict(entry.strip().split(":", 1) for entry in text.split(",") if ":" in entry)

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _split_origins(cls, text: object) -> object:
        return tuple(o.strip().rstrip("/") for o in text.split(",") if o.strip()) if isinstance(text, str) else text

    @field_validator("import_hosts", "slack_channels", "teams_channels", mode="before")
    @classmethod
    def _split_list(cls, text: object) -> object:
        return tuple(part.strip() for part in text.split(",") if part.strip()) if isinstance(text, str) else text

    @classmethod
    def load(cls, **overrides: object) -> Settings:
        """Settings from the environment. Raises SettingsError naming the variable that is not usable."""
        try:
            return cls(**overrides)  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(str(part) for part in first["loc"]).upper()
            raise SettingsError(f"The setting {name} is not usable: {first['msg']}.") from error
