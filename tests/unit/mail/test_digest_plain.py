"""The plain digest, where a post is not the usual one."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

from listserv.domain.language import Language
from listserv.domain.subscription import DigestFormat
from listserv.mail.digest_plain import plain_digest
from tests.golden.digests.issues import TOO_LARGE, issue


def test_below_its_fields_a_post_of_pictures_alone_says_what_was_left_out() -> None:
    found = issue(DigestFormat.PLAIN, Language.ENGLISH)
    entry = replace(found.entries[0], post=replace(found.entries[0].post, text=""))
    entry = replace(entry, left_out=(TOO_LARGE,))
    mail = message_from_bytes(plain_digest(replace(found, entries=(entry,))), policy=default)
    text = mail.get_content().replace("\r\n", "\n")
    assert "charset=utf-8\n\nA picture was left out here (2.6 MB).\n" in text
