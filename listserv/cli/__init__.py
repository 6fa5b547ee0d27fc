"""The command line: one file a noun, each a thin layer over a use case."""

import os
import sys

import click

from listserv.cli.database import db
from listserv.cli.demo import demo
from listserv.cli.doctor import doctor
from listserv.cli.held import held
from listserv.cli.keys import keys
from listserv.cli.lists import list_
from listserv.cli.member import member
from listserv.cli.parts import gateway, scheduler, web, worker
from listserv.cli.post import post
from listserv.cli.quarantine import quarantine
from listserv.cli.settings import settings
from listserv.cli.status import release, status
from listserv.cli.up import up
from listserv.domain.errors import QuietlistError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="quietlist", prog_name="quietlist")
def quietlist() -> None:
    """Email groups and digests for people who must be able to stay anonymous."""


for command in (
    up,
    gateway,
    web,
    worker,
    scheduler,
    db,
    settings,
    doctor,
    status,
    release,
    list_,
    member,
    post,
    held,
    quarantine,
    keys,
    demo,
):
    quietlist.add_command(command)


def main() -> None:
    """Runs a command. Errors are one plain line on standard error; exit 1, or 2 for wrong usage."""
    try:
        quietlist(standalone_mode=False)
    except click.UsageError as problem:
        problem.show()
        sys.exit(2)
    except QuietlistError as problem:
        _fail(str(problem))
    except click.ClickException as problem:
        _fail(problem.format_message())
    except (click.Abort, KeyboardInterrupt):
        _fail("Stopped.")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as problem:  # no traceback: it could carry an address
        _fail(f"Something unexpected went wrong ({type(problem).__name__}). Nothing was changed.")


def _fail(words: str) -> None:
    click.echo(words, err=True)
    sys.exit(1)
