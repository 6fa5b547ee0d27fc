"""Colours of any picture as plain sRGB: a profile may name a camera, a screen or a person."""

import io
from typing import cast

from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")
_WITH_ALPHA = {"LA": "L", "RGBA": "RGB"}


def plain(image: Image.Image) -> Image.Image:
    """With eight bits a channel, no palette, and an alpha channel where anything is clear."""
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        return image.convert("RGBA")
    if image.mode in ("P", "1", "RGBX"):
        return image.convert("RGB")
    if image.mode.startswith("I;16"):  # Pillow would cut these off at white
        return _scaled(image.convert("I"), 65535)
    if image.mode in ("I", "F"):
        # Greys of 16 bits come as 32; of larger numbers nobody knows what white is.
        highest = float(cast(tuple[float, float], image.getextrema())[1])
        white = next((white for white in (1, 255, 65535) if highest <= white), highest)
        return _scaled(image, white)
    return image


def in_srgb(image: Image.Image) -> Image.Image:
    """RGB or RGBA, from what `plain` gave.

    A colour profile that is broken, or made for other colours, is passed over.
    """
    profile = image.info.get("icc_profile")
    if image.mode not in _WITH_ALPHA:
        return _converted(image, profile)
    colours = _converted(image.convert(_WITH_ALPHA[image.mode]), profile)
    colours.putalpha(image.getchannel("A"))
    return colours


def _converted(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            colours = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(colours).lower():
                made = ImageCms.profileToProfile(image, colours, _SRGB, outputMode="RGB")
                return cast(Image.Image, made)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def _scaled(image: Image.Image, white: float) -> Image.Image:
    return image.point(lambda value: value * (255 / white)).convert("L")
