"""Documents made here, with an author in every corner."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listserv.mail.decoding.office import words_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def packed(**parts: str) -> bytes:
    """A zip with these files; two underlines stand for a slash, one for a dot."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return buffer.getvalue()


def docx(body: str) -> bytes:
    return packed(
        word__document_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>",
        docProps__core_xml="<p>MARK</p>",
        word__comments_xml="<p>MARK</p>",
    )


def odt(body: str) -> bytes:
    return packed(
        content_xml=f"<office:document-content {ODF}>{body}</office:document-content>",
        meta_xml="<p>MARK</p>",
    )


def run(text: str, inside: str = "") -> str:
    return f"<w:r>{inside}<w:t>{text}</w:t></w:r>"


def test_paragraphs_of_a_word_document_become_lines() -> None:
    body = f"<w:p>{run('My week ')}{run('was long.')}</w:p><w:p/><w:p>{run('Thank you.')}</w:p>"
    assert words_of(docx(body)) == "My week was long.\n\nThank you."


def test_breaks_and_tabs_stay() -> None:
    body = "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
    assert words_of(docx(body)) == "a\tb\nc"


@pytest.mark.parametrize(
    "hidden",
    [
        f'<w:del w:author="MARK">{run("MARK")}</w:del>',
        f'<w:ins w:author="MARK">{run("")}</w:ins>',
        run("MARK", "<w:rPr><w:vanish/></w:rPr>"),
        f'<w:fldSimple w:instr="AUTHOR">{run("MARK")}</w:fldSimple>',
        "<w:r><w:instrText>AUTHOR MARK</w:instrText></w:r>",
        '<w:commentReference w:author="MARK"/>',
    ],
)
def test_what_is_hidden_in_a_word_document_is_not_read(hidden: str) -> None:
    words = words_of(docx(f"<w:p>{run('Seen')}{hidden}{run(' too')}</w:p>"))
    assert words == "Seen too"


def test_paragraphs_of_an_open_document_become_lines() -> None:
    body = "<text:h>Title</text:h><text:p>One <text:span>two</text:span> three</text:p>"
    assert words_of(odt(body)) == "Title\nOne two three"


@pytest.mark.parametrize(
    "hidden",
    [
        "<office:annotation><dc:creator>MARK</dc:creator><text:p>MARK</text:p></office:annotation>",
        "<text:author-name>MARK</text:author-name>",
        "<text:sender-company>MARK</text:sender-company>",
        "<text:hidden-text>MARK</text:hidden-text>",
        '<text:section text:display="none">MARK</text:section>',
        "<text:tracked-changes><text:p>MARK</text:p></text:tracked-changes>",
        "<dc:creator>MARK</dc:creator>",
    ],
)
def test_what_is_hidden_in_an_open_document_is_not_read(hidden: str) -> None:
    words = words_of(odt(f"<text:p>Seen{hidden}</text:p>"))
    assert words == "Seen"


def test_a_bomb_is_not_unpacked() -> None:
    assert words_of(docx(f"<w:p>{run('a' * 6_000_000)}</w:p>")) is None


def test_entities_are_not_resolved() -> None:
    text = f'<!DOCTYPE x [<!ENTITY e "MARK">]><w:document {W}><w:p>{run("&e;")}</w:p></w:document>'
    assert "MARK" not in (words_of(packed(word__document_xml=text)) or "")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.4", packed(other_xml="<a/>")])
def test_anything_else_has_no_words(content: bytes) -> None:
    assert words_of(content) is None


@given(st.binary(max_size=300), st.integers(0, 400))
def test_a_broken_document_never_raises(noise: bytes, at: int) -> None:
    whole = docx(f"<w:p>{run('Seen')}</w:p>")
    broken = whole[:at] + noise + whole[at + len(noise) :]
    assert words_of(broken) is None or isinstance(words_of(broken), str)
