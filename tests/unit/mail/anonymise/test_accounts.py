"""Names that stand only in an address: who sends without a display name signs all the same."""

import pytest

from listserv.domain.doubt import Doubt
from tests.unit.mail.anonymise.cleaning import anonymised, text

BEFORE = "The evening was calm and long, thank you for it."


@pytest.mark.parametrize(
    ("address", "signed"),
    [
        ("ann@example.com", "Ann"),
        ("ann.archer@example.com", "Ann"),
        ("ann.archer@example.com", "Archer"),
        ("ann.archer@example.com", "AA"),
        ("ann_archer+lists@example.com", "ann"),
        ("annarcher@example.com", "Ann"),
        ("dora77@example.com", "dora"),
        ("zoe@example.com", "Zoë"),
        ("jo@example.com", "Jo"),
        ("<hope@example.com>", "Hope"),
    ],
)
def test_a_piece_of_the_address_does_not_sign(address: str, signed: str) -> None:
    assert text(f"{BEFORE}\n\n{signed}\n", sender=address) == BEFORE
    assert signed not in text(f"{BEFORE}\n\nLove, {signed}\n", sender=address)
    assert signed not in text(f"{BEFORE}\n\nBest wishes\n{signed}\n", sender=address)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("I'm Dora, by the way.", "I'm [name], by the way."),
        ("Hi Dora, I told myself.", "Hi [name], I told myself."),
        ("As Dora says, so it is.", "As [name] says, so it is."),
        ("Nobody else is called Dora's friend.", "Nobody else is called [name]'s friend."),
    ],
)
def test_it_is_a_name_wherever_it_has_a_capital(said: str, left: str) -> None:
    assert text(f"{said}\n\n{BEFORE}\n{BEFORE}\n{BEFORE}\n{BEFORE}", "dora@example.com") == (
        f"{left}\n\n{BEFORE}\n{BEFORE}\n{BEFORE}\n{BEFORE}"
    )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("books@example.com", "Books are all I have. I read books."),
        ("quiet.reader@example.com", "Quiet people read. A reader is quiet."),
        ("info@example.com", "Here is some info for all."),
        ("Zelda Quarkwright <tapir@example.com>", "The Tapir was asleep."),
        ("tapir@example.com", "A tapir has a short trunk."),
        ("lampe@example.com", "Die Lampe brennt, und im Licht einer Lampe lese ich."),
    ],
)
def test_words_that_make_an_account_stay_words(address: str, words: str) -> None:
    assert text(f"{words}\n\n{BEFORE}", sender=address) == f"{words}\n\n{BEFORE}"


@pytest.mark.parametrize(
    "signed",
    [
        "Zee", "~ Zee", "— Zee", "Zee xx", "Zee 💕", "💕 Zee", "(Zee)", "*Zee*", "Zee :)",
        "<3 Zee",
    ],
)  # fmt: skip
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_nickname_that_nobody_knows_goes_from_the_end(signed: str, gap: str) -> None:
    assert text(f"{BEFORE}{gap}{signed}\n") == BEFORE


@pytest.mark.parametrize(
    "ending",
    [
        "Bread\nMilk\nEggs",
        "Bread\n\nMilk\n\nEggs",
        "What helps me most is this:\n\nBreathing",
        "Thank you",
        "Goodnight!",
        "Blessings",
        "What is it that you need most?\n\nRest",
        "quiet-otter",
        '"The wound is where the light enters."\n- Rumi',
    ],
)
def test_other_last_words_stay(ending: str) -> None:
    assert text(f"{BEFORE}\n\n{ending}") == f"{BEFORE}\n\n{ending}"


@pytest.mark.parametrize(
    ("sender", "signed"),
    [
        ("Marge Tollund <bluebird77@example.com>", "bluebird"),
        ("Marge Tollund <bluebird77@example.com>", "blue bird"),
        ("Marge Tollund <thegardener@example.com>", "the gardener"),
        ("Marge Tollund <mt@example.com>", "marg"),
        ("Marge Tollund <mt@example.com>", "🌻 margie 🌻"),
        ("Marge Tollund <mt@example.com>", "m xx"),
        ("Marge Tollund <mt@example.com>", "N."),
        ("Marge Tollund <mt@example.com>", "J.K."),
        ("Marge Tollund <mt@example.com>", "just me, zee"),
        ("Marge Tollund <mt@example.com>", "It's just me - zee"),
        ("Marge Tollund <mt@example.com>", "signed: zee"),
        ("Marge Tollund <mt@example.com>", "Votre Zee"),
        ("Marge Tollund <mt@example.com>", "Zee B."),
        ("Marge Tollund <mt@example.com>", "- Zee, York"),
        ("Marge Tollund <mt@example.com>", "Prof. Dr. Marge Tollund"),
        ("Marge Tollund <mt@example.com>", "Marge T.\nSpringfield, IL\n217.555.0123"),
        ("Marge Tollund <mt@example.com>", "Love from Zee and the dogs"),
    ],
)
def test_what_signs_in_lower_case_or_several_words_goes(sender: str, signed: str) -> None:
    assert text(f"{BEFORE}\n\n{signed}\n", sender=sender) == BEFORE
    with_postscript = text(f"{BEFORE}\n\n{signed}\n\nPS: bread.", sender=sender)
    assert with_postscript.split("\n") == [BEFORE, "", "", "PS: bread."]


@pytest.mark.parametrize(
    ("farewell", "signed", "left"),
    [
        ("Hugs,", "bluebird", "Hugs,"),
        ("Hugs", "the blue bird", "Hugs"),
        ("Liebe Grüße", "die alte Eule", "Liebe Grüße"),
        ("xoxo, zee", "", "xoxo, [name]"),
        ("Love,", "always", "Love,\nalways"),
        ("Hugs", "music", "Hugs\nmusic"),
        ("Love, always", "", "Love, always"),
        ("Un abrazo fuerte,", "", "Un abrazo fuerte,"),
    ],
)
def test_so_does_it_below_a_farewell(farewell: str, signed: str, left: str) -> None:
    assert text(f"{BEFORE}\n\n{farewell}\n{signed}\n") == f"{BEFORE}\n\n{left}"


@pytest.mark.parametrize(
    "ending",
    [
        "Amen", "Thanks", "Courage", "courage.", "Gratitude", "Strength", "Fuerza", "Mut", "Ánimo",
        "Shalom", "Sláinte", "tomorrow", "Breathing", "Kindness", "Exhausted", "Onward!", "OK", "x",
        "Sent from Berlin with love", "From the heart", "the end", "your turn", "the sea", "ODAAT",
        "It's me again", "Me too", "Me too!", "Chocolate", "God", "Prayers", "New is good",
    ],
)  # fmt: skip
def test_a_word_that_closes_a_mail_stays_and_nobody_is_asked(ending: str) -> None:
    result = anonymised(
        f"{BEFORE}\n\n{ending}\n".encode(), "Content-Type: text/plain; charset=utf-8"
    )
    assert result.message.text == f"{BEFORE}\n\n{ending}"
    assert result.doubts == ()


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("It was good. Love, Zee", "It was good. Love, [name]"),
        ("It was good. -zel", "It was good. -[name]"),
        ("It was good! — Zee", "It was good! — [name]"),
        ("It was good. Love, always", "It was good. Love, always"),
        ("It was good. — And then?", "It was good. — And then?"),
        ("Feathers. — Emily Dickinson", "Feathers. — Emily Dickinson"),
        ("It was good.\n\nZippy 🌸🌸 xoxo", "It was good.\n\nZippy 🌸🌸 xoxo"),
    ],
)
def test_a_name_behind_the_last_sentence_goes(said: str, left: str) -> None:
    assert text(f"{BEFORE}\n\n{said}") == f"{BEFORE}\n\n{left}".removesuffix("\n\nZippy 🌸🌸 xoxo")


@pytest.mark.parametrize(
    "contact",
    [
        "+49 171 2345678",
        "www.zee.example | +44 20 7946 0123",
        "📞 +44 20 7946 0123\n📧 zee@example.net\n🌐 zee.example",
        "IG: @zeequ\nTwitter: @zeequ\nFB: /zeequ",
        "PGP fingerprint: 1234 5678 9ABC DEF0 1234  5678 9ABC DEF0 1234 5678",
        "GPG: 0xDEADBEEFCAFE1234",
    ],
)
def test_a_last_paragraph_of_ways_to_reach_somebody_goes(contact: str) -> None:
    assert text(f"{BEFORE}\n\n{contact}") == BEFORE


@pytest.mark.parametrize(
    "ending",
    [
        "https://example.org/help",
        "www.example.org",
        "@nightowls",
        "Lifeline: 988",
        "12 + 30 = 42",
        "2026-11-02 10:01 Walked: 5 km",
    ],
)
def test_what_reaches_nobody_stays(ending: str) -> None:
    assert text(f"{BEFORE}\n\n{ending}") == f"{BEFORE}\n\n{ending}"


def test_an_earlier_name_goes_with_the_own_one() -> None:
    said = "I am Zelda Quarkwright (née Vexley), a nurse."
    assert text(f"{said}\n\n{BEFORE}").partition("\n")[0] == "I am [name] (née [name]), a nurse."


@pytest.mark.parametrize("numbers", ["Tel: 0800 111 222 3\nTel: 116 123", "Tel: 0800 011 1101"])
def test_the_number_of_a_helpline_is_no_signature(numbers: str) -> None:
    assert text(f"{BEFORE}\n\n{numbers}") == f"{BEFORE}\n\n{numbers}"
    assert text(f"{BEFORE}\n\nTel: 020 7946 0958") == BEFORE


@pytest.mark.parametrize(
    "signed",
    [
        "Grace",
        "*Nick*",
        "Coffee",
        "Your Grace",
        "bluebird",
        "the gardener",
        "der Gärtner",
        "Bess Vexley",
        "Zee from York",
        "ZEEB",
        "سلام",
    ],
)
def test_a_word_that_may_sign_is_left_to_the_author(signed: str) -> None:
    result = anonymised(
        f"{BEFORE}\n\n{signed}\n".encode(), "Content-Type: text/plain; charset=utf-8"
    )
    assert result.message.text == f"{BEFORE}\n\n{signed}"
    assert result.doubts == (Doubt.NAME_LEFT,)
