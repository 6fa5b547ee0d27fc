"""Eight signatures at a time give what one at a time gives, or nothing."""

import hashlib
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateNumbers
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256

from listserv.adapters import rsa_lanes
from listserv.adapters.dkim_signer import KeySigner
from listserv.adapters.rsa_lanes import LANES, RsaLanes, lanes_of
from listserv.domain.dkim import DkimAlgorithm

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


def test_keys_of_other_kinds_have_no_lanes() -> None:
    assert lanes_of(rsa.generate_private_key(65537, 3072)) is None
    assert lanes_of(rsa.generate_private_key(3, 2048)) is None


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
