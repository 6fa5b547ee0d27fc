"""What programs of many languages write above a quote, and what people write there themselves."""

from dataclasses import replace

import pytest

from listserv.domain.language import Language
from listserv.mail.anonymise import CleaningPolicy
from tests.unit.mail.anonymise.cleaning import POLICY, anonymised, text

_HEADERS = [
    "On Mon, 2 Nov 2026 10:01:00 +0100 Heidrun Vexley spake thusly:",
    "On Mon, Nov 2, 2026 at 10:01 AM Heidrun Vexley <heidi@example.com> wrote:",
    (
        "On Mon, Nov 2, 2026 at 10:01 AM Heidrun Vexley-Longname the Third of Vextown\n"
        "<heidi@example.com>\nwrote:"
    ),
    (
        "On Mon, Nov 2, 2026 at 10:01 AM Heidrun Vexley via Some Group Name <\n"
        "heidi@example.com> wrote:"
    ),
    "On 2 Nov 2026, at 10:01, Heidrun Vexley <heidi@example.com> wrote:",
    "On 2 Nov 2026, at 10:01, Heidrun Vexley wrote:",
    "Am 02.11.2026 um 10:01 schrieb Heidrun Vexley <heidi@example.com>:",
    "Am Mo., 2. Nov. 2026 um 10:01 Uhr schrieb Heidrun Vexley <\nheidi@example.com>:",
    "Am 02.11.26 um 10:01 schrieb Heidrun Vexley:",
    "Le lun. 2 nov. 2026 à 10:01, Heidrun Vexley <heidi@example.com> a\nécrit :",
    "Le 02/11/2026 à 10:01, Heidrun Vexley a écrit :",
    "El lun, 2 nov 2026 a las 10:01, Heidrun Vexley (<heidi@example.com>)\nescribió:",
    "El 02/11/2026 a las 10:01, Heidrun Vexley escribió:",
    "Il giorno lun 2 nov 2026 alle ore 10:01 Heidrun Vexley <\nheidi@example.com> ha scritto:",
    "Il 02/11/2026 10:01, Heidrun Vexley ha scritto:",
    "Em seg., 2 de nov. de 2026 às 10:01, Heidrun Vexley <heidi@example.com>\nescreveu:",
    "Heidrun Vexley <heidi@example.com> escreveu no dia segunda, 2/11/2026 à(s) 10:01:",
    "Op ma 2 nov 2026 om 10:01 schreef Heidrun Vexley <heidi@example.com>:",
    "Heidrun Vexley schreef op 02-11-2026 10:01:",
    "Den mån 2 nov. 2026 kl 10:01 skrev Heidrun Vexley <heidi@example.com>:",
    "2 nov. 2026 kl. 10:01 skrev Heidrun Vexley <heidi@example.com>:",
    "Den man. 2. nov. 2026 kl. 10.01 skrev Heidrun Vexley <heidi@example.com>:",
    "man. 2. nov. 2026 kl. 10:01 skrev Heidrun Vexley <heidi@example.com>:",
    "ma 2. marrask. 2026 klo 10.01 Heidrun Vexley (heidi@example.com) kirjoitti:",
    "pon., 2 lis 2026 o 10:01 Heidrun Vexley <heidi@example.com> napisał(a):",
    "W dniu 02.11.2026 o 10:01, Heidrun Vexley pisze:",
    "po 2. 11. 2026 v 10:01 odesílatel Heidrun Vexley <heidi@example.com> napsal:",
    "po 2. 11. 2026 o 10:01 Heidrun Vexley <heidi@example.com> napísal(a):",
    "пн, 2 нояб. 2026 г. в 10:01, Heidrun Vexley <heidi@example.com>:",
    "02.11.2026 10:01, Heidrun Vexley пишет:",
    "Понедельник, 2 ноября 2026, 10:01 +03:00 от Heidrun Vexley <heidi@example.com>:",
    "пн, 2 лист. 2026 р. о 10:01 Heidrun Vexley <heidi@example.com> пише:",
    "Heidrun Vexley <heidi@example.com>, 2 Kas 2026 Pzt, 10:01 tarihinde şunu\nyazdı:",
    "Στις Δευ 2 Νοε 2026 στις 10:01 π.μ., ο/η Heidrun Vexley <\nheidi@example.com> έγραψε:",
    "Heidrun Vexley <heidi@example.com> ezt írta (időpont: 2026. nov. 2., H, 10:01):",
    "2026. 11. 02. 10:01 keltezéssel, Heidrun Vexley írta:",
    "În lun., 2 nov. 2026 la 10:01, Heidrun Vexley <heidi@example.com> a scris:",
    "На пн, 2.11.2026 г. в 10:01 ч. Heidrun Vexley <heidi@example.com> написа:",
    "pon, 2. stu 2026. u 10:01 Heidrun Vexley <heidi@example.com> napisao je:",
    "пон, 2. нов 2026. у 10:01 Heidrun Vexley <heidi@example.com> је написао/ла:",
    "V V pon., 2. nov. 2026 ob 10:01 je oseba Heidrun Vexley <heidi@example.com> napisala:",
    "2026-11-02, pr, 10:01 Heidrun Vexley <heidi@example.com> rašė:",
    (
        "pirmd., 2026. g. 2. nov., plkst. 10:01 — lietotājs Heidrun Vexley "
        "(<heidi@example.com>) rakstīja:"
    ),
    (
        "Kuupäev E, 2. november 2026 kell 10:01 kirjutas kasutaja Heidrun Vexley "
        "<heidi@example.com>:"
    ),
    "2026年11月2日(月) 10:01 Heidrun Vexley <heidi@example.com>:",
    "Heidrun Vexley さんは 2026年11月2日 10:01 に書きました:",
    "Heidrun Vexley <heidi@example.com> 于2026年11月2日周一 10:01写道：",
    "在 2026年11月2日，上午10:01，Heidrun Vexley <heidi@example.com> 写道：",
    "Heidrun Vexley <heidi@example.com> 於 2026年11月2日 週一 上午10:01寫道：",
    "2026년 11월 2일 (월) 오전 10:01, Heidrun Vexley <heidi@example.com>님이 작성:",
    (
        "\u202bفي الاثنين، 2 نوفمبر 2026 في 10:01 ص تمت كتابة ما يلي بواسطة "
        "\u202aHeidrun Vexley\u202c\u200f <\u202aheidi@example.com\u202c\u200f>:\u202c"
    ),
    (
        "\u202bבתאריך יום ב׳, 2 בנוב׳ 2026 ב-10:01 מאת \u202aHeidrun Vexley\u202c\u200f "
        "<\u202aheidi@example.com\u202c\u200f>:\u202c"
    ),
    "در تاریخ دوشنبه ۲ نوامبر ۲۰۲۶،\u200f ۱۰:۰۱ Heidrun Vexley <heidi@example.com> نوشت:",
    "ในวันที่ จ. 2 พ.ย. 2026 เวลา 10:01 Heidrun Vexley <heidi@example.com> เขียนว่า:",
    "Vào Th 2, 2 thg 11, 2026 vào lúc 10:01 Heidrun Vexley <heidi@example.com> đã viết:",
    "Pada tanggal Sen, 2 Nov 2026 pukul 10.01 Heidrun Vexley <heidi@example.com> menulis:",
    "Pada Isn, 2 Nov 2026 pada 10:01 PG Heidrun Vexley <heidi@example.com> menulis:",
    "सोम, 2 नव॰ 2026 को 10:01 am बजे को Heidrun Vexley <heidi@example.com> ने लिखा:",
    "Missatge de Heidrun Vexley <heidi@example.com> del dia dl., 2 de nov. 2026 a les 10:01:",
    "O Luns, 2 de nov. de 2026 ás 10:01, Heidrun Vexley (<heidi@example.com>) escribiu:",
    "Hau idatzi du Heidrun Vexley (heidi@example.com) erabiltzaileak (2026 aza. 2, al. (10:01)):",
    "Þann mán., 2. nóv. 2026 kl. 10:01 skrifaði Heidrun Vexley <heidi@example.com>:",
    "Ar Llun, 2 Tach 2026 am 10:01 ysgrifennodd Heidrun Vexley <heidi@example.com>:",
    "Op Ma. 02 Nov. 2026 om 10:01 het Heidrun Vexley <heidi@example.com> geskryf:",
    "On Mon, Nov 02, 2026 at 10:01:09AM +0100, Heidrun Vexley wrote:",
    "* Heidrun Vexley <heidi@example.com> [2026-11-02 10:01]:",
    "Heidrun Vexley <heidi@example.com> writes:",
    "Heidrun Vexley writes:",
    "On Mon, 2 Nov 2026, Heidrun Vexley wrote:",
    "Quoting Heidrun Vexley <heidi@example.com>:",
    "Zitat von Heidrun Vexley <heidi@example.com>:",
    (
        "------- Original Message -------\nOn Monday, November 2nd, 2026 at 10:01 AM, "
        "Heidrun Vexley <heidi@example.com> wrote:\n"
    ),
    "2. Nov. 2026, 10:01 von heidi@example.com:\n",
    "Nov 2, 2026, 10:01 by heidi@example.com:\n",
    "On Monday, November 2, 2026 10:01:09 AM CET Heidrun Vexley wrote:",
    "On Mon, 2026-11-02 at 10:01 +0100, Heidrun Vexley wrote:",
    "On Mon, 2 Nov 2026 10:01:09 +0100\nHeidrun Vexley <heidi@example.com> wrote:\n",
    "Am 2. November 2026 10:01:09 MEZ schrieb Heidrun Vexley <heidi@example.com>:",
    "On 2 Nov 2026, 10:01 +0100, Heidrun Vexley <heidi@example.com>, wrote:",
    "On November 2, 2026, Heidrun Vexley <heidi@example.com> wrote:",
    "On Mon, Nov 02, 2026 at 10:01 AM, Heidrun Vexley < heidi@example.com > wrote:",
    (
        "On Monday, November 2, 2026 at 10:01:09 AM GMT+1, Heidrun Vexley "
        "<heidi@example.com> wrote:\n"
    ),
    "---- On Mon, 02 Nov 2026 10:01:09 +0100 Heidrun Vexley <heidi@example.com> wrote ----\n",
    "---- On Mon, 02 Nov 2026 10:01:09 +0100 heidi@example.com wrote ---\n",
    (
        "-------- Original message --------\nFrom: Heidrun Vexley <heidi@example.com>\n"
        "Date: 02/11/2026 10:01 (GMT+01:00)\nTo: group@example.org\nSubject: Vexing\n"
    ),
    (
        "________________________________\nFrom: Heidrun Vexley <heidi@example.com>\nSent: "
        "Monday, November 2, 2026 10:01:09 AM\nTo: group@example.org <group@example.org>; "
        "Otmar <otmar@example.com>\nCc: Thekla\nSubject: Re: Vexing\n"
    ),
    (
        "Von: Heidrun Vexley <heidi@example.com>\nGesendet: Montag, 2. November 2026 "
        "10:01\nAn: group@example.org\nBetreff: Vexing\n"
    ),
    (
        "-----Original Message-----\nFrom: Heidrun Vexley [mailto:heidi@example.com] \n"
        "Sent: 02 November 2026 10:01\nTo: group@example.org\nSubject: Vexing\n"
    ),
    (
        "*From:* Heidrun Vexley <heidi@example.com>\n*Sent:* Monday, November 2, 2026 "
        "10:01 AM\n*To:* group@example.org\n*Subject:* Vexing\n"
    ),
    (
        "Από: Heidrun Vexley <heidi@example.com>\nΣτάλθηκε: Δευτέρα, 2 Νοεμβρίου 2026 "
        "10:01\nΠρος: group@example.org\nΘέμα: Vexing\n"
    ),
    (
        "מאת: Heidrun Vexley <heidi@example.com>\nנשלח: יום שני 2 נובמבר 2026 10:01\nאל: "
        "group@example.org\nנושא: Vexing\n"
    ),
    (
        "من: Heidrun Vexley <heidi@example.com>\nتم الإرسال: 02 نوفمبر 2026 10:01\nإلى: "
        "group@example.org\nالموضوع: Vexing\n"
    ),
    (
        "De la: Heidrun Vexley <heidi@example.com>\nTrimis: luni, 2 noiembrie 2026 10:01\n"
        "Către: group@example.org\nSubiect: Vexing\n"
    ),
    (
        "Šalje: Heidrun Vexley <heidi@example.com>\nPoslano: ponedjeljak, 2. studenoga "
        "2026. 10:01\nPrima: group@example.org\nPredmet: Vexing\n"
    ),
    (
        "Từ: Heidrun Vexley <heidi@example.com>\nĐã gửi: 02 Tháng Mười Một 2026 10:01\n"
        "Tới: group@example.org\nChủ đề: Vexing\n"
    ),
    (
        "จาก: Heidrun Vexley <heidi@example.com>\nส่ง: 2 พฤศจิกายน 2026 10:01\nถึง: "
        "group@example.org\nเรื่อง: Vexing\n"
    ),
    (
        "Dari: Heidrun Vexley <heidi@example.com>\nDikirim: 02 November 2026 10:01\n"
        "Kepada: group@example.org\nSubjek: Vexing\n"
    ),
    (
        "От: Heidrun Vexley <heidi@example.com>\nИзпратено: понеделник, 2 ноември 2026 г. "
        "10:01\nДо: group@example.org\nОтносно: Vexing\n"
    ),
    (
        "Nuo: Heidrun Vexley <heidi@example.com>\nIšsiųsta: 2026 m. lapkričio 2 d. 10:01\n"
        "Kam: group@example.org\nTema: Vexing\n"
    ),
    (
        "Saatja: Heidrun Vexley <heidi@example.com>\nSaadetud: esmaspäev, 2. november "
        "2026 10:01\nAdressaat: group@example.org\nTeema: Vexing\n"
    ),
    (
        "De: Heidrun Vexley <heidi@example.com>\nEnviat el: dilluns, 2 de novembre de "
        "2026 10:01\nPer a: group@example.org\nTema: Vexing\n"
    ),
    (
        "From:    Heidrun Vexley <heidi@example.com>\nTo:      group@example.org\nDate:    "
        "02.11.2026 10:01\nSubject: Vexing\n"
    ),
    "Heidrun Vexley wrote:",
    "Heidrun wrote:",
    "Heidrun said:",
    "Heidrun Vexley schrieb:",
    "Heidrun Vexley escribió:",
    (
        "---------- Forwarded message ---------\nFrom: Heidrun Vexley <heidi@example.com>\n"
        "Date: Mon, Nov 2, 2026 at 10:01 AM\nSubject: Vexing\nTo: <group@example.org>\n\n"
    ),
    (
        "Begin forwarded message:\n\nFrom: Heidrun Vexley <heidi@example.com>\nSubject: "
        "Vexing\nDate: 2 November 2026 at 10:01:09 CET\nTo: group@example.org\nReply-To: "
        "Rike\n\n"
    ),
    (
        "-------- Weitergeleitete Nachricht --------\nBetreff: \tVexing\nDatum: \tMon, 2 Nov "
        "2026 10:01:09 +0100\nVon: \tHeidrun Vexley <heidi@example.com>\nAn: "
        "\tgroup@example.org\n\n"
    ),
    (
        '-------- Пересылаемое сообщение --------\n02.11.2026, 10:01, "Heidrun Vexley" '
        "<heidi@example.com>:\n\n"
    ),
    (
        "----- Forwarded message from Heidrun Vexley <heidi@example.com> -----\n\nDate: "
        "Mon, 2 Nov 2026 10:01:09 +0100\nFrom: Heidrun Vexley <heidi@example.com>\nTo: "
        "group@example.org\nSubject: Vexing\nUser-Agent: Mutt/2.0\nX-Spam: vex\n\n"
    ),
    (
        "---------- Forwarded message ----------\nDate: Mon, 2 Nov 2026 10:01:09\nFrom: "
        "Heidrun Vexley <heidi@example.com>\nTo: group@example.org\nSubject: Vexing\n\n"
    ),
]


def answer(words: str, policy: CleaningPolicy = POLICY) -> str:
    """What remains of an answer to another mail."""
    fields = ("Content-Type: text/plain; charset=utf-8", "In-Reply-To: <a@example.org>")
    return anonymised(words.encode(), *fields, policy=policy).message.text


@pytest.mark.parametrize("header", _HEADERS)
def test_nobody_is_named_above_a_quote(header: str) -> None:
    left = answer(f"So it is for me.\n\n{header}\n> What was best?\n>\n> The walk.\n")
    assert "heidi" not in left.lower()
    assert "vex" not in left.lower()
    assert left.startswith("So it is for me.\n\n")
    assert left.endswith("> What was best?\n>\n> The walk.")


@pytest.mark.parametrize(
    "said",
    [
        "Понедельник, 2 ноября 2026, 10:01 +03:00 от {}:",
        "2 nov. 2026 kl. 10:01 skrev {}:",
        "{} kirjoitti 2.11.2026 kello 10.01:",
        "Wiadomość napisana przez {} w dniu 2 lis 2026, o godz. 10:01:",
        "{} şunları yazdı (2 Kas 2026 10:01):",
        "วันที่ 2 พ.ย. 2569 เวลา 10:01 {} เขียนว่า:",
    ],
)
def test_a_header_at_the_top_of_a_quote_goes(said: str) -> None:
    header = "> " + said.format("Heidrun Vexley <heidi@example.com>")
    assert text(f"Yes.\n\n{header}\n>\n> Well?") == "Yes.\n\n> Well?"


@pytest.mark.parametrize(
    "words",
    [
        "Rumi wrote:\n\n> Out beyond ideas",
        "My doctor wrote:\n\n> take two a day",
        "Somebody once said:\n\n> be kind",
        "From: the heart\nTo: all of you\nSubject: hope\n\nI mean it.",
        "De: 7 a 9\nFecha: viernes\nAsunto: dormir\n\nNos vemos.",
        "Where: the mill\nWhen: Friday 7:30\nBring: bread",
    ],
)
def test_what_an_author_says_of_a_text_stays(words: str) -> None:
    assert text(words) == words


_FOUND = replace(POLICY, parent_handle="Calm Heron")
_HERON = "On Mon, Nov 2, 2026 at 10:01 Calm Heron via Group <group@example.org> wrote:"


@pytest.mark.parametrize(
    ("language", "wrote"),
    [(Language.ENGLISH, "Calm Heron wrote:"), (Language.SPANISH, "Calm Heron escribió:")],
)
def test_the_post_that_is_answered_keeps_its_handle(language: Language, wrote: str) -> None:
    policy = replace(_FOUND, language=language)
    quoted = "> What was best?\n> On 1 Nov 2026, Zoe <z@example.com> wrote:\n>> Hm"
    body = f"So it is.\n\n{_HERON}\n{quoted}"
    expected = f"So it is.\n\n{wrote}\n\n> What was best?\n>> Hm"
    assert answer(body, policy).replace("\n>\n", "\n") == expected


@pytest.mark.parametrize(
    "header",
    [
        "On Mon, Nov 2, 2026 at 10:01 Heidrun Vexley <heidi@example.com> wrote:",
        "On Mon, Nov 2, 2026 at 10:01 <group@example.org> wrote:",
    ],
)
def test_a_quote_of_somebody_else_gets_no_handle(header: str) -> None:
    assert answer(f"So it is.\n\n{header}\n> Well?", _FOUND) == "So it is.\n\n> Well?"


_BLOCK = "{}: Calm Heron via Group <group@example.org>\n{}: Monday, 2 November 2026 10:01\n"


@pytest.mark.parametrize(
    "block",
    [
        _BLOCK.format("From", "Sent") + "To: group@example.org\nSubject: Tea",
        _BLOCK.format("Von", "Gesendet") + "An: group@example.org\nBetreff: Tea",
        "________________________________\n" + _BLOCK.format("From", "Sent") + "Subject: Tea",
    ],
)
def test_it_keeps_its_handle_in_a_block_of_fields_too(block: str) -> None:
    expected = "So it is.\n\n--- Earlier message ---\n\nCalm Heron wrote:\n\nWell?"
    assert answer(f"So it is.\n\n{block}\n\nWell?", _FOUND) == expected
    other = block.replace("Calm Heron", "Heidrun Vexley")
    assert answer(f"So it is.\n\n{other}\n\nWell?", _FOUND) == expected.replace(
        "Calm Heron wrote:\n\n", ""
    )


def test_it_keeps_its_handle_in_a_block_of_html() -> None:
    html = (
        '<div>So it is.</div><div id="divRplyFwdMsg"><b>From:</b> Calm Heron via Group '
        "&lt;group@example.org&gt;<br><b>Sent:</b> Monday</div><div>Well?</div>"
    )
    fields = ("Content-Type: text/html; charset=utf-8", "In-Reply-To: <a@example.org>")
    result = anonymised(html.encode(), *fields, policy=_FOUND)
    assert result.message.text == (
        "So it is.\n\n--- Earlier message ---\n\nCalm Heron wrote:\n\nWell?"
    )


def test_without_a_quote_below_it_goes() -> None:
    assert answer(f"So it is.\n\n{_HERON}\n\nWell?", _FOUND).startswith("So it is.\n\n---")


@pytest.mark.parametrize(
    "html",
    [
        '<div>So it is.</div><div class="gmail_quote"><div class="gmail_attr">{}<br></div>'
        '<blockquote class="gmail_quote">What was best?</blockquote></div>',
        '<p>So it is.</p><div class="moz-cite-prefix">{}<br></div><blockquote type="cite">'
        "<p>What was best?</p></blockquote>",
        "<div>So it is.</div><div><br></div><div>{}</div><blockquote>What was best?</blockquote>",
    ],
)
def test_in_html_too(html: str) -> None:
    header = _HERON.replace("<", "&lt;").replace(">", "&gt;")
    fields = ("Content-Type: text/html; charset=utf-8", "In-Reply-To: <a@example.org>")
    result = anonymised(html.format(header).encode(), *fields, policy=_FOUND)
    assert result.message.text == "So it is.\n\nCalm Heron wrote:\n\n> What was best?"
    assert "<p>Calm Heron wrote:</p>" in result.message.html
    assert "2026" not in result.message.html
    assert [r.count for r in result.redactions] == [1]


@pytest.mark.parametrize(
    ("named", "left"),
    [
        ("Heidrun Vexley wrote:\n> Well?", "[name] wrote:\n\n> Well?"),
        ("Heidrun Vexley ha scritto:\n\n> Well?", "[name] ha scritto:\n\n> Well?"),
        ("Heidrun wrote:\n> Well?", "[name] wrote:\n\n> Well?"),
        ("Heidrun Vexley schrieb:\n\nDear all,", "[name] schrieb:\n\nDear all,"),
        ("[02.11.26, 10:01:33] Heidrun V: Hm", "[02.11.26, 10:01:33] [name]: Hm"),
        ("02/11/2026, 10:01 - Heidrun V: Hm", "02/11/2026, 10:01 - [name]: Hm"),
        ("Heidrun Vexley  [10:01 AM]\nWell?", "[name]  [10:01 AM]\nWell?"),
        ("Heidrun V — Today at 10:01\nWell?", "[name] — Today at 10:01\nWell?"),
    ],
)
def test_who_wrote_what_is_pasted_is_not_named(named: str, left: str) -> None:
    assert text(f"I thought of this.\n\n{named}") == f"I thought of this.\n\n{left}"


@pytest.mark.parametrize(
    "header",
    [
        "Heidrun Vexley <heidi@example.com> wrote:",
        "Heidrun Vexley schrieb am 2.11.2026:",
        "---- On Mon, 02 Nov 2026 10:01:00 +0530 Heidrun Vexley <heidi@example.com> wrote ---",
    ],
)
def test_a_line_that_a_program_wrote_above_what_is_pasted_goes(header: str) -> None:
    assert text(f"So it is.\n\n{header}\n\nWell?") == (
        "So it is.\n\n--- Earlier message ---\n\nWell?"
    )


@pytest.mark.parametrize(
    "words",
    [
        "Quiet Otter wrote:\n\n> Well?",
        "quiet-otter wrote:\n\n> Well?",
        "Anna Weber, 7:30\nTea Time 5:00\nMorning Walk: 10:01",
        "Then I wrote:\nWell?",
    ],
)
def test_handles_and_other_words_stay_above_it(words: str) -> None:
    assert text(words) == words


@pytest.mark.parametrize(
    "header",
    [
        "In reply to Heidrun Vexley's message:",
        "In response to Heidrun Vexley's message of Monday:",
        "En respuesta al mensaje de Heidrun Vexley:",
    ],
)
def test_whose_mail_it_answers_goes(header: str) -> None:
    assert answer(f"So it is.\n\n{header}\n> Well?") == "So it is.\n\n> Well?"


def test_the_greeting_that_a_program_writes_goes_with_its_line() -> None:
    bat = "Hello Heidrun,\n\nMonday, November 2, 2026, 10:01:00 AM, you wrote:\n\n> Well?\n\nYes."
    assert answer(bat) == "> Well?\n\nYes."
    assert answer(bat.replace("Heidrun", "all")) == "Hello all,\n\n> Well?\n\nYes."


@pytest.mark.parametrize(
    ("header", "quoted"),
    [
        (
            "On Mon, Nov 2, 2026 at 10:01 AM Heidrun Vexley <heidi@example.com> wrote:",
            "> On we go.\n> Mon or Nov? AM!",
        ),
        (
            "Am Montag, 2. November 2026 um 10:01 Uhr schrieb Heidrun Vexley <heidi@example.com>:",
            "> Am Montag auch.",
        ),
        ("El lun, 2 nov 2026 a las 10:01, Heidrun Vexley (<h@example.com>) escribió:", "> El té."),
        ("Em seg., 2 de nov. de 2026, Heidrun Vexley <h@example.com> escreveu:", "> Em casa."),
        ("Il giorno lun 2 nov 2026 Heidrun Vexley <h@example.com> ha scritto:", "> Il tè."),
        ("Op ma 2 nov 2026 om 10:01 schreef Heidrun Vexley <heidi@example.com>:", "> Op tijd."),
    ],
)  # fmt: skip
def test_a_day_or_preposition_above_a_quote_is_nobody_s_name(header: str, quoted: str) -> None:
    assert text(f"Yes.\n\n{header}\n{quoted}\n") == f"Yes.\n\n{quoted}"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("On Mon, Nov 2, 2026 at 10:01 AM Sam Vexley <s@example.com> wrote:", "Sam"),
        ("On Mon, Nov 2, 2026 at 10:01 AM Mo <mo@example.com> wrote:", "Mo"),
        ("On Tue, Nov 3, 2026 at 10:01 AM Tue Vexley <t@example.com> wrote:", "Tue"),
        ("El lun, 2 nov 2026 a las 10:01, Julio Vexley (<j@example.com>) escribió:", "Julio"),
        ("Em dom., 1 de nov. de 2026, Dom <d@example.com> escreveu:", "Dom"),
        ("Am Mo., 2. Nov. 2026 um 10:01 Uhr schrieb Mai Vexley <m@example.com>:", "Mai"),
    ],
)
def test_a_name_that_is_also_a_day_or_month_goes(header: str, name: str) -> None:
    left = text(f"Yes.\n\n{header}\n> Hi {name},\n> I slept well.\n>\n> {name}\n")
    assert left == "Yes.\n\n> Hi [name],\n> I slept well."


def test_the_words_of_a_header_are_nobody_s_name() -> None:
    header = "From: Heidrun Vexley <heidi@example.com>\nSent: Monday, 2 November 2026 10:01\nTo: a"
    left = text(f"Yes.\n\n-----Original Message-----\n{header}\n\nFrom what I read, it helps.\n")
    assert left == "Yes.\n\n--- Earlier message ---\n\nFrom what I read, it helps."
