"""The kit of this process, built once and kept warm between jobs."""

from functools import cache

from listserv.bootstrap import build_kit
from listserv.services.kit import Kit
from listserv.settings import read_settings


@cache
def kit() -> Kit:
    return build_kit(read_settings(), "worker")
