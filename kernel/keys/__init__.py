"""Keys: what each is for, which face holds it, and how one follows another while the platform serves.

    questions     AES-256-GCM  authoring, examination     question content at rest
    papers        AES-256-GCM  examination                drawn papers and sittings' secrets
    rows          AES-256-GCM  registry                   rows of staff lists that wait to be mended, and the lists
    photos        AES-256-GCM  examination, registry      the keys of photos' files, each of which has one of its own
    certificate-photos         public, registry           the same for the photos of certificates
    printings     AES-256-GCM  examination                the same for what is printed of a sitting
    licences      AES-256-GCM  registry                   the same for the licences of organisations that apply
    audit-<face>  HMAC-SHA-256 each face its own          proves which process wrote an audit row
    lookups       HMAC-SHA-256 public                     digests of who asked, and for whose name
    signing       Ed25519      registry                   audit checkpoints, certificates' facts
    signing.public             whoever verifies           the public halves of `signing`; no secret

Every purpose has a *ring*: its keys by id, one of them current. Writing takes the current one, and what was written
names the key it was written with; reading takes whichever is named. A ring is a folder (see `files`), so that it can be
handed to another host whole. A key is made with the installation or by `anpei keys rotate`, and never in passing: a new
one in the place of a lost one would open nothing, and would sign on as if nothing had happened. Where a file is
missing, KeyMissing says which.

A host that runs only the learning face has neither the questions' nor the papers' ring on its disk, and asking for it
is refused. Where one machine runs all faces the folders lie side by side; the database roles still keep them apart.
"""

from kernel.keys.algorithms import Mac, MacKey, PublicKey, SealingKey, Signature, SigningKey
from kernel.keys.errors import KeyDamaged, KeyMissing, KeyNotHeld, KeyUnknown, SealBroken
from kernel.keys.purposes import (
    CARDS,
    LICENCES,
    LOOKUPS,
    PAPERS,
    PHOTOS,
    PRINTINGS,
    PUBLIC_HALVES,
    PURPOSES,
    QUESTIONS,
    ROWS,
    SIGNING,
    Purpose,
    Way,
    audit_of,
    folders_of,
)
from kernel.keys.ring import Keyring, MacRing, Ring, SealingRing, SigningRing
from kernel.keys.succession import PublicKeys, Succession

__all__ = [
    "CARDS",
    "LICENCES",
    "LOOKUPS",
    "PAPERS",
    "PHOTOS",
    "PRINTINGS",
    "PUBLIC_HALVES",
    "PURPOSES",
    "QUESTIONS",
    "ROWS",
    "SIGNING",
    "KeyDamaged",
    "KeyMissing",
    "KeyNotHeld",
    "KeyUnknown",
    "Keyring",
    "Mac",
    "MacKey",
    "MacRing",
    "PublicKey",
    "PublicKeys",
    "Purpose",
    "Ring",
    "SealBroken",
    "SealingKey",
    "SealingRing",
    "Signature",
    "SigningKey",
    "SigningRing",
    "Succession",
    "Way",
    "audit_of",
    "folders_of",
]
