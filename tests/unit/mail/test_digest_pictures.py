"""Pictures in a digest: scaled until they are small enough, or left out."""

from io import BytesIO

from PIL import Image

from listserv.mail.digest_pictures import small_picture

MOST = 200_000


def noise(side: int, kind: str = "JPEG") -> bytes:
    """Hardly any picture is larger in bytes."""
    out = BytesIO()
    Image.effect_noise((side, side), 120).convert("RGB").save(out, kind)
    return out.getvalue()


def size_of(content: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(content)) as shown:
        return shown.size


def test_a_small_one_stays_as_it_is() -> None:
    content = noise(64)
    assert small_picture(content, "image/jpeg", MOST) == (content, "image/jpeg")


def test_one_that_is_large_after_scaling_is_scaled_again() -> None:
    found = small_picture(noise(1600), "image/jpeg", MOST)
    assert found
    content, kind = found
    assert kind == "image/jpeg" and len(content) <= MOST
    assert max(size_of(content)) < 1000


def test_one_that_stays_too_large_is_left_out() -> None:
    assert small_picture(noise(1600), "image/jpeg", 2000) is None


def test_what_shines_through_becomes_white() -> None:
    out = BytesIO()
    picture = Image.effect_noise((900, 900), 120).convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 200, 200))
    picture.save(out, "PNG")
    found = small_picture(out.getvalue(), "image/png", MOST)
    assert found
    with Image.open(BytesIO(found[0])) as shown:
        red, _, _ = shown.convert("RGB").getpixel((20, 20))  # type: ignore[misc]  # three bands
    assert red > 240


def test_what_moves_or_cannot_be_read_is_left_out() -> None:
    out = BytesIO()
    frames = [Image.effect_noise((400, 400), number + 50) for number in range(3)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert len(out.getvalue()) > 60_000
    assert small_picture(out.getvalue(), "image/gif", MOST) is None
    assert small_picture(b"no picture" * 10_000, "image/jpeg", MOST) is None
