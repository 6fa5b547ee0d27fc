"""Random mails with marks at random places, around words that must arrive."""

import base64
import io
import quopri
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

MARK = "zqmark77"
NAME = "Xanthippe Quorlzim"
WORDS = ("kettle", "harbour", "lantern", "meadow")
# What must not come out of a mail in any spelling.
MARKS = (MARK, "xanthippe", "quorlzim")

_SHAPES = st.sampled_from(
    [
        "{m}", "<{m}@example.net>", "{m} <{m}@example.net>", '"{m}" <a@{m}.example>', "({m})",
        "=?utf-8?q?{m}?=", "=?utf-8?b?{b}?=", "=?iso-8859-1?Q?{n}?=", "a; b={m}", "[{m}]",
        "a;\r\n\tb*0*=utf-8''{p}; b*1={m}", "x\r\n {m}", "<https://{m}.example/{m}>", "0x{m}",
    ]
)  # fmt: skip
_FIELDS = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20).map("x-{}".format),
    st.sampled_from(
        [
            "received", "dkim-signature", "arc-seal", "user-agent", "x-mailer", "organization",
            "message-id", "in-reply-to", "references", "thread-index", "thread-topic", "autocrypt",
            "sender", "reply-to", "cc", "bcc", "x-originating-ip", "authentication-results",
            "comments", "keywords", "face", "openpgp", "resent-from", "importance", "x-priority",
            "content-language", "accept-language", "disposition-notification-to", "archived-at",
            "x-ms-exchange-crosstenant-id", "x-google-smtp-source", "x-uniform-type-identifier",
        ]
    ),
)  # fmt: skip
# Lines of text that have to go, or to lose what tells.
_TEXT = st.sampled_from(
    [
        "Write to {m}@example.net, please.", "Or to {m} (at) example (dot) org.",
        "See https://example.com/?utm_source={m}&id=1 for it.", "As {name} I say so.",
        "https://{m}@example.com/", "[cid:{m}@01D]", "[image: {m}.png]", "<mailto:{m}@example.net>",
        "On Mon, 2 Nov 2026 at 10:01, {m} <{m}@example.org> wrote:\n> earlier",
        "-----Original Message-----\nFrom: {m}\nSent: Monday\nTo: {m}\nSubject: {m}\n\nearlier",
        "begin 644 {m}.pdf\n#6F5L\n`\nend", "BEGIN:VCARD\nFN:{m}\nEND:VCARD",
        "-----BEGIN PGP SIGNATURE-----\nComment: {m}\n\n{m}\n-----END PGP SIGNATURE-----",
        "https://lists.example.org/unsubscribe/{m}", "group-leave+{m}@lists.example.org",
        "ask xmpp:{m}@chat.example.org or @{m}:matrix.example.org",
    ]
)  # fmt: skip
_ENDS = st.sampled_from(
    [
        "", "\n-- \n{m}\n{m}", "\nKind regards\n{name}\n{m} Ltd\n+49 30 5550123", "\n{name}",
        "\nSent from my iPhone {m}", "\nLove,\nXanthippe", "\n--\n{name}\n{m}@example.net",
        "\nViele Grüße\n{name}\nTel. 030 5550123\n{m} GmbH",
    ]
)  # fmt: skip
_HTML = st.sampled_from(
    [
        "<!-- {m} -->", '<img src="https://example.com/{m}.gif" alt="{m}">', "<title>{m}</title>",
        '<p id="{m}" class="{m}" data-{m}="{m}" title="{m}" lang="{m}" aria-label="{m}"></p>',
        '<a name="{m}" href="mailto:{m}@example.net?subject={m}"></a>', "<script>{m}</script>",
        "<style>.{m} {{ background: url({m}) }}</style>", '<p style="display:none">{m}</p>',
        '<span style="font-size:0">{m}</span>', "<![if {m}]><![endif]>", "<?xml {m}?>",
        '<form action="{m}"><input name="{m}" value="{m}"></form>', "<noscript>{m}</noscript>",
        '<a href="https://example.com/?fbclid={m}">here</a>', '<svg><desc>{m}</desc></svg>',
        '<div class="gmail_signature">{m}</div>', '<meta name="{m}" content="{m}">',
        '<font color="#ffffff">{m}</font>', '<base href="https://{m}.example/">',
        '<a href="tel:{m}"></a>', '<img src="cid:{m}">', "<object data='{m}'>{m}</object>",
        '<table summary="{m}" background="{m}"><tr><td abbr="{m}"></td></tr></table>',
    ]
)  # fmt: skip


@dataclass(frozen=True)
class Marked:
    """A mail as bytes; `words` are those of its author."""

    raw: bytes
    words: tuple[str, ...]


def _fill(shape: str) -> str:
    packed = base64.b64encode(MARK.encode()).decode()
    coded = "".join(f"={ord(char):02X}" for char in MARK)
    return shape.format(m=MARK, name=NAME, b=packed, n=coded, p=quote(MARK))


def _encoded(words: str, encoding: str) -> bytes:
    raw = words.replace("\n", "\r\n").encode()
    if encoding == "base64":
        return base64.encodebytes(raw).replace(b"\n", b"\r\n")
    return quopri.encodestring(raw) if encoding == "quoted-printable" else raw


_ENCODINGS = st.sampled_from(["8bit", "quoted-printable", "base64"])
_PART_FIELDS = st.sampled_from(
    [
        "Content-ID: <{m}@example.net>", "Content-Description: {m}", "X-Part: {m}",
        "Content-Location: https://example.net/{m}", "Content-Language: {m}", "Content-MD5: {m}",
        "Content-Disposition: inline; creation-date={m}; size=77", "Content-Base: {m}",
    ]
)  # fmt: skip


@st.composite
def _part(draw: st.DrawFn, kind: str, words: str) -> bytes:
    encoding = draw(_ENCODINGS)
    fields = draw(st.lists(_PART_FIELDS, max_size=3, unique_by=lambda f: f.partition(":")[0]))
    parameter = draw(st.sampled_from(["", "; x={m}", "; x*=utf-8''{p}", "; format=flowed; y={m}"]))
    head = [f"Content-Type: {kind}; charset=utf-8{parameter}", *fields]
    head.append(f"Content-Transfer-Encoding: {encoding}")
    return _fill("\r\n".join(head)).encode() + b"\r\n\r\n" + _encoded(words, encoding)


@st.composite
def _picture(draw: st.DrawFn) -> bytes:
    kind = draw(st.sampled_from(["PNG", "JPEG", "GIF"]))
    out = io.BytesIO()
    image = Image.new("RGB", (4, 4), "teal")
    note = PngInfo()
    note.add_text(MARK, NAME)
    exif = Image.Exif()
    exif[315] = f"{NAME} {MARK}"
    options: dict[str, dict[str, Any]] = {
        "PNG": {"pnginfo": note, "exif": exif},
        "JPEG": {"exif": exif, "comment": MARK},
    }
    image.save(out, kind, **options.get(kind, {"comment": MARK}))
    content = out.getvalue() + draw(st.sampled_from([b"", MARK.encode()]))
    name = draw(st.sampled_from(["name={m}.png", "name*=utf-8''{p}.png", 'name="=?utf-8?b?{b}?="']))
    head = f"Content-Type: image/{kind.lower()}; {name}\r\nContent-ID: <{MARK}>"
    disposition = f"Content-Disposition: attachment; file{name}"
    lines = f"{head}\r\n{disposition}\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    return _fill(lines).encode() + base64.encodebytes(content)


@st.composite
def _other(draw: st.DrawFn) -> bytes:
    kind = draw(
        st.sampled_from(
            ["application/pdf", "text/calendar", "text/vcard", "application/octet-stream",
             "application/ms-tnef", "application/pgp-signature", "text/x-amp-html", "video/mp4"]
        )
    )  # fmt: skip
    return _fill(f"Content-Type: {kind}; name={{m}}\r\n\r\n{{m}} {{name}}\r\n").encode()


@st.composite
def _nested(draw: st.DrawFn) -> bytes:
    inner = draw(_part("text/plain", f"Hello {NAME}, an earlier word.\n\nRegards\n{MARK}\n"))
    head = "Content-Type: message/rfc822; name={m}.eml\r\n\r\nFrom: {m} <{m}@example.org>\r\n"
    more = "To: {name} <a@example.net>\r\nSubject: {m}\r\nMessage-ID: <{m}@x.example>\r\n"
    return _fill(head + more).encode() + inner


def _multipart(kind: str, level: int, parts: list[bytes]) -> bytes:
    line = f"--{MARK}{level}"
    head = f'Content-Type: multipart/{kind}; boundary="{MARK}{level}"; x={MARK}\r\n\r\n{MARK}\r\n'
    inner = "".join(f"{line}\r\n%s\r\n" for _ in parts).encode() % tuple(parts)
    return head.encode() + inner + f"{line}--\r\n{MARK}\r\n".encode()


@st.composite
def marked_mails(draw: st.DrawFn) -> Marked:
    """A text, perhaps its HTML, perhaps files, in a tree; marks wherever none may come out."""
    text = [f"The {WORDS[0]} is on.", *draw(st.lists(_TEXT, max_size=3)), f"A {WORDS[1]} is near."]
    words = _fill("\n\n".join(text) + "\n" + draw(_ENDS))
    bits = [_fill(bit) for bit in draw(st.lists(_HTML, max_size=5))]
    body = draw(_part("text/plain", words))
    kept = WORDS[:2]
    form = draw(st.sampled_from(["text", "html", "both"]))
    paragraphs = [f"<p>The <b>{WORDS[0]}</b> is on.</p>", *bits, f"<p>A {WORDS[1]} is near.</p>"]
    if form != "text":
        page = draw(_part("text/html", "\n".join(paragraphs)))
        body = page if form == "html" else _multipart("alternative", 0, [body, page])
    beside = draw(st.lists(st.one_of(_picture(), _other(), _nested()), max_size=3))
    if beside:
        body = _multipart(draw(st.sampled_from(["mixed", "related"])), 1, [body, *beside])
    fields = draw(st.lists(st.tuples(_FIELDS, _SHAPES), max_size=5))
    planted = "".join(f"{name}: {_fill(shape)}\r\n" for name, shape in fields)
    subject = draw(st.sampled_from(["A {w}", "Re: {name}: a {w}", "=?utf-8?q?=58anthippe?= a {w}"]))
    head = f"From: {NAME} <{MARK}@example.net>\r\nTo: group@example.org\r\nMIME-Version: 1.0\r\n"
    subject = subject.format(name=NAME, w=WORDS[2])
    return Marked(f"{planted}{head}Subject: {subject}\r\n".encode() + body, kept)
