"""How does GNU Mailman do the same work, on the same machine, in the same run?

Four things side by side: a post to a big list in bulk (Mailman's way: several
recipients a transaction, all the same bytes), a post with a copy for each member
(our only way: a return path and links of one's own), posts taken to a list of
one, and a MIME digest of some posts to a list whose members all read digests.
Mailman comes from PyPI into an environment of its own, as shipped but for what
makes it slower here: no archive, no digests but for that last list, posts of
members accepted.
"""

import argparse
import json
import os
import signal
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update

from bench import mails
from bench.product import Product, free_port, machine, product, wait_for_port
from bench.sink import Sink
from listserv.bootstrap import build_kit
from listserv.domain.subscription import DigestFormat
from listserv.settings import read_settings
from listserv.store.tables import SubscriptionRow

PACKAGES = ("mailman==3.3.10", "sqlalchemy<2.1")
BIG, ONE = "big@lists.example.org", "one@lists.example.org"
DIGEST = "digest@lists.example.org"
SENDER = "member0@members.example.net"
BULK_RECIPIENTS = 10  # Mailman's own default

_CONFIGURATION = """\
[mailman]
layout: bench
site_owner: owner@example.org
[paths.bench]
var_dir: {folder}/var
bin_dir: {programs}
[mta]
incoming: mailman.mta.null.NullMTA
outgoing: mailman.mta.deliver.deliver
lmtp_host: 127.0.0.1
lmtp_port: {lmtp}
smtp_host: 127.0.0.1
smtp_port: {sink}
max_recipients: {recipients}
verp_personalized_deliveries: yes
verp_delivery_interval: {interval}
[webservice]
port: {rest}
"""
_PREPARE = """\
from mailman.core.initialize import initialize
initialize({configuration!r})
from zope.component import getUtility
from mailman.config import config
from mailman.interfaces.action import Action
from mailman.interfaces.archiver import ArchivePolicy
from mailman.interfaces.listmanager import IListManager
from mailman.interfaces.mailinglist import Personalization
for address in {addresses!r}:
    found = getUtility(IListManager).get(address)
    found.default_member_action = Action.accept
    found.archive_policy = ArchivePolicy.never
    found.digests_enabled = address == {digest!r}
    found.digest_size_threshold = 0  # only when it is told to
    found.send_welcome_message = False
    found.personalize = Personalization.{personalize}
config.db.commit()
"""


@dataclass(frozen=True)
class Mailman:
    """An installation in a folder: where its programs are, its settings and its door."""

    folder: Path
    programs: Path
    sink: int
    lmtp: int

    @property
    def configuration(self) -> str:
        return str(self.folder / "mailman.cfg")

    def write(self, personal: bool) -> None:
        values = {
            "folder": self.folder,
            "programs": self.programs,
            "lmtp": self.lmtp,
            "sink": self.sink,
            "recipients": BULK_RECIPIENTS,
            "interval": int(personal),  # 1: each copy has a return path of its own
            "rest": free_port(),
        }
        Path(self.configuration).write_text(_CONFIGURATION.format(**values))

    def run(self, *words: str) -> None:
        program = str(self.programs / "mailman")
        command = [program, "--run-as-root", "-C", self.configuration, *words]
        subprocess.run(command, check=True, capture_output=True)

    @property
    def collected(self) -> Path:
        """Where the posts of the next digest wait."""
        local, _, domain = DIGEST.partition("@")
        return self.folder / "var" / "lists" / f"{local}.{domain}" / "digest.mmdf"

    def make_list(self, address: str, members: int, delivery: str = "regular") -> None:
        people = self.folder / "people"
        people.write_text("".join(f"member{n}@members.example.net\n" for n in range(members)))
        self.run("create", address)
        self.run("addmembers", "-W", "-d", delivery, str(people), address)

    def personalize(self, wanted: bool) -> None:
        """Whether each member's copy is one's own. While it does not run."""
        self.write(wanted)
        program = _PREPARE.format(
            configuration=self.configuration,
            addresses=[BIG, ONE, DIGEST],
            digest=DIGEST,
            personalize="individual" if wanted else "none",
        )
        subprocess.run([self.programs / "python", "-c", program], check=True, capture_output=True)

    @contextmanager
    def running(self) -> Iterator[int]:
        """All its runners; gives the id of their session."""
        (self.folder / "var").mkdir(exist_ok=True)
        with (self.folder / "said").open("ab") as said:
            master = subprocess.Popen(
                [self.programs / "master", "-C", self.configuration, "--force"],
                start_new_session=True,
                stdout=said,
                stderr=said,
            )
        try:
            wait_for_port(self.lmtp)
            time.sleep(10)  # until the other runners have started
            yield master.pid
        finally:
            os.killpg(master.pid, signal.SIGTERM)
            master.wait(60)


@contextmanager
def installed(sink: int) -> Iterator[Mailman]:
    """Mailman from PyPI, with its lists' database empty."""
    with tempfile.TemporaryDirectory(prefix="mailman-") as folder:
        home = Path(folder)
        subprocess.run([sys.executable, "-m", "venv", home / "programs"], check=True)
        programs = home / "programs" / "bin"
        subprocess.run([programs / "pip", "install", "-q", *PACKAGES], check=True)
        found = Mailman(home, programs, sink, free_port())
        found.write(personal=False)
        yield found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--posts", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--digest-posts", type=int, default=50)
    asked = parser.parse_args()
    with Sink() as sink, installed(sink.port) as mailman:
        mailman.make_list(BIG, asked.members)
        mailman.make_list(ONE, 1)
        mailman.make_list(DIGEST, asked.members, "mime")
        theirs = _theirs(mailman, sink, asked)
        ours = _ours(sink, asked)
    result = {
        "members": asked.members,
        "mailman": theirs,
        "quietlist": ours,
        "ratio_personal": round(ours["copies_per_second"] / theirs["personal_per_second"], 1),
        "ratio_bulk": round(ours["copies_per_second"] / theirs["bulk_per_second"], 1),
        "ratio_intake": round(ours["posts_per_second"] / theirs["posts_per_second"], 1),
        "ratio_digest": round(theirs["digest_seconds"] / ours["digest_seconds"], 1),
        **machine(),
    }
    print(json.dumps(result, indent=2))


def _theirs(mailman: Mailman, sink: Sink, asked: argparse.Namespace) -> dict[str, float]:
    found = {}
    for name, personal in (("bulk", False), ("personal", True)):
        mailman.personalize(personal)
        with mailman.running() as session:
            # In bulk each transaction at the sink stands for several copies.
            share = 1 if personal else BULK_RECIPIENTS
            seen = -(-asked.members // share)
            rates = [
                asked.members / _post(mailman, sink, f"{name}-{number}", seen)
                for number in range(asked.rounds)
            ]
            found[f"{name}_per_second"] = round(statistics.median(rates))
            if personal:
                found["posts_per_second"] = round(
                    _intake(smtplib.LMTP("127.0.0.1", mailman.lmtp), asked.posts)
                )
                found["mib"] = _mib(session)
            else:
                found["digest_seconds"] = round(_their_digest(mailman, sink, asked, seen), 2)
    return found


def _their_digest(mailman: Mailman, sink: Sink, asked: argparse.Namespace, seen: int) -> float:
    """Seconds from the command that sends digests to the last of them."""
    with smtplib.LMTP("127.0.0.1", mailman.lmtp) as client:
        _write(client, asked.digest_posts)
    ends = time.monotonic() + 300
    while _posts_in(mailman.collected) < asked.digest_posts:
        if time.monotonic() > ends:
            raise TimeoutError("Mailman has not collected the posts of the digest.")
        time.sleep(0.5)
    before, began = _settled(sink), time.monotonic()
    mailman.run("digests", "--send", "--list", DIGEST)
    return sink.wait_for(before + seen, 900) - began


def _posts_in(box: Path) -> int:
    return box.read_bytes().count(b"\nMessage-ID: <digest-") if box.exists() else 0


def _write(client: smtplib.SMTP, posts: int) -> None:
    for number in range(posts):
        client.sendmail(SENDER, DIGEST, mails.post(DIGEST, SENDER, f"digest-{number}"))


def _ours(sink: Sink, asked: argparse.Namespace) -> dict[str, float]:
    with product(2, relay_url=f"smtp://127.0.0.1:{sink.port}") as found:
        found.make_list(BIG, asked.members)
        found.make_list(ONE, 1)
        found.make_list(DIGEST, asked.members, "daily")
        _read_as_mime(found)
        with found.running() as up:
            rates = []
            for number in range(asked.rounds + 1):  # the first one warms up
                before, began = _settled(sink), time.monotonic()
                with smtplib.SMTP("127.0.0.1", found.smtp_port) as client:
                    client.sendmail(SENDER, BIG, mails.post(BIG, SENDER, f"ours-{number}"))
                rates.append(asked.members / (sink.wait_for(before + asked.members, 600) - began))
            posts = _intake(smtplib.SMTP("127.0.0.1", found.smtp_port), asked.posts)
            mib = _mib(up.pid)
            digest = _our_digest(found, sink, asked)
    return {
        "copies_per_second": round(statistics.median(rates[1:])),
        "posts_per_second": round(posts),
        "mib": mib,
        "digest_seconds": round(digest, 2),
    }


def _read_as_mime(found: Product) -> None:
    """All readers of digests take the format that Mailman's take."""
    kit = build_kit(read_settings(found.environment), "bench")
    with kit.database.transaction() as tx:
        tx.session.execute(update(SubscriptionRow).values(digest_format=DigestFormat.MIME))


def _our_digest(found: Product, sink: Sink, asked: argparse.Namespace) -> float:
    with smtplib.SMTP("127.0.0.1", found.smtp_port) as client:
        _write(client, asked.digest_posts)
    while found.status()["inbound"]:
        time.sleep(0.5)
    before, began = _settled(sink), time.monotonic()
    found.quietlist("digest", "send", DIGEST)
    return sink.wait_for(before + asked.members, 900) - began


def _post(mailman: Mailman, sink: Sink, name: str, seen: int) -> float:
    """Seconds from handing in a post to the last transaction at the sink."""
    before, began = _settled(sink), time.monotonic()
    with smtplib.LMTP("127.0.0.1", mailman.lmtp) as client:
        client.sendmail(SENDER, BIG, mails.post(BIG, SENDER, name))
    return sink.wait_for(before + seen, 900) - began


def _intake(client: smtplib.SMTP, posts: int) -> float:
    """Posts a second over one connection, to a list of one."""
    with client:
        began = time.monotonic()
        for number in range(posts):
            client.sendmail(SENDER, ONE, mails.post(ONE, SENDER, f"intake-{number}"))
        return posts / (time.monotonic() - began)


def _settled(sink: Sink) -> int:
    """How many the sink has taken, once nothing more comes."""
    seen = -1
    while seen != sink.taken:
        seen = sink.taken
        time.sleep(1)
    return seen


def _mib(session: int) -> float:
    """The proportional set sizes of every process of a session."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                lines = (folder / "smaps_rollup").read_text().splitlines()
                total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        except OSError:
            continue  # it has just ended
    return round(total / 1024, 1)


if __name__ == "__main__":
    main()
