"""Pictures that a program put into the HTML itself."""

import base64
from io import BytesIO

from PIL import Image

from listserv.domain.redaction import RedactionKind
from tests.unit.mail.anonymise.cleaning import anonymised

_HTML = "Content-Type: text/html; charset=utf-8"


def _packed() -> str:
    file = BytesIO()
    Image.effect_noise((40, 30), 60).save(file, "JPEG", comment=b"zq-mark")
    return base64.b64encode(file.getvalue()).decode()


def test_it_is_passed_on_anew() -> None:
    html = f'<p>Look:</p><p><img src="data:image/jpeg;base64,{_packed()}" alt="zq-mark"></p>'
    message = anonymised(html.encode(), _HTML).message
    (picture,) = message.attachments
    assert picture.content_type == "image/jpeg"
    assert b"zq-mark" not in picture.content
    assert f'<img src="cid:{picture.content_id}" alt="picture">' in message.html
    assert message.text == "Look:\n\n[picture]"


def test_it_goes_with_the_signature_that_it_stands_in() -> None:
    html = (
        '<p>Hello all of you.</p><div class="gmail_signature">Zee'
        f'<img src="data:image/png;base64,{_packed()}"></div>'
    )
    message = anonymised(html.encode(), _HTML).message
    assert message.attachments == ()
    assert message.text == "Hello all of you."


def test_a_dot_and_what_is_no_picture_are_left_out() -> None:
    html = (
        '<p>Hello.</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'
        f'<img src="data:image/png;base64,{"A" * 400}">'
    )
    result = anonymised(html.encode(), _HTML)
    assert result.message.attachments == ()
    kinds = {redaction.kind for redaction in result.redactions}
    assert kinds == {RedactionKind.REMOTE_PICTURE, RedactionKind.ATTACHMENT}


def test_the_most_of_them_are_bounded() -> None:
    html = "<p>Hello.</p>" + f'<img src="data:image/jpeg;base64,{_packed()}">' * 30
    assert len(anonymised(html.encode(), _HTML).message.attachments) == 20
