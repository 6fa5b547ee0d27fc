"""Everything that is kept of a member, for that member."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from listserv.domain.errors import NotFound
from listserv.domain.post import Post
from listserv.domain.subscription import Subscription
from listserv.mail.compose import compose_post
from listserv.services.kit import Kit
from listserv.services.show_me import Group, groups_ever
from listserv.store import members, posts, subscriptions
from listserv.store.transaction import Transaction

_AT_ONCE = 100
# mboxrd: a line that could be taken for the start of a mail gets a mark (RFC 4155 appendix A).
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)


@dataclass(frozen=True)
class Export:
    """json: what we know, in UTF-8. mbox: their posts as they went out, or would go out."""

    json: bytes = field(repr=False)
    mbox: bytes = field(repr=False)


def export_member(kit: Kit, member_id: str) -> Export:
    """Raises NotFound."""
    with kit.database.reading() as tx:
        return export(kit, tx, member_id)


def export(kit: Kit, tx: Transaction, member_id: str) -> Export:
    member, person = members.get(tx, member_id), members.person(tx, member_id)
    if member is None or person is None:
        raise NotFound("We do not know you any more.")
    groups = groups_ever(tx, member_id)
    known = {
        "address": kit.vault.open_member(member),
        "language": person.language,
        "time_zone": person.time_zone,
        "groups": [_group(tx, group) for group in groups],
    }
    mbox = b"".join(
        _in_mbox(kit, group, post) for group in groups for post in _posts(tx, group.subscription)
    )
    return Export(json.dumps(known, ensure_ascii=False, indent=2).encode(), mbox)


def _group(tx: Transaction, group: Group) -> dict[str, Any]:
    mine = group.subscription
    return {
        "group": group.mailing_list.address,
        "name": group.mailing_list.outer_name,
        "handle": mine.handle,
        "joined": _time(subscriptions.joined_at(tx, mine.id)),
        "state": mine.state,
        "paused_until": _time(mine.paused_until),
        "delivery": mine.delivery,
        "digest_hour": mine.digest_hour,
        "digest_format": mine.digest_format,
        "copies_of_own_posts": mine.receipts,
        "one_time_names": mine.one_time,
        "role": mine.role,
        "posts": [
            {
                "subject": post.message.subject,
                "shown_as": post.handle,
                "state": post.state,
                "received": _time(post.received_at),
                "text": post.message.text,
                "attachments": [one.name for one in post.message.attachments],
            }
            for post in _posts(tx, mine)
        ],
    }


def _posts(tx: Transaction, mine: Subscription) -> Iterator[Post]:
    last = 0
    while page := posts.of_author(tx, mine.id, last, _AT_ONCE):
        yield from page
        last = page[-1].id


def _in_mbox(kit: Kit, group: Group, post: Post) -> bytes:
    token = kit.tokens.unsubscribe(group.subscription.id)
    date = post.accepted_at or post.received_at
    copy = compose_post(post, group.mailing_list, date).copy(
        f"{kit.base_url}/unsubscribe/{token}", group.mailing_list.sub_address("leave", token)
    )
    content = _FROM.sub(rb">\1", copy.replace(b"\r\n", b"\n"))
    begins = date.strftime("%a %b %d %H:%M:%S %Y").encode()
    return b"From MAILER-DAEMON %s\n%s\n" % (begins, content)


def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
