"""The words of an office document, and nothing else of it.

Authors sit in properties, comments, tracked changes, fields and embedded files
(ECMA-376 Part 1 §17, OpenDocument 1.3 Part 3). None of these is looked for:
only the paragraphs of the main text are read, and the file itself never passes.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

_MOST_XML = 5_000_000  # bytes, unpacked; a novel has one or two million
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

_PARAGRAPHS = frozenset({f"{_WORD}p", f"{_TEXT}p", f"{_TEXT}h"})
_BREAKS = {
    f"{_WORD}tab": "\t",
    f"{_WORD}br": "\n",
    f"{_WORD}cr": "\n",
    f"{_TEXT}tab": "\t",
    f"{_TEXT}line-break": "\n",
    f"{_TEXT}s": " ",
}
# What was deleted, said beside the text, shown twice, or filled in by the program.
_PASSED_OVER = frozenset(
    {
        f"{_WORD}del",
        f"{_WORD}moveFrom",
        f"{_WORD}instrText",
        f"{_WORD}fldSimple",
        _FALLBACK,
        f"{_OFFICE}annotation",
        f"{_TEXT}tracked-changes",
        f"{_TEXT}author-name",
        f"{_TEXT}author-initials",
        f"{_TEXT}creator",
        f"{_TEXT}initial-creator",
        f"{_TEXT}printed-by",
        f"{_TEXT}hidden-text",
        f"{_TEXT}file-name",
    }
)


def words_of(content: bytes) -> str | None:
    """The text of a .docx or .odt, a line a paragraph; None for anything else."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            xml = _main_part(archive)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        return None
    if xml is None:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError:
        return None
    return "\n".join(_paragraphs(root)).strip()


def _main_part(archive: zipfile.ZipFile) -> bytes | None:
    names = set(archive.namelist())
    for name in ("word/document.xml", "content.xml"):
        if name in names and archive.getinfo(name).file_size <= _MOST_XML:
            with archive.open(name) as file:
                # The size in the directory is the sender's word; this is the limit.
                xml = file.read(_MOST_XML + 1)
            return xml if len(xml) <= _MOST_XML else None
    return None


def _paragraphs(root: etree._Element) -> Iterator[str]:
    """One line a paragraph, by walking the tree without recursion."""
    line: list[str] = []
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skipped is not None:
            skipped = None if event == "end" and element is skipped else skipped
            continue
        if event == "start":
            if element.tag in _PASSED_OVER or _is_hidden(element) or _is_of_sender(element):
                skipped = element
                continue
            line.append(_BREAKS.get(str(element.tag), ""))
            if element.tag == f"{_WORD}t" or str(element.tag).startswith(_TEXT):
                line.append(element.text or "")
        elif element.tag in _PARAGRAPHS:
            yield "".join(line)
            line = []
        elif str(element.tag).startswith(_TEXT):
            line.append(element.tail or "")


def _is_of_sender(element: etree._Element) -> bool:
    """What the program knows of whoever wrote it: name, street, phone number."""
    return str(element.tag).startswith(f"{_TEXT}sender-")


def _is_hidden(element: etree._Element) -> bool:
    if element.tag == f"{_TEXT}section":
        return bool(element.get(f"{_TEXT}display") == "none")
    return element.tag == f"{_WORD}r" and element.find(f"{_WORD}rPr/{_WORD}vanish") is not None
