"""`quietlist held`."""

import click

from listserv.cli.output import json_option, open_kit, show
from listserv.domain.language import Language
from listserv.domain.post import HeldPost
from listserv.domain.reasons import words_for_moderator
from listserv.services import moderate


class _PostId(click.ParamType[int]):
    """The number that `held list` prints in front of a post."""

    name = "id"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return int(value)
        except ValueError:
            self.fail(
                f"{value!r} is not a number. `quietlist held list ADDRESS` prints an ID in front "
                "of each post that waits.",
                param,
                ctx,
            )


_post_id = click.argument("post_id", metavar="ID", type=_PostId())


@click.group()
def held() -> None:
    """Posts that wait for a moderator."""


@held.command("list")
@click.argument("address")
@json_option
def list_(address: str, as_json: bool) -> None:
    """What waits, oldest first."""
    found = moderate.held_posts(open_kit(), address)
    lines = [line for h in found for line in _lines(h)]
    show([_data(h) for h in found], as_json, lines or ["Nothing waits."])


@held.command()
@click.argument("address")
@_post_id
def approve(address: str, post_id: int) -> None:
    """Send a held post to the group."""
    moderate.approve(open_kit(), address, post_id)
    click.echo("The post goes out.")


@held.command()
@click.argument("address")
@_post_id
@click.option("--reason", default="", help="A word to the author, who gets the text back.")
def reject(address: str, post_id: int, reason: str) -> None:
    """Give a held post back to its author."""
    told = moderate.reject(open_kit(), address, post_id, reason)
    click.echo("The post goes back to its author." if told else "The post is erased.")


@held.command()
@click.argument("address")
@_post_id
def discard(address: str, post_id: int) -> None:
    """Erase a held post without telling anybody."""
    moderate.discard(open_kit(), address, post_id)
    click.echo("The post is erased.")


def _lines(h: HeldPost) -> list[str]:
    """What a moderator needs to decide: why it waits, and the whole text."""
    return [
        f"{h.post.id}  {h.held_at:%Y-%m-%d %H:%M}  {h.post.handle}: {h.post.message.subject}",
        f"    Waits because: {_why(h)}",
        *(f"    | {line}" for line in h.post.message.text.splitlines()),
    ]


def _why(h: HeldPost) -> str:
    return words_for_moderator(h.shown_reason, Language.ENGLISH, h.detail)


def _data(h: HeldPost) -> dict[str, object]:
    return {
        "id": h.post.id,
        "handle": h.post.handle,
        "subject": h.post.message.subject,
        "text": h.post.message.text,
        "reason": h.shown_reason,
        "words": _why(h),
        "held_at": h.held_at.isoformat(),
    }
