"""Pictures made small enough for a digest. They are our own: decoded and written anew before."""

import io

_LONGEST_SIDE = 1000
_QUALITY = 75
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
SMALL_ENOUGH = 60_000


def small_picture(content: bytes, content_type: str) -> tuple[bytes, str] | None:
    """The picture and its content type, scaled down where it is large; None for what moves.

    Also None for what cannot be read, which is for the caller to leave out.
    """
    if len(content) <= SMALL_ENOUGH:
        return content, content_type
    # Not at the top: a worker that never meets a large picture does not hold all of this.
    from PIL import Image  # noqa: PLC0415

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as source:
            if getattr(source, "is_animated", False):
                return None
            source.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
            scaled = source.convert("RGBA")
            scaled.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            paper = Image.new("RGB", scaled.size, "white")
            paper.paste(scaled, mask=scaled.getchannel("A"))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    out = io.BytesIO()
    paper.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue(), "image/jpeg"
