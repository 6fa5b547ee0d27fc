"""DKIM keys by `cryptography`: made, written for the DNS, and signed with."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from listserv.adapters.rsa_lanes import LANES, RsaLanes, lanes_of
from listserv.domain.dkim import DkimAlgorithm, DkimKey, Signer

RSA_BITS = 2048
# Fewer are sooner signed one by one.
WORTH_ALL_LANES = 4
_PADDING, _DIGEST = PKCS1v15(), Prehashed(SHA256())

PrivateKey = RSAPrivateKey | Ed25519PrivateKey


@dataclass(frozen=True)
class KeySigner:
    """Implements `listserv.domain.dkim.Signer`."""

    domain: str
    selector: str
    algorithm: DkimAlgorithm
    _key: PrivateKey = field(repr=False)
    _lanes: RsaLanes | None = field(repr=False)

    def sign(self, digests: Sequence[bytes]) -> list[bytes]:
        made: list[bytes] = []
        for at in range(0, len(digests), LANES):
            made += self._sign(digests[at : at + LANES])
        return made

    def _sign(self, digests: Sequence[bytes]) -> list[bytes]:
        key = self._key
        if isinstance(key, Ed25519PrivateKey):
            return [key.sign(digest) for digest in digests]  # RFC 8463 §3: it is the message
        together = None
        if self._lanes and len(digests) >= WORTH_ALL_LANES:
            together = self._lanes.sign(digests)
        return together or [key.sign(digest, _PADDING, _DIGEST) for digest in digests]


class DkimKeys:
    """Implements `listserv.domain.ports.Dkim`. Private keys are PKCS #8 in DER."""

    def create(self, algorithm: DkimAlgorithm) -> bytes:
        """A fresh private key."""
        made: PrivateKey = (
            Ed25519PrivateKey.generate()
            if algorithm is DkimAlgorithm.ED25519
            else rsa.generate_private_key(65537, RSA_BITS)
        )
        return made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def record(self, private: bytes) -> str:
        """The text of its record in the DNS (RFC 6376 §3.6.1, RFC 8463 §4.2)."""
        public = _load(private).public_key()
        if isinstance(_load(private), Ed25519PrivateKey):
            raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
            return f"v=DKIM1; k=ed25519; p={b64encode(raw).decode('ascii')}"
        der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return f"v=DKIM1; k=rsa; p={b64encode(der).decode('ascii')}"

    def signer(self, key: DkimKey, private: bytes) -> Signer:
        loaded, lanes = _load(private), _lanes(private)
        return KeySigner(key.domain, key.selector, key.algorithm, loaded, lanes)


@lru_cache(maxsize=64)
def _load(private: bytes) -> PrivateKey:
    """Reading an RSA key takes as long as signing with it: kept."""
    key = load_der_private_key(private, None)
    if not isinstance(key, PrivateKey):
        raise TypeError("not a key for DKIM")
    return key


@lru_cache(maxsize=64)
def _lanes(private: bytes) -> RsaLanes | None:
    key = _load(private)
    return lanes_of(key) if isinstance(key, RSAPrivateKey) else None
