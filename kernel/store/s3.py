"""Files in a store that speaks S3: of a cloud, or of a machine room (SeaweedFS, Ceph, MinIO and others)."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from kernel.settings import S3Settings
from kernel.store.errors import FileIsGone, StoreIsAway, StoreUnusable
from kernel.store.places import Stored

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

PIECE = 256 * 1024
PARTS = 8 * 1024 * 1024  # a larger file travels in parts, and is there only with the last
TRIES: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(seconds=10)}


class BucketStore:
    """The store of one purpose: a bucket, or what begins with `prefix` in one. Nothing is asked before it is needed."""

    def __init__(self, purpose: str, bucket: str, prefix: str, settings: S3Settings, drafts: Path) -> None:
        self.purpose = purpose
        self.address = f"s3://{bucket}/{prefix}"
        self._drafts = drafts
        client: ClientConfig = {
            "allow_http": settings.endpoint.startswith("http:"),
            "connect_timeout": "3s",
            "timeout": "60s",
        }
        self._objects = S3Store(
            bucket,
            prefix=prefix or None,
            endpoint=settings.endpoint,
            region=settings.region,
            access_key_id=settings.access_key_id,
            secret_access_key=settings.secret_access_key.get_secret_value(),
            client_options=client,
            retry_config=TRIES,
        )

    def draft(self) -> Path:
        """A path of this machine: a file is sent once its name, which follows from what it says, is known."""
        self._drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._drafts / secrets.token_hex(16)

    def put(self, name: str, draft: Path) -> None:
        """Send the draft; a large one in parts that become a file together."""
        try:
            with self._told(name):
                obstore.put(self._objects, _key(name), draft, chunk_size=PARTS)
        except FileIsGone:
            raise StoreUnusable(address=self.address, why="there is no such bucket") from None
        draft.unlink()

    def read(self, name: str, start: int, stop: int) -> Iterator[bytes]:
        """The bytes of a range, as they arrive."""
        if start >= stop:
            return iter(())
        with self._told(name):
            found = obstore.get(self._objects, _key(name), options={"range": (start, stop)})
        return self._pieces(name, iter(found.stream(min_chunk_size=PIECE)))

    def find(self, name: str) -> Stored | None:
        """What the store says of it."""
        try:
            with self._told(name):
                found = obstore.head(self._objects, _key(name))
        except FileIsGone:
            return None
        return Stored(name, found["size"], found["last_modified"])

    def remove(self, name: str) -> None:
        """Take it out of the store."""
        with self._told(name):
            obstore.delete(self._objects, _key(name))

    def all(self, beginning: str) -> Iterator[Stored]:
        """Every file under one beginning, a page at a time."""
        with self._told(beginning):
            for page in obstore.list(self._objects, prefix=beginning):
                for each in page:
                    yield Stored(each["path"].rpartition("/")[2], each["size"], each["last_modified"])

    def drafts(self) -> Iterator[tuple[Path, datetime]]:
        """What lies in the folder of drafts."""
        for path in self._drafts.iterdir() if self._drafts.is_dir() else ():
            yield path, datetime.fromtimestamp(path.stat().st_mtime, UTC)

    def _pieces(self, name: str, stream: Iterator[bytes]) -> Iterator[bytes]:
        with self._told(name):
            for piece in stream:
                yield bytes(piece)

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        """Tells in our words what the library says. Its own, which may show addresses, stay the cause for the log."""
        try:
            yield
        except (NotFoundError, FileNotFoundError):
            raise FileIsGone(purpose=self.purpose, name=name) from None
        except (PermissionDeniedError, UnauthenticatedError) as fault:
            raise StoreUnusable(address=self.address, why="it refuses the access key") from fault
        except BaseError as fault:
            if "NoSuchBucket" in str(fault):
                raise StoreUnusable(address=self.address, why="there is no such bucket") from None
            raise StoreIsAway from fault


def _key(name: str) -> str:
    return f"{name[:2]}/{name}"
