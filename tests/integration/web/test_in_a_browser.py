"""Every page in a real browser: on a phone and a desk, light and dark, by keyboard."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
import waitress
from playwright.sync_api import Browser, Page

from listserv.adapters.outbox import Outbox
from listserv.domain.ports import OutboundMessage
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ask_to_join import ask_to_join
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.settings import Settings
from tests.browser import chromium, too_wide, violations
from tests.fakes import World
from tests.unit.services.mail_samples import plain
from web.app import create_app

PHONE, DESK = (320, 640), (1200, 900)
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def site(world: World, tmp_path: Path) -> Iterator[str]:
    settings = Settings(data_dir=str(tmp_path))
    with Outbox(settings.outbox).session() as outbox:
        list(outbox.send([(1, OutboundMessage("", "ann@example.net", plain(subject="x" * 90)))]))
    server: Any = waitress.create_server(
        create_app(settings, world.kit), host="127.0.0.1", port=0, threads=2
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture
def paths(world: World) -> list[str]:
    group = create_list(world.kit, "evenings@lists.example.org", "Quiet evenings for everyone")
    closed = create_list(world.kit, "few@lists.example.org", "A few")
    change_list(world.kit, closed.address, {"join": "invite"})
    list(add_members(world.kit, group.address, [Newcomer("ann@example.net")]))
    ask_to_join(world.kit, group.id, "ben@example.net")
    deliver_notices(world.kit)
    question = world.relay.taken[-1].content.decode().split("/confirm/")[1].split()[0]
    return [
        "/",
        f"/lists/{group.address}",
        f"/unsubscribe/{world.kit.tokens.unsubscribe(1)}",
        f"/confirm/{question}",
        "/outbox",
        "/nothing-here",
        "/unsubscribe/old",
        "/confirm/old",
        f"/lists/{closed.address}",
    ]


def open_page(browser: Browser, size: tuple[int, int], scheme: Scheme = "light") -> Page:
    width, height = size
    return browser.new_page(
        viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=True
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_no_page_shuts_anyone_out(
    browser: Browser, site: str, paths: list[str], size: tuple[int, int], scheme: Scheme
) -> None:
    # axe itself is a script, which our policy rightly keeps out of the pages.
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, bypass_csp=True
    )
    for path in paths:
        page.goto(site + path)
        assert violations(page) == [], path
        assert not too_wide(page), path
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_no_answer_shuts_anyone_out(
    browser: Browser, site: str, paths: list[str], size: tuple[int, int], scheme: Scheme
) -> None:
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, bypass_csp=True
    )
    answers = {
        "Ask to join": (paths[1], "no address", "That is not an email address"),
        "Join the group": (paths[3], "", "Welcome to"),
        "Leave the group": (paths[2], "", "You have left"),
    }
    for button, (path, typed, said) in answers.items():
        page.goto(site + path)
        if typed:
            page.fill("#email", typed)
        with page.expect_navigation():
            page.click(f"text={button}")
        assert said in page.inner_text("main")
        assert violations(page) == [], path
        assert not too_wide(page), path
    page.goto(site + "/outbox")
    with page.expect_navigation():
        page.click("ul.copies a")
    assert violations(page) == [] and not too_wide(page)
    page.close()


def test_nothing_comes_from_elsewhere_and_nothing_is_blocked(
    browser: Browser, site: str, paths: list[str]
) -> None:
    page = open_page(browser, DESK)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in paths:
        page.goto(site + path, wait_until="networkidle")
    assert all(url.startswith(site) for url in asked)
    # The browser itself notes which pages answer 404; nothing else may be noted.
    assert [words for words in said if "404" not in words] == []
    assert page.evaluate("document.styleSheets.length") == 1
    page.close()


def test_a_copy_in_the_outbox_can_be_read(browser: Browser, site: str, paths: list[str]) -> None:
    page = open_page(browser, PHONE)
    page.goto(site + "/outbox")
    with page.expect_navigation():
        page.click("ul.copies a")
    assert "Good morning everyone." in page.inner_text("main")
    assert not too_wide(page)
    page.close()


def test_text_twice_as_large_still_fits(browser: Browser, site: str, paths: list[str]) -> None:
    page = browser.new_page(viewport={"width": 640, "height": 900}, bypass_csp=True)
    for path in paths:
        page.goto(site + path)
        page.evaluate("document.documentElement.style.fontSize = '225%'")
        assert not too_wide(page), path
    page.close()


def test_joining_works_by_keyboard_and_without_scripts(
    browser: Browser, site: str, paths: list[str], world: World
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + paths[1])
    page.focus("#email")
    page.keyboard.type("cem@example.net")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    assert "a mail is on its way" in page.inner_text("[role=status]")
    assert deliver_notices(world.kit) == 1
    context.close()


def test_the_keyboard_reaches_every_control(browser: Browser, site: str, paths: list[str]) -> None:
    page = browser.new_page(bypass_csp=True)
    for path in paths:
        page.goto(site + path)
        controls = page.locator("a[href], button, input:not([type=hidden])").count()
        reached = set()
        for _ in range(controls):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.outerHTML"))
            assert (
                page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            ), path
        assert len(reached) == controls, path
    page.close()


def test_the_link_to_the_text_moves_nothing_and_covers_nothing(
    browser: Browser, site: str, paths: list[str]
) -> None:
    page = open_page(browser, PHONE)
    page.goto(site + paths[2])
    before = page.locator("button").bounding_box()
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("e => e === document.activeElement")
    assert page.locator("button").bounding_box() == before
    skip, name = page.locator(".skip").bounding_box(), page.locator(".name a").bounding_box()
    assert skip and name and skip["x"] >= 0 and skip["y"] + skip["height"] <= name["y"]
    # With the focus there, a press on the button must still hit it.
    with page.expect_navigation(timeout=5000):
        page.click("text=Leave the group")
    assert "You have left" in page.inner_text("main")
    page.close()


def test_an_address_breaks_at_its_at_sign_only(
    browser: Browser, site: str, paths: list[str]
) -> None:
    page = open_page(browser, PHONE)
    page.goto(site + paths[1])
    for address in page.locator("a.address").all():
        assert "\n" not in address.inner_text()  # so it is copied in one piece
        for part in address.locator("span").all():
            lines = part.evaluate(
                "e => e.offsetHeight / parseFloat(getComputedStyle(e).lineHeight)"
            )
            assert lines < 1.5
    page.close()


def test_a_page_of_a_member_can_be_left_quickly(
    browser: Browser, site: str, paths: list[str]
) -> None:
    page = open_page(browser, PHONE)
    for path in paths[2:4]:
        page.goto(site + path)
        exit_link = page.locator(".exit a")
        assert exit_link.get_attribute("rel") == "nofollow noreferrer"
        assert page.title() in ("Leave a group", "One step")
    page.close()
