"""Eight signatures at a time give what one at a time gives, or nothing."""

import ctypes
import hashlib
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPrivateNumbers,
    RSAPublicNumbers,
)
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from listserv.adapters import dkim_signer, rsa_lanes
from listserv.adapters.dkim_signer import DkimKeys, KeySigner
from listserv.adapters.rsa_lanes import LANES, RsaLanes, lanes_of
from listserv.domain.dkim import DkimAlgorithm, DkimKey

KEY = rsa.generate_private_key(65537, 2048)
DIGESTS = [hashlib.sha256(b"%d" % number).digest() for number in range(19)]
ONE_BY_ONE = [KEY.sign(digest, PKCS1v15(), Prehashed(SHA256())) for digest in DIGESTS]
# Processors without the instructions cannot run what only they have.
with_lanes = pytest.mark.skipif(not rsa_lanes.possible(), reason="the processor has no lanes")


def signer(lanes: RsaLanes | None) -> KeySigner:
    return KeySigner("example.org", "one", DkimAlgorithm.RSA, KEY, lanes)


def test_there_are_lanes_where_the_processor_can() -> None:
    assert rsa_lanes.here() or not rsa_lanes.possible()
    assert (lanes_of(KEY) is not None) is rsa_lanes.here()


@pytest.mark.parametrize("number", range(len(DIGESTS) + 1))
def test_any_number_of_signatures_is_the_same_with_and_without_lanes(number: int) -> None:
    for lanes in (lanes_of(KEY), None):
        assert signer(lanes).sign(DIGESTS[:number]) == ONE_BY_ONE[:number]


@with_lanes
@pytest.mark.parametrize("number", range(1, LANES + 1))
def test_lanes_that_are_not_used_do_no_harm(number: int) -> None:
    lanes = lanes_of(KEY)
    assert lanes and lanes.sign(DIGESTS[:number]) == ONE_BY_ONE[:number]


@with_lanes
@pytest.mark.parametrize("part", ["p", "q", "dmp1", "dmq1", "iqmp"])
def test_a_flawed_signature_is_not_told(part: str) -> None:
    library = rsa_lanes._library()
    assert library
    numbers = KEY.private_numbers()
    parts = {name: getattr(numbers, name) for name in ("p", "q", "d", "dmp1", "dmq1", "iqmp")}
    flawed = RSAPrivateNumbers(
        **{**parts, part: parts[part] ^ 4}, public_numbers=numbers.public_numbers
    )
    assert RsaLanes(library, flawed).sign(DIGESTS[:LANES]) is None


class Numbers:
    """Does with Python's numbers what the library does, and answers as it is told to.

    private, public: the status of each call, four bits a lane.
    """

    def __init__(self, private: int = 0, public: int = 0) -> None:
        self.private, self.public = private, public
        self.mbx_RSA2K_private_crt_Method = self.mbx_RSA2K_pub65537_Method = lambda: None

    def mbx_rsa_private_crt_mb8(self, asked: Any, signed: Any, *rest: Any) -> int:
        self._raise(asked, signed, KEY.private_numbers().d)
        return self.private

    def mbx_rsa_public_mb8(self, signed: Any, checked: Any, *rest: Any) -> int:
        self._raise(signed, checked, 65537)
        return self.public

    def _raise(self, read: Any, written: Any, power: int) -> None:
        for source, target in zip(read, written, strict=True):
            number = int.from_bytes(ctypes.string_at(source, 256), "big")
            made = pow(number, power, KEY.public_key().public_numbers().n)
            ctypes.memmove(target, made.to_bytes(256, "big"), 256)


@pytest.mark.parametrize(
    ("private", "public", "told"),
    [(0, 0, True), (1, 0, False), (0, 1, False), (1 << 31, 0, False), (0, 1 << 31, False)],
)
def test_nothing_is_told_where_one_lane_failed(private: int, public: int, told: bool) -> None:
    lanes = RsaLanes(cast(ctypes.CDLL, Numbers(private, public)), KEY.private_numbers())
    assert lanes.sign(DIGESTS[:LANES]) == (ONE_BY_ONE[:LANES] if told else None)


def test_what_holds_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rsa_lanes.hold() is rsa_lanes.here()
    for public, holds in ((0, True), (1, False)):
        lanes = RsaLanes(cast(ctypes.CDLL, Numbers(public=public)), KEY.private_numbers())
        monkeypatch.setattr(rsa_lanes, "lanes_of", lambda _, lanes=lanes: lanes)
        assert rsa_lanes.hold() is holds


class NoLanes(RsaLanes):
    """Whose signatures do not hold."""

    def __init__(self) -> None:
        self.asked = 0

    def sign(self, digests: Sequence[bytes]) -> list[bytes] | None:
        self.asked += 1
        return None


def test_what_lanes_cannot_sign_is_signed_one_by_one() -> None:
    broken = NoLanes()
    assert signer(broken).sign(DIGESTS) == ONE_BY_ONE
    assert broken.asked == len(DIGESTS) // LANES


def test_keys_that_are_made_here_are_given_lanes(monkeypatch: pytest.MonkeyPatch) -> None:
    lanes = NoLanes()
    monkeypatch.setattr(dkim_signer, "lanes_of", lambda _: lanes)
    keys = DkimKeys()
    key = DkimKey("", "example.org", "one", DkimAlgorithm.RSA, "", b"")
    assert len(keys.signer(key, keys.create(DkimAlgorithm.RSA)).sign(DIGESTS[:LANES])) == LANES
    assert lanes.asked == 1


def test_keys_of_other_kinds_have_no_lanes() -> None:
    assert lanes_of(rsa.generate_private_key(65537, 3072)) is None
    assert lanes_of(rsa.generate_private_key(3, 2048)) is None
    assert lanes_of(of_unequal_primes()) is None


def of_unequal_primes() -> RSAPrivateKey:
    """A key of 2048 bits, the larger prime of 1040."""
    size = 0
    while size != 2048:
        p, q = (
            rsa.generate_private_key(65537, 2 * bits).private_numbers().p for bits in (1040, 1008)
        )
        size = (p * q).bit_length()
    d = pow(65537, -1, (p - 1) * (q - 1))
    halves = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    return RSAPrivateNumbers(p, q, d, *halves, RSAPublicNumbers(65537, p * q)).private_key()


class NotInstalled:
    def __init__(self, name: str) -> None:
        raise PackageNotFoundError(name)


class WithoutFiles:
    files = None

    def __init__(self, name: str) -> None:
        pass


class WithOtherFiles:
    """Files of the right names that are no libraries."""

    def __init__(self, name: str) -> None:
        names = next(names for package, names in rsa_lanes._LIBRARIES if package == name)
        self.files = [SimpleNamespace(name=one, locate=lambda: __file__) for one in names]


@pytest.mark.parametrize("package", [NotInstalled, WithoutFiles, WithOtherFiles])
def test_without_the_library_there_are_none(monkeypatch: pytest.MonkeyPatch, package: type) -> None:
    monkeypatch.setattr(rsa_lanes, "distribution", package)
    assert rsa_lanes._library.__wrapped__() is None


class Library:
    """Has every function, and tells how wide the processor can work."""

    def __init__(self, width: int) -> None:
        self.mbx_get_algo_info = lambda _: width

    def __getattr__(self, name: str) -> Callable[[], None]:
        def function() -> None:
            """Never called."""

        return function


@pytest.mark.parametrize(("library", "found"), [(Library(LANES), True), (Library(0), False)])
def test_the_library_is_asked_whether_the_processor_can(
    monkeypatch: pytest.MonkeyPatch, library: Library, found: bool
) -> None:
    monkeypatch.setattr(rsa_lanes, "distribution", WithOtherFiles)
    monkeypatch.setattr(ctypes, "CDLL", lambda _: library)
    assert (rsa_lanes._library.__wrapped__() is not None) is found


def test_a_library_with_other_functions_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    python = ctypes.CDLL(None)
    monkeypatch.setattr(rsa_lanes, "distribution", WithOtherFiles)
    monkeypatch.setattr(ctypes, "CDLL", lambda _: python)
    assert rsa_lanes._library.__wrapped__() is None


NEEDED = "bmi2 avx512f avx512dq avx512ifma avx512bw avx512_vbmi2"


@pytest.mark.parametrize(
    ("flags", "possible"),
    [(f"fpu {NEEDED} vpclmulqdq", True)]
    + [(NEEDED.replace(flag, "fpu"), False) for flag in ("bmi2", "avx512ifma", "avx512_vbmi2")],
)
def test_linux_tells_what_the_processor_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, flags: str, possible: bool
) -> None:
    told = tmp_path / "cpuinfo"
    monkeypatch.setattr(rsa_lanes, "Path", lambda _: told)
    assert not rsa_lanes.possible()
    told.write_text(f"processor\t: 0\nflags\t\t: {flags}\nbogomips\t: 5000\n")
    assert rsa_lanes.possible() is possible
