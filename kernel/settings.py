"""Settings, from the environment (`ANPEI_…`)."""

from pathlib import Path

from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url

from kernel.faces import Face

DEFAULT_SITE = "main"


class S3Settings(BaseModel):
    """How to reach a store that speaks S3: its address, and the access key of this host."""

    endpoint: str
    access_key_id: str
    secret_access_key: SecretStr
    region: str = "us-east-1"


class Settings(BaseSettings):
    """Where things are and how this process runs.

    Attributes:
        var: everything this machine keeps: the embedded database, keys, logs.
        database_url: the owner's address of a PostgreSQL server; None starts an embedded one under `var`.
        face_database_urls: addresses for single faces, where a host may not know the owner's.
        face_addresses: public addresses of faces that stand on other hosts; links lead there.
        site: the short code of this installation; every audit row and checkpoint names it.
        witness_file: a file that has seen the audit's checkpoints, best on another disk; under `var` unless set.
        files: where files are kept: a folder, or s3://bucket/prefix; `files` under `var` unless set.
        files_of: the same for single purposes, which then have a folder or bucket of their own.
        files_s3: how to reach the store where an address begins with s3://.
        messages: where a demonstration puts the messages that it sends nobody; `messages` under `var` unless set.
        base_url: the public address, printed in QR codes.
        demonstration: demonstration people may sign in; never set where real people do.
        secure_cookies: cookies travel by HTTPS only; follows from base_url unless set.
        workers: how many worker processes do long tasks beside the serving one; 0 where they run elsewhere.
        mail_server: where mail is handed over, ``host:port``; none is sent without it.
        mail_sender: the address that mail comes from.
        mail_user: and `mail_password`, where the server asks for them.
        mail_encrypted: STARTTLS is required; only a server on the same machine may do without.
        sms_address: the provider's address that takes text messages as JSON; none is sent without it.
        sms_token: the provider's token.
        trusted_proxies: addresses of proxies whose word on the visitor's address counts, with commas between.
    """

    model_config = SettingsConfigDict(env_prefix="ANPEI_", env_nested_delimiter="__")

    var: Path = Path("var")
    database_url: str | None = None
    face_database_urls: dict[Face, str] = Field(default_factory=dict)
    face_addresses: dict[Face, str] = Field(default_factory=dict)
    site: str = Field(default=DEFAULT_SITE, pattern=r"^[a-z0-9][a-z0-9-]{0,15}$")
    witness_file: Path | None = None
    files: str | None = None
    files_of: dict[str, str] = Field(default_factory=dict)
    files_s3: S3Settings | None = None
    messages: Path | None = None
    base_url: str = "http://127.0.0.1:8000"
    demonstration: bool = False
    secure_cookies: bool | None = None
    workers: int = Field(default=1, ge=0, le=64)
    mail_server: str | None = None
    mail_sender: str = "anpei@localhost"
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_encrypted: bool = True
    sms_address: str | None = None
    sms_token: SecretStr = SecretStr("")
    trusted_proxies: str = "127.0.0.1"

    @property
    def is_encrypted(self) -> bool:
        """Whether visitors come by HTTPS."""
        return self.base_url.lower().startswith("https:") if self.secure_cookies is None else self.secure_cookies

    @property
    def sends_sms(self) -> bool:
        """Whether text messages leave here; those of a demonstration go into a folder."""
        return self.demonstration or self.sms_address is not None

    @property
    def messages_folder(self) -> Path:
        """Where a demonstration puts the messages that it sends nobody."""
        return self.messages or self.var / "messages"

    @property
    def keys_folder(self) -> Path:
        """Where key files and database passwords of this machine lie, readable by its owner only."""
        return self.var / "keys"

    @property
    def witness(self) -> Path:
        """The file outside the database that has seen the audit's checkpoints."""
        return self.witness_file or self.var / "audit" / "witness.log"

    @property
    def files_address(self) -> str:
        """Where files are kept whose purpose has no place of its own."""
        return self.files or str(self.var / "files")

    def owner_url(self) -> URL | None:
        """The owner's address, with the driver this platform uses, or None for the embedded server."""
        return with_driver(self.database_url) if self.database_url else None


def with_driver(address: str) -> URL:
    """A PostgreSQL address as SQLAlchemy takes it, with psycopg as the driver."""
    return make_url(address).set(drivername="postgresql+psycopg")


def libpq(url: URL) -> str:
    """The same address as libpq and asyncpg read it."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
