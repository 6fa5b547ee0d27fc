"""RSA-2048 signatures eight at a time, where the processor has AVX-512 with IFMA.

Intel's crypto_mb (Apache 2.0) works on eight numbers side by side, each in a lane of its
own, which takes about a third of the time that they take one after the other. It comes
with the extra `rsa`; without it, and on other processors, there are no lanes
(docs/decisions/016-eight-signatures-at-a-time.md).
"""

import ctypes
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPrivateNumbers,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256

LANES = 8
_BITS = 2048
_BYTES = _BITS // 8
_EXPONENT = 65537
# What stands before a SHA-256 digest in what RSA signs: EMSA-PKCS1-v1_5 (RFC 8017 §9.2).
_DIGEST_INFO = bytes.fromhex("3031300d060960864801650304020105000420")
_PADDED = b"\x00\x01".ljust(_BYTES - len(_DIGEST_INFO) - 33, b"\xff") + b"\x00" + _DIGEST_INFO

# The library names its compiler's as needed; each is found once it has been loaded.
_LIBRARIES = (
    ("intel-cmplr-lib-rt", ("libintlc.so.5", "libirng.so", "libimf.so", "libsvml.so")),
    ("ipp-crypto", ("libcrypto_mb.so.13",)),
)
_INSTRUCTIONS = {"avx512f", "avx512dq", "avx512bw", "avx512ifma", "avx512_vbmi2", "bmi2"}
_RSA_2K = 1  # MBX_ALGO_RSA_2K, in crypto_mb/cpu_features.h

_Pointers = ctypes.c_void_p * LANES


class RsaLanes:
    """Signs with one key. Made by `lanes_of`."""

    def __init__(self, library: ctypes.CDLL, key: RSAPrivateNumbers) -> None:
        self._library = library
        halves = key.p, key.q, key.dmp1, key.dmq1, key.iqmp
        self._private = [_in_all_lanes(number, _BYTES // 2) for number in halves]
        self._modulus = _in_all_lanes(key.public_numbers.n, _BYTES)

    def sign(self, digests: Sequence[bytes]) -> list[bytes] | None:
        """The signatures of one to eight SHA-256 digests (RSASSA-PKCS1-v1_5, RFC 8017 §8.2).

        Eight take as long as one. None when the library fails, or a signature does not
        hold: one with a flaw gives the key away, so none is told unchecked.
        """
        full = [*digests, *[digests[-1]] * (LANES - len(digests))]
        padded = b"".join(_PADDED + digest for digest in full)
        asked, signed, checked = _rows(padded), _rows(), _rows()
        library = self._library
        failed = library.mbx_rsa_private_crt_mb8(
            *map(_each, (asked, signed)),
            *(pointers for _, pointers in self._private),
            _BITS,
            library.mbx_RSA2K_private_crt_Method(),
            None,
        ) or library.mbx_rsa_public_mb8(
            *map(_each, (signed, checked)),
            self._modulus[1],
            _BITS,
            library.mbx_RSA2K_pub65537_Method(),
            None,
        )
        if failed or checked.raw != padded:
            return None
        made = signed.raw
        return [made[at : at + _BYTES] for at in range(0, len(digests) * _BYTES, _BYTES)]


def lanes_of(key: RSAPrivateKey) -> RsaLanes | None:
    """None where this machine has none, or the key is of another kind than ours are."""
    numbers, library = key.private_numbers(), _library()
    sizes = [one.bit_length() for one in (numbers.public_numbers.n, numbers.p, numbers.q)]
    ours = sizes == [_BITS, _BITS // 2, _BITS // 2] and numbers.public_numbers.e == _EXPONENT
    return RsaLanes(library, numbers) if library and ours else None


def here() -> bool:
    """Whether the library is installed and the processor can do it."""
    return _library() is not None


def hold() -> bool:
    """Whether what it signs here holds, tried once on a key of the moment."""
    lanes = lanes_of(generate_private_key(_EXPONENT, _BITS))
    return lanes is not None and lanes.sign([bytes(SHA256.digest_size)]) is not None


def possible() -> bool:
    """Whether the processor could, were the library installed, as far as Linux tells."""
    try:
        words = Path("/proc/cpuinfo").read_text().split()
    except OSError:
        return False
    return set(words) >= _INSTRUCTIONS


@cache
def _library() -> ctypes.CDLL | None:
    try:
        for package, names in _LIBRARIES:
            files = {file.name: file.locate() for file in distribution(package).files or ()}
            for name in names:
                library = ctypes.CDLL(str(files[name]))
        return _described(library)
    except (PackageNotFoundError, KeyError, OSError, AttributeError):  # whatever is not there
        return None


def _described(library: ctypes.CDLL) -> ctypes.CDLL | None:
    """With the types of its functions; None where the processor cannot run them."""
    library.mbx_get_algo_info.restype = ctypes.c_uint64
    for method in library.mbx_RSA2K_private_crt_Method, library.mbx_RSA2K_pub65537_Method:
        method.restype = ctypes.c_void_p
    for function, numbers in (
        (library.mbx_rsa_private_crt_mb8, len(("p", "q", "dp", "dq", "iq"))),
        (library.mbx_rsa_public_mb8, 1),
    ):
        rows = [_Pointers] * (2 + numbers)
        function.argtypes = [*rows, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p]
        function.restype = ctypes.c_uint32
    return library if library.mbx_get_algo_info(_RSA_2K) & LANES else None


def _rows(content: bytes = b"") -> Any:
    return ctypes.create_string_buffer(content, LANES * _BYTES)


def _each(rows: Any) -> Any:
    """Pointers to what the lanes read or write."""
    first = ctypes.addressof(rows)
    return _Pointers(*range(first, first + LANES * _BYTES, _BYTES))


def _in_all_lanes(number: int, size: int) -> tuple[Any, Any]:
    """A number as the library has them, kept, and eight pointers to it."""
    held = ctypes.create_string_buffer(number.to_bytes(size, "little"), size)
    return held, _Pointers(*[ctypes.addressof(held)] * LANES)
