"""The stores of this installation: which purpose lies where, and which face may touch it."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kernel.faces import Face
from kernel.settings import Settings
from kernel.store.errors import StoreNotHeld, StoreUnusable
from kernel.store.folder import FolderStore
from kernel.store.places import Store
from kernel.store.purposes import FilePurpose
from kernel.store.s3 import BucketStore


@dataclass(slots=True)
class Stores:
    """One store a purpose, made when first needed and kept: a bucket's connections are used again."""

    settings: Settings
    _made: dict[str, Store] = field(default_factory=dict)

    def of(self, purpose: FilePurpose) -> Store:
        """The store of a purpose. Raises StoreUnusable where its address says nothing that we know."""
        if purpose.name not in self._made:
            self._made[purpose.name] = _store(self.settings, purpose.name)
        return self._made[purpose.name]

    def as_face(self, face: Face) -> "StoresOfFace":
        """What `face` may touch of them."""
        return StoresOfFace(self, face)


@dataclass(frozen=True, slots=True)
class StoresOfFace:
    """The stores of one face: what it may ask for, and what it may not."""

    stores: Stores
    face: Face

    def of(self, purpose: FilePurpose) -> Store:
        """The store of a purpose. Raises StoreNotHeld, StoreUnusable."""
        if self.face not in purpose.holders:
            raise StoreNotHeld(purpose=purpose.name)
        return self.stores.of(purpose)


def _store(settings: Settings, purpose: str) -> Store:
    own = settings.files_of.get(purpose)
    address = own or settings.files_address
    if not address.startswith("s3://"):
        if "://" in address:
            raise StoreUnusable(address=address, why="only folders and s3:// are known")
        return FolderStore(purpose, Path(address) if own else Path(address) / purpose)
    if settings.files_s3 is None:
        raise StoreUnusable(address=address, why="ANPEI_FILES_S3__ENDPOINT and its keys are not set")
    there = urlsplit(address)
    prefix = "/".join(each for each in (there.path.strip("/"), "" if own else purpose) if each)
    return BucketStore(purpose, there.netloc, prefix, settings.files_s3, settings.var / "files" / "drafts" / purpose)
