"""The jobs. Each asks the database what is left to do, so running one twice does no harm."""

from collections.abc import Callable
from functools import wraps

from listserv import logs
from listserv.services import deliver as copies
from listserv.services import deliver_digests as digests
from listserv.services import deliver_notices as notices
from listserv.services import fan_out as fans
from listserv.services import issue_digests as issues
from listserv.services import tell_moderators as moderators
from workers.context import kit

Job = Callable[..., int]


def _guarded(job: Job) -> Job:
    """Keeps the class name of what goes wrong and nothing else.

    RQ would store the traceback, and exceptions carry addresses. The sweep
    rings again for whatever is still due.
    """

    @wraps(job)
    def guarded(*ids: int) -> int:
        try:
            return job(*ids)
        except Exception as error:
            logs.problem("job_failed", error, job=job.__name__, id=ids[0] if ids else None)
            return 0

    return guarded


@_guarded
def fan_out() -> int:
    return fans.fan_out(kit())


@_guarded
def deliver(list_id: int) -> int:
    return copies.deliver(kit(), list_id)


@_guarded
def issue_digests(list_id: int) -> int:
    return issues.issue_digests(kit(), list_id)


@_guarded
def deliver_digests(list_id: int) -> int:
    return digests.deliver_digests(kit(), list_id)


@_guarded
def deliver_notices() -> int:
    return notices.deliver_notices(kit())


@_guarded
def tell_moderators() -> int:
    return moderators.tell_moderators(kit())
