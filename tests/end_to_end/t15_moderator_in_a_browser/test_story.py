"""A moderator's morning on a phone, without scripts: the real stack, its pages and its mail."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.sink import Copy, Sink, sinking
from tests.stack import GROUP, Stack, mail, stack
from tests.waiting import wait_for

MEG, OLGA, BEN, ROSA = "meg@example.org", "olga@example.org", "ben@example.net", "rosa@example.com"
LIST = f"/lists/{GROUP}"


@dataclass(frozen=True)
class House:
    """The stack, and everybody's mailboxes."""

    stack: Stack
    world: Sink

    @property
    def url(self) -> str:
        return self.stack.web_url

    def mails(self, recipient: str) -> Sequence[Copy]:
        """What came for somebody, oldest first."""
        return self.world.to(recipient)

    def mail_with(self, recipient: str, words: str) -> str:
        """The text of the first mail to them that has these words."""

        def look() -> list[str]:
            return [one.text for one in self.mails(recipient) if words in one.text]

        return wait_for(look, f"a mail with {words!r}")[0]

    def held(self) -> int:
        return len(self.stack.json("held", "list", GROUP))

    def post(self, subject: str, words: str) -> None:
        self.stack.send(mail(f"{words}\n", sender=BEN, subject=subject), mail_from=BEN)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with sinking() as world, stack({"relay_url": world.url}) as made:
        made.up()
        made.quietlist("list", "create", GROUP, "--preset", "peer-support", "--title", "Tuesday")
        made.quietlist("list", "set", GROUP, "sender_proof=off", "posts_per_hour=none")
        for who, role in ((MEG, "moderator"), (OLGA, "owner"), (BEN, "member")):
            handle = f"Calm {who.partition('@')[0].title()}"
            made.quietlist("member", "add", GROUP, who, "--role", role, "--handle", handle)
        yield House(made, world)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


def link(said: str, kind: str) -> str:
    found = re.search(rf"/{kind}/[a-z2-7]+", said)
    assert found
    return found[0]


def press(page: Page, button: str) -> str:
    """Presses it, and returns what the page says then."""
    with page.expect_navigation():
        page.click(f"main button:has-text('{button}')")
    return page.inner_text("main")


def phone(browser: Browser) -> Page:
    size = {"width": 320, "height": 640}
    made = browser.new_context(viewport=size, java_script_enabled=False, locale="en")  # type: ignore[arg-type]  # Playwright's own kind of dict
    return made.new_page()


def signs_in(house: House, page: Page, who: str) -> None:
    page.goto(f"{house.url}/sign-in")
    page.fill("#email", who)
    press(page, "Send me the mail")
    page.goto(house.url + link(house.mail_with(who, "/sign-in/"), "sign-in"))
    press(page, "Sign in")


def test_a_morning(house: House, browser: Browser) -> None:
    for number in range(1, 7):
        house.post(f"Subject {number}", f"Words {number}.")
    page = phone(browser)
    decides_by_link(house, page)
    signs_in(house, page, MEG)
    sends_back_one_and_goes_on(house, page)
    lets_two_out_at_once(house, page)
    trusts_the_author(house, page)
    lets_somebody_in(house, page)
    mutes_and_notes(house, page)
    page.context.close()
    page = phone(browser)
    signs_in(house, page, OLGA)
    changes_settings_and_roles(house, page)
    page.context.close()
    page = phone(browser)
    signs_in(house, page, BEN)
    takes_back_own(house, page)
    page.context.close()
    assert "none changed" in house.stack.quietlist("audit", "verify")
    seen = b"".join(one.content for who in (MEG, OLGA) for one in house.mails(who))
    assert BEN.encode() not in seen and ROSA.encode() not in seen


def decides_by_link(house: House, page: Page) -> None:
    """The link in the notice and one button; looking decides nothing."""
    found = link(house.mail_with(MEG, "Words 1."), "held")
    page.goto(house.url + found)
    assert "Words 1." in page.inner_text("main") and BEN not in page.content()
    assert house.held() == 6
    assert "The message goes out" in press(page, "Let it go out")
    house.mail_with(OLGA, "Words 1.")
    page.goto(house.url + found)
    assert "Calm Meg was first" in page.inner_text("main")


def sends_back_one_and_goes_on(house: House, page: Page) -> None:
    page.goto(f"{house.url}/me")
    page.click("text=Tuesday")
    page.click("text=What waits")
    page.click("text=Subject 2")
    page.fill("#words", "Please leave out the clinic.")
    said = press(page, "Send it back")
    assert "goes back to its author" in said and "Words 3." in said
    back = house.mail_with(BEN, "Please leave out the clinic.")
    assert "Words 2." in back


def lets_two_out_at_once(house: House, page: Page) -> None:
    page.goto(f"{house.url}{LIST}/moderation")
    assert "Before: sent back, went out." in page.inner_text("main")
    boxes = page.locator("main input[type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    assert "2 messages go out" in press(page, "Let it go out")
    for number in (3, 4):
        house.mail_with(OLGA, f"Words {number}.")


def trusts_the_author(house: House, page: Page) -> None:
    """What is dropped tells nobody; what is trusted goes out with all that follow."""
    page.click("text=Subject 5")
    before = len(house.mails(BEN))
    assert "Nobody is told" in press(page, "Drop it")
    assert len(house.mails(BEN)) == before
    press(page, "Let it go out, and trust")
    house.mail_with(OLGA, "Words 6.")
    house.post("Tea", "The kettle is on.")
    house.mail_with(OLGA, "The kettle is on.")
    assert house.held() == 0


def lets_somebody_in(house: House, page: Page) -> None:
    page.goto(f"{house.url}{LIST}")
    page.fill("#email", ROSA)
    press(page, "Ask to join")
    question = wait_for(lambda: house.mails(ROSA), "the question")[0]
    confirm = re.search(r"-confirm\+(\w+)@", str(question.message["Reply-To"]))
    assert confirm
    page.goto(f"{house.url}/confirm/{confirm[1]}")
    press(page, "Join the group")
    page.goto(house.url + link(house.mail_with(MEG, "would like to join"), "requests"))
    assert ROSA not in page.content()
    assert "is in the group now" in press(page, "Let them in")
    house.mail_with(ROSA, "Others see you as")


def mutes_and_notes(house: House, page: Page) -> None:
    page.goto(f"{house.url}{LIST}/members")
    page.click("text=Calm Ben")
    page.fill("#note", "Had a hard week.")
    assert "Had a hard week." in press(page, "Keep this note")
    assert b"hard week" not in (house.stack.data / "quietlist.db").read_bytes()
    page.check("#watch-always")
    press(page, "Save this choice")
    house.post("Later", "I wait now.")
    house.mail_with(MEG, "I wait now.")


def changes_settings_and_roles(house: House, page: Page) -> None:
    page.goto(f"{house.url}{LIST}/settings")
    page.fill("#keep_held", "0")
    assert "One setting cannot be saved" in press(page, "Save the settings")
    page.fill("#keep_held", "5")
    page.select_option("#on_command", "reject")
    assert "Saved." in press(page, "Save the settings")
    shown = house.stack.json("list", "show", GROUP)["settings"]
    assert (shown["keep_held"], shown["on_command"]) == ("5", "reject")
    page.goto(f"{house.url}{LIST}/members")
    page.click("text=Calm Meg")
    page.select_option("#role", "owner")
    press(page, "Save what they are")
    assert sorted(
        one["role"] for one in house.stack.json("member", "list", GROUP) if one["role"] != "member"
    ) == ["owner", "owner"]


def takes_back_own(house: House, page: Page) -> None:
    page.click("text=Tuesday")
    page.click("text=What you wrote that waits")
    assert "I wait now." in page.inner_text("main")
    assert "Nobody will get it" in press(page, "Take my message back")
    assert house.held() == 0
