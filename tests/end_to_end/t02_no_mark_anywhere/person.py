"""Somebody whose every trace is a word that stands nowhere else, and their mail."""

from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

from PIL import ExifTags, Image

GIVEN, FAMILY = "Ilvirata", "Quandleton"
ADDRESS = "ilv.quandle77@murmelpost.example.net"
ENVELOPE = "prvs-zwickelmann@umschlag.example.net"
HELO = "helo-zwackelstein.example.net"

MARKS = {
    "given name": GIVEN,
    "family name": FAMILY,
    "local part": "ilv.quandle77",
    "domain": "murmelpost",
    "envelope sender": "prvs-zwickelmann",
    "envelope domain": "umschlag.example",
    "HELO": "helo-zwackelstein",
    "host in Received": "laptop-zwirbelfix",
    "client IP": "203.0.113.177",
    "client IPv6": "2001:db8:77:bead::9",
    "X-Originating-IP": "198.51.100.231",
    "id of the submission": "esmtpsa-id-8Qz4471",
    "Message-ID": "brief-9f31c7zq",
    "own reference": "vorher-5521qx",
    "Reply-To": "antwort-hierher-zq",
    "Sender": "sekretariat-zq",
    "Cc": "tante-gerlinda-zq",
    "mail program": "Tintenfassomat",
    "organisation": "Wollmausverein",
    "an unknown field": "unbekanntes-zq-feld",
    "DKIM selector": "schluesselzq2026",
    "DKIM value": "Zm9ybWlkYWJsZS16cS1kb21haW4ta2V5",
    "Autocrypt key": "mQENBFzqZqZqkeydata",
    "Date": "Tue, 3 Mar 2026",
    "Date's zone": "47 +0545",
    "Thread-Topic": "gespraechsfaden-zq",
    "boundary": "grenzstein-zq-8812",
    "preamble": "vorwort-zq-mime",
    "epilogue": "nachwort-zq-mime",
    "Content-Description": "beschreibung-zq",
    "Content-ID": "inhaltskennung-zq",
    "file name": "urlaub-in-wexlinghausen",
    "PDF name": "lebenslauf-zq",
    "PDF text": "geheimes-zq-blatt",
    "EXIF artist": "Fotografin-Zq",
    "EXIF camera": "Knipsomat-ZX9",
    "EXIF comment": "bildkommentar-zq",
    "signature phone": "+49 30 901820-77",
    "signature street": "Krummholzgasse",
    "signature company": "Zwirnhandel",
    "tagline": "Quasselfon",
    "HTML class": "klasse-zq-77",
    "HTML id": "kennung-zq-78",
    "HTML comment": "kommentar-zq-79",
    "HTML title": "titel-zq-80",
    "HTML data": "datenfeld-zq-81",
    "tracking picture": "pixelspur-zq",
    "hidden text": "verborgenes-zq-wort",
}

_DASHES = "-- "
_SIGNATURE = f"""{GIVEN} {FAMILY}
Zwirnhandel GmbH, Krummholzgasse 7, 10117 Berlin
Phone: +49 30 901820-77
{ADDRESS}"""

# What the group is meant to read.
WORDS = "the kettle is on at seven"


def post(recipient: str, tag: str, words: str = WORDS) -> bytes:
    """A mail with all the marks. tag: makes it another mail than the one before."""
    whole = EmailMessage(policy=SMTP)
    for name, value in _header(recipient, tag):
        whole[name] = value
    whole["MIME-Version"] = "1.0"
    whole.set_content(_text(words), cte="quoted-printable")
    whole.add_alternative(_html(words), subtype="html", cte="base64")
    whole.add_attachment(
        picture(),
        maintype="image",
        subtype="jpeg",
        filename="urlaub-in-wexlinghausen.jpg",
        cid="<inhaltskennung-zq@murmelpost.example.net>",
    )
    whole.add_attachment(
        b"%PDF-1.7 geheimes-zq-blatt",
        maintype="application",
        subtype="pdf",
        filename="lebenslauf-zq.pdf",
    )
    for part in whole.iter_attachments():
        part["Content-Description"] = "beschreibung-zq"
    whole.set_boundary("=_grenzstein-zq-8812")
    whole.preamble = "vorwort-zq-mime"
    whole.epilogue = "nachwort-zq-mime"
    return whole.as_bytes()


def _header(recipient: str, tag: str) -> list[tuple[str, str]]:
    return [
        (
            "Received",
            "from laptop-zwirbelfix (unknown [203.0.113.177]) by mx.murmelpost.example.net "
            f"with esmtpsa id esmtpsa-id-8Qz4471 for <{recipient}>; Tue, 3 Mar 2026 11:22:49 +0545",
        ),
        (
            "Received",
            "from [IPv6:2001:db8:77:bead::9] by laptop-zwirbelfix; Tue, 3 Mar 2026 11:22:48 +0545",
        ),
        ("DKIM-Signature", "v=1; d=murmelpost.example.net; s=schluesselzq2026; "
         "b=Zm9ybWlkYWJsZS16cS1kb21haW4ta2V5"),
        ("Autocrypt", f"addr={ADDRESS}; keydata=mQENBFzqZqZqkeydata"),
        ("From", f"{GIVEN} {FAMILY} <{ADDRESS}>"),
        ("Sender", "sekretariat-zq@murmelpost.example.net"),
        ("Reply-To", "antwort-hierher-zq@example.com"),
        ("To", recipient),
        ("Cc", "tante-gerlinda-zq@example.com"),
        ("Subject", f"From {GIVEN} {FAMILY}: the kettle {tag}"),
        ("Date", "Tue, 3 Mar 2026 11:22:47 +0545"),
        ("Message-ID", f"<brief-9f31c7zq.{tag}@laptop-zwirbelfix>"),
        ("In-Reply-To", "<vorher-5521qx@laptop-zwirbelfix>"),
        ("References", "<vorher-5521qx@laptop-zwirbelfix>"),
        ("Thread-Topic", "gespraechsfaden-zq"),
        ("X-Originating-IP", "[198.51.100.231]"),
        ("X-Mailer", "Tintenfassomat 9.81"),
        ("User-Agent", "Tintenfassomat"),
        ("Organization", "Wollmausverein"),
        ("X-Zq", "unbekanntes-zq-feld"),
    ]  # fmt: skip


def _text(words: str) -> str:
    return f"""Dear all,

{words}. You can write to me at {ADDRESS} as well.

Kind regards
{GIVEN} {FAMILY}

Sent from my Quasselfon

{_DASHES}
{_SIGNATURE}
"""


def _html(words: str) -> str:
    signature = _SIGNATURE.replace("\n", "<br>")
    return f"""<html><head><title>titel-zq-80</title></head>
<body class="klasse-zq-77" id="kennung-zq-78" data-zq="datenfeld-zq-81">
<!-- kommentar-zq-79 --><p>Dear all,</p>
<p>{words}. You can write to me at <a href="mailto:{ADDRESS}">{ADDRESS}</a> as well.</p>
<p>Kind regards<br>{GIVEN} {FAMILY}</p>
<span style="display:none">verborgenes-zq-wort</span>
<img src="https://pixelspur-zq.example.com/1.gif" width="1" height="1">
<p>Sent from my Quasselfon</p>
<div class="klasse-zq-77">-- <br>{signature}</div></body></html>"""


def picture() -> bytes:
    """A photograph with the place, the camera and a name in it."""
    image = Image.new("RGB", (64, 48), (200, 120, 40))
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Knipsomat-ZX9"
    exif[ExifTags.Base.Artist] = "Fotografin-Zq"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    file = BytesIO()
    image.save(file, "JPEG", exif=exif, comment=b"bildkommentar-zq")
    return file.getvalue()
