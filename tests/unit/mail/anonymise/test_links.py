"""What a link may carry."""

import pytest

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.links import PERSONAL_LINK, clean_link
from listserv.mail.anonymise.policy import CleaningPolicy

POLICY = CleaningPolicy(frozenset({"group@example.org"}))


@pytest.mark.parametrize(
    "link",
    [
        "https://example.com",
        "https://example.com/a/b?x=1&y=a%20b&z#part",
        "http://example.com:8080/?q=t%C3%A9",
        "https://example.com/?",
        "https://video.example/watch?v=abc&t=10",
    ],
)
def test_plain_links_stay_as_they_are(link: str) -> None:
    assert clean_link(link, POLICY) == (link, None)


@pytest.mark.parametrize(
    ("link", "left"),
    [
        ("https://e.com/a?utm_source=x&id=1&UTM_Medium=y", "https://e.com/a?id=1"),
        ("https://e.com/?fbclid=x", "https://e.com/"),
        ("https://e.com/a?mail=zelda%40example.net&id=1", "https://e.com/a?id=1"),
        ("https://zelda:secret@e.com/a", "https://e.com/a"),
        ("https://e.com/a#utm_source=x", "https://e.com/a"),
        ("https://www.google.com/url?q=https://e.com/a&sa=D&usg=zq", "https://e.com/a"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fe.com%2Fa&h=zq", "https://e.com/a"),
        ("https://urldefense.com/v3/__https://e.com/a__;!!zq$", "https://e.com/a"),
    ],
)
def test_what_tells_of_its_reader_goes(link: str, left: str) -> None:
    assert clean_link(link, POLICY) == (left, RedactionKind.LINK_TRACKING)


@pytest.mark.parametrize(
    "link", ["https://lists.example.org/unsubscribe/abc", "https://e.com/confirm/abc", "http://[x"]
)
def test_links_that_act_for_somebody_go(link: str) -> None:
    assert clean_link(link, POLICY) == (PERSONAL_LINK, RedactionKind.PERSONAL_LINK)
