"""The reader's digest as a mail program shows it: on a narrow phone, by day and by night.

`python -m tests.integration.web.test_digest_in_a_browser` takes the pictures of the docs anew.
"""

from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Literal

import pytest
from PIL import Image, ImageDraw

from listserv.domain.language import Language
from listserv.domain.subscription import DigestFormat
from listserv.mail.digest_html import page
from listserv.mail.digest_view import talks
from tests.browser import chromium, too_wide, violations
from tests.golden.digests.issues import issue

PICTURES = Path(__file__).parents[3] / "docs" / "pictures"
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = {"phone": (360, 1240), "desk": (1100, 1240)}


def shown_page(language: Language) -> str:
    """The whole digest, with a picture of a pond."""
    found = issue(DigestFormat.READER, language)
    sources = {
        f"{shown.number}-{file.name}": _pond()
        for talk in talks(found)
        for shown in talk.posts
        for file in shown.entry.kept
    }
    return page(found, talks(found), sources)


def _pond() -> str:
    picture = Image.new("RGB", (900, 500), "#7d9a5f")
    ImageDraw.Draw(picture).ellipse((180, 120, 720, 400), fill="#4f7591")
    out = BytesIO()
    picture.save(out, "PNG")
    return f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"


@pytest.mark.parametrize("language", Language)
def test_a_digest_can_be_read_by_everyone(language: Language) -> None:
    html = shown_page(language)
    with chromium() as browser:
        for scheme in SCHEMES:
            shown = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
            shown.set_content(html)
            assert violations(shown) == []
            assert not too_wide(shown)
            shown.get_by_role("link", name="A hard week").click()
            assert shown.evaluate("window.scrollY") > 0


def test_conversations_with_the_same_subject_are_no_hindrance() -> None:
    found = issue(DigestFormat.READER, Language.ENGLISH)
    alike = [
        replace(entry, post=replace(entry.post, subject="Hello", thread=entry.post.message_id))
        for entry in found.entries
    ]
    found = replace(found, entries=tuple(alike))
    with chromium() as browser:
        shown = browser.new_page()
        shown.set_content(page(found, talks(found), {}))
        assert shown.get_by_role("heading", name="Hello").count() == len(alike)
        assert violations(shown) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_word_stands_out_from_its_ground(scheme: Scheme) -> None:
    """Also where a program shows the mail's dark colours on a desk."""
    with chromium() as browser:
        shown = browser.new_page(viewport={"width": 1100, "height": 800}, color_scheme=scheme)
        shown.set_content(shown_page(Language.ENGLISH))
        ground = shown.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert (ground == "rgb(18, 18, 18)") is (scheme == "dark")
        assert violations(shown) == []
        column = shown.evaluate("document.body.getBoundingClientRect().width")
        assert column < 1100  # lines of a length that can be read


def take_pictures() -> None:
    html = shown_page(Language.ENGLISH)
    with chromium() as browser:
        for name, (width, height) in WIDTHS.items():
            for scheme in SCHEMES:
                size = {"width": width, "height": height}
                shown = browser.new_page(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]  # Playwright's own kind of dict
                shown.set_content(html)
                shown.screenshot(path=PICTURES / f"digest-{name}-{scheme}.png")


if __name__ == "__main__":
    take_pictures()
