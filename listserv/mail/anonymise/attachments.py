"""What stands beside the text: made anew where that can be proven clean, else left out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from listserv.domain.anonymous_message import Attachment
from listserv.domain.list_settings import AttachmentPolicy
from listserv.domain.ports import Decoder
from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise import kinds
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.text import clean_text
from listserv.mail.parts import Part

_MOST_PICTURES = 20
# Each may take a decoder to its limits of time; nobody sends more of them by mistake.
_MOST_FAILURES = 4
_LONGEST_TEXT = 500_000


T = TypeVar("T")


@dataclass
class Desk:
    """Takes one attachment after the other. cids: the sender's Content-IDs, each with ours.

    told_place: the new names of pictures that said where they were taken.
    html_lines: how many lines the pages of the mail had, all together.
    """

    names: Names = field(repr=False)
    policy: CleaningPolicy
    ledger: Ledger
    decoder: Decoder
    made: list[Attachment] = field(default_factory=list)
    cids: dict[str, str] = field(default_factory=dict)
    told_place: set[str] = field(default_factory=set)
    html_lines: int = 0
    _pictures: int = 0
    _documents: int = 0
    _failures: int = 0

    def take(self, part: Part) -> str:
        """Rebuilds the part, or gives the neutral line that stands for it; "" for no line."""
        if kinds.is_crypto_signature(part):
            self.ledger.add(RedactionKind.CRYPTO_SIGNATURE)
            return ""
        if self.policy.attachments is AttachmentPolicy.NONE:
            return self._left_out(part)
        if kinds.is_picture(part):
            return self._picture(part)
        if kinds.kind_of(part) == "text file" and part.text is not None:
            return self._document(part, part.text)
        if self.policy.attachments is AttachmentPolicy.DOCUMENTS:
            words = self._opened(self.decoder.words, part)
            if words:
                return self._document(part, words)
        return self._left_out(part)

    def drop(self, cids: frozenset[str]) -> None:
        """Takes back pictures that stood in what was cut, such as the logo in a signature."""
        gone = {self.cids.pop(cid) for cid in cids if cid in self.cids}
        self.made = [a for a in self.made if not a.content_id or a.content_id not in gone]

    def _left_out(self, part: Part) -> str:
        kind = kinds.kind_of(part)
        self.ledger.add(RedactionKind.ATTACHMENT, detail=kind)
        return kinds.left_out(kind)

    def _picture(self, part: Part) -> str:
        if self._pictures >= _MOST_PICTURES:
            return self._left_out(part)
        picture = self._opened(self.decoder.picture, part)
        if picture is None:
            return self._left_out(part)
        self._pictures += 1
        ours = ""
        if part.content_id and part.content_id not in self.cids:
            ours = self.cids[part.content_id] = f"picture-{self._pictures}"
        name = f"picture-{self._pictures}.{picture.ending}"
        if picture.told_place:
            self.told_place.add(name)
        self.made.append(Attachment(name, picture.content_type, picture.content, ours))
        return ""

    def _opened(self, decode: Callable[[bytes], T | None], part: Part) -> T | None:
        if self._failures >= _MOST_FAILURES:
            return None
        found = decode(part.content)
        self._failures += found is None
        return found

    def _document(self, part: Part, text: str) -> str:
        if len(text) > _LONGEST_TEXT:
            return self._left_out(part)
        cleaned = clean_text(text, self.names, self.policy, self.ledger)
        if not cleaned or not cleaned.strip():
            return self._left_out(part)
        self._documents += 1
        # A table is text to whoever opens it; its own type would let programs run its cells.
        name = f"document-{self._documents}.txt"
        self.made.append(Attachment(name, "text/plain", f"{cleaned}\n".encode()))
        return ""
