"""Where the bytes of files lie: by name, in a folder of this machine or in any store that speaks S3.

A store knows names, sizes and moments, and neither what a file is for nor what it says; `kernel.files` knows that.
"""

from kernel.store.errors import FileIsGone, StoreIsAway, StoreNotHeld, StoreUnusable
from kernel.store.places import Store, Stored
from kernel.store.purposes import (
    CERTIFICATE_PHOTOS,
    FILE_PURPOSES,
    FILMS,
    LICENCES,
    LISTS,
    PHOTOS,
    PRINTINGS,
    FilePurpose,
)
from kernel.store.stores import Stores, StoresOfFace

__all__ = [
    "CERTIFICATE_PHOTOS",
    "FILE_PURPOSES",
    "FILMS",
    "LICENCES",
    "LISTS",
    "PHOTOS",
    "PRINTINGS",
    "FileIsGone",
    "FilePurpose",
    "Store",
    "StoreIsAway",
    "StoreNotHeld",
    "StoreUnusable",
    "Stored",
    "Stores",
    "StoresOfFace",
]
