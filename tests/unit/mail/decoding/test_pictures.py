"""Pixels, frames and times pass; whatever else a picture carries does not."""

import io
import struct

import pytest
from PIL import Image

from listserv.domain.picture import Picture
from listserv.mail.decoding.pictures import rebuild
from tests.unit.mail.decoding import photographs
from tests.unit.mail.decoding.photographs import MARK, RAW_MARK, moving, saved, two_sides

_MAY_SAY = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
_ANIMATED_MAY_SAY = {"loop", "background", "timestamp", "duration", "version", "extension"}


def made(content: bytes) -> Picture:
    picture = rebuild(content)
    assert picture is not None
    return picture


def seen(content: bytes) -> Image.Image:
    """What a reader sees of it."""
    return Image.open(io.BytesIO(made(content).content))


def left_and_right(image: Image.Image) -> tuple[str, str]:
    """The colours of both sides, in words."""
    shown = image.convert("RGB")
    middle = shown.height // 2
    return _word(shown, (5, middle)), _word(shown, (shown.width - 6, middle))


def _word(image: Image.Image, place: tuple[int, int]) -> str:
    pixel = image.getpixel(place)
    assert isinstance(pixel, tuple)
    red, green, blue = pixel[:3]
    if max(red, green, blue) - min(red, green, blue) < 40:
        return "grey"
    return {red: "red", green: "green", blue: "blue"}[max(red, green, blue)]


KINDS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/png",
    "HEIF": "image/jpeg",
    "AVIF": "image/jpeg",
    "BMP": "image/png",
    "TIFF": "image/jpeg",
}


@pytest.mark.parametrize(("kind", "content_type"), KINDS.items())
def test_a_picture_is_made_anew_without_a_trace(kind: str, content_type: str) -> None:
    content = saved(kind)
    picture = made(content)
    assert picture.content_type == content_type
    assert RAW_MARK in content
    assert RAW_MARK not in picture.content
    with Image.open(io.BytesIO(picture.content)) as image:
        assert image.info.keys() <= _MAY_SAY | _ANIMATED_MAY_SAY
        assert not image.getexif()
        assert image.size == (80, 40)
        assert left_and_right(image) == ("red", "blue")


@pytest.mark.parametrize(
    ("orientation", "size", "sides"),
    [(1, (80, 40), ("red", "blue")), (2, (80, 40), ("blue", "red")),
     (3, (80, 40), ("blue", "red")), (6, (40, 80), None), (8, (40, 80), None)],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_a_photo_stands_the_way_it_was_taken(
    kind: str, orientation: int, size: tuple[int, int], sides: tuple[str, str] | None
) -> None:
    out = io.BytesIO()
    two_sides().save(out, kind, exif=photographs.exif(orientation))
    image = seen(out.getvalue())
    assert image.size == size
    if sides:
        assert left_and_right(image) == sides


def test_an_upright_photo_says_nothing_of_how_it_was_held() -> None:
    out = io.BytesIO()
    two_sides().save(out, "JPEG", exif=photographs.exif(6))
    assert 0x0112 not in seen(out.getvalue()).getexif()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_colours_are_kept_when_their_profile_goes(kind: str) -> None:
    image = seen(saved(kind, icc_profile=photographs.swapped_profile()))
    assert left_and_right(image) == ("blue", "red")
    assert "icc_profile" not in image.info


def test_colours_behind_glass_follow_their_profile_too() -> None:
    glass = two_sides().convert("RGBA")
    glass.putalpha(128)
    image = seen(saved("PNG", glass, icc_profile=photographs.swapped_profile()))
    assert left_and_right(image) == ("blue", "red")
    assert image.convert("RGBA").getpixel((5, 5))[3] == 128  # type: ignore[index]


def test_a_broken_profile_is_passed_over() -> None:
    assert left_and_right(seen(saved("JPEG", icc_profile=b"nonsense" * 20))) == ("red", "blue")


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_printers_colours_become_screen_colours(kind: str) -> None:
    image = seen(saved(kind, two_sides().convert("CMYK")))
    assert image.mode == "RGB"
    assert left_and_right(image) == ("red", "blue")


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "1"), ("PNG", "P"), ("PNG", "L"), ("PNG", "LA"), ("GIF", "P"),
                       ("TIFF", "1"), ("TIFF", "L"), ("TIFF", "P"), ("BMP", "1"), ("BMP", "L")]
)  # fmt: skip
def test_few_colours_pass(kind: str, mode: str) -> None:
    image = Image.new("L", (20, 10), 0)
    image.paste(255, (10, 0, 20, 10))
    shown = seen(saved(kind, image.convert(mode))).convert("L")
    assert shown.getpixel((3, 5)) == 0
    assert shown.getpixel((16, 5)) == 255


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_brought_down_to_eight(kind: str) -> None:
    out = io.BytesIO()
    levels = [0, 16384, 32768, 65535]
    Image.frombytes("I;16", (4, 1), struct.pack("<4H", *levels)).save(out, kind)
    found = seen(out.getvalue()).convert("L")
    greys = list(found.tobytes())
    for grey, level in zip(greys, levels, strict=True):
        assert abs(grey - level / 257) < 4


def test_a_clear_colour_of_a_palette_stays_clear() -> None:
    image = Image.new("P", (8, 8), 1)
    image.putpalette([255, 0, 0, 0, 0, 255])
    assert seen(saved("PNG", image, transparency=1)).convert("RGBA").getpixel((4, 4)) == (0,) * 4


def test_what_lies_under_full_transparency_is_not_kept() -> None:
    hidden = Image.new("RGBA", (4, 4), (200, 30, 30, 0))
    for kind in ("PNG", "WEBP"):
        assert seen(saved(kind, hidden)).convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(("kind", "content_type"), [
    ("GIF", "image/gif"), ("WEBP", "image/webp"), ("PNG", "image/png"), ("AVIF", "image/webp")
])  # fmt: skip
def test_moving_pictures_keep_their_frames_and_times(kind: str, content_type: str) -> None:
    picture = made(moving(kind, [100, 200, 300]))
    assert picture.content_type == content_type
    assert RAW_MARK not in picture.content
    image = Image.open(io.BytesIO(picture.content))
    reds, times = [], []
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        image.load()
        times.append(image.info["duration"])
        reds.append(image.convert("RGB").getpixel((8, 8))[0])  # type: ignore[index]
    assert times == [100, 200, 300]
    assert all(abs(red - wanted) < 12 for red, wanted in zip(reds, (40, 120, 200), strict=True))


@pytest.mark.parametrize(
    ("kind", "more"),
    [("GIF", {"comment": RAW_MARK}), ("WEBP", {"exif": photographs.exif(), "xmp": photographs.XMP}),
     ("PNG", {"exif": photographs.exif()})],
)  # fmt: skip
def test_moving_pictures_lose_what_is_beside_their_frames(
    kind: str, more: dict[str, object]
) -> None:
    content = moving(kind, [100, 200], **more)
    assert RAW_MARK in content
    assert RAW_MARK not in made(content).content


def test_a_picture_for_programs_that_cannot_move_is_no_frame() -> None:
    frames = [Image.new("RGB", (16, 16), (60 * n, 0, 0)) for n in range(4)]
    out = io.BytesIO()
    frames[0].save(
        out, "PNG", save_all=True, default_image=True, append_images=frames[1:], duration=50
    )
    assert getattr(seen(out.getvalue()), "n_frames", 1) == 3


def test_of_a_pair_of_photos_the_first_is_kept() -> None:
    out = io.BytesIO()
    two_sides().save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (80, 40), "green")])
    picture = made(out.getvalue())
    assert picture.content_type == "image/jpeg"
    assert left_and_right(Image.open(io.BytesIO(picture.content))) == ("red", "blue")


def test_a_scan_of_many_pages_is_left_out_rather_than_cut_to_one() -> None:
    out = io.BytesIO()
    two_sides().save(out, "TIFF", save_all=True, append_images=[two_sides()])
    assert rebuild(out.getvalue()) is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_an_archive_behind_a_picture_is_gone(kind: str) -> None:
    picture = made(photographs.with_archive(kind))
    assert b"PK\x03\x04" not in picture.content
    assert RAW_MARK not in picture.content


def test_a_large_photo_is_made_smaller() -> None:
    for kind in ("JPEG", "PNG"):
        assert seen(saved(kind, two_sides((3000, 1500)))).size == (2560, 1280)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_cut_off_is_no_picture(kind: str) -> None:
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    content = saved(kind, noise).removesuffix(RAW_MARK)
    assert rebuild(content) is not None
    assert rebuild(content[: len(content) // 2]) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"%!PS-Adobe",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"P6 4 4 255 " + b"\0" * 48,
        MARK.encode() * 100,
    ],
)
def test_what_is_no_picture_gives_none(content: bytes) -> None:
    assert rebuild(content) is None


def test_a_bomb_is_not_decoded() -> None:
    assert len(photographs.bomb()) < 5_000
    assert rebuild(photographs.bomb()) is None


def test_too_many_frames_are_not_decoded() -> None:
    frames = [Image.new("L", (2, 2), n % 2 * 255) for n in range(301)]
    content = []
    for most in (300, 301):
        out = io.BytesIO()
        frames[0].save(out, "PNG", save_all=True, append_images=frames[1:most], duration=20)
        content.append(out.getvalue())
    assert getattr(seen(content[0]), "n_frames", 1) == 300
    assert rebuild(content[1]) is None
