"""Pictures made small enough for a digest. They are our own: decoded and written anew before."""

import io

# Pixels of the longer side, tried in turn until it is small enough.
_SIDES = (1000, 720, 480)
_QUALITY = 75
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
SMALL_ENOUGH = 60_000


def small_picture(content: bytes, content_type: str, most: int) -> tuple[bytes, str] | None:
    """The picture and its content type, scaled down where it is large; None for what moves.

    most: bytes. Also None for what stays too large or cannot be read, which is for the caller
    to leave out.
    """
    if len(content) <= min(SMALL_ENOUGH, most):
        return content, content_type
    # Not at the top: a worker that never meets a large picture does not hold all of this.
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as source:
            if getattr(source, "is_animated", False):
                return None
            source.draft("RGB", (_SIDES[0], _SIDES[0]))
            scaled = source.convert("RGBA")
            scaled.thumbnail((_SIDES[0], _SIDES[0]))
            paper = Image.new("RGB", scaled.size, "white")
            paper.paste(scaled, mask=scaled.getchannel("A"))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    for side in _SIDES:
        paper.thumbnail((side, side))
        out = io.BytesIO()
        paper.save(out, "JPEG", quality=_QUALITY)
        if out.tell() <= most:
            return out.getvalue(), "image/jpeg"
    return None
