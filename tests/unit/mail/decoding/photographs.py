"""Pictures as cameras, phones and programs make them, with a mark wherever one can stand."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image, ImageCms, PngImagePlugin

MARK = "ZQ77MARK"
RAW_MARK = MARK.encode()
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{MARK}</dc:creator></x:xmpmeta>'.encode()


def exif(orientation: int = 1) -> bytes:
    """With a name, a place and a way up."""
    made = Image.Exif()
    made[0x010E] = MARK
    made[0x013B] = MARK
    made[0x0112] = orientation
    place = made.get_ifd(0x8825)
    place[1] = "N"
    place[2] = (52.0, 31.0, 12.0)
    return made.tobytes()


def two_sides(size: tuple[int, int] = (80, 40)) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, (220, 20, 20))
    image.paste((20, 20, 220), (size[0] // 2, 0, *size))
    return image


def saved(kind: str, image: Image.Image | None = None, **more: object) -> bytes:
    """The picture in that format, with all the marks the format takes, and one after its end."""
    image = image or two_sides()
    out = io.BytesIO()
    if kind == "HEIF":
        made = pillow_heif.from_pillow(image)
        made.save(out, exif=exif(), xmp=XMP, quality=90, **more)
    elif kind == "PNG":
        image.save(out, kind, pnginfo=_chunks(), exif=exif(), **more)
    elif kind == "GIF":
        image.save(out, kind, comment=RAW_MARK, **more)
    elif kind == "BMP":
        image.save(out, kind, **more)
    elif kind == "TIFF":
        image.save(out, kind, description=MARK, artist=MARK, software=MARK, **more)
    elif kind == "JPEG":
        image.save(
            out, kind, **{"exif": exif(), "comment": RAW_MARK, "xmp": XMP, "quality": 95, **more}
        )
    else:
        image.save(out, kind, **{"exif": exif(), "xmp": XMP, "quality": 95, **more})
    return out.getvalue() + RAW_MARK


def moving(kind: str, times: list[int], **more: object) -> bytes:
    """As many frames as times, each of another red."""
    frames = [Image.new("RGB", (16, 16), (80 * n + 40, 0, 0)) for n in range(len(times))]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=times, **more)
    return out.getvalue()


def with_archive(kind: str) -> bytes:
    """A picture that is also a ZIP archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(f"{MARK}.txt", MARK)
    return saved(kind) + archive.getvalue()


def swapped_profile() -> bytes:
    """A colour profile that calls red what others call blue."""
    plain = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    table = {bytes(plain[at : at + 4]): at for at in range(132, 132 + 12 * plain[131], 12)}
    red, blue = table[b"rXYZ"], table[b"bXYZ"]
    plain[red + 4 : red + 12], plain[blue + 4 : blue + 12] = (
        plain[blue + 4 : blue + 12],
        plain[red + 4 : red + 12],
    )
    for at in range(len(plain) - 4):  # its name, which says what it no longer is
        if plain[at : at + 8] == "sRGB".encode("utf-16-be"):
            plain[at : at + 8] = "mRGB".encode("utf-16-be")
    return bytes(plain)


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few kilobytes that says it is of nearly a thousand megapixels."""
    head = struct.pack("!IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    chunks = ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def _chunks() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", MARK)
    info.add_text("Comment", MARK, zip=True)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add(b"tIME", b"\x07\xea\x03\x03\x0b\x16\x2f")
    info.add(b"zqMk", RAW_MARK, after_idat=True)
    return info
