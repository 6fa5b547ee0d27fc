"""What somebody waits for goes first, whatever else the only worker has begun."""

from tests.end_to_end.conftest import MakeStack
from tests.sink import Sink
from tests.stack import mail, members
from tests.waiting import wait_for

SMALL = "small@example.org"
CROWD = members(1500)
ANN, BEN, READER = FEW = ["ann@example.org", "ben@example.net", "reader@example.net"]
NEWCOMER = "zoe@example.net"


def test_confirmations_and_small_posts_pass_a_big_one_and_digests_do_not(
    make_stack: MakeStack, sink: Sink
) -> None:
    house = make_stack(relay_url=sink.url, workers="1")
    house.up()
    house.make_list(CROWD)
    house.make_list(FEW, SMALL)
    house.quietlist("member", "set", SMALL, READER, "delivery=daily")
    house.send(mail(sender=ANN, recipient=SMALL), SMALL)  # for the digest
    wait_for(lambda: len(sink) == 2, "the first post is out")

    sink.pace = 0.02
    house.send(mail(sender=CROWD[0]), mail_from=CROWD[0])
    wait_for(lambda: len(sink) > 20, "the big post is on its way")
    house.quietlist("digest", "send", SMALL)
    house.send(mail(sender=ANN, recipient=SMALL, subject="Quick"), SMALL)
    house.send(mail(sender=NEWCOMER), "small-join@example.org", mail_from=NEWCOMER)
    wait_for(lambda: len(sink) == 2 + len(CROWD) + 2 + 1 + 1, "all is out")

    order = [copy.recipient for copy in sink.copies][2:]
    last_of_crowd = max(place for place, one in enumerate(order) if one in CROWD)
    assert order.index(NEWCOMER) < last_of_crowd
    assert max(order.index(ANN), order.index(BEN)) < last_of_crowd
    assert order.index(READER) > last_of_crowd
