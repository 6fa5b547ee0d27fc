"""Mails inside a mail."""

from tests.unit.mail.anonymise.cleaning import mixed

WORDS = b"Content-Type: text/plain\r\n\r\nSee below."


def test_its_words_are_a_quote_without_names() -> None:
    inner = (
        b"Content-Type: message/rfc822\r\n\r\nFrom: Otto B <otto@example.com>\r\n"
        b"To: Zelda Quarkwright <zelda.q77@example.net>\r\nSubject: tea\r\n\r\n"
        b"Dear Zelda,\r\n\r\ntea helps.\r\n\r\nOtto\r\n"
    )
    assert mixed(WORDS, inner).message.text == "See below.\n\n> Dear [name],\n>\n> tea helps."


def test_its_html_is_a_quote_too() -> None:
    inner = (
        b"Content-Type: message/rfc822\r\n\r\nFrom: Otto B <otto@example.com>\r\n"
        b"Content-Type: text/html\r\n\r\n<p>tea <b>helps</b></p><p>Otto</p>\r\n"
    )
    message = mixed(WORDS, inner).message
    assert "<blockquote><p>tea <strong>helps</strong></p>\n</blockquote>" in message.html
    assert "Otto" not in message.html + message.text


def test_one_that_cannot_be_read_is_left_out() -> None:
    packed = (
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nRnJvbTo=\r\n"
    )
    assert mixed(WORDS, packed).message.text == "See below.\n\n[A mail was left out]"


def test_one_that_is_encrypted_is_left_out_and_the_rest_stays() -> None:
    inner = (
        b"Content-Type: message/rfc822\r\n\r\nFrom: o@example.com\r\n"
        b"Content-Type: application/pkcs7-mime\r\n\r\nzq\r\n"
    )
    text = mixed(WORDS, inner).message.text
    assert text.startswith("See below.") and "zq" not in text


def test_a_text_that_its_program_gave_a_name_is_no_file() -> None:
    named = b'Content-Type: text/plain; name="zelda.txt"\r\n\r\nSee below.'
    inner = (
        b"Content-Type: message/rfc822\r\n\r\nFrom: Otto B <otto@example.com>\r\n"
        b"Content-Type: text/plain; name=otto.txt\r\n\r\ntea helps.\r\n"
    )
    message = mixed(named, inner).message
    assert message.text == "See below.\n\n> tea helps."
    assert message.attachments == ()
