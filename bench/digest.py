"""How fast does a day of posts reach many readers of digests?

Posts and members are written into the database at once; then the product's own
parts build and send, into Postfix's smtp-sink. Beside it, the same bytes with
`smtp-source -d`, so that the figure can be read on any machine.
"""

import argparse
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from bench.product import Product, machine, product
from bench.sink import Sink, source
from listserv.bootstrap import build_kit
from listserv.domain.anonymous_message import AnonymousMessage
from listserv.domain.post import NewPost
from listserv.domain.subscription import DigestFormat
from listserv.mail.compose_digest import compose_digest
from listserv.services.build_digest import build_digest
from listserv.services.issue_digests import issue_digests_now
from listserv.services.kit import Kit
from listserv.settings import read_settings
from listserv.store import digests, mailing_lists, posts
from listserv.store.tables import DigestRow, MemberRow, SubscriptionRow

LIST = "bench@lists.example.org"
WORDS = "The kettle is on at seven, and whoever comes brings a cup, a chair and a story.\n"
ZONES = [f"Etc/GMT{hours:+d}" for hours in range(-12, 12)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--posts", type=int, default=1_000)
    parser.add_argument("--windows", type=int, default=24)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--copies", type=int, default=1_000, help="how many to wait for")
    parser.add_argument("--format", type=DigestFormat, default=DigestFormat.READER)
    asked = parser.parse_args()
    with Sink() as sink, product(asked.workers, relay_url=f"smtp://127.0.0.1:{sink.port}") as found:
        result = _measure(found, sink, asked)
    print(json.dumps({**vars(asked), **result, **machine()}, indent=2))
    print(
        f"{result['megabytes_per_second']} MB/s, smtp-source "
        f"{result['source_megabytes_per_second']} MB/s, "
        f"peak worker {result['peak_worker_mib']} MiB",
        file=sys.stderr,
    )


def _measure(found: Product, sink: Sink, asked: argparse.Namespace) -> dict[str, object]:
    found.quietlist("list", "create", LIST)
    people = "\n".join(f"member{number}@members.example.net" for number in range(asked.members))
    found.quietlist("member", "add", LIST, "--delivery", "daily", "--file", "-", text=people)
    kit = build_kit(read_settings(found.environment), "bench")
    _write_posts(kit, asked.posts)
    _spread(kit, asked)
    started = time.monotonic()
    copies = issue_digests_now(kit, LIST)
    issued = time.monotonic() - started
    built, content = _build(kit)
    with found.running() as up:
        began = time.monotonic()
        wanted = min(asked.copies, copies)
        took = sink.wait_for(wanted, 900) - began
        peak = _peak(up.pid)
    peer = source(sink.port, content, min(wanted, 500), asked.workers)
    return {
        "copies": copies,
        "seconds_to_issue": round(issued, 2),
        "seconds_to_build": round(built, 2),
        "megabytes_a_copy": round(len(content) / 1e6, 2),
        "copies_per_second": round(wanted / took, 1),
        "megabytes_per_second": round(wanted * len(content) / took / 1e6),
        "source_megabytes_per_second": round(peer * len(content) / 1e6),
        "peak_worker_mib": peak,
    }


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
            posts.fanned_out(tx, post.id, digests.next_number(tx, list_id), now)


def _spread(kit: Kit, asked: argparse.Namespace) -> None:
    """The readers stand at different posts, as those of different time zones do."""
    with kit.database.transaction() as tx:
        tx.session.execute(update(SubscriptionRow).values(digest_format=asked.format))
        tx.session.execute(
            update(SubscriptionRow).values(digest_mark=SubscriptionRow.id % asked.windows)
        )
        for number, zone in enumerate(ZONES):
            some = MemberRow.id.startswith("abcdefghijklmnopqrstuvwx"[number])
            tx.session.execute(update(MemberRow).where(some).values(time_zone=zone))


def _build(kit: Kit) -> tuple[float, bytes]:
    """Seconds to build the largest digest, and its bytes."""
    started = time.monotonic()
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.named(tx, LIST)
        first = tx.session.query(DigestRow.id).order_by(DigestRow.after).limit(1).scalar()
        digest = digests.get(tx, int(first or 0))
        assert digest
        issue = build_digest(kit, tx, digest, mailing_list)
    content = compose_digest(issue).copy("https://lists.example.org/unsubscribe/x", "x@example.org")
    return time.monotonic() - started, content


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
