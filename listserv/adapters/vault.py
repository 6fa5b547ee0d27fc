"""The vault: addresses sealed with AES-GCM, looked up by keyed hash.

A sealed value is `version | key id | nonce | ciphertext`; the place it was
sealed for is authenticated with it, so that it opens nowhere else. Each member
has a random key of their own, which seals their address and is itself sealed by
the operator's newest key: who erases the row has erased the address.
"""

import hmac
import os
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from listserv.adapters.keys import ReadKeys, derive, key_id, lately
from listserv.domain.errors import Locked
from listserv.domain.sealed import Lookup, SealedMember

_VERSION = b"\x01"
_NONCE = 12
_ADDRESS_BLOCK = 64  # addresses are padded, so that their length tells nothing


class AesVault:
    """Implements `listserv.domain.ports.Vault`."""

    def __init__(self, read_keys: ReadKeys) -> None:
        self._read_keys = read_keys
        self._lately = lately(read_keys)

    @property
    def _keys(self) -> tuple[str, ...]:
        return self._read_keys()

    @property
    def newest(self) -> str:
        """The id of the key that seals from now on."""
        return key_id(self._keys[0])

    def lookups(self, address: str) -> tuple[Lookup, ...]:
        return tuple(
            Lookup(key_id(key), _mac(derive(key, "look-up"), address.encode()))
            for key in self._keys
        )

    def seal_member(self, member_id: str, address: str) -> SealedMember:
        own_key = AESGCM.generate_key(256)
        padded = address.encode()
        padded += b"\0" * (-len(padded) % _ADDRESS_BLOCK)
        nonce = os.urandom(_NONCE)
        place = f"members.sealed_address:{member_id}".encode()
        return SealedMember(
            member_id,
            self.seal(own_key, f"members.sealed_key:{member_id}"),
            _VERSION + nonce + AESGCM(own_key).encrypt(nonce, padded, place),
        )

    def open_member(self, member: SealedMember) -> str:
        own_key = self.open(member.sealed_key, f"members.sealed_key:{member.member_id}")
        sealed = member.sealed_address
        place = f"members.sealed_address:{member.member_id}".encode()
        try:
            padded = AESGCM(own_key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place)
        except InvalidTag:
            raise Locked("A member's address cannot be opened with its key.") from None
        return padded.rstrip(b"\0").decode()

    def reseal_member(self, member: SealedMember) -> SealedMember:
        return self.seal_member(member.member_id, self.open_member(member))

    def seal(self, plain: bytes, place: str) -> bytes:
        nonce = os.urandom(_NONCE)
        key, sealer = next(iter(_sealers(self._keys).items()))  # the newest
        head = _VERSION + key
        return head + nonce + sealer.encrypt(nonce, plain, head + place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        head, nonce, content = sealed[:5], sealed[5 : 5 + _NONCE], sealed[5 + _NONCE :]
        # A key that somebody put in front within the second is missed first, then found.
        sealer = _sealers(self._lately()).get(head[1:]) or _sealers(self._keys).get(head[1:])
        if sealer is None:
            raise Locked(
                "Something was sealed with a key that is not among QUIETLIST_SECRET_KEYS. "
                "Put the older key back, after the newest."
            )
        try:
            return sealer.decrypt(nonce, content, head + place.encode())
        except (InvalidTag, ValueError):
            raise Locked("A sealed value was changed, or belongs elsewhere.") from None

    def current(self, sealed: bytes) -> bool:
        return sealed[1:5].hex() == self.newest

    def fingerprint(self, content: bytes) -> bytes:
        return _mac(derive(self._keys[0], "fingerprint"), content)

    def derive(self, purpose: str) -> bytes:
        """32 bytes for one purpose of an edge, such as signing its cookies."""
        return derive(self._keys[0], purpose)


@lru_cache(maxsize=8)
def _sealers(keys: tuple[str, ...]) -> dict[bytes, AESGCM]:
    """By the id of the key."""
    return {bytes.fromhex(key_id(key)): AESGCM(derive(key, "seal")) for key in keys}


def _mac(key: bytes, content: bytes) -> bytes:
    return hmac.new(key, content, sha256).digest()
