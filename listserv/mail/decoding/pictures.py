"""Pictures, decoded and encoded anew: pixels, frames and their times, nothing else."""

import io
from contextlib import suppress
from dataclasses import replace

import pillow_heif
from PIL import Image, ImageFile, ImageOps, ImageSequence

from listserv.domain.picture import Picture
from listserv.mail.decoding.colours import in_srgb, plain

Image.init()  # whatever it knows, now: later there may be no files to load it from
pillow_heif.register_heif_opener()

_GPS = 0x8825  # the directory of EXIF with the place
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF", "BMP", "TIFF")
_MOST_BYTES = 20 * 1024 * 1024
# 50 megapixels are the largest pictures of phones; decoded they take 150 MB.
_MOST_PIXELS = 52_000_000
_MOST_ANIMATED_PIXELS = 40_000_000
_MOST_FRAMES = 300
_LONGEST_SIDE = 2560
_DEFAULT_FRAME_MS = 100
_JPEG_QUALITY = 85

# What moves stays moving, in a format that mail programs show.
_ANIMATED = {"GIF": "GIF", "PNG": "PNG", "WEBP": "WEBP", "AVIF": "WEBP"}
# Drawings and screenshots, which JPEG would blur.
_LOSSLESS = frozenset({"PNG", "GIF", "BMP"})
_DRAWN_MODES = frozenset({"1", "P", "PA"})


def rebuild(content: bytes) -> Picture | None:
    """The picture anew, upright, in sRGB, at most 2560 pixels a side; None when it cannot be read.

    Takes JPEG (of a pair the first), PNG, WebP, GIF, AVIF (animated ones too), HEIC, BMP,
    and TIFF of one page.
    """
    if len(content) > _MOST_BYTES:
        return None
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as source:
            if source.width * source.height > _MOST_PIXELS:
                return None
            told_place = _tells_place(source, content)
            if getattr(source, "is_animated", False):
                if source.format in _ANIMATED:
                    moving = _animated(source, _ANIMATED[source.format])
                    return moving and replace(moving, told_place=told_place)
                if source.format == "TIFF":  # pages; one of them alone would hide the others
                    return None
            return replace(_still(source), told_place=told_place)
    except Exception:  # decoders raise whatever they like on broken files; none may pass
        return None


def _tells_place(source: ImageFile.ImageFile, content: bytes) -> bool:
    """In EXIF, or in XMP; what cannot be read there stops nothing, for none of it passes."""
    with suppress(Exception):
        if source.getexif().get_ifd(_GPS):
            return True
    return any(mark in content for mark in (b"GPSLatitude", b"GPSLongitude"))


def _still(source: ImageFile.ImageFile) -> Picture:
    name = source.format
    drawn = name in _LOSSLESS or source.mode in _DRAWN_MODES
    if name == "JPEG":
        source.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))  # decodes at a fraction of the work
    ImageOps.exif_transpose(source, in_place=True)
    pixels = _pixels(source)
    if name == "WEBP":
        return Picture(_saved(pixels, "WEBP", quality=_JPEG_QUALITY), "image/webp")
    if drawn or pixels.mode == "RGBA":
        return Picture(_saved(pixels, "PNG", optimize=False), "image/png")
    return Picture(_saved(pixels, "JPEG", quality=_JPEG_QUALITY), "image/jpeg")


def _pixels(source: Image.Image) -> Image.Image:
    """A new image with nothing but pixels; what lies under full transparency is not kept."""
    small = plain(source)
    small.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    colours = in_srgb(small)
    fresh = Image.new(colours.mode, colours.size)
    if colours.mode == "RGB":
        fresh.paste(colours)
        return fresh
    seen = colours.getchannel("A").point(lambda value: 255 if value else 0)
    fresh.paste(colours, mask=seen)
    return fresh


def _animated(source: ImageFile.ImageFile, kind: str) -> Picture | None:
    count = getattr(source, "n_frames", 1)
    if count > _MOST_FRAMES or count * source.width * source.height > _MOST_ANIMATED_PIXELS:
        return None
    loop = source.info.get("loop", 0)
    # An APNG may begin with a picture for programs that show no others; it is not part of it.
    skipped = 1 if source.info.get("default_image") else 0
    frames: list[Image.Image] = []
    times: list[int] = []
    for number, frame in enumerate(ImageSequence.Iterator(source)):
        if number >= skipped:
            frames.append(_pixels(ImageOps.exif_transpose(frame)))
            # Some decoders know the time of a frame only after its pixels.
            times.append(int(frame.info.get("duration") or _DEFAULT_FRAME_MS))
    first, *rest = frames
    out = io.BytesIO()
    # Without it a GIF would show through what is clear what was there before.
    more = {"disposal": 2} if kind == "GIF" else {}
    first.save(out, kind, save_all=True, append_images=rest, duration=times, loop=int(loop), **more)
    return Picture(out.getvalue(), f"image/{kind.lower()}")


def _saved(image: Image.Image, kind: str, **options: int | bool) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()
