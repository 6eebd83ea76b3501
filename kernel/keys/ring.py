"""The keys of one face in this process: what it may ask for, and what it may not."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from kernel.faces import Face
from kernel.keys import files
from kernel.keys.algorithms import ED25519, Mac, MacKey, PublicKey, SealingKey, Signature, SigningKey, sealed_with
from kernel.keys.errors import KeyNotHeld, KeyUnknown
from kernel.keys.purposes import LOOKUPS, PAPERS, QUESTIONS, ROWS, SIGNING, VERIFIERS, Purpose, audit_of, rings_of


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of one purpose on this host. Its file is asked for with every use, and read again when it changed."""

    folder: Path
    purpose: Purpose

    @property
    def state(self) -> files.RingState:
        """Which keys there are, and which is current. Raises KeyMissing."""
        return files.state_of(self.folder, self.purpose)

    @property
    def current(self) -> files.Key:
        """The key that is written with now. Raises KeyMissing, KeyDamaged."""
        state = self.state
        return state.key(state.current)


class SealingRing(Ring):
    """Seals with the current key, opens with whichever is named."""

    def seal(self, plaintext: bytes, what: str, of: UUID) -> bytes:
        """Seal for one place: the thing `what` of the owner `of`. Raises KeyMissing, KeyDamaged."""
        key = self.current
        assert isinstance(key, SealingKey)
        return key.seal(plaintext, what, of)

    def unseal(self, sealed: bytes, what: str, of: UUID) -> bytes:
        """The plaintext. Raises SealBroken, KeyUnknown, FormatUnknown, KeyMissing, KeyDamaged."""
        state, id_ = self.state, sealed_with(sealed)
        if id_ not in state.periods:
            raise KeyUnknown(id=id_, key=self.purpose.name)
        key = state.key(id_)
        assert isinstance(key, SealingKey)
        return key.unseal(sealed, what, of)


class MacRing(Ring):
    """Authenticates with the current key, checks with whichever is named."""

    def mac(self, message: bytes) -> Mac:
        """Proof that this purpose's holder wrote `message`. Raises KeyMissing, KeyDamaged."""
        key = self.current
        assert isinstance(key, MacKey)
        return key.mac(message)

    def holds(self, id_: str) -> bool:
        """Whether a key of this id is on this host."""
        return id_ in self.state.periods

    def key(self, id_: str) -> MacKey:
        """A key by its id. Raises KeyMissing, KeyDamaged."""
        key = self.state.key(id_)
        assert isinstance(key, MacKey)
        return key


class SigningRing(Ring):
    """Signs with the current key."""

    def sign(self, what: str, message: bytes) -> Signature:
        """A signature over `message` as `what`. Raises KeyMissing, KeyDamaged."""
        return self.key(self.state.current).sign(what, message)

    def key(self, id_: str) -> SigningKey:
        """A key by its id. Raises KeyMissing, KeyDamaged."""
        key = self.state.key(id_)
        assert isinstance(key, SigningKey)
        return key


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of one face in this process. Nothing is read before a key is used."""

    folder: Path
    face: Face

    @property
    def questions(self) -> SealingRing:
        """The ring of question content; raises KeyNotHeld on faces that must not see questions."""
        return SealingRing(self.folder, self._held(QUESTIONS))

    @property
    def papers(self) -> SealingRing:
        """The ring of drawn papers and sittings' secrets; raises KeyNotHeld outside the examination face."""
        return SealingRing(self.folder, self._held(PAPERS))

    @property
    def rows(self) -> SealingRing:
        """The ring of imported rows that were not taken; raises KeyNotHeld outside the registry."""
        return SealingRing(self.folder, self._held(ROWS))

    @property
    def signing(self) -> SigningRing:
        """The registry's signing keys; raises KeyNotHeld elsewhere."""
        return SigningRing(self.folder, self._held(SIGNING))

    @property
    def lookups(self) -> MacRing:
        """With what strangers and the names they ask for are digested; raises KeyNotHeld outside the public face."""
        return MacRing(self.folder, self._held(LOOKUPS))

    @property
    def audit(self) -> MacRing:
        """With what this face authenticates its audit rows."""
        return MacRing(self.folder, audit_of(self.face))

    @property
    def public_halves(self) -> dict[str, PublicKey]:
        """The registry's public keys that this host was given, by id. Holding them lets nobody sign."""
        return {id_: PublicKey(ED25519, public) for id_, public in files.public_halves(self.folder).items()}

    def sealing(self, purpose: Purpose) -> SealingRing:
        """The ring of a purpose that seals. Raises KeyNotHeld."""
        return SealingRing(self.folder, self._held(purpose))

    def require(self) -> None:
        """Have every key that this face needs, whole on the disk. Raises KeyMissing, KeyDamaged."""
        for purpose in rings_of(self.face):
            state = files.state_of(self.folder, purpose)
            files.read_key(state.folder, purpose, state.current)
        if self.face in VERIFIERS:
            files.public_halves(self.folder)

    def _held(self, purpose: Purpose) -> Purpose:
        if self.face not in purpose.holders:
            raise KeyNotHeld(key=purpose.name)
        return purpose
