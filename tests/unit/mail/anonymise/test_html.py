"""What remains of an HTML body."""

import pytest

from listserv.domain.anonymous_message import Unclean
from listserv.domain.redaction import RedactionKind
from tests.unit.mail.anonymise.cleaning import anonymised, kinds, page, result_of


def _alternative(plain: str, html: str) -> bytes:
    forms = (("plain", plain), ("html", html))
    parts = "".join(
        f"--c\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{words}\r\n"
        for kind, words in forms
    )
    return f"{parts}--c--".encode()


ALTERNATIVE = "Content-Type: multipart/alternative; boundary=c"


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>One</p><p>two</p>", "<p>One</p>\n<p>two</p>"),
        ("One<br>two<br><br>three", "<p>One<br>\ntwo</p>\n<p>three</p>"),
        ("<div>One</div><div>two</div>", "<p>One<br>\ntwo</p>"),
        ("<p>a <b>b</b> <i>c</i> <u>d</u> <s>e</s></p>",
         "<p>a <strong>b</strong> <em>c</em> <u>d</u> <s>e</s></p>"),
        ("<h1>Title</h1><p>x</p>", "<h2>Title</h2>\n<p>x</p>"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
         "<ul>\n<li>a</li>\n<ul>\n<li>b</li>\n</ul>\n<li>c</li>\n</ul>"),
        ("<pre>a\n  b</pre>", "<pre>a\n  b</pre>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ('<a href="https://e.com/?a=1&amp;b=2">there</a>',
         '<p><a href="https://e.com/?a=1&amp;b=2">there</a></p>'),
        ("<blockquote>q</blockquote><p>x</p>", "<blockquote><p>q</p>\n</blockquote><p>x</p>"),
        ("<p>🙂 Grüße</p>", "<p>🙂 Grüße</p>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a | b</p>"),
    ],
)  # fmt: skip
def test_what_the_author_wrote_arrives(html: str, left: str) -> None:
    assert page(html).html == left


@pytest.mark.parametrize(
    "html",
    [
        '<p id="zq" class="zq" style="color:zq" data-x="zq" title="zq" lang="zq">x</p>',
        "<!-- zq --><p>x</p>",
        "<!--[if mso]>zq<![endif]--><p>x</p>",
        "<head><title>zq</title><meta name=zq content=zq></head><p>x</p>",
        "<style>p{zq:zq}</style><script>zq</script><p>x</p>",
        '<p>x</p><img src="https://e.com/zq.png" alt="zq">',
        '<p>x</p><img src="data:image/png;base64,zq">',
        '<p>x</p><div style="display: none">zq</div>',
        '<p>x<span style="font-size:0px">zq</span></p>',
        '<p>x<span style="COLOR:#FFFFFF">zq</span></p>',
        '<p>x<font color="white">zq</font></p>',
        "<style>.h{display:none}</style><p>x<span class=h>zq</span></p>",
        '<p>x</p><div hidden>zq</div><div style="opacity:0">zq</div>',
        '<p><a href="mailto:zq@e.com">x</a></p>',
        '<p><a href="javascript:zq">x</a></p>',
        '<p><a href="data:text/html,zq">x</a></p>',
        '<form action="zq"><input value="zq"><p>x</p></form>',
        "<p>x</p><svg><text>zq</text></svg><iframe src=zq></iframe><object data=zq></object>",
        '<p>x</p><div class="gmail_signature">zq</div>',
        '<p>x</p><div id="Signature">zq</div>',
        '<p>x</p><div class="moz-signature">zq</div>',
        '<p>x</p><div class="mb_sig">zq</div>',
        '<p>x</p><div id="bloop_sign_1" class="bloop_sign">zq</div>',
        "<p>x</p><div>-- <br>zq</div>",
        '<p>x</p><div class="moz-cite-prefix">On zq wrote:</div>',
        '<p>x</p><div class="gmail_attr">zq wrote:</div>',
    ],
)
def test_what_tells_of_the_author_goes(html: str) -> None:
    message = page(html)
    assert (message.html, message.text) == ("<p>x</p>", "x")


def test_white_letters_on_a_background_are_seen() -> None:
    assert "seen" in page('<div style="background:#000"><p style="color:#fff">seen</p></div>').html


def test_a_name_cut_into_pieces_is_found() -> None:
    assert page("<p>by <b>Zel</b>da <i>Quark</i>wright, ok</p>").html == (
        "<p>by <strong>[name]</strong>, ok</p>"
    )


def test_an_address_cut_into_pieces_is_found() -> None:
    assert "example.com" not in page("<p>to <b>otto</b>@<i>example.com</i>, ok</p>").html


def test_a_link_that_shows_another_target_is_words_only() -> None:
    assert page('<p><a href="https://bad.example/">https://good.example/</a></p>').html == (
        "<p>https://good.example/</p>"
    )


def test_html_alone_gives_the_text_too() -> None:
    html = '<p>Two:</p><ol><li>a</li><li>b</li></ol><p><a href="https://e.com/x">there</a></p>'
    message = page(f"{html}<blockquote><p>q</p></blockquote>")
    assert message.text == "Two:\n\n1. a\n2. b\n\nthere <https://e.com/x>\n\n> q"


def test_html_that_says_the_same_stays() -> None:
    body = _alternative("Hello *dear* all", "<p>Hello <b>dear</b> all</p>")
    assert anonymised(body, ALTERNATIVE).message.html == "<p>Hello <strong>dear</strong> all</p>"


def test_html_that_says_something_else_is_dropped() -> None:
    body = _alternative(
        "Hello dear all, here is what I say", "<p>Nothing of the kind, not at all</p>"
    )
    message = anonymised(body, ALTERNATIVE).message
    assert (message.text, message.html) == ("Hello dear all, here is what I say", "")


@pytest.mark.parametrize("control", ["\x01", "&#1;", "\x1b", "\ufffe"])
def test_controls_behind_the_mark_of_a_signature_do_no_harm(control: str) -> None:
    found = page(f'<p>Hello all</p><br id="lineBreakAtSignature">Zq{control} Baker<p>Ltd</p>')
    assert (found.text, found.html) == ("Hello all", "<p>Hello all</p>")


def test_a_signature_that_only_the_html_marks_goes_from_the_text() -> None:
    html = '<p>Hello all</p><div class="gmail_signature"><p>Z. Q.</p><p>Baker</p></div>'
    message = anonymised(_alternative("Hello all\n\nZ. Q.\n\nBaker", html), ALTERNATIVE).message
    assert message.text == "Hello all"


def test_an_empty_text_form_is_made_from_the_html() -> None:
    assert anonymised(_alternative("", "<p>Hello</p>"), ALTERNATIVE).message.text == "Hello"


def test_redactions_are_counted_once_for_both_forms() -> None:
    body = _alternative("Ask otto@example.com now", "<p>Ask otto@example.com now</p>")
    assert kinds(anonymised(body, ALTERNATIVE)) == {RedactionKind.EMAIL_ADDRESS: 1}


def test_remote_pictures_and_hidden_text_are_told() -> None:
    html = b'<p>x</p><img src="https://e.com/p.gif"><p hidden>y</p>'
    found = kinds(anonymised(html, "Content-Type: text/html"))
    assert found == {RedactionKind.REMOTE_PICTURE: 1, RedactionKind.HIDDEN_TEXT: 1}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["<div>", "<b>x", "<blockquote>x", "<table><tr><td>", "<"])
def test_what_is_too_deep_or_too_large_ends_at_once(piece: str) -> None:
    result = result_of((piece * 100_000).encode(), "Content-Type: text/html")
    assert isinstance(result, Unclean) or len(result.message.html) < 1_000_000


@pytest.mark.parametrize(
    "html",
    [
        "<p style='color:white;background:black'>seen</p>",
        "<p style='line-height:0.9;opacity:0.95'>seen</p>",
        "<table><tr><td style='max-width:0'>seen</td></tr></table>",
        "<div style='height:0;overflow:visible'>seen</div>",
        "<style>@media (max-width:600px){.a{display:none}}</style><p class='a'>seen</p>",
        "<html><body></body></html><p>seen</p>",
    ],
)
def test_what_a_reader_sees_stays(html: str) -> None:
    assert page(html).text == "seen"


@pytest.mark.parametrize(
    "style",
    [
        "font-size:1px", "color:#fefefe", "color:rgba(0,0,0,0)", "opacity:0.01", "line-height:0",
        "position:absolute;left:-9999px", "max-height:0;overflow:hidden",
        "background:#fff;color:#fff",
    ],
)  # fmt: skip
def test_what_no_reader_sees_goes(style: str) -> None:
    assert page(f"<p>seen</p><p style='{style}'>unseen</p>").text == "seen"
