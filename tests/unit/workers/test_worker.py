"""A worker is warm before its first job, and spared what it never needs."""

import subprocess
import sys

_LOADED = """
import sys
import workers.worker
print(*sys.modules)
"""


def test_what_jobs_need_is_loaded_with_the_worker_and_nothing_that_takes_mail_apart() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOADED], check=True, capture_output=True, text=True
    )
    loaded = set(done.stdout.split())
    assert {"workers.jobs", "listserv.services.deliver", "listserv.mail.compose"} <= loaded
    assert loaded.isdisjoint({"dkim", "spf", "dns.resolver", "phonenumbers", "lxml.etree"})
