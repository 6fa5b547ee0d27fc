"""The reader's digest as a mail program shows it: on a narrow phone, by day and by night."""

import pytest

from listserv.domain.language import Language
from listserv.domain.subscription import DigestFormat
from listserv.mail.digest_html import page
from listserv.mail.digest_view import talks
from tests.browser import chromium, too_wide, violations
from tests.golden.digests.issues import issue


@pytest.mark.parametrize("language", Language)
def test_a_digest_can_be_read_by_everyone(language: Language) -> None:
    found = issue(DigestFormat.PLAIN, language)  # without its picture, which is not here
    html = page(found, talks(found), {})
    with chromium() as browser:
        for scheme in ("light", "dark"):
            shown = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
            shown.set_content(html)
            assert violations(shown) == []
            assert not too_wide(shown)
            shown.get_by_role("link", name="A hard week").click()
            assert shown.evaluate("window.scrollY") > 0
