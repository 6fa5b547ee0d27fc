"""What an attachment is, in a word that says nothing of its author."""

from listserv.mail.parts import Part

_BY_TYPE = {
    "application/pdf": "PDF",
    "text/calendar": "calendar file",
    "application/ics": "calendar file",
    "text/vcard": "contact card",
    "text/x-vcard": "contact card",
    "text/directory": "contact card",
    "application/ms-tnef": "Outlook file",
    "application/vnd.ms-tnef": "Outlook file",
    "message/rfc822": "mail",
    "message/global": "mail",
    "application/zip": "packed file",
    "application/gzip": "packed file",
    "application/x-7z-compressed": "packed file",
    "application/vnd.rar": "packed file",
    "application/rtf": "document",
    "text/rtf": "document",
    "application/msword": "document",
    "application/vnd.oasis.opendocument.text": "document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "document",
    "application/vnd.ms-excel": "spreadsheet",
    "application/vnd.oasis.opendocument.spreadsheet": "spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "spreadsheet",
    "application/vnd.ms-powerpoint": "presentation",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "presentation",
    "application/pgp-keys": "key",
    "text/html": "web page",
    "text/plain": "text file",
    "text/markdown": "text file",
    "text/csv": "text file",
}
_BY_ENDING = {
    "pdf": "PDF",
    "ics": "calendar file",
    "vcf": "contact card",
    "dat": "Outlook file",
    "eml": "mail",
    "doc": "document",
    "docx": "document",
    "odt": "document",
    "rtf": "document",
    "xls": "spreadsheet",
    "xlsx": "spreadsheet",
    "ods": "spreadsheet",
    "ppt": "presentation",
    "pptx": "presentation",
    "zip": "packed file",
    "7z": "packed file",
    "rar": "packed file",
    "jpg": "picture",
    "jpeg": "picture",
    "png": "picture",
    "gif": "picture",
    "webp": "picture",
    "heic": "picture",
    "heif": "picture",
    "avif": "picture",
    "bmp": "picture",
    "tif": "picture",
    "tiff": "picture",
    "apng": "picture",
    "jfif": "picture",
    "svg": "picture",
    "mp3": "sound file",
    "m4a": "sound file",
    "ogg": "sound file",
    "mp4": "video",
    "mov": "video",
    "txt": "text file",
    "md": "text file",
    "csv": "text file",
}
_BY_FAMILY = {"image": "picture", "audio": "sound file", "video": "video", "font": "font"}
_DRAWN = frozenset({"svg+xml", "svg", "wmf", "x-wmf", "emf", "x-emf"})
_SIGNATURES = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "application/pgp-keys",
    }
)
_ENCRYPTED = frozenset(
    {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)


def kind_of(part: Part) -> str:
    """One of our own words: "PDF", "picture", "video"; "file" when nothing tells."""
    known = _BY_TYPE.get(part.content_type)
    if known:
        return known
    ending = part.filename.rpartition(".")[2].lower()
    family = part.content_type.partition("/")[0]
    return _BY_FAMILY.get(family) or _BY_ENDING.get(ending, "file")


def left_out(kind: str) -> str:
    """The neutral line that stands where something was."""
    return f"[{article(kind)} {kind} was left out]".replace("[a", "[A", 1)


def article(kind: str) -> str:
    """ "a" or "an"."""
    return "an" if kind[:1].lower() in "aeiou" else "a"


def is_picture(part: Part) -> bool:
    """By its type, or by its name where the type says nothing.

    What is drawn by words and commands is none: it has no pixels that could be made anew.
    """
    if kind_of(part) != "picture":
        return False
    family, _, subtype = part.content_type.partition("/")
    ending = part.filename.rpartition(".")[2].lower()
    return (subtype if family == "image" else ending) not in _DRAWN


def is_crypto_signature(part: Part) -> bool:
    """A signature or key beside a text: it says who wrote it, and is nothing to read."""
    return part.content_type in _SIGNATURES


def is_encrypted(part: Part) -> bool:
    """Whether what the author wrote is sealed (RFC 3156 §4, RFC 8551 §3)."""
    return part.content_type in _ENCRYPTED or "multipart/encrypted" in part.path
