"""Prometheus' text format: numbers only, and lists by their ids."""

from collections.abc import Iterator, Mapping

from listserv.domain.delivery import DeliveryState
from listserv.services.status import Copies, Status

Samples = Mapping[str, int]


def metrics_text(found: Status) -> str:
    """Every number of `quietlist status`, as a page for Prometheus to scrape."""
    return "".join(_lines(found))


def _lines(found: Status) -> Iterator[str]:
    yield from _family("quietlist_posts_inbound", "gauge", {"": found.inbound})
    yield from _family("quietlist_posts_held", "gauge", {"": found.held})
    yield from _family("quietlist_quarantine", "gauge", {"": found.quarantine})
    yield from _family("quietlist_redis_up", "gauge", {"": int(found.redis == "ok")})
    yield from _family("quietlist_deliveries", "gauge", _by_state(found.copies.by_state))
    yield from _family("quietlist_notices", "gauge", _by_state(found.notices))
    for name, sample in _pace(found.copies).items():
        yield from _family(name, "gauge", {"": sample})
    yield from _of_lists(found.lists)


def _of_lists(lists: Mapping[int, Copies]) -> Iterator[str]:
    waiting = {
        f'{{list="{list_id}",state="{state}"}}': number
        for list_id, copies in lists.items()
        for state, number in copies.by_state.items()
        if state != DeliveryState.SENT
    }
    yield from _family("quietlist_list_deliveries", "gauge", waiting)
    sent = {_list(i): copies.by_state[DeliveryState.SENT] for i, copies in lists.items()}
    yield from _family("quietlist_list_sent_total", "counter", sent)
    for name in _PACE:
        samples = {_list(i): _pace(copies)[name] for i, copies in lists.items()}
        yield from _family(name.replace("quietlist_", "quietlist_list_"), "gauge", samples)


_PACE = ("quietlist_sent_last_minute", "quietlist_sent_last_hour", "quietlist_oldest_seconds")


def _pace(copies: Copies) -> Samples:
    figures = copies.sent_last_minute, copies.sent_last_hour, copies.oldest_seconds
    return dict(zip(_PACE, figures, strict=True))


def _list(list_id: int) -> str:
    return f'{{list="{list_id}"}}'


def _by_state(counts: Mapping[str, int]) -> Samples:
    return {f'{{state="{state}"}}': number for state, number in counts.items()}


def _family(name: str, kind: str, samples: Samples) -> Iterator[str]:
    if samples:
        yield f"# TYPE {name} {kind}\n"
        yield from (f"{name}{labels} {number}\n" for labels, number in samples.items())
