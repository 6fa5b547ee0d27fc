"""A picture that was decoded and encoded anew."""

from dataclasses import dataclass, field

ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
}


@dataclass(frozen=True)
class Picture:
    """content_type: one of ENDINGS. told_place: whether its file said where it was taken."""

    content: bytes = field(repr=False)
    content_type: str
    told_place: bool = False

    @property
    def ending(self) -> str:
        """Of its new name, without the dot."""
        return ENDINGS[self.content_type]
