"""The few errors that the product raises itself."""


class QuietlistError(Exception):
    """Anything we raise on purpose. Its text is safe to show: no address, no content."""


class Refused(QuietlistError):
    """What was asked for cannot be done as it was asked; the text says what to do."""


class NotFound(Refused):
    """The list, member or post that was named does not exist."""


class Unavailable(QuietlistError):
    """Something that we stand on does not answer now; trying again later may help."""


class Conflict(QuietlistError):
    """Somebody else wrote the same thing at the same moment; looking again shows it."""


class Locked(QuietlistError):
    """A sealed value cannot be opened with the keys at hand."""
