"""What a list allows the anonymiser to leave in."""

from dataclasses import dataclass
from functools import cached_property

from listserv.domain.language import Language
from listserv.domain.list_settings import AttachmentPolicy

_WROTE = {Language.ENGLISH: "{} wrote:", Language.SPANISH: "{} escribió:"}


@dataclass(frozen=True)
class CleaningPolicy:
    """list_addresses: may stay in text (the list's own, help lines that the owner allows).

    language: that of the list, which tells how phone numbers are written.
    subject_prefix: the word in brackets that the list puts before subjects, "" for none.
    parent_handle: who wrote the post of the list that the mail answers, "" when unknown.
    answers: whether the mail says of itself that it answers another.
    """

    list_addresses: frozenset[str] = frozenset()
    attachments: AttachmentPolicy = AttachmentPolicy.IMAGES
    subject_prefix: str = ""
    language: Language = Language.ENGLISH
    parent_handle: str = ""
    answers: bool = True

    @property
    def parent_wrote(self) -> str:
        """The line above a quote of the post that it answers; "" without one."""
        return _WROTE[self.language].format(self.parent_handle) if self.parent_handle else ""

    def allows(self, address: str) -> bool:
        """Whether that address may stay; case does not matter."""
        return address.lower() in self._allowed

    @cached_property
    def _allowed(self) -> frozenset[str]:
        return frozenset(map(str.lower, self.list_addresses))
