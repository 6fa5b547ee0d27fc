"""Pictures, decoded and encoded anew: pixels, frames and their times, nothing else."""

import io
from dataclasses import dataclass, field

import pillow_heif
from PIL import Image, ImageFile, ImageOps, ImageSequence

pillow_heif.register_heif_opener()

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
_MOST_BYTES = 20 * 1024 * 1024
# 50 megapixels are the largest pictures of phones; decoded they take 150 MB.
_MOST_PIXELS = 52_000_000
_MOST_ANIMATED_PIXELS = 40_000_000
_MOST_FRAMES = 300
_LONGEST_SIDE = 2560
_DEFAULT_FRAME_MS = 100
_JPEG_QUALITY = 85


@dataclass(frozen=True)
class Picture:
    """ending: of its new name, without the dot."""

    content: bytes = field(repr=False)
    content_type: str
    ending: str


def rebuild(content: bytes) -> Picture | None:
    """The picture anew, upright and at most 2560 pixels a side; None when it cannot be read.

    Takes JPEG, PNG, WebP, GIF (animated ones too) and HEIC.
    """
    if len(content) > _MOST_BYTES:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as source:
            if source.width * source.height > _MOST_PIXELS:
                return None
            if getattr(source, "is_animated", False) and source.format in ("GIF", "WEBP"):
                return _animated(source)
            return _still(source)
    except Exception:  # decoders raise whatever they like on broken files; none may pass
        return None


def _still(source: ImageFile.ImageFile) -> Picture:
    name = source.format
    if name == "JPEG":
        source.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))  # decodes at a fraction of the work
    upright = ImageOps.exif_transpose(source)
    pixels = _pixels(upright)
    pixels.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    if name in ("PNG", "GIF"):
        return Picture(_saved(pixels, "PNG", optimize=False), "image/png", "png")
    if name == "WEBP":
        return Picture(_saved(pixels, "WEBP", quality=_JPEG_QUALITY), "image/webp", "webp")
    if pixels.mode == "RGBA":
        return Picture(_saved(pixels, "PNG", optimize=False), "image/png", "png")
    return Picture(_saved(pixels, "JPEG", quality=_JPEG_QUALITY), "image/jpeg", "jpg")


def _pixels(source: Image.Image) -> Image.Image:
    """A new image with nothing but pixels; what lies under full transparency is not kept."""
    clear = source.mode in ("RGBA", "LA", "PA") or "transparency" in source.info
    converted = source.convert("RGBA" if clear else "RGB")
    fresh = Image.new(converted.mode, converted.size)
    if not clear:
        fresh.paste(converted)
        return fresh
    seen = converted.getchannel("A").point(lambda value: 255 if value else 0)
    fresh.paste(converted, mask=seen)
    return fresh


def _animated(source: ImageFile.ImageFile) -> Picture | None:
    count = getattr(source, "n_frames", 1)
    if count > _MOST_FRAMES or count * source.width * source.height > _MOST_ANIMATED_PIXELS:
        return None
    loop = source.info.get("loop", 0)
    frames: list[Image.Image] = []
    times: list[int] = []
    for frame in ImageSequence.Iterator(source):
        times.append(int(frame.info.get("duration") or _DEFAULT_FRAME_MS))
        frames.append(_pixels(frame))
    first, *rest = frames
    out = io.BytesIO()
    kind = "GIF" if source.format == "GIF" else "WEBP"
    first.save(
        out, kind, save_all=True, append_images=rest, duration=times, loop=int(loop), disposal=2
    )
    ending = kind.lower()
    return Picture(out.getvalue(), f"image/{ending}", ending)


def _saved(image: Image.Image, kind: str, **options: int | bool) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
