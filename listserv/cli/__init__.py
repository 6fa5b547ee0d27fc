"""The command line: one file a noun, each a thin layer over a use case."""

import logging
import os
import resource
import sys
from importlib import import_module

import click

from listserv.domain.errors import QuietlistError

# Where each command stands. It is imported when it is called: a part that runs for months
# should not hold what only another command needs.
_COMMANDS = {
    "up": "up:up",
    "gateway": "parts:gateway",
    "web": "parts:web",
    "worker": "parts:worker",
    "scheduler": "parts:scheduler",
    "db": "database:db",
    "settings": "settings:settings",
    "doctor": "doctor:doctor",
    "status": "status:status",
    "release": "status:release",
    "list": "lists:list_",
    "member": "member:member",
    "post": "post:post",
    "held": "held:held",
    "audit": "audit:audit",
    "digest": "digest:digest",
    "quarantine": "quarantine:quarantine",
    "keys": "keys:keys",
    "dkim": "dkim:dkim",
    "demo": "demo:demo",
}


class Commands(click.Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(f"listserv.cli.{module}"), name)
        return command


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="quietlist", prog_name="quietlist")
def quietlist() -> None:
    """Email groups and digests for people who must be able to stay anonymous."""


def main() -> None:
    """Runs a command. Errors are one plain line on standard error; exit 1, or 2 for wrong usage."""
    os.umask(0o077)  # whatever we write is for this account only
    # A core file would hold mail as it came, and keys. Whatever we start inherits this.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A command says what it has to say itself; parts start their own log.
    logging.getLogger("quietlist").addHandler(logging.NullHandler())
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
        _fail(f"Something unexpected went wrong ({type(problem).__name__}).")


def _fail(words: str) -> None:
    click.echo(words, err=True)
    sys.exit(1)
