"""A picture of a post that waits, made anew as it would go out."""

from flask import Response, abort

from listserv.domain.post import Post


def picture_of(post: Post | None, place: int) -> Response:
    """place: among the files of the post, from 0."""
    files = post.message.attachments if post else ()
    if place >= len(files) or not files[place].content_type.startswith("image/"):
        abort(404)
    return Response(files[place].content, content_type=files[place].content_type)
