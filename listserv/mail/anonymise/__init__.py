"""The wall: the only way from mail as it came to what may be stored and sent."""

from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.post import anonymise

__all__ = ["CleaningPolicy", "anonymise"]
