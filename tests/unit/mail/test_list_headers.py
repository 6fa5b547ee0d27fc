from listserv.domain.list_settings import ListSettings, ReplyTo
from listserv.domain.mailing_list import MailingList
from listserv.mail.list_headers import list_fields, reply_to, unsubscribe_field


def mailing_list(outer_name: str = "Evenings", policy: ReplyTo = ReplyTo.LIST) -> MailingList:
    settings = ListSettings(outer_name=outer_name, reply_to=policy)
    return MailingList(1, "group@example.org", "Title", settings)


def test_the_fields_of_a_list() -> None:
    assert list_fields(mailing_list()).decode().split("\r\n") == [
        "List-Id: Evenings <group.example.org>",
        "List-Post: <mailto:group@example.org>",
        "List-Help: <mailto:group-help@example.org>",
        "List-Subscribe: <mailto:group-join@example.org>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        "Precedence: list",
        "",
    ]


def test_a_name_with_specials_is_quoted_in_list_id() -> None:
    assert list_fields(mailing_list("A. B., evenings")).startswith(
        b'List-Id: "A. B., evenings" <group.example.org>\r\n'
    )


def test_a_name_beyond_ascii_is_encoded_in_list_id() -> None:
    assert list_fields(mailing_list("Grüner Abend")).startswith(
        b"List-Id: =?utf-8?q?Gr=C3=BCner_Abend?= <group.example.org>\r\n"
    )


def test_replies_go_to_the_list_or_nothing_is_said_of_them() -> None:
    assert reply_to(mailing_list()) == b"Reply-To: group@example.org\r\n"
    assert reply_to(mailing_list(policy=ReplyTo.NONE)) == b""


def test_long_links_stay_in_one_piece() -> None:
    url = "https://lists.example.org/" + "a" * 200
    address = "group-leave+" + "a" * 26 + "@example.org"
    assert unsubscribe_field(url, address) == (
        f"List-Unsubscribe: <{url}>,\r\n <mailto:{address}>\r\n".encode()
    )


def test_a_link_cannot_bring_a_field_of_its_own() -> None:
    line = unsubscribe_field("https://x.example/a>\r\nBcc: <b", "group-leave@example.org")
    assert line.count(b"\r\n") == 2
    assert b"<https://x.example/a%3E%0D%0ABcc:%20%3Cb>" in line
