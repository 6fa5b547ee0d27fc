"""What remains of a text body, and what does not."""

import pytest

from tests.unit.mail.anonymise.cleaning import text


@pytest.mark.parametrize(
    "words",
    [
        "Hello.\n\nTwo paragraphs, a list:\n- one\n- two\n  - three\n\n1. first\n2. second",
        "*strong* and _soft_ and `code` 🙂 👩‍👩‍👧 ❤️ naïve",
        "See https://example.com/a?id=1#part and http://example.com/(b)",
        "The doctor wrote: rest.",
        "On Sunday we talked at 10:30 and he said:\nnothing.",
        "Von meinem Arzt habe ich das auch gehört.",
        "Sent from the heart: thank you.",
        "Caution: contains sad words about an external doctor.\n\nHe said no.",
        "Hi\n\nJoin here: https://meet.example.com/j/123?pwd=abc",
        "What I need:\n\n- soup\n- Tea",
        "Day 1: cried\nDay 2: slept\nDay 3: ate\n\nIt goes up.",
        "Thanks everyone,\nAnna was a great help to me.",
        "Best,\nThe one who cannot sleep",
        "On Monday my doctor wrote: rest a lot.\n\nSo I do.",
        "Rumi wrote:\n\n> Out beyond ideas",
        "From: the heart.\nTo: you.",
        "Thanks,\nthat was what I wanted to hear.\n\nDoes anybody know more?",
        "Thanks,\nI will call 0800 111 0 111 tomorrow.",
        "Best\n\n- call 030 5550123\n- ask for the night line",
        "Helpline\n030 5550123\n\nOpen all night.",
        "I will come. Hope to see you, Grace is a fine word.",
        "Call 116 123 or write it down:\n116 123",
        "--\nfirst part of thirteen\n" + "\n".join(f"line {n} of the text" for n in range(13)),
        "At 7:30 @home, costs 5 @ 3 each, @handle",
        "begin again, and again",
        "Get outlook for the weekend: rain.",
        "P.S. I forgot.",
        "    indented\n\ttabbed",
    ],
)
def test_what_the_author_wrote_arrives_as_it_was(words: str) -> None:
    assert text(words) == words.strip("\n")


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Hi\n-- \nZelda\n+49 30 5550123", "Hi"),
        ("Hi\n--\nZ. Q.\nQuarkworks", "Hi"),
        ("Hi\n\n-- \nsig\n\n> quoted\n> more", "Hi\n\n> quoted\n> more"),
        ("Hi\n\nKind regards\nZ. Q.\nSenior Manager\nTel. 030 5550123", "Hi\n\nKind regards"),
        ("Hi\n\nLove,\nZelda\n\nPS bring tea", "Hi\n\nLove,\n\nPS bring tea"),
        ("Hi\n\nZelda Quarkwright\n030 5550123\nHausweg 7", "Hi"),
        ("Hi\n\nViele Grüße\nZelda", "Hi\n\nViele Grüße"),
        ("Hi\n\nRegards\ni. A. Zelda Quarkwright\nSachbearbeiterin", "Hi\n\nRegards"),
        ("Hi\n\nZelda", "Hi"),
        ("Hi\n\n- Zelda Q.", "Hi"),
        ("Hi\n\nLove, Zelda", "Hi\n\nLove, [name]"),
        ("Hi\n\nYours, Zelda Q.", "Hi\n\nYours, [name]"),
        ("Hi\n\n~ Zee", "Hi"),
        ("Hi\n\n-Z", "Hi"),
        ("Hi\n\nZelda Quarkwright, PhD\nDept of Things | Uni Quark", "Hi"),
        ("Hi\n\nBest regards, Zelda Quarkwright | Quark | +1 415 555 0123", "Hi"),
        ("Hi\n\n*********\nZelda Quarkwright\nQuark\n*********", "Hi"),
        ("Hi\n\nLots of love to you all,\nZippy B.", "Hi\n\nLots of love to you all,"),
        ("Hi\n\nBest, Quiet Otter", "Hi\n\nBest, Quiet Otter"),
        ("Hi\n\nSEVGİLER,\nzee, Izmir\nTel. 0555 1234567", "Hi\n\nSEVGİLER,"),
        ("Hi\n\nSAYGILARIMLA,\nzee, Izmir\nTel. 0555 1234567", "Hi\n\nSAYGILARIMLA,"),
        (
            "Hi\n\nRegards\nZelda\nQuark Ltd\nThis mail is confidential and intended only for you.",
            "Hi\n\nRegards",
        ),
    ],
)
def test_signatures_go(words: str, left: str) -> None:
    assert text(words) == left


def test_a_number_at_the_end_of_a_very_long_line_is_seen_under_a_bare_rule() -> None:
    lines = "\n".join(f"line {number}" for number in range(13))
    for behind in ("", "Quark" * 900):
        long = f"{'Quark' * 900} 030 5550123 {behind}"
        assert text(f"Hi\n\n--\n{lines}\n{long}") == "Hi"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Sent with Proton Mail secure email.",
        "Sent from Yahoo Mail on Android",
        "Von meinem iPhone gesendet",
        "Gesendet von Outlook für Android",
        "Enviado desde mi iPhone",
        "Envoyé de mon iPhone",
        "Inviato da iPhone",
        "Enviado do meu iPhone",
        "Verzonden vanaf mijn iPhone",
        "Skickat från min iPhone",
        "发自我的iPhone",
        "Sent from Front",
        "Sent via Missive",
        "Sent with Notion Mail",
        "Gesendet mit Edison",
    ],
)
def test_taglines_of_programs_go(line: str) -> None:
    assert text(f"Hi there\n\n{line}\n") == "Hi there"


@pytest.mark.parametrize(
    "line",
    [
        "On Mon, Nov 2, 2026 at 10:01 AM Heidi B <heidi@example.com> wrote:",
        "On Mon, Nov 2, 2026 at 10:01 AM Heidi B <\nheidi@example.com> wrote:",
        "On Mon, Nov 2, 2026 at 10:01 AM Heidi with a very long name\n"
        "<heidi.with.a.very.long.address@example.com>\nwrote:",
        "On 02/11/2026 10:01, Heidi B wrote:",
        "Heidi B <heidi@example.com> wrote:",
        "2026-11-02 10:01 GMT+01:00 Heidi B <heidi@example.com> wrote:",
        "* Heidi B <heidi@example.com> wrote [2026-11-02 10:01]:",
        "Am 02.11.2026 um 10:01 schrieb Heidi B:",
        "Am Mo., 2. Nov. 2026 um 10:01 Uhr schrieb Heidi B <heidi@example.com>:",
        "Le lun. 2 nov. 2026 à 10:01, Heidi B <heidi@example.com> a écrit :",
        "El lun, 2 nov 2026 a las 10:01, Heidi B (<heidi@example.com>) escribió:",
        "Il giorno lun 2 nov 2026 alle ore 10:01 Heidi B <heidi@example.com> ha scritto:",
        "Em seg., 2 de nov. de 2026 às 10:01, Heidi B <heidi@example.com> escreveu:",
        "Op ma 2 nov 2026 om 10:01 schreef Heidi B <heidi@example.com>:",
        "Den mån 2 nov. 2026 kl 10:01 skrev Heidi B <heidi@example.com>:",
        "pon., 2 lis 2026 o 10:01 Heidi B <heidi@example.com> napisał(a):",
        "пн, 2 нояб. 2026 г. в 10:01, Heidi B <heidi@example.com>:",
        "2026年11月2日(月) 10:01 Heidi B <heidi@example.com>:",
        "Heidi B <heidi@example.com> 于2026年11月2日周一 10:01写道：",
        "Heidi Beispiel wrote on 2.11.2026 10:01:",
        "2 November 2026 10:01, Heidi Beispiel:",
        "On 2 Nov 2026, Heidi Beispiel wrote",
        "Quoting Heidi Beispiel (2026-11-02 10:01:00)",
        "[Heidi Beispiel, 2026-11-02]",
        "von Heidi Beispiel am 02.11.2026:",
        "Zitat von Heidi Beispiel <heidi@example.com>:",
        "---- On Mon, 02 Nov 2026 10:01:00 +0100 Heidi <heidi@example.com> wrote ---",
    ],
)
def test_attributions_above_quotes_go(line: str) -> None:
    assert text(f"Yes.\n\n{line}\n\n> a question") == "Yes.\n\n> a question"


def test_an_attribution_inside_a_quote_goes() -> None:
    words = "Yes.\n\n> No.\n>\n> On 02/11/2026 10:01, Heidi B wrote:\n>> Well?"
    assert text(words) == "Yes.\n\n> No.\n>\n>> Well?"


def test_where_a_quote_has_no_marks_a_neutral_line_says_where_it_begins() -> None:
    words = "Yes.\n\nOn 02/11/2026 10:01, Heidi B wrote:\n\na question"
    assert text(words) == "Yes.\n\n--- Earlier message ---\n\na question"


@pytest.mark.parametrize(
    "block",
    [
        "From: Heidi B <heidi@example.com>\nSent: Monday\nTo: Zelda\nSubject: tea",
        "-----Original Message-----\nFrom: Heidi B\nSent: Monday\nTo: Zelda\nSubject: tea",
        "________________________________\nVon: Heidi B\nGesendet: Montag\nAn: Zelda\nBetreff: Tee",
        "---------- Forwarded message ---------\nFrom: Heidi B <heidi@example.com>\nDate: Monday\n"
        "Subject: tea\nTo: Zelda <zelda@example.net>,\n  Otto <otto@example.com>",
        "Begin forwarded message:\n\nFrom: Heidi B\nSubject: tea\nDate: Monday\nTo: Zelda",
        "*From:* Heidi B\n*Sent:* Monday\n*To:* Zelda\n*Subject:* tea",
        "De : Heidi B\nEnvoyé : lundi\nÀ : Zelda\nObjet : thé",
        "De: Heidi B\nEnviado: lunes\nPara: Zelda\nAsunto: té",
    ],
)
def test_header_blocks_become_a_neutral_line(block: str) -> None:
    assert text(f"Look.\n\n{block}\n\nWords.") == "Look.\n\n--- Earlier message ---\n\nWords."


def test_our_own_footer_goes_from_a_quote() -> None:
    footer = "> -- \n> Your reply goes to everyone.\n> To leave, write to group-leave@example.org"
    assert text(f"Yes.\n\n> Well?\n>\n{footer}") == "Yes.\n\n> Well?"


def test_the_line_about_what_was_taken_out_goes_from_a_quote() -> None:
    told = "> Taken out before sending: your signature\n> and your name."
    assert text(f"Yes.\n\n> Well?\n>\n{told}") == "Yes.\n\n> Well?"


def test_a_signed_text_keeps_its_words_only() -> None:
    words = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nI say so.\n- - a dash\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQE\n-----END PGP SIGNATURE-----\n"
    )
    assert text(words) == "I say so.\n- a dash"


@pytest.mark.parametrize(
    "block",
    [
        "begin 644 cv.pdf\n#0V%T\n`\nend",
        "=ybegin line=128 size=3 name=cv.pdf\nxyz\n=yend size=3",
        "(This file must be converted with BinHex 4.0)\n:abc\ndef:",
    ],
)
def test_encoded_files_in_a_text_are_left_out(block: str) -> None:
    assert text(f"Here:\n\n{block}\n\nBye.") == "Here:\n\n[A file was left out]\n\nBye."


def test_file_names_of_pictures_in_a_text_go() -> None:
    assert text("Look [image: Zelda 1.png] and [cid:a@b.cc]") == "Look [picture] and [picture]"


def test_controls_and_bidi_marks_go_and_line_ends_are_one() -> None:
    assert text("a\x07b\u202ec\u200bd\re\u2028f") == "abcd\ne\nf"
