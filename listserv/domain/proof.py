"""How the address in From is proven to be the sender's own."""

from enum import StrEnum


class Proof(StrEnum):
    NONE = "none"
    SPF = "spf"
    DKIM = "dkim"
    DMARC = "dmarc"
