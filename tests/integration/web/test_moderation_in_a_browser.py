"""The pages of moderators in a real browser: on a phone and a desk, light and dark, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from tests.browser import chromium, too_wide, violations
from tests.integration.web.house import house
from tests.integration.web.moderated import LIST, Moderated, furnish

PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def site(sqlite_engine: Engine, tmp_path: Path) -> Iterator[Moderated]:
    with house(sqlite_engine, tmp_path) as found:
        yield furnish(found)


def visit(browser: Browser, **how: object) -> Page:
    """A window of its own, with scripts, since axe is one."""
    context = browser.new_context(bypass_csp=True, locale="en", **how)  # type: ignore[arg-type]  # Playwright's own kinds of dict
    return context.new_page()


def look_at(page: Page, path: str) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page) == [], path
    assert not too_wide(page), path


@pytest.mark.parametrize("tongue", ["en", "es"])
def test_no_page_shuts_anyone_out(browser: Browser, site: Moderated, tongue: str) -> None:
    scheme = "dark" if tongue == "es" else "light"
    size = PHONE if tongue == "en" else {"width": 1200, "height": 900}
    page = visit(browser, viewport=size, color_scheme=scheme)
    for path in site.by_link:
        page.goto(site.house.url + path)
        look_at(page, path)
    site.house.sign_in(page)
    if tongue == "es":
        page.goto(site.house.url + "/me/settings")
        page.check("#language-es")
        page.click("main form:first-of-type button")
    for path in site.pages:
        page.goto(site.house.url + path)
        assert page.locator("html").get_attribute("lang") == tongue
        look_at(page, path)
    page.context.close()


def test_text_twice_as_large_still_fits(browser: Browser, site: Moderated) -> None:
    page = visit(browser, viewport={"width": 640, "height": 900})
    site.house.sign_in(page)
    for path in [*site.pages, *site.by_link]:
        page.goto(site.house.url + path)
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        assert not too_wide(page), path
    page.context.close()


def test_letters_decide_and_step_through(browser: Browser, site: Moderated) -> None:
    """Without a script."""
    first, second, third = site.waiting[:3]
    page = visit(browser, java_script_enabled=False)
    site.house.sign_in(page)
    page.goto(f"{site.house.url}{LIST}/moderation/{first}")
    press(page, "j")
    assert page.url.endswith(f"/moderation/{second}")
    press(page, "k")
    assert page.url.endswith(f"/moderation/{first}")
    press(page, "a")
    assert "goes out" in page.inner_text("main") and page.url.endswith(f"/moderation/{second}")
    press(page, "d")
    assert "is gone" in page.inner_text("main") and page.url.endswith(f"/moderation/{third}")
    page.context.close()


def press(page: Page, letter: str) -> None:
    """What has that letter; the keyboard of a browser without a window knows no access keys."""
    with page.expect_navigation():
        page.click(f"main [accesskey={letter}]")
