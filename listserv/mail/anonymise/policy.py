"""What a list allows the anonymiser to leave in."""

from dataclasses import dataclass

from listserv.domain.list_settings import AttachmentPolicy


@dataclass(frozen=True)
class CleaningPolicy:
    """list_addresses: may stay in text (the list's own, help lines that the owner allows).

    subject_prefix: the word in brackets that the list puts before subjects, "" for none.
    """

    list_addresses: frozenset[str] = frozenset()
    attachments: AttachmentPolicy = AttachmentPolicy.IMAGES
    subject_prefix: str = ""

    def allows(self, address: str) -> bool:
        """Whether that address may stay; case does not matter."""
        lower = address.lower()
        return any(lower == known.lower() for known in self.list_addresses)
