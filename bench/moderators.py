"""What do 5,000 posts that wait cost, and 50 moderators who press the same button at once?

The posts wait in the real product; moderators press by the links in their
notices, all for the same post at the same moment, over and over. Each post must
go out once, and each member get it once. Beside it: the queue's page while
fifty posts wait, in the same run.
"""

import argparse
import json
import re
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email import message_from_bytes
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from bench import mails
from bench.product import Product, machine, product
from listserv.bootstrap import build_kit
from listserv.domain.envelope import Envelope
from listserv.domain.routing import ToList
from listserv.domain.subscription import Role
from listserv.services.decide_by_token import DECIDE
from listserv.services.issue_token import issue_token
from listserv.services.kit import Kit
from listserv.services.moderate import queue
from listserv.services.receive_post import receive_post
from listserv.settings import read_settings
from listserv.store import mailing_lists, subscriptions

LIST = "bench@lists.example.org"
AUTHOR = "member0@members.example.net"
MODERATOR = "moderator0@members.example.net"
PAGES = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", type=int, default=5000)
    parser.add_argument("--moderators", type=int, default=50)
    parser.add_argument("--posts", type=int, default=20, help="decided by all of them at once")
    asked = parser.parse_args()
    with product(2) as found:
        found.make_list(LIST, 3)
        found.quietlist("list", "set", LIST, "moderate=all")
        people = "".join(f"moderator{n}@members.example.net\n" for n in range(asked.moderators))
        found.quietlist("member", "add", LIST, "--role", "moderator", "--file", "-", text=people)
        kit = build_kit(read_settings(found.environment), "bench")
        _fill(kit, min(asked.held, 50), "few")
        with found.running():
            browser = _signed_in(found)
            few = _page_times(browser)
        _fill(kit, asked.held, "many")
        with found.running():
            many = _page_times(browser)
            waits, outcomes = _press_at_once(kit, found, asked.moderators, asked.posts)
            copies = _copies(found, asked.posts * (asked.moderators + 3))
            still = queue(kit, 1).total
    waits.sort()
    result = {
        "held": asked.held,
        "moderators": asked.moderators,
        "page_ms_few": round(statistics.median(few) * 1000, 1),
        "page_ms_many": round(statistics.median(many) * 1000, 1),
        "page_ratio": round(statistics.median(many) / statistics.median(few), 2),
        "posts_decided": asked.posts,
        "first": outcomes["first"],
        "told_who_was_first": outcomes["late"],
        "anything_else": sum(outcomes.values()) - outcomes["first"] - outcomes["late"],
        "press_p50_ms": round(statistics.median(waits) * 1000),
        "press_p99_ms": round(waits[int(len(waits) * 0.99)] * 1000),
        "copies": sum(copies.values()),
        "copies_twice": sum(number > 1 for number in copies.values()),
        "still_waiting": still,
        **machine(),
    }
    print(json.dumps(result, indent=2))
    print(
        f"page {result['page_ratio']} times as long with {asked.held} as with fifty; "
        f"{outcomes['first']} of {asked.posts} went out, {result['copies_twice']} copies twice",
        file=sys.stderr,
    )


def _fill(kit: Kit, number: int, name: str) -> None:
    """Posts that wait, by the way that any post takes."""
    for post in range(number):
        raw = mails.post(LIST, AUTHOR, f"{name}.{post}")
        receive_post(kit, ToList(1), Envelope(AUTHOR, trusted=True), raw)


@dataclass
class Browser:
    """As much of one as a form needs: a connection, a cookie, the form's token."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""

    def get(self, path: str) -> str:
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> str:
        return self._ask("POST", path, urlencode({"csrf_token": self.csrf, **fields}))

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        web = HTTPConnection("127.0.0.1", self.port, timeout=120)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        web.request(method, path, body, headers)
        answer = web.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        web.close()
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        self.csrf = found[1] if found else self.csrf
        return text


def _signed_in(found: Product) -> Browser:
    browser = Browser(found.web_port)
    browser.get("/sign-in")
    browser.post("/sign-in", email=MODERATOR)
    link = _wait(lambda: _sign_in_link(found))
    browser.get(link)
    browser.post(link)
    return browser


def _sign_in_link(found: Product) -> str:
    for content in _outbox(found):
        link = re.search(rb"/sign-in/[a-z2-7]+", content)
        if link:
            return link[0].decode()
    return ""


def _outbox(found: Product) -> list[bytes]:
    folder = Path(found.environment["QUIETLIST_DATA_DIR"]) / "outbox" / "new"
    return [file.read_bytes().replace(b"=\r\n", b"") for file in folder.glob("*")]


def _wait(look: Callable[[], str]) -> str:
    for _ in range(600):
        if seen := look():
            return seen
        time.sleep(0.1)
    raise TimeoutError("nothing came within a minute")


def _page_times(browser: Browser) -> list[float]:
    times = []
    for _ in range(PAGES):
        started = time.monotonic()
        text = browser.get(f"/lists/{LIST}/moderation")
        times.append(time.monotonic() - started)
        assert "messages wait" in text, text
    return times


def _press_at_once(
    kit: Kit, found: Product, moderators: int, posts: int
) -> tuple[list[float], Counter[str]]:
    """Each moderator, with a browser of their own, approves each of the posts."""
    waits: list[float] = []
    outcomes: Counter[str] = Counter()
    ids = [one.post.id for one in queue(kit, 1).waiting][:posts]
    with ThreadPoolExecutor(moderators) as hands:
        for post_id in ids:
            ready = threading.Barrier(moderators)

            def press(link: str, ready: threading.Barrier = ready) -> None:
                browser = Browser(found.web_port)
                browser.get(link)
                ready.wait(120)
                started = time.monotonic()
                text = browser.post(link, do="approve")
                waits.append(time.monotonic() - started)
                first, late = "The message goes out" in text, "was first" in text
                outcomes["first" if first else "late" if late else text[:200]] += 1

            list(hands.map(press, _links(kit, post_id)))
    return waits, outcomes


def _links(kit: Kit, post_id: int) -> list[str]:
    """As the notices to all moderators have them."""
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.get(tx, 1)
        people = subscriptions.with_role(tx, 1, (Role.MODERATOR,))
        tokens = [issue_token(kit, tx, mailing_list, post_id, one.id, DECIDE) for one in people]
    return [f"/held/{token}" for token in tokens]


def _copies(found: Product, wanted: int) -> Counter[tuple[str, str]]:
    """How many copies there are of each post, told apart by what only one recipient has."""

    def look() -> Counter[tuple[str, str]]:
        headers = [message_from_bytes(content) for content in _outbox(found)]
        return Counter(
            (str(one["Message-ID"]), str(one["List-Unsubscribe"]))
            for one in headers
            if one["List-Unsubscribe"]
        )

    for _ in range(600):
        seen = look()
        if sum(seen.values()) >= wanted:
            return seen
        time.sleep(0.5)
    raise TimeoutError(f"{sum(seen.values())} of {wanted} copies came")


if __name__ == "__main__":
    main()
