"""A real store that speaks S3: SeaweedFS, as a process of its own for those tests that need one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from kernel.settings import S3Settings
from kernel.store import StoreIsAway
from kernel.store.s3 import BucketStore
from tests.cast.server import free_port
from tests.cast.waiting import until

ACCESS = "anpei"
SECRET = "only-for-tests"
WEED = Path(sys.executable).parent / "weed"


class Weed:
    """The store at work; it can be ended and begun again with what it holds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {name: free_port() for name in ("master", "volume", "filer", "s3")}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def settings(self) -> S3Settings:
        return S3Settings(
            endpoint=f"http://127.0.0.1:{self.ports['s3']}", access_key_id=ACCESS, secret_access_key=SecretStr(SECRET)
        )

    def start(self) -> None:
        key: dict[str, Any] = {"name": ACCESS, "credentials": [{"accessKey": ACCESS, "secretKey": SECRET}]}
        config = self.folder / "s3.json"
        config.write_text(json.dumps({"identities": [key | {"actions": ["Admin", "Read", "Write", "List"]}]}))
        (self.folder / "data").mkdir(exist_ok=True)
        ports = [f"-{name}.port={port}" for name, port in self.ports.items()]
        grpc = [f"-{name}.port.grpc={free_port()}" for name in self.ports]
        rest = [
            "-filer",
            "-s3",
            f"-s3.config={config}",
            "-s3.iam=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-master.volumeSizeLimitMB=64",
            "-volume.max=20",
        ]
        self.process = subprocess.Popen(
            [
                WEED,
                "server",
                f"-dir={self.folder / 'data'}",
                "-ip=127.0.0.1",
                "-ip.bind=127.0.0.1",
                *ports,
                *grpc,
                *rest,
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._takes_a_file, "the store does not take a file")

    def _takes_a_file(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, "the store ended by itself"
        store = BucketStore("begun", "begun", "", self.settings, self.folder / "drafts")
        draft = store.draft()
        draft.write_bytes(b"begun")
        try:
            store.put("be9", draft)
        except StoreIsAway:
            draft.unlink()
            return False
        return True

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()  # asked to end, it waits half a minute for volumes that nobody needs again
            self.process.wait()
            self.process = None


@contextmanager
def weed(folder: Path) -> Iterator[Weed]:
    """A store that holds nothing yet; gone with everything afterwards."""
    found = Weed(folder)
    found.start()
    try:
        yield found
    finally:
        found.stop()
