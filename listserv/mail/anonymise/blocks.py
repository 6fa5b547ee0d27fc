"""Blocks inside a text that are no text: armour of PGP and S/MIME, and encoded files."""

import re
from collections.abc import Callable

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.lines import Sheet

ENCRYPTED_LEFT_OUT = "[An encrypted part was left out]"
FILE_LEFT_OUT = "[A file was left out]"
KEY_LEFT_OUT = "[A key was left out]"
_BEGIN = re.compile(r"\s*-----BEGIN ([A-Z0-9 ]{3,60})-----\s*\Z")
_UU = re.compile(r"begin(?:-base64)? [0-7]{3,4} \S")
# What such a line announces is a line whose first letter is the number of its bytes, or base64.
_UU_LINE = re.compile(r"[!-`][ -`]{0,84}|[A-Za-z0-9+/]{4,76}={0,2}")
_YENC = re.compile(r"=ybegin (?:part=\d+ )?(?:total=\d+ )?line=\d")
# RFC 5545 §3.4, RFC 6350 §6.1.1: they name people.
_CARD = re.compile(r"\s*BEGIN:(VCALENDAR|VCARD|VEVENT)\s*\Z", re.IGNORECASE)
_CARDS = {
    "VCARD": "[A contact card was left out]",
    "VCALENDAR": "[A calendar file was left out]",
    "VEVENT": "[A calendar file was left out]",
}
_BINHEX = "(This file must be converted with BinHex"
_ESCAPED = "- -"
# How all of these begin, in lower case.
_BEGINNINGS = ("-----begin", "begin", "=ybegin", "(this file")


def cut_blocks(sheet: Sheet) -> None:
    """Cuts each block; an encoded file becomes a neutral line, as an attachment would."""
    if sheet.may_have(*_BEGINNINGS):
        _cut_all(sheet)
    if sheet.may_have(_ESCAPED):
        _unescape(sheet)


def _cut_all(sheet: Sheet) -> None:
    number = 0
    while number < len(sheet.lines):
        line = sheet.lines[number]
        end = _cut_at(sheet, number, line.text) if line else number
        number = max(end, number + 1)


def _cut_at(sheet: Sheet, number: int, text: str) -> int:
    """Cuts the block that begins here; gives the number behind it."""
    if not text.lstrip()[:12].lower().startswith(_BEGINNINGS):
        return number
    if armour := _BEGIN.match(text):
        return _cut_armour(sheet, number, armour.group(1).strip())
    if card := _CARD.match(text):
        kind = card.group(1).upper()
        end = _end(sheet, number + 1, lambda t: t.strip().upper() == f"END:{kind}")
        sheet.cut(number, end, RedactionKind.ATTACHMENT, _CARDS[kind])
        return end
    if _UU.match(text) and _is_uuencoded(sheet, number + 1):
        return _cut_file(sheet, number, lambda t: t.strip() in ("end", "===="))
    if _YENC.match(text):
        return _cut_file(sheet, number, lambda t: t.startswith("=yend"))
    if text.startswith(_BINHEX):
        return _cut_file(sheet, number, lambda t: t.rstrip().endswith(":") and len(t) > 1)
    return number


def _is_uuencoded(sheet: Sheet, number: int) -> bool:
    """Whether the next line is data: of the length that its first letter gives, or base64."""
    line = sheet.lines[number] if number < len(sheet.lines) else None
    text = line.text.rstrip("\r") if line else ""
    if not _UU_LINE.fullmatch(text):
        return text.strip() in ("end", "`", "====")
    groups = -(-((ord(text[0]) - 32) & 63) // 3)
    packed = len(text) - 1 - 4 * groups
    return " " not in text.strip() or packed in (0, 1) or (packed < 0 and text.endswith(" "))


def _cut_armour(sheet: Sheet, number: int, label: str) -> int:
    if label == "PGP SIGNED MESSAGE":
        end = _end(sheet, number + 1, lambda text: not text.strip())
        sheet.cut(number, end, RedactionKind.CRYPTO_SIGNATURE)
        return end
    end = _end(sheet, number + 1, lambda text: text.strip().startswith(f"-----END {label}"))
    if label.endswith("SIGNATURE"):
        sheet.cut(number, end, RedactionKind.CRYPTO_SIGNATURE)
    else:
        encrypted = label.endswith("MESSAGE") or "PKCS7" in label
        left = ENCRYPTED_LEFT_OUT if encrypted else KEY_LEFT_OUT
        sheet.cut(number, end, RedactionKind.ATTACHMENT, left)
    return end


def _cut_file(sheet: Sheet, number: int, is_last: Callable[[str], bool]) -> int:
    end = _end(sheet, number + 1, is_last)
    sheet.cut(number, end, RedactionKind.ATTACHMENT, FILE_LEFT_OUT)
    return end


def _end(sheet: Sheet, start: int, is_last: Callable[[str], bool]) -> int:
    """Behind the last line of the block; one without an end goes on as far as its quote does."""
    first = sheet.lines[start - 1]
    for number in range(start, len(sheet.lines)):
        line = sheet.lines[number]
        if line and first and line.depth < first.depth:
            return number
        if line and is_last(line.text):
            return number + 1
    return len(sheet.lines)


def _unescape(sheet: Sheet) -> None:
    """RFC 9580 §7.2: signing puts "- " before lines that begin with a dash."""
    for number, line in sheet.numbered():
        if line.text.startswith(_ESCAPED):
            sheet.replace(number, line.text[2:])
