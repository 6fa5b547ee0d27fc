"""Style attributes and sheets, as far as they hide words from a reader."""

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]

WHITE: Colour = (1.0, 1.0, 1.0)
# Behind letters that stand on a picture: no colour is like it.
UNKNOWN: Colour = (-1.0, -1.0, -1.0)
_LONGEST = 2000
_COMMENT = re.compile(r"/\*[^*]{0,500}\*/")
_RULE = re.compile(r"([^{}@]{1,200})\{([^{}]{0,1000})\}")
# A few rules apply on some screens only, and hide nothing on the others.
_ON_SOME_SCREENS = re.compile(
    r"@[^{}]{1,200}\{(?:[^{}]{0,2000}\{[^{}]{0,2000}\}){0,100}[^{}]{0,500}\}"
)
_NAMED = re.compile(r"[.#][\w-]{1,80}|\A[a-z][a-z0-9]{0,15}\Z")
_JOINTS = re.compile(r"[>+~]")
_NUMBER = re.compile(r"(?:calc\(\s*)?(-?\d*\.?\d+)\s*(px|pt|em|rem|ex|ch|%|vw|vh|cm|mm|in|pc)?")
_HEX = re.compile(r"#?([0-9a-f]{3,8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{1,60})\)")
_NAMES = {
    "white": "fff", "snow": "fffafa", "ivory": "fffff0", "ghostwhite": "f8f8ff",
    "floralwhite": "fffaf0", "mintcream": "f5fffa", "azure": "f0ffff", "whitesmoke": "f5f5f5",
    "seashell": "fff5ee", "aliceblue": "f0f8ff", "honeydew": "f0fff0", "black": "000",
    "red": "f00", "blue": "00f", "green": "008000", "navy": "000080", "gray": "808080",
    "grey": "808080", "silver": "c0c0c0", "yellow": "ff0", "lightgray": "d3d3d3",
    "lightgrey": "d3d3d3", "gainsboro": "dcdcdc", "maroon": "800000", "purple": "800080",
    "teal": "008080", "olive": "808000", "lime": "0f0", "aqua": "0ff", "cyan": "0ff",
    "fuchsia": "f0f", "magenta": "f0f", "orange": "ffa500",
}  # fmt: skip
_PIXELS = {"px": 1.0, "pt": 1.33, "em": 16.0, "rem": 16.0, "%": 0.16, "ex": 8.0, "ch": 8.0}
_SMALLEST = 2.5  # pixels of a letter
_FAR = 300  # pixels from the page
_ALIKE = 0.1  # how far apart two colours are that nobody can tell


def properties(style: str) -> dict[str, str]:
    """The declarations of a style attribute, lower case; a later one wins."""
    plain = _COMMENT.sub("", style[:_LONGEST]).replace("\\", "").lower()
    found: dict[str, str] = {}
    for declaration in plain.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() and value.strip():
            found[name.strip()] = value.replace("!important", "").strip()
    return found


@dataclass(frozen=True)
class Look:
    """What a style says of letters: whether it hides them, their colour and the one behind."""

    hides: bool = False
    letters: Colour | None = None
    behind: Colour | None = None


def look_of(style: str) -> Look:
    """The look that a style attribute gives."""
    given = properties(style)
    return Look(hides(given), colour(given.get("color", "")), background_of(given))


def hides(given: Mapping[str, str]) -> bool:
    """Whether an element with these declarations, and all in it, cannot be seen."""
    return (
        any(given.get(name, "").startswith(values) for name, values in _WORDS.items())
        or any(_size(given.get(name, "")) < _SMALLEST for name in ("font-size", "line-height"))
        or _size_in_font(given.get("font", "")) < _SMALLEST
        or _share(given.get("opacity", ""), 1.0) < 0.1
        or _share(given.get("zoom", ""), 1.0) < 0.1
        or _is_far(given)
        or _is_flat(given)
        or _is_turned_off(given)
    )


_WORDS: Mapping[str, tuple[str, ...]] = {
    "display": ("none",),
    "visibility": ("hidden", "collapse"),
    "content-visibility": ("hidden",),
    "mso-hide": ("all",),
    "color": ("transparent",),
    "-webkit-text-fill-color": ("transparent",),
    "clip": ("rect",),
    "clip-path": ("inset(", "circle(0", "polygon(0 0, 0 0"),
}


def _size(value: str) -> float:
    """Pixels; a large number where none is given. A line height may have no unit."""
    number = _NUMBER.match(value)
    if not number:
        return 1000.0
    size = float(number.group(1))
    unit = number.group(2)
    return size * _PIXELS.get(unit, 1000.0) if unit else size * 16.0


def _size_in_font(value: str) -> float:
    """The size in "bold 12px/30px Georgia"."""
    found = re.search(r"(?:^|\s)(0|\d*\.?\d+(?:px|pt|em|rem|%))(?:\s|/|\Z)", value)
    return _size(found.group(1)) if found else 1000.0


def _share(value: str, missing: float) -> float:
    number = _NUMBER.match(value)
    if not number:
        return missing
    share = float(number.group(1))
    return share / 100 if number.group(2) == "%" else share


def _is_far(given: Mapping[str, str]) -> bool:
    """Moved off the page."""
    moved = ["text-indent", "margin-left", "margin-top", "margin-right", "margin"]
    if given.get("position", "") in ("absolute", "fixed", "relative"):
        moved += ["left", "top", "right", "bottom"]
    return any(_moved(given.get(name, "")) > _FAR for name in moved)


def _moved(value: str) -> float:
    """How far to the left or up, in pixels."""
    number = _NUMBER.match(value)
    if not number:
        return 0.0
    unit = {"vw": 10.0, "vh": 10.0, "cm": 38.0, "mm": 3.8, "in": 96.0, "%": 10.0}
    name = number.group(2) or "px"
    return -float(number.group(1)) * unit.get(name, _PIXELS.get(name, 1.0))


def _is_flat(given: Mapping[str, str]) -> bool:
    """A box without room, of which nothing may stick out."""
    if not any(
        given.get(name, "").startswith(("hidden", "clip"))
        for name in ("overflow", "overflow-x", "overflow-y")
    ):
        return False
    sides = ("height", "width", "max-height", "max-width")
    return any(_NUMBER.match(given.get(s, "")) and _size(given[s] + "px") < 2 for s in sides)


def _is_turned_off(given: Mapping[str, str]) -> bool:
    filters = given.get("filter", "")
    shown = re.search(r"opacity\(\s*(0?\.?\d*)(%?)\s*\)", filters)
    off = bool(shown) and _share("".join(shown.groups()) if shown else "", 1.0) < 0.1
    return off or bool(re.match(r"scale\(\s*0(?:\.0\d*)?\s*[,)]", given.get("transform", "")))


def colour(value: str) -> Colour | None:
    """Red, green and blue from 0 to 1; None where it names none, or an unknown one.

    Letters of a colour that lets everything shine through are as good as white.
    """
    if not value:
        return None
    value = value.strip().lower()
    if found := _HEX.fullmatch(_NAMES.get(value, value)):
        return _of_hex(found.group(1))
    function = _FUNCTION.search(value)
    if not function:
        return None
    numbers = re.findall(r"-?[\d.]+%?", function.group(2))
    if len(numbers) < 3:
        return None
    if len(numbers) > 3 and _share(numbers[3], 1.0) < 0.1:
        return WHITE
    if function.group(1) == "rgb":
        red, green, blue = (_channel(number) for number in numbers[:3])
        return red, green, blue
    hue, saturation, light = (_float(number) for number in numbers[:3])
    return colorsys.hls_to_rgb(hue / 360 % 1, light / 100, saturation / 100)


def _of_hex(digits: str) -> Colour | None:
    if len(digits) in (3, 4):
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in (6, 8):
        return None
    if len(digits) == 8 and int(digits[6:], 16) < 26:
        return WHITE
    red, green, blue = (int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4))
    return red, green, blue


def _channel(number: str) -> float:
    share = _float(number) / (100 if number.endswith("%") else 255)
    return min(1.0, max(0.0, share))


def _float(number: str) -> float:
    try:
        return float(number.rstrip("%"))
    except ValueError:
        return 0.0


def background_of(given: Mapping[str, str]) -> Colour | None:
    """The colour that a style puts behind its letters; UNKNOWN for a picture."""
    value = given.get("background-color", "") or given.get("background", "")
    if value.startswith(("linear", "radial", "url")):
        return UNKNOWN
    return colour(value) or next(filter(None, map(colour, value.split())), None)


def alike(one: Colour, other: Colour) -> bool:
    """Whether a reader could not tell letters of one colour on the other."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < _ALIKE


def hidden_selectors(sheets: str) -> frozenset[str]:
    """The classes (".x"), ids ("#x") and elements ("x") that style sheets hide."""
    plain = _ON_SOME_SCREENS.sub("", _COMMENT.sub("", sheets))
    found: set[str] = set()
    for rule in _RULE.finditer(plain):
        given = properties(rule.group(2))
        letters = colour(given.get("color", ""))
        pale = letters is not None and alike(letters, WHITE) and "background" not in rule.group(2)
        if hides(given) or pale:
            for selector in _JOINTS.sub(" ", rule.group(1)).split(","):
                found.update(_NAMED.findall((selector.split() or [""])[-1])[-1:])
    return frozenset(found)
