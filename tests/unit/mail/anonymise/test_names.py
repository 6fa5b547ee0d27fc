"""Where the author's names and addresses are found."""

import pytest

from listserv.domain.author import Author
from listserv.mail.anonymise.names import Names, names_of
from listserv.mail.inbound import InboundMessage, parse
from tests.unit.mail.anonymise.cleaning import text


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("I, Zelda Quarkwright, say so.", "I, [name], say so."),
        ("Ask QUARKWRIGHT, ZELDA today.", "Ask [name] today."),
        ("The Quarkwrights and Quarkwright's dog", "The [name] and [name]'s dog"),
        ("My account is zelda.q77 there.", "My account is [name] there."),
        ("Write to zelda.q77@example.net or otto@example.com.",
         "Write to [an email address] or [an email address]."),
        ("Write to <mailto:otto@example.com>!", "Write to [an email address]!"),
        ("Write to group@example.org.", "Write to group@example.org."),
        ("Write to GROUP@Example.org.", "Write to GROUP@Example.org."),
        ("Write to group-confirm+abc@example.org.", "Write to [a personal address]."),
        ("Ask otto＠example.com", "Ask [an email address]"),
        ("Ask otto&#64;example.com", "Ask [an email address]"),
        ("I am Z e l d a, or Z-E-L-D-A.", "I am [name], or [name]."),
        ("A B C D E, and c o l d", "A B C D E, and c o l d"),
        ("I am Ζelda, or Zеlda.", "I am [name], or [name]."),
        ("Find @zeldaq and zelda_q.", "Find [name] and [name]."),
    ],
)  # fmt: skip
def test_names_and_addresses_in_prose(words: str, left: str) -> None:
    assert text(words) == left


HOPE = "Hope Green <hope@example.net>"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("I hope the green tea helps. Hope is all.", "I hope the green tea helps. Hope is all."),
        ("Thank you, Hope Green!", "Thank you, [name]!"),
        ("Hi all, my name is Hope and I like tea.", "Hi all, my name is [name] and I like tea."),
        ("A long enough line.\n\nWarmly,\nHope", "A long enough line.\n\nWarmly,"),
        ("Yes.\n\n> Hi Hope,\n>\n> how are you", "Yes.\n\n> Hi [name],\n>\n> how are you"),
    ],
)
def test_a_name_that_is_a_word_is_taken_out_only_where_it_names(words: str, left: str) -> None:
    assert text(words, sender=HOPE) == left


@pytest.mark.parametrize(
    ("sender", "words", "left"),
    [
        ("Ann Archer <a@example.net>", "Ann told me. The annual banner, ANN.",
         "[name] told me. The annual banner, [name]."),
        ("John Smith <jsmith@example.net>",
         "I am J. Smith or John R. Smith; jsmith, john_smith, JohnSmith",
         "I am [name] or [name]; [name], [name], [name]"),
        ("María-Luisa Pérez <m@example.net>", "Maria-Luisa, Marialuisa or Luisa",
         "[name], [name] or [name]"),
        ("Seán O'Brien <s@example.net>", "O'Brien or OBrien or O’Brien",
         "[name] or [name] or [name]"),
        ("Piet van der Berg <p@example.net>", "Ask van der Berg for tea.", "Ask [name] for tea."),
        ("Jürgen Groß <j@example.net>", "Juergen, Jurgen and JÜRGEN Gross",
         "[name], [name] and [name]"),
        ("早乙女 燈子 <x@example.net>", "私は早乙女燈子です。", "私は[name]です。"),
        ('"Zelda (Zuzi) Quark" <z@example.net>', "I am Zuzi.", "I am [name]."),
        ("sunshine99@example.net", "I love sunshine. I am sunshine99.",
         "I love sunshine. I am [name]."),
    ],
)  # fmt: skip
def test_names_are_found_as_people_write_them(sender: str, words: str, left: str) -> None:
    assert text(f"{words}\n\nMore words of mine.", sender=sender).startswith(left)


def _names(*fields: str, author: Author | None = None) -> Names:
    message = parse("".join(f"{field}\r\n" for field in fields).encode() + b"\r\nHi")
    assert isinstance(message, InboundMessage)
    return names_of(message, author or Author("quiet-otter"))


def test_names_of_other_fields_and_of_the_account_count() -> None:
    names = _names("From: a@example.net", "Reply-To: Zoë van Dyk <z@example.net>")
    assert len(names.find("Zoë van Dyk; Zoe van Dyk; Dyk, Zoë; Zoë Dyk")) == 4


def test_what_the_subscription_knows_counts() -> None:
    author = Author("quiet-otter", names=frozenset({"Mirabelle Oakhurst"}))
    assert names_found(_names("From: a@example.net", author=author), "Mirabelle Oakhurst") == 1


def names_found(names: Names, words: str) -> int:
    return len(names.find(words))


def test_words_of_programs_are_no_names() -> None:
    names = _names("From: Info via Support Team <info@example.net>")
    assert names_found(names, "The support team has info") == 0


def test_no_name_finds_nothing() -> None:
    assert names_found(_names("From: a@example.net"), "anything") == 0


def test_names_stay_out_of_representations() -> None:
    assert "Zelda" not in repr(_names("From: Zelda Q <z@example.net>"))


@pytest.mark.parametrize(
    ("sender", "words"),
    [
        ("Łukasz Wójcik <lw@example.net>", "Łukasza, Łukaszem, Wójcika, Wojcikowi"),
        ("Олег Сидоренко <os@example.net>", "Олега, Олегу, Сидоренко"),
        ("Siobhán O'Brien-Smyth <sob@example.net>", "OBrien, O’Brien, Smyth, Siobhan"),
    ],
)
def test_names_with_endings_and_without_marks(sender: str, words: str) -> None:
    left = text(f"It is said of {words}.", sender=sender)
    assert left.replace("[name]", "").strip(" ,.") == "It is said of"


@pytest.mark.parametrize(
    "written", ["Quarkwr1ght", "Qu4rkwr1ght", "z3lda", "Ze1da", "zeld4", "Z3LDA QU4RKWRIGHT"]
)
def test_digits_for_letters_hide_no_name(written: str) -> None:
    assert text(f"You know me as {written} and {written}.") == "You know me as [name] and [name]."
    assert text(f"So Zelda and {written} said.") == "So [name] and [name] said."


@pytest.mark.parametrize(
    ("sender", "words", "left"),
    [
        ("Пётр Кузнецов <pk@example.ru>", "So says Petr Kuznetsov.", "So says [name]."),
        ("Юлия Щукина <yu@example.ru>", "Yuliya or Julija", "[name] or [name]"),
        ("Γιώργος Παππάς <gp@example.gr>", "So says Giorgos Pappas.", "So says [name]."),
        ("Ελένη Παπαδοπούλου <ep@example.gr>", "So says Papadopoulou.", "So says [name]."),
        ("अनिता शर्मा <as@example.in>", "मेरा नाम शर्मा है", "मेरा नाम [name] है"),
        ("Nora Veksli <nv@example.net>", "меня зовут Нора Вексли", "меня зовут [name] [name]"),
        ("أحمد الخطيب <ak@example.com>", "اسمي أَحْمَد", "اسمي [name]"),
        ("דוד כהן <dk@example.co.il>", "אמרו לדוד", "אמרו ל[name]"),
        ("김민수 <ms@example.kr>", "저는 민수입니다.", "저는 [name]입니다."),
        ("王小明 <wx@example.cn>", "小明和我", "[name]和我"),
        ("王美丽 <wm@example.cn>", "美丽的一天", "美丽的一天"),
    ],
)
def test_names_in_other_alphabets(sender: str, words: str, left: str) -> None:
    said = text(f"{words}\n\nMore words of mine.", sender=sender).partition("\n")[0]
    assert said.replace("[name] [name]", "[name]") == left.replace("[name] [name]", "[name]")


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("In C:\\Users\\zeequu\\a.txt it is.", "In C:\\Users\\[name]\\a.txt it is."),
        ("In /home/zeequu/a or /Users/zeequu.", "In /home/[name]/a or /Users/[name]"),
        ("In /HOME/zeequu/a it is.", "In /HOME/[name]/a it is."),
        ("In c:/users/zeequu/a it is.", "In c:/users/[name]/a it is."),
        ("In \\\\box\\Users\\zeequu\\a it is.", "In \\\\box\\Users\\[name]\\a it is."),
        ("In \\\\box\\c$\\users\\zeequu it is.", "In \\\\box\\c$\\users\\[name] it is."),
        ("zeequu@thinkpad:~$ ls", "[name]:~$ ls"),
        ("In C:\\Users\\Public and /home/you/a.", "In C:\\Users\\Public and /home/you/a."),
        ("See https://example.org/home/page.", "See https://example.org/home/page."),
    ],
)
def test_accounts_on_a_machine_of_one_s_own(words: str, left: str) -> None:
    assert text(f"{words}\n\nMore words of mine.").partition("\n")[0] == left


def test_digits_in_other_words_stay() -> None:
    words = "B4 the 2nd of May, at 4am, I took the A10 to room 3b, w1th m3."
    assert text(words) == words
