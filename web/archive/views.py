"""What went out on a list, for its members to read again. Text; pictures when they ask for them."""

from flask import Blueprint, Response, abort, render_template, request

from listserv.domain.picture import ENDINGS
from listserv.mail.digest_folding import Block, Folded, Quote
from listserv.mail.digest_words import size_in_words
from listserv.services import read_archive
from listserv.services.show_me import Group
from web import reader
from web.access import joined
from web.database import reading
from web.extensions import kit
from web.paging import asked_page

archive = Blueprint("archive", __name__, url_prefix="/lists/<address>/archive")
archive.before_request(reader.only_signed_in)

# Each was made anew by us; even so, nothing in it may act.
_INERT = "default-src 'none'; sandbox; frame-ancestors 'none'"


archive.add_app_template_filter(size_in_words, "size")
archive.add_app_template_global(read_archive.is_open, "archive_open")


@archive.app_template_test("quote")
def is_quote(block: Block) -> bool:
    return isinstance(block, Quote)


@archive.app_template_test("folded")
def is_folded(block: Block) -> bool:
    """A quote of a mail that stands above on the page."""
    return isinstance(block, Folded)


@archive.get("")
def threads(address: str) -> str:
    group, page = _open(address), asked_page()
    return render_template(
        "archive/threads.html",
        group=group,
        threads=read_archive.threads(reading(), group.mailing_list, page - 1),
        page=page,
    )


@archive.get("/<int:number>")
def thread(address: str, number: int) -> str:
    """number: of any of its posts."""
    group, page = _open(address), asked_page()
    return render_template(
        "archive/thread.html",
        group=group,
        number=number,
        talk=read_archive.thread(kit(), reading(), group.mailing_list, number, page - 1),
        page=page,
        with_pictures="pictures" in request.args,
    )


@archive.get("/<int:number>/file/<int:file>")
def file(address: str, number: int, file: int) -> Response:
    found = read_archive.file(reading(), _open(address).mailing_list, number, file)
    answer = Response(found.content, mimetype=found.content_type)
    answer.headers["Content-Security-Policy"] = _INERT
    place = "inline" if found.content_type in ENDINGS else "attachment"
    answer.headers.set("Content-Disposition", place, filename=found.name)
    return answer


def _open(address: str) -> Group:
    """A list of the reader's whose archive is open."""
    group = joined(address)
    if not read_archive.is_open(group.mailing_list):
        abort(404)
    return group
