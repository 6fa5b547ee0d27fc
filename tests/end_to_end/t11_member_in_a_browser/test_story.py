"""Somebody finds a group on a phone, becomes a member, changes all there is, and goes.

The real stack, pages and a browser without scripts; mail is read from the outbox.
"""

import json
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import chromium
from tests.stack import GROUP, Stack, mail, stack
from tests.waiting import wait_for

ME = "rosa@example.net"
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def house() -> Iterator[Stack]:
    with stack() as made:
        made.up()
        made.quietlist("list", "create", GROUP, "--title", "Tuesday group")
        made.quietlist("list", "set", GROUP, "sender_proof=off")
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def phone(browser: Browser) -> BrowserContext:
    """A phone of its own, without scripts."""
    return browser.new_context(viewport=PHONE, java_script_enabled=False, locale="en")  # type: ignore[arg-type]  # Playwright's own kind of dict


def to_me(house: Stack) -> list[EmailMessage]:
    """Our mails to this member, oldest first."""
    folder = house.data / "outbox" / "new"
    found = [
        message_from_bytes(file.read_bytes(), policy=default)
        for file in sorted(folder.glob("*"), key=lambda file: int(file.name.partition(".")[0]))
    ]
    return [one for one in found if one["To"] == ME]


class Mailbox:
    """The member's mailbox: each mail is read once."""

    def __init__(self, house: Stack) -> None:
        self._house = house
        self._read = 0

    def next(self) -> EmailMessage:
        wait_for(lambda: len(to_me(self._house)) > self._read, "a mail to the member")
        self._read += 1
        return to_me(self._house)[self._read - 1]

    def find(self, pattern: str) -> str:
        """What the next mail says, where it matches."""
        came = self.next()
        found = re.search(pattern, f"{came['Reply-To']}\n{text(came)}")
        assert found, came["Subject"]
        return found[1]


CODE = r"\b(\d{6})\b"
LINK = r"(/sign-in/\w+)"
QUESTION = r"-confirm\+(\w+)@"


def text(one: EmailMessage) -> str:
    body = one.get_body(("plain",))
    assert body
    return str(body.get_content())


def press(page: Page, button: str) -> str:
    """Presses it, and returns what the page says then."""
    with page.expect_navigation():
        page.click(f"main button:has-text('{button}')")
    return page.inner_text("main")


def test_a_member_does_everything_on_pages(house: Stack, browser: Browser) -> None:
    box = Mailbox(house)
    context = phone(browser)
    page = context.new_page()
    joins(house, page, box)
    context.close()
    context = phone(browser)
    page = context.new_page()
    signs_in_by_link(house, page, box)
    other = phone(browser)
    signs_in_by_code(house, other.new_page(), box)
    other.close()
    changes_name(house, page)
    pauses_and_comes_back(house, page, box)
    changes_the_clock(house, page)
    takes_the_data(house, page)
    leaves_by_one_click_and_undoes_it(house, page, box)
    context.close()
    context = phone(browser)
    page = context.new_page()
    signs_in_by_link(house, page, box)
    is_forgotten(house, page)
    context.close()


def joins(house: Stack, page: Page, box: Mailbox) -> None:
    page.goto(f"{house.web_url}/lists/{GROUP}")
    page.fill("#email", ME)
    assert "on its way" in press(page, "Ask to join")
    page.goto(f"{house.web_url}/confirm/{box.find(QUESTION)}")
    assert "Welcome to" in press(page, "Join the group")
    assert "Tuesday group" in text(box.next())  # the welcome, with the name that others see


def signs_in_by_link(house: Stack, page: Page, box: Mailbox) -> None:
    page.goto(f"{house.web_url}/sign-in")
    page.fill("#email", ME)
    assert "Look at your mail" in press(page, "Send me the mail")
    page.goto(f"{house.web_url}{box.find(LINK)}")
    assert "Tuesday group" in press(page, "Sign in")


def signs_in_by_code(house: Stack, page: Page, box: Mailbox) -> None:
    page.goto(f"{house.web_url}/sign-in")
    page.fill("#email", ME)
    press(page, "Send me the mail")
    page.fill("#code", box.find(CODE))
    assert "Tuesday group" in press(page, "Sign in")
    with page.expect_navigation():
        page.click("text=Sign out")
    page.goto(f"{house.web_url}/me")
    assert page.url.endswith("/sign-in")


def open_group(house: Stack, page: Page, part: str) -> None:
    page.goto(f"{house.web_url}/me")
    with page.expect_navigation():
        page.click("text=Tuesday group")
    page.click(f"summary:has-text('{part}')")


def changes_name(house: Stack, page: Page) -> None:
    open_group(house, page, "The name that others see")
    page.fill("#handle", "Calm Heron")
    assert "Others see: Calm Heron" in press(page, "Take this name")
    assert "Calm Heron" in house.quietlist("member", "list", GROUP)


def pauses_and_comes_back(house: Stack, page: Page, box: Mailbox) -> None:
    open_group(house, page, "Take a break")
    page.check("#pause-open")
    assert "until you say so" in press(page, "Take a break")
    assert "Calm Heron" in text(box.next())
    assert "at once" in press(page, "Get mail again now")


def changes_the_clock(house: Stack, page: Page) -> None:
    page.goto(f"{house.web_url}/me/settings")
    page.select_option("#zone", "America/New_York")
    press(page, "Save the time")
    open_group(house, page, "How mail comes")
    assert "The time is that of New York" in page.inner_text("main")


def takes_the_data(house: Stack, page: Page) -> None:
    page.goto(f"{house.web_url}/me/data")
    known = json.loads(download(page, "Save what you know of me"))
    assert (known["address"], known["time_zone"]) == (ME, "America/New_York")
    assert known["groups"][0]["handle"] == "Calm Heron"
    assert download(page, "Save what I wrote") == b""


def download(page: Page, button: str) -> bytes:
    with page.expect_download() as started:
        page.click(f"main button:has-text('{button}')")
    return started.value.path().read_bytes()


def leaves_by_one_click_and_undoes_it(house: Stack, page: Page, box: Mailbox) -> None:
    """As a mail program does it, by the address in a copy's header."""
    house.send(mail("Tea at five.\n", sender=ME), mail_from=ME)
    copy = next_copy(house)
    link = re.search(r"<http[^>]*(/unsubscribe/\w+)>", copy["List-Unsubscribe"])
    assert link
    assert house.post(link[1], "List-Unsubscribe=One-Click").status == 200
    assert "Calm Heron" not in house.quietlist("member", "list", GROUP)
    page.goto(f"{house.web_url}/confirm/{box.find(QUESTION)}")
    assert "Welcome back" in press(page, "Come back")
    box.next()  # which says that they are back
    assert "Calm Heron" in house.quietlist("member", "list", GROUP)


def next_copy(house: Stack) -> EmailMessage:
    """The copy of the post; the group has one member."""

    def copies() -> list[EmailMessage]:
        folder = house.data / "outbox" / "new"
        found = [message_from_bytes(f.read_bytes(), policy=default) for f in folder.glob("*")]
        return [one for one in found if one["List-Unsubscribe"]]

    return wait_for(copies, "the copy")[0]


def is_forgotten(house: Stack, page: Page) -> None:
    page.goto(f"{house.web_url}/me/forget")
    page.check("#posts")
    assert "We have forgotten you" in press(page, "Forget me now")
    assert "Calm Heron" not in house.quietlist("member", "list", GROUP)
    assert house.ask("SELECT count(*) FROM members") == 0
    page.goto(f"{house.web_url}/me")
    assert page.url.endswith("/sign-in")
