"""The leaves of a MIME tree, as they came."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Part:
    """One leaf of the MIME tree, decoded from its transfer encoding.

    content_type is lower case; charset is "" when none is named; filename and
    content_id are the sender's own words and never leave this side.
    path says where the leaf stands: the container types above it, outermost
    first ("multipart/mixed", "multipart/alternative"), and place its number
    in each of them, so that two leaves with places (0, 0) and (0, 1) are
    siblings. text: what the bytes of a text part say, or None when they are
    no text or not in the character set that is named. content is b"" for
    message/* parts. A mail inside the mail that can be read stands before its
    own leaves as a part whose text is its From, To and Cc; one that cannot has
    no text, and nothing of it is read.
    """

    content_type: str
    charset: str
    content: bytes = field(repr=False)
    filename: str = field(repr=False, default="")
    content_id: str = field(repr=False, default="")
    disposition: str = ""
    path: tuple[str, ...] = ()
    flowed: bool = False
    delsp: bool = False
    place: tuple[int, ...] = ()
    text: str | None = field(repr=False, default=None)

    @property
    def is_attached(self) -> bool:
        """Whether the sender's program meant it as a file beside the text (RFC 2183 §2).

        Some give the text itself a name: what stands first, or is one form of the text, is no file.
        """
        if self.disposition == "attachment" or not self.filename:
            return self.disposition == "attachment"
        return self.content_type not in ("text/plain", "text/html") or not self._is_of_text

    @property
    def _is_of_text(self) -> bool:
        """Whether it stands where programs put what was written."""
        around = self.path[-1:]
        return (
            not any(self._place_in_mail)
            or around == ("multipart/alternative",)
            or (around == ("multipart/related",) and not self.place[-1])
        )

    @property
    def _place_in_mail(self) -> tuple[int, ...]:
        """The place in the innermost mail."""
        mails = [n for n, kind in enumerate(self.path) if kind.startswith("message/")]
        return self.place[mails[-1] + 1 :] if mails else self.place

    @property
    def mails_above(self) -> int:
        """In how many mails inside the mail the leaf stands."""
        return sum(kind.startswith("message/") for kind in self.path)
