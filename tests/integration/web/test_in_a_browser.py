"""Every page in a real browser: on a phone and a desk, light and dark, by keyboard."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine

from listserv.services.deliver_notices import deliver_notices
from listserv.store import migrate
from listserv.store.engine import open_engine
from tests.browser import chromium, too_wide, violations
from tests.integration.web.house import GROUP, House, house

PHONE, DESK = (320, 640), (1200, 900)
LIST = f"/lists/{GROUP}"
Scheme = Literal["light", "dark"]

# Both languages in each size and each scheme.
VIEWS = pytest.mark.parametrize(
    ("size", "scheme", "tongue"),
    [
        (PHONE, "light", "en"),
        (DESK, "dark", "en"),
        (PHONE, "dark", "es"),
        (DESK, "light", "es"),
    ],
)
CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """For tests that only look."""
    folder = tmp_path_factory.mktemp("house")
    engine = open_engine(f"sqlite+pysqlite:///{folder / 'test.db'}")
    migrate.upgrade(engine)
    with house(engine, folder) as found:
        yield found
    engine.dispose()


@pytest.fixture
def own_site(sqlite_engine: Engine, tmp_path: Path) -> Iterator[House]:
    """For tests that change something."""
    with house(sqlite_engine, tmp_path) as found:
        yield found


@contextmanager
def visiting(
    browser: Browser,
    size: tuple[int, int] = PHONE,
    scheme: Scheme = "light",
    tongue: str = "en",
    scripts: bool = True,
) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        locale=tongue,
        java_script_enabled=scripts,
        bypass_csp=scripts,  # axe itself is a script, which our policy rightly keeps out
    )
    yield context.new_page()
    context.close()


def unfold(page: Page) -> None:
    """Opens all that is folded away, as a reader may."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def look_at(page: Page, path: str) -> None:
    unfold(page)
    assert violations(page) == [], path
    assert not too_wide(page), path


@VIEWS
def test_no_page_shuts_anyone_out(
    browser: Browser, site: House, size: tuple[int, int], scheme: Scheme, tongue: str
) -> None:
    with visiting(browser, size, scheme, tongue) as page:
        for path in site.open_to_all:
            page.goto(site.url + path)
            assert page.locator("html").get_attribute("lang") == tongue
            look_at(page, path)
        site.sign_in(page)
        if tongue == "es":  # a member's own language counts more than the browser's
            page.goto(site.url + "/me/settings")
            page.check("#language-es")
            page.click("main form:first-of-type button")
        for path in site.of_members:
            page.goto(site.url + path)
            assert page.locator("html").get_attribute("lang") == tongue
            look_at(page, path)
        if tongue == "es":
            page.goto(site.url + "/me/settings")
            page.check("#language-en")
            page.click("main form:first-of-type button")


def test_no_answer_shuts_anyone_out(browser: Browser, own_site: House) -> None:
    """Mistakes first, and then what each button leads to."""
    steps = [
        (LIST, {"#email": "no address"}, "Ask to join", "That is not an email address"),
        ("/sign-in", {"#email": "ann"}, "Send me the mail", "That is not an email address"),
        ("/sign-in", {"#email": "nobody@example.net"}, "Send me the mail", "If we know"),
        ("/sign-in/code", {"#code": "1"}, "Sign in", "does not fit"),
        (own_site.question, {}, "Join the group", "Welcome to"),
        (own_site.question, {}, "Send me a new mail", "A new mail is on its way"),
        (own_site.change, {}, "Yes, do this", "what is new"),
    ]
    of_member = [
        ("/me/address", {"#email": "ann"}, "Send the two mails", "not an email address"),
        (f"{LIST}/texts/welcome/en", {"#body": "{who}"}, "Show me", "There is no {who}"),
        (f"{LIST}/texts/welcome/en", {"#body": "Hello {handle}"}, "Show me", "This is how"),
        ("/me/groups/1", {"#days": "soon"}, "Take a break", "as a number from 1 to 365"),
        ("/me/groups/1", {"#handle": "Owner"}, "Take this name", "taken for a moderator"),
        ("/me/groups/1", {"#days": "3"}, "Take a break", "Saved."),
        ("/me/groups/1", {}, "Get mail again now", "Saved."),
        ("/me/groups/1/leave", {}, "Leave the group", "You have left"),
    ]
    with visiting(browser, PHONE, "dark") as page:
        for path, typed, button, said in steps:
            press(page, own_site.url + path, typed, button)
            assert said in page.inner_text("main"), path
            look_at(page, f"{path}: {button}")
        own_site.sign_in(page)
        for path, typed, button, said in of_member:
            press(page, own_site.url + path, typed, button)
            assert said in page.inner_text("main"), path
            look_at(page, f"{path}: {button}")


def press(page: Page, url: str, typed: dict[str, str], button: str) -> None:
    page.goto(url)
    unfold(page)
    for field, text in typed.items():
        page.fill(field, text)
    with page.expect_navigation():
        page.click(f"main button:has-text('{button}')")


def test_nothing_comes_from_elsewhere_and_nothing_is_blocked(browser: Browser, site: House) -> None:
    asked: list[str] = []
    said: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    site.sign_in(page)
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in [*site.open_to_all, *site.of_members]:
        page.goto(site.url + path)
        assert page.evaluate("document.styleSheets.length") == 2, path
    context.close()
    assert asked
    assert all(url.startswith(site.url) for url in asked)
    # The browser itself notes which pages answer 404; nothing else may be noted.
    assert [words for words in said if "404" not in words] == []


def test_a_copy_in_the_outbox_can_be_read(browser: Browser, site: House) -> None:
    with visiting(browser) as page:
        page.goto(site.url + "/outbox")
        with page.expect_navigation():
            page.click("ul.copies a")
        assert "Good morning everyone." in page.inner_text("main")
        look_at(page, "/outbox/…")


def test_text_twice_as_large_still_fits(browser: Browser, site: House) -> None:
    with visiting(browser, (640, 900)) as page:
        site.sign_in(page)
        for path in [*site.open_to_all, *site.of_members]:
            page.goto(site.url + path)
            unfold(page)
            page.evaluate("document.documentElement.style.fontSize = '225%'")
            assert not too_wide(page), path
            cut = page.locator("main :is(button, a, label, p, h1, h2, summary)").evaluate_all(
                "all => all.filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth)"
                ".map(e => e.outerHTML)"
            )
            assert cut == [], path


def test_joining_works_by_keyboard_and_without_scripts(browser: Browser, own_site: House) -> None:
    with visiting(browser, scripts=False) as page:
        page.goto(own_site.url + LIST)
        page.focus("#email")
        page.keyboard.type("cem@example.net")
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=status]")
        assert "a mail is on its way" in page.inner_text("[role=status]")
        assert deliver_notices(own_site.world.kit) == 1


def test_a_member_s_choices_work_without_scripts(browser: Browser, own_site: House) -> None:
    with visiting(browser, scripts=False) as page:
        own_site.sign_in(page)
        page.click("text=Quiet evenings for everyone")
        page.click("summary:has-text('How mail comes')")
        page.check("#delivery-weekly")
        page.click("text=Save how mail comes")
        assert "once a week" in page.inner_text("main")
        page.click("text=Sign out")
        assert "signed out" in page.inner_text("[role=status]")


def test_the_keyboard_reaches_every_control_and_shows_where_it_is(
    browser: Browser, site: House
) -> None:
    with visiting(browser, DESK) as page:
        site.sign_in(page)
        for path in [*site.open_to_all, *site.of_members]:
            page.goto(site.url + path)
            unfold(page)
            wanted = page.locator(CONTROLS).evaluate_all(
                """all => all.filter(e => e.type != 'radio' || e.checked)
                .map((e, n) => { e.dataset.number = n; return n })"""
            )
            reached = []
            for _ in range(len(wanted) + 5):  # a field for a day has stops within it
                page.keyboard.press("Tab")
                number, shown = page.evaluate(
                    """() => {
                    const here = document.activeElement, style = getComputedStyle(here);
                    return [here.dataset.number, style.outlineStyle != 'none'] }"""
                )
                if number is not None and int(number) not in reached:
                    reached.append(int(number))
                    assert shown, f"{path}: {number}"
            assert reached == wanted, path  # and in the order in which they stand there


def test_targets_are_large_enough(browser: Browser, site: House) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, links within a sentence aside."""
    with visiting(browser) as page:
        site.sign_in(page)
        for path in [*site.open_to_all, *site.of_members]:
            page.goto(site.url + path)
            unfold(page)
            small = page.locator(f":is({CONTROLS}):not(.skip)").evaluate_all(
                """all => all.filter(e => !e.closest('.hint')).filter(e => {
                const box = e.getBoundingClientRect();
                return box.height < 24 || box.width < 24 }).map(e => e.outerHTML)"""
            )
            assert small == [], path


def test_the_link_to_the_text_moves_nothing_and_covers_nothing(
    browser: Browser, own_site: House
) -> None:
    with visiting(browser) as page:
        page.goto(own_site.url + own_site.leave)
        before = page.locator("main button").bounding_box()
        page.keyboard.press("Tab")
        assert page.locator(".skip").evaluate("e => e === document.activeElement")
        assert page.locator("main button").bounding_box() == before
        skip, name = page.locator(".skip").bounding_box(), page.locator(".name a").bounding_box()
        assert skip and name and skip["x"] >= 0 and skip["y"] + skip["height"] <= name["y"]
        # With the focus there, a press on the button must still hit it.
        with page.expect_navigation(timeout=5000):
            page.click("text=Leave the group")
        assert "You have left" in page.inner_text("main")


def test_an_address_breaks_at_its_at_sign_only(browser: Browser, site: House) -> None:
    with visiting(browser) as page:
        page.goto(site.url + LIST)
        for address in page.locator("a.address").all():
            assert "\n" not in address.inner_text()  # so it is copied in one piece
            for part in address.locator("span").all():
                lines = part.evaluate(
                    "e => e.offsetHeight / parseFloat(getComputedStyle(e).lineHeight)"
                )
                assert lines < 1.5


def test_a_page_of_a_member_can_be_left_quickly(browser: Browser, site: House) -> None:
    with visiting(browser) as page:
        site.sign_in(page)
        for path in ["/", LIST, site.leave, site.question, "/sign-in", *site.of_members]:
            page.goto(site.url + path)
            way_out = page.locator(".exit a")
            assert way_out.get_attribute("rel") == "nofollow noreferrer"
            box = way_out.bounding_box()
            assert box and box["y"] < 200  # to be seen without looking for it
            assert "evenings" not in page.title() or path == LIST
