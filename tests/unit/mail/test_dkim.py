"""Signatures, checked by dkimpy, which has nothing of ours in it."""

import base64
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import dkim as dkimpy
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from listserv.adapters.dkim_signer import DkimKeys
from listserv.domain.dkim import DkimAlgorithm, DkimKey
from listserv.domain.language import Language
from listserv.domain.subscription import DigestFormat
from listserv.mail.compose import compose_notice, compose_post
from listserv.mail.compose_digest import compose_digest, sign_digest
from listserv.mail.dkim import Signing, body_hash, from_domain, signed
from listserv.mail.list_headers import unsubscribe_field
from tests.golden.compose.posts import CASES, DATE, LEAVE, URL
from tests.golden.digests.issues import issue

KEYS = DkimKeys()
PRIVATE = {algorithm: KEYS.create(algorithm) for algorithm in DkimAlgorithm}
NOW = datetime(2026, 3, 1, tzinfo=UTC)
RSA, ED25519 = DkimAlgorithm.RSA, DkimAlgorithm.ED25519


class VerifyKey:
    """The one class that dkimpy asks PyNaCl for; what is hashed stays dkimpy's own affair."""

    def __init__(self, key: bytes, encoder: object) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(base64.b64decode(key))

    def verify(self, digest: bytes, signature: bytes) -> bytes:
        self._key.verify(signature, digest)
        return digest


@pytest.fixture(autouse=True)
def nacl(monkeypatch: pytest.MonkeyPatch) -> None:
    names = SimpleNamespace(
        signing=SimpleNamespace(VerifyKey=VerifyKey),
        encoding=SimpleNamespace(Base64Encoder=None),
        exceptions=SimpleNamespace(ValueError=ValueError, BadSignatureError=InvalidSignature),
    )
    monkeypatch.setattr(dkimpy, "nacl", names, raising=False)


def signing(*algorithms: DkimAlgorithm, domain: str = "example.org") -> Signing:
    keys = [DkimKey("", domain, f"s-{one}", one, "", b"") for one in algorithms]
    return Signing(tuple(KEYS.signer(key, PRIVATE[key.algorithm]) for key in keys), NOW)


def dns(name: bytes, timeout: int = 5) -> bytes:
    selector, _, domain = name.decode().rstrip(".").partition("._domainkey.")
    assert domain == "example.org"
    return KEYS.record(PRIVATE[DkimAlgorithm(selector.removeprefix("s-"))]).encode()


def verified(mail: bytes, number: int = 1) -> bool:
    """Whether every one of so many signatures holds."""
    checker = dkimpy.DKIM(mail, minkey=2048)
    count = mail.partition(b"\r\n\r\n")[0].count(b"DKIM-Signature:")
    assert count == number
    try:
        return all(bool(checker.verify(idx=one, dnsfunc=dns)) for one in range(number))
    except dkimpy.ValidationError:
        return False


def copy(case: str, *algorithms: DkimAlgorithm) -> bytes:
    post, mailing_list, author_line = CASES[case]
    template = compose_post(post, mailing_list, DATE, signing(*algorithms))
    return template.copy(URL, LEAVE, author_line)


@pytest.mark.parametrize("case", CASES)
def test_every_form_of_a_post_verifies_under_both_keys(case: str) -> None:
    assert verified(copy(case, RSA, ED25519), 2)


def test_without_a_key_nothing_is_added() -> None:
    post, mailing_list, _ = CASES["plain"]
    bare = compose_post(post, mailing_list, DATE).copy(URL, LEAVE)
    assert bare == copy("plain")
    assert b"DKIM" not in bare


def test_each_copy_is_signed_for_its_own_link() -> None:
    post, mailing_list, _ = CASES["plain"]
    template = compose_post(post, mailing_list, DATE, signing(ED25519))
    copies = [template.copy(URL + letter, LEAVE) for letter in "abc"]
    assert all(verified(one) for one in copies)
    assert len({one.partition(b" b=")[2].partition(b"Subject")[0] for one in copies}) == 3
    assert not verified(copies[0].replace(URL.encode() + b"a", URL.encode() + b"b"))


def test_each_copy_of_a_digest_is_signed_for_its_own_date() -> None:
    content = compose_digest(issue(DigestFormat.READER, Language.ENGLISH))
    template = sign_digest(content, signing(RSA))
    copies = [template.copy(DATE + timedelta(hours=n), URL, LEAVE) for n in range(2)]
    assert all(verified(one) for one in copies)
    dates = [found[0] for one in copies if (found := re.findall(rb"\r\n(Date: .*)\r\n", one))]
    assert len(set(dates)) == 2
    assert not verified(copies[0].replace(dates[0], dates[1]))


@pytest.mark.parametrize("number", [1, 3, 8])
def test_copies_that_are_made_together_are_those_that_are_made_one_by_one(number: int) -> None:
    """With one key and with two; some are signed together where the processor can."""
    post, mailing_list, _ = CASES["plain"]
    links = [(f"{URL}{letter}", LEAVE) for letter in "abcdefgh"[:number]]
    leave = [unsubscribe_field(*link) for link in links]
    for keys in [RSA], [ED25519], [RSA, ED25519]:
        template = compose_post(post, mailing_list, DATE, signing(*keys))
        own, content = template.pieces(leave)
        assert [one + content for one in own] == [template.copy(*link) for link in links]
        assert all(verified(one + content, len(keys)) for one in own)


class CountingSigner:
    """Notes how many digests it is given together."""

    domain, selector, algorithm = "example.org", "one", RSA

    def __init__(self) -> None:
        self.calls: list[int] = []

    def sign(self, digests: Sequence[bytes]) -> list[bytes]:
        self.calls.append(len(digests))
        return [bytes(256) for _ in digests]


def test_copies_that_are_made_together_are_signed_together() -> None:
    signer = CountingSigner()
    post, mailing_list, _ = CASES["plain"]
    template = compose_post(post, mailing_list, DATE, Signing((signer,), NOW))
    template.pieces([unsubscribe_field(URL, LEAVE)] * 8)
    assert signer.calls == [8]


def test_digests_that_are_made_together_have_their_own_dates() -> None:
    template = sign_digest(
        compose_digest(issue(DigestFormat.READER, Language.ENGLISH)), signing(RSA)
    )
    dates = [DATE + timedelta(hours=n) for n in range(4)]
    links = [(f"{URL}{letter}", LEAVE) for letter in "abcd"]
    own, content = template.pieces(dates, [unsubscribe_field(*link) for link in links])
    one_by_one = [template.copy(date, *link) for date, link in zip(dates, links, strict=True)]
    assert [one + content for one in own] == one_by_one
    assert all(verified(one) for one in one_by_one)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Subject: Tonight", b"Subject: Never"),
        (b"Hello all.", b"Hello you."),
        (b"List-Unsubscribe-Post: List", b"List-Unsubscribe-Post: Lost"),
        (b"\r\nSubject:", b"\r\nFrom: mallory@example.com\r\nSubject:"),
        (b"\r\nDate:", b"\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\nX-Old:"),
    ],
)
def test_what_is_changed_on_the_way_shows(before: bytes, after: bytes) -> None:
    mail = copy("plain", RSA)
    assert before in mail
    assert not verified(mail.replace(before, after, 1))


def test_space_that_changes_on_the_way_does_not() -> None:
    mail = copy("plain", RSA)
    assert verified(mail.replace(b"Hello all.", b"Hello  all. ").replace(b"Subject: ", b"subject:"))


@pytest.mark.parametrize(
    "body",
    [b"", b"\r\n", b"\r\n\r\n \r\n", b"a", b"a\r\n", b" a \t b \r\n\r\n", b"\r\n\r\na  \r\n \r\n"],
)
def test_odd_bodies(body: bytes) -> None:
    mail = b"From: a@example.org\r\nSubject: x\r\n\r\n" + body
    assert verified(signed(mail, signing(RSA)))


def test_the_empty_body_s_hash_is_the_one_of_the_rfc() -> None:
    assert body_hash(b"") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_a_notice_verifies() -> None:
    notice = compose_notice(
        from_name="Gruppe für alle",
        from_address="group@example.org",
        recipient="ann@example.net",
        subject="Please confirm, schöne Grüße " * 4,
        text="Hello.\n",
        date=NOW,
        message_id="<a@example.org>",
    )
    assert from_domain(notice) == "example.org"
    assert verified(signed(notice, signing(RSA, ED25519)), 2)


@pytest.mark.parametrize(
    ("field", "domain"),
    [
        ("From: a@b.example.org", "b.example.org"),
        ('From: "x@y" <a@b.example.org>', "b.example.org"),
        ("From: =?utf-8?q?x?=\r\n <a@b.example.org>", "b.example.org"),
        ("Subject: a@b.example.org", ""),
    ],
)
def test_the_domain_is_the_one_in_from(field: str, domain: str) -> None:
    assert from_domain(f"{field}\r\n\r\nFrom: no@example.com\r\n".encode()) == domain


def test_lines_stay_short() -> None:
    head = copy("plain", RSA).partition(b"\r\n\r\n")[0]
    assert max(map(len, head.split(b"\r\n"))) <= 100


def test_records_say_what_the_dns_wants() -> None:
    assert KEYS.record(PRIVATE[ED25519]).startswith("v=DKIM1; k=ed25519; p=")
    public = KEYS.record(PRIVATE[ED25519]).partition("p=")[2]
    assert len(base64.b64decode(public)) == 32
    assert KEYS.record(PRIVATE[RSA]).startswith("v=DKIM1; k=rsa; p=MIIBI")
