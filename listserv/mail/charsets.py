"""Bytes to text, in the character set that a mail names, without guessing."""

import codecs

# What browsers and mail programs read under these names (WHATWG Encoding §4.2): the wider set.
_WIDER = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "x-mac-roman": "mac_roman",
    "utf8mb4": "utf-8",
    # Hebrew and Arabic in the order in which they are read, or said to be in that of the eye.
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "iso-8859-6-e": "iso-8859-6",
    "csiso88598i": "iso-8859-8",
    "logical": "iso-8859-8",
    "windows-949": "cp949",
    "ksc_5601": "cp949",
    "ks_c_5601-1989": "cp949",
    "windows-936": "gb18030",
    "x-gbk": "gb18030",
    "cn-big5": "big5",
    "x-x-big5": "big5",
    "x-euc-jp": "euc_jp",
    "cp50220": "iso2022_jp_ext",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "dos-874": "cp874",
    "x-mac-cyrillic": "mac_cyrillic",
    "mac": "mac_roman",
    "iso88591": "cp1252",
    "unicode-1-1-utf-8": "utf-8",
    # Programs that do not know either say so (RFC 1428 §3). What is no UTF-8 stays unread.
    "unknown-8bit": "utf-8",
    "x-unknown": "utf-8",
}
# Codecs that can be named but are no character set of mail; UTF-7 hides markup in letters.
_REFUSED = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "mbcs"}
)


def decode(content: bytes, charset: str) -> str | None:
    """The text, or None when the character set is unknown or the bytes are not in it."""
    name = charset.strip().strip("\"'").lower() or "us-ascii"
    try:
        codec = codecs.lookup(_WIDER.get(name, name))
        if not codec._is_text_encoding or codec.name in _REFUSED:  # as bytes.decode checks it
            return None
        text = content.decode(codec.name)
    except (LookupError, ValueError):
        return _without_wider(content, name)
    return text.removeprefix("\ufeff")


def _without_wider(content: bytes, name: str) -> str | None:
    """Windows-1252 leaves five bytes undefined that ISO 8859-1 reads as controls."""
    if _WIDER.get(name) == "cp1252":
        return content.decode("latin-1")
    return None
