"""What members read again, asked of each real database."""

from listserv.domain.anonymous_message import Attachment
from listserv.services.create_list import create_list
from listserv.store import archive
from tests.fakes import World
from tests.unit.web.pages import say

PICTURE = Attachment("picture-1.png", "image/png", b"pixels")


def test_conversations_and_their_posts_are_found(any_world: World) -> None:
    group = create_list(any_world.kit, "group@example.org")
    other = create_list(any_world.kit, "other@example.org")
    tea = say(any_world, group, "Tea?", subject="Tea")
    say(any_world, group, "Rain.", subject="Rain", handle="Calm Heron")
    say(any_world, group, "Yes.", answers=tea, handle="Calm Heron", files=(PICTURE,))
    say(any_world, group, "Waits.", subject="Held", waits=True)
    say(any_world, other, "Elsewhere.", subject="Elsewhere")
    with any_world.kit.database.reading() as tx:
        found = archive.threads(tx, group.id, 0, 10)
        assert [(one.subject, one.handle, one.posts) for one in found] == [
            ("Tea", "Quiet Otter", 2),
            ("Rain", "Calm Heron", 1),
        ]
        assert [one.subject for one in archive.threads(tx, group.id, 1, 1)] == ["Rain"]
        posts = archive.thread(tx, group.id, found[0].post_id, 0, 10)
        assert [post.text for post in posts] == ["Tea?", "Yes."]
        (second,) = archive.thread(tx, group.id, found[0].post_id, 1, 10)
        (stored,) = second.files
        kept = archive.file(tx, group.id, second.id, stored.id)
        assert kept and kept.content == PICTURE.content
        assert archive.file(tx, other.id, second.id, stored.id) is None
        assert archive.file(tx, group.id, tea.id, stored.id) is None
