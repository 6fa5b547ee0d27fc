"""How fast does a day of posts reach many readers of digests?

Posts and members are written into the database at once; then the product's own
parts build and send, into Postfix's smtp-sink. In the same run: single posts to a
list of the same size class, which gives the bytes a second to compare with, the same
digest with `smtp-source -d`, and how often the workers built a digest. `bench.mailman`
gives the same work to GNU Mailman.
"""

import argparse
import json
import smtplib
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, text, update

from bench import mails
from bench.product import Product, machine, product
from bench.sink import Sink, source
from listserv.bootstrap import build_kit
from listserv.domain.anonymous_message import AnonymousMessage
from listserv.domain.post import NewPost
from listserv.domain.subscription import DigestFormat
from listserv.mail.compose_digest import compose_digest, sign_digest
from listserv.services.build_digest import build_digest
from listserv.services.issue_digests import issue_digests_now
from listserv.services.kit import Kit
from listserv.settings import read_settings
from listserv.store import digest_order, digests, mailing_lists, posts
from listserv.store.tables import DigestDeliveryRow, DigestRow, MemberRow, SubscriptionRow

LIST, SINGLE = "bench@lists.example.org", "single@lists.example.org"
WORDS = "The kettle is on at seven, and whoever comes brings a cup, a chair and a story.\n"
ZONES = [f"Etc/GMT{hours:+d}" for hours in range(-12, 12)]
LONGEST_WAIT = 1800


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--posts", type=int, default=1_000)
    parser.add_argument("--windows", type=int, default=24)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--copies", type=int, default=1_000, help="how many to wait for")
    parser.add_argument("--singles", type=int, default=2_000, help="readers of single posts")
    parser.add_argument("--format", type=DigestFormat, default=DigestFormat.READER)
    asked = parser.parse_args()
    with Sink() as sink, product(asked.workers, relay_url=f"smtp://127.0.0.1:{sink.port}") as found:
        result = _measure(found, sink, asked)
    print(json.dumps({**vars(asked), **result, **machine()}, indent=2))
    print(
        f"{result['megabytes_per_second']} MB/s, single posts "
        f"{result['single_megabytes_per_second']} MB/s, smtp-source "
        f"{result['source_megabytes_per_second']} MB/s, "
        f"peak worker {result['peak_worker_mib']} MiB, "
        f"{result['builds']} builds of {result['digests']} digests",
        file=sys.stderr,
    )


def _measure(found: Product, sink: Sink, asked: argparse.Namespace) -> dict[str, object]:
    kit = _prepare(found, asked)
    with found.running():
        singles = _singles(found, sink, asked.singles)
    started = time.monotonic()
    copies = issue_digests_now(kit, LIST)
    issued = time.monotonic() - started
    built, content = _build(kit)
    _count_builds(kit)
    before = sink.taken
    with found.running() as up:
        first = sink.wait_for(before + 1, LONGEST_WAIT)
        wanted = min(asked.copies, copies)
        took = sink.wait_for(before + wanted, LONGEST_WAIT) - first
        peak = _peak(up.pid)
    peer = source(sink.port, content, min(wanted, 500), asked.workers)
    rate, single = (wanted - 1) / took, len(mails.copy(SINGLE))
    return {
        "copies": copies,
        "seconds_to_issue": round(issued, 2),
        "seconds_to_build": round(built, 2),
        "megabytes_a_copy": round(len(content) / 1e6, 2),
        "copies_per_second": round(rate, 1),
        "megabytes_per_second": round(rate * len(content) / 1e6, 1),
        "single_copies_per_second": round(singles),
        "single_megabytes_per_second": round(singles * single / 1e6, 1),
        "ratio_per_byte": round(rate * len(content) / (singles * single), 1),
        "source_megabytes_per_second": round(peer * len(content) / 1e6, 1),
        "peak_worker_mib": peak,
        **_builds(kit),
    }


def _prepare(found: Product, asked: argparse.Namespace) -> Kit:
    found.make_list(SINGLE, asked.singles)
    found.quietlist("list", "create", LIST)
    people = "\n".join(f"member{number}@members.example.net" for number in range(asked.members))
    found.quietlist("member", "add", LIST, "--delivery", "daily", "--file", "-", text=people)
    kit = build_kit(read_settings(found.environment), "bench")
    _write_posts(kit, asked.posts)
    _spread(kit, asked)
    return kit


def _singles(found: Product, sink: Sink, readers: int) -> float:
    """Copies a second of the second of two single posts; the first one warms up."""
    rate = 0.0
    for name in ("warm", "measured"):
        before = sink.taken
        sender = "member0@members.example.net"
        with smtplib.SMTP("127.0.0.1", found.smtp_port) as client:
            client.sendmail(sender, SINGLE, mails.post(SINGLE, sender, name))
        began = time.monotonic()
        rate = readers / (sink.wait_for(before + readers, LONGEST_WAIT) - began)
    return rate


def _write_posts(kit: Kit, number: int) -> None:
    """Already fanned out, each with its number; ten to a conversation."""
    now = datetime.now(UTC) - timedelta(hours=1)
    with kit.database.transaction() as tx:
        list_id = mailing_lists.named(tx, LIST).id
        for count in range(number):
            first = f"<{count // 10}.0@example.org>"
            mine = f"<{count // 10}.{count % 10}@example.org>"
            above = (first,) if first != mine else ()
            words = AnonymousMessage(f"Evening {count // 10}", f"Post {count}.\n\n{WORDS * 12}")
            handle = f"Otter {count % 40}"
            new = NewPost(list_id, None, handle, words, (), mine, above, None, now, first)
            post = posts.add(tx, new, accepted_at=now)
            posts.fanned_out(tx, post.id, digest_order.next_number(tx, list_id, now), now)


def _spread(kit: Kit, asked: argparse.Namespace) -> None:
    """The readers stand at different posts, as those of different time zones do."""
    with kit.database.transaction() as tx:
        list_id = mailing_lists.named(tx, LIST).id
        readers = tx.session.execute(
            select(SubscriptionRow.id, SubscriptionRow.member_id)
            .where(SubscriptionRow.list_id == list_id)
            .order_by(SubscriptionRow.id)
        ).all()
        for place in range(asked.windows):
            mine = readers[place :: asked.windows]
            for some in (mine[start : start + 500] for start in range(0, len(mine), 500)):
                tx.session.execute(
                    update(SubscriptionRow)
                    .where(SubscriptionRow.id.in_([one for one, _ in some]))
                    .values(digest_mark=place, digest_format=asked.format)
                )
                tx.session.execute(
                    update(MemberRow)
                    .where(MemberRow.id.in_([member for _, member in some]))
                    .values(time_zone=ZONES[place % len(ZONES)])
                )


def _build(kit: Kit) -> tuple[float, bytes]:
    """Seconds to build the largest digest, and its bytes."""
    started = time.monotonic()
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.named(tx, LIST)
        first = tx.session.scalar(select(DigestRow.id).order_by(DigestRow.after).limit(1))
        digest = digests.get(tx, int(first or 0))
        assert digest
        issue = build_digest(kit, tx, digest, mailing_list)
    content = compose_digest(issue)
    took = time.monotonic() - started
    leave = "https://lists.example.org/unsubscribe/x", "x@example.org"
    return took, sign_digest(content).copy(datetime.now(UTC), *leave)


def _count_builds(kit: Kit) -> None:
    """From now on the database writes down each digest that some worker has built and kept."""
    with kit.database.transaction() as tx:
        tx.session.execute(text("CREATE TABLE bench_builds (digest INTEGER)"))
        tx.session.execute(
            text(
                "CREATE TRIGGER bench_count AFTER INSERT ON built_digests "
                "BEGIN INSERT INTO bench_builds VALUES (NEW.id); END"
            )
        )


def _builds(kit: Kit) -> dict[str, object]:
    """builds: by all workers together. digests: of which at least one copy was tried."""
    tried = select(func.count(DigestDeliveryRow.digest_id.distinct()))
    with kit.database.reading() as tx:
        return {
            "digests": tx.session.scalar(tried.where(DigestDeliveryRow.attempts > 0)),
            "builds": tx.session.scalar(text("SELECT count(*) FROM bench_builds")),
        }


def _peak(session: int) -> float:
    """The most memory that a worker of that session ever had, in MiB."""
    peaks = [0.0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            words = (folder / "cmdline").read_text().rstrip("\0").split("\0")
            if int(fields[3]) == session and words[-1] == "worker":
                status = (folder / "status").read_text()
                peaks.append(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
        except OSError:
            continue
    return round(max(peaks), 1)


if __name__ == "__main__":
    main()
